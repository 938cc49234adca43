//! Masks what differs from request to request in a message, so that messages that mean the same are the same.

/// What stands in place of a masked part.
const MASK: char = '…';
/// The longest quoted value that is masked.
const MAX_QUOTED_LENGTH: usize = 200;

/// Writes a message with numbers, ids (words with a digit in them) and quoted values masked.
pub(crate) fn normalize_message(message: &str, out: &mut String) {
    out.clear();
    let bytes = message.as_bytes();
    // What stands before `copied` is written.
    let (mut copied, mut at) = (0, 0);
    while let Some(&byte) = bytes.get(at) {
        let (start, end, next) = match byte {
            // After a letter it is an apostrophe.
            b'\'' | b'"' | b'`' if at == 0 || !is_part(bytes[at - 1]) => match closing(bytes, at) {
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
        // Of a quoted value, all is masked, even nothing.
        if start < end || next > end && start > at {
            out.push_str(message.get(copied..start).unwrap_or_default());
            out.push(MASK);
            copied = end;
        }
        at = next;
    }
    out.push_str(message.get(copied..).unwrap_or_default());
}

/// Where the value that is quoted from here ends: at a quote that no letter follows, as one does in 'it's'.
fn closing(bytes: &[u8], quote: usize) -> Option<usize> {
    let most = bytes.len().min(quote + MAX_QUOTED_LENGTH);
    (quote + 1..most)
        .find(|&at| bytes[at] == bytes[quote] && !bytes.get(at + 1).copied().is_some_and(is_part))
}

/// Where the word ends that begins here: letters, digits, `_`, and `-`, `.`, `,`, `:` inside.
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
    fn what_differs_is_masked_and_words_stay() {
        for (message, masked) in [
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
            let mut out = String::from("left over");
            normalize_message(message, &mut out);
            assert_eq!(out, masked);
        }
    }
}
