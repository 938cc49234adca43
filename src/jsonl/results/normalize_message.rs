//! Normalizes error messages: replaces the parts that differ between requests with the same cause.

/// The replacement of a part.
const PLACEHOLDER: char = '…';
/// The maximum length of a quoted value that is replaced, in bytes.
const MAX_QUOTED_LENGTH: usize = 200;

/// Writes a message without its numbers, ids (words that contain a digit) and quoted values.
pub(crate) fn normalize_message(message: &str, out: &mut String) {
    out.clear();
    let bytes = message.as_bytes();
    // All bytes before `copied` have been written.
    let (mut copied, mut at) = (0, 0);
    while let Some(&byte) = bytes.get(at) {
        let (start, end, next) = match byte {
            // A quote after a letter is an apostrophe.
            b'\'' | b'"' | b'`' if at == 0 || !is_part(bytes[at - 1]) => match closing_quote(bytes, at) {
                Some(end) => (at + 1, end, end + 1),
                None => (at, at, at + 1),
            },
            _ if is_part(byte) => {
                let end = word_end(bytes, at);
                let has_digit = bytes[at..end].iter().any(u8::is_ascii_digit);
                (if has_digit { at } else { end }, end, end)
            }
            _ => (at, at, at + 1),
        };
        // A quoted value is replaced even if it is empty.
        if start < end || next > end && start > at {
            out.push_str(message.get(copied..start).unwrap_or_default());
            out.push(PLACEHOLDER);
            copied = end;
        }
        at = next;
    }
    out.push_str(message.get(copied..).unwrap_or_default());
}

/// The end of the quoted value that begins here: a quote that is not followed by a letter.
fn closing_quote(bytes: &[u8], quote: usize) -> Option<usize> {
    let max = bytes.len().min(quote + MAX_QUOTED_LENGTH);
    (quote + 1..max).find(|&at| bytes[at] == bytes[quote] && !bytes.get(at + 1).copied().is_some_and(is_part))
}

/// The end of the word that begins here: letters, digits and `_`, and `-`, `.`, `,` and `:` between them.
fn word_end(bytes: &[u8], start: usize) -> usize {
    let part = |at: usize| bytes.get(at).copied().is_some_and(is_part);
    let mut end = start;
    while part(end) || (matches!(bytes.get(end), Some(b'-' | b'.' | b',' | b':')) && part(end + 1)) {
        end += 1;
    }
    end
}

const fn is_part(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

#[cfg(test)]
mod tests {
    use super::normalize_message;

    #[test]
    fn numbers_ids_and_quoted_values_are_replaced_and_words_are_kept() {
        for (message, normalized) in [
            (
                "This model's maximum context length is 128000 tokens. You requested 1,000,024 tokens.",
                "This model's maximum context length is … tokens. You requested … tokens.",
            ),
            ("The model 'gpt-x' doesn't exist", "The model '…' doesn't exist"),
            ("no \"a\" and `b`.", "no \"…\" and `…`."),
            ("'it's' é'5'", "'…' é'…'"),
            ("org-AbC123 hit 90.5% at 2024-01-01T00:00:00Z", "… hit …% at …"),
            ("id 3f2a-77 (req_9)", "id … (…)"),
            ("it is 'unclosed", "it is 'unclosed"),
            ("漢字 5 ''", "漢字 … '…'"),
            ("", ""),
        ] {
            let mut out = String::from("earlier message");
            normalize_message(message, &mut out);
            assert_eq!(out, normalized);
        }
    }
}
