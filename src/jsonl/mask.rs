//! Masks what differs from request to request in a message, so that messages that mean the same are the same.

/// What stands in place of a masked part.
const MASK: char = '…';
/// The longest quoted value that is masked.
const LONGEST_QUOTED: usize = 200;

/// Writes a message with numbers, ids (words with a digit in them) and quoted values masked.
pub(super) fn mask(message: &str, out: &mut String) {
    out.clear();
    let mut rest = message;
    let mut in_word = false;
    while let Some(c) = rest.chars().next() {
        let quoted = if in_word { None } else { quoted(rest) };
        let word = word(rest);
        let length = if let Some(inner) = quoted {
            out.push(c);
            out.push(MASK);
            // The closing quote is taken with the next round, as any other character.
            c.len_utf8() + inner
        } else if word > 0 {
            let text = rest.get(..word).unwrap_or_default();
            if text.bytes().any(|byte| byte.is_ascii_digit()) {
                out.push(MASK);
            } else {
                out.push_str(text);
            }
            word
        } else {
            out.push(c);
            c.len_utf8()
        };
        if let Some(closing) = quoted.and_then(|_| rest.get(length..)?.chars().next()) {
            out.push(closing);
            rest = rest.get(length + closing.len_utf8()..).unwrap_or_default();
            in_word = false;
            continue;
        }
        in_word = word > 0;
        rest = rest.get(length..).unwrap_or_default();
    }
}

/// The length of a quoted value that begins here, without its quotes.
fn quoted(rest: &str) -> Option<usize> {
    let mut chars = rest.chars();
    let closing = match chars.next()? {
        quote @ ('\'' | '"' | '`') => quote,
        '‘' => '’',
        '“' => '”',
        _ => return None,
    };
    let inner = chars.as_str();
    let mut from = 0;
    // An apostrophe inside, as in 'it's', closes nothing.
    while let Some(at) = inner.get(from..)?.find(closing) {
        let end = from + at;
        if end > LONGEST_QUOTED {
            return None;
        }
        let after = end + closing.len_utf8();
        if !inner.get(after..)?.starts_with(|c: char| c.is_ascii_alphanumeric()) {
            return Some(end);
        }
        from = after;
    }
    None
}

/// The length of the word that begins here: letters, digits, `_`, and `-`, `.`, `,`, `:` inside.
fn word(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let part = |at: usize| bytes.get(at).is_some_and(|&byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let mut end = 0;
    while part(end) || (end > 0 && matches!(bytes.get(end), Some(b'-' | b'.' | b',' | b':')) && part(end + 1))
    {
        end += 1;
    }
    end
}

#[cfg(test)]
mod tests {
    use super::mask;

    #[test]
    fn what_differs_is_masked_and_words_stay() {
        for (message, masked) in [
            (
                "This model's maximum context length is 128000 tokens. You requested 1,000,024 tokens.",
                "This model's maximum context length is … tokens. You requested … tokens.",
            ),
            ("The model 'gpt-x' doesn't exist", "The model '…' doesn't exist"),
            ("no \"a\" and `b` and “c”.", "no \"…\" and `…` and “…”."),
            ("org-AbC123 hit 90.5% at 2024-01-01T00:00:00Z", "… hit …% at …"),
            ("id 3f2a-77 (req_9)", "id … (…)"),
            ("it is 'unclosed", "it is 'unclosed"),
            ("漢字 5 ''", "漢字 … '…'"),
            ("", ""),
        ] {
            let mut out = String::from("left over");
            mask(message, &mut out);
            assert_eq!(out, masked);
        }
    }
}
