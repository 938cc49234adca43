//! Searches for single bytes in a text.

use super::machine::U8x16;

/// The offset of the first `\n`.
pub(crate) fn first_newline(text: &[u8]) -> Option<usize> {
    let newline = U8x16::splat_opaque(b'\n');
    let (parts, rest) = text.as_chunks();
    let part = parts.iter().position(|part| U8x16::load(part).eq(newline).any_bit_set());
    let from = part.unwrap_or(parts.len()) * 16;
    let part = part.map_or(rest, |part| &parts[part]);
    part.iter().position(|&byte| byte == b'\n').map(|at| from + at)
}

/// The offset of the last `\n`.
pub(crate) fn last_newline(text: &[u8]) -> Option<usize> {
    let newline = U8x16::splat_opaque(b'\n');
    let (rest, parts) = text.as_rchunks();
    let part = parts.iter().rposition(|part| U8x16::load(part).eq(newline).any_bit_set());
    let from = part.map_or(0, |part| rest.len() + part * 16);
    let part = part.map_or(rest, |part| &parts[part]);
    part.iter().rposition(|&byte| byte == b'\n').map(|at| from + at)
}

/// The length of the start of a text that has no quote and no backslash, rounded down to whole vectors.
pub(crate) fn plain_blocks(text: &[u8]) -> usize {
    let (quote, backslash) = (U8x16::splat_opaque(b'"'), U8x16::splat_opaque(b'\\'));
    let is_plain = |part: &&[u8; 16]| {
        let bytes = U8x16::load(part);
        !bytes.eq(quote).or(bytes.eq(backslash)).any_bit_set()
    };
    16 * text.as_chunks().0.iter().take_while(is_plain).count()
}

#[cfg(test)]
mod tests {
    use super::{first_newline, last_newline};

    #[test]
    fn newlines_are_found_from_either_side() {
        for length in 0..70 {
            for at in 0..length {
                let mut text = vec![b'x'; length];
                assert_eq!((first_newline(&text), last_newline(&text)), (None, None));
                text[at] = b'\n';
                assert_eq!((first_newline(&text), last_newline(&text)), (Some(at), Some(at)));
                text[length / 2] = b'\n';
                let (first, last) = (at.min(length / 2), at.max(length / 2));
                assert_eq!((first_newline(&text), last_newline(&text)), (Some(first), Some(last)));
            }
        }
    }
}
