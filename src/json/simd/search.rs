//! Searches for single bytes and for quoted names in a text.

use super::machine::U8x16;
use super::u8x64::U8x64;

/// The offset of the first occurrence of a byte.
pub(crate) fn find(text: &[u8], byte: u8) -> Option<usize> {
    let wanted = U8x16::splat_opaque(byte);
    let (parts, rest) = text.as_chunks();
    let part = parts.iter().position(|part| U8x16::load(part).eq(wanted).any_bit_set());
    let from = part.unwrap_or(parts.len()) * 16;
    let part = part.map_or(rest, |part| &parts[part]);
    part.iter().position(|&other| other == byte).map(|at| from + at)
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

/// Finds a name in quotes, of which the opening one is not escaped: a key, or a complete string without
/// escapes. Returns the position of its opening quote.
///
/// Sixty-four positions at a time are searched for quotes at the distance of the two, which are rare.
pub(crate) fn find_quoted(text: &[u8], name: &str) -> Option<usize> {
    let quote = U8x16::splat_opaque(b'"');
    let (name, distance) = (name.as_bytes(), name.len() + 1);
    let is_at = |at: usize| {
        text.get(at) == Some(&b'"')
            && text.get(at + distance) == Some(&b'"')
            && text.get(at + 1..at + distance) == Some(name)
            && at.checked_sub(1).is_none_or(|before| text[before] != b'\\')
    };
    let (blocks, _) = text.as_chunks();
    let mut from = 0;
    for block in blocks {
        let opening = U8x64::load(block).eq(quote).to_bitmask();
        if opening != 0 {
            let Some(block) = text.get(from + distance..).and_then(|rest| rest.first_chunk()) else { break };
            let mut both = opening & U8x64::load(block).eq(quote).to_bitmask();
            while both != 0 {
                let at = from + both.trailing_zeros() as usize;
                if is_at(at) {
                    return Some(at);
                }
                both &= both - 1;
            }
        }
        from += 64;
    }
    (from..text.len()).find(|&at| is_at(at))
}

#[cfg(test)]
mod tests {
    use super::{find, find_quoted, last_newline};

    #[test]
    fn newlines_are_found_from_either_side() {
        for length in 0..140 {
            for at in 0..length {
                let mut text = vec![b'x'; length];
                assert_eq!((find(&text, b'\n'), last_newline(&text)), (None, None));
                text[at] = b'\n';
                assert_eq!((find(&text, b'\n'), last_newline(&text)), (Some(at), Some(at)));
                text[length / 2] = b'\n';
                let (first, last) = (at.min(length / 2), at.max(length / 2));
                assert_eq!((find(&text, b'\n'), last_newline(&text)), (Some(first), Some(last)));
            }
        }
    }

    #[test]
    fn a_quoted_name_is_found_wherever_it_starts() {
        for before in 0..140 {
            for after in [0, 1, 15, 16, 40, 63, 64, 80] {
                let text = format!("{}\"refusal\"{}", "x".repeat(before), "y".repeat(after));
                assert_eq!(find_quoted(text.as_bytes(), "refusal"), Some(before));
                let escaped = format!("{}\\\"refusal\"{}", "x".repeat(before), "\"".repeat(after));
                assert_eq!(find_quoted(escaped.as_bytes(), "refusal"), None);
            }
        }
        assert_eq!(find_quoted(b"\"refusa\" \"refusals\"", "refusal"), None);
    }
}
