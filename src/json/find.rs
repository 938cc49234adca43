//! Finds keys in text that is known to be valid JSON, without parsing it again.

use super::simd::Bytes;

/// Finds `name` between quotes, where the opening quote is not escaped: the whole of a string that stands for
/// itself, or a key. Returns the position of its opening quote.
///
/// The first and the last byte of the quoted name are compared sixteen positions at a time; quotes at just
/// this distance are rare.
pub(crate) fn find_quoted(text: &[u8], name: &str) -> Option<usize> {
    let quote = Bytes::all(b'"');
    let (name, distance) = (name.as_bytes(), name.len() + 1);
    let is_at = |at: usize| {
        text.get(at + 1..at + distance) == Some(name)
            && text.get(at) == Some(&b'"')
            && text.get(at + distance) == Some(&b'"')
            && at.checked_sub(1).is_none_or(|before| text[before] != b'\\')
    };
    let (blocks, _) = text.as_chunks::<16>();
    let mut from = 0;
    for block in blocks {
        let Some(closing) = text.get(from + distance..).and_then(|rest| rest.first_chunk()) else { break };
        let mut quotes = Bytes::load(block).is(quote).and(Bytes::load(closing).is(quote)).mask();
        while quotes != 0 {
            let at = from + quotes.trailing_zeros() as usize;
            if is_at(at) {
                return Some(at);
            }
            quotes &= quotes - 1;
        }
        from += 16;
    }
    (from..text.len()).find(|&at| is_at(at))
}

#[cfg(test)]
mod tests {
    use super::find_quoted;

    #[test]
    fn a_quoted_name_is_found_wherever_it_starts() {
        for before in 0..70 {
            for after in [0, 1, 15, 16, 40] {
                let text = format!("{}\"refusal\"{}", "x".repeat(before), "y".repeat(after));
                assert_eq!(find_quoted(text.as_bytes(), "refusal"), Some(before));
                let escaped = format!("{}\\\"refusal\"{}", "x".repeat(before), "\"".repeat(after));
                assert_eq!(find_quoted(escaped.as_bytes(), "refusal"), None);
            }
        }
        assert_eq!(find_quoted(b"\"refusa\" \"refusals\"", "refusal"), None);
    }
}
