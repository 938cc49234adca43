//! Values nested deeper than the parser's limit: they are validated, but not stored.

use super::brackets::Brackets;
use super::cursor::{Whitespace, byte_at, is_data_url, literal_name};
use super::node::TextLength;
use super::numbers::number_end;
use super::strings::string;

/// Validates the array or object at an offset. Returns the offset after it and the length of its strings;
/// `None` if it is invalid. Ignores repeated keys and long integers.
#[cold]
pub(super) fn validate(text: &[u8], start: usize, whitespace: Whitespace) -> Option<(usize, TextLength)> {
    let mut open = Brackets::default();
    let mut length = TextLength::default();
    let mut at = start;
    loop {
        if open.in_object() {
            if byte_at(text, at) != b'"' {
                return None;
            }
            at = whitespace.skip_all(text, string(text, at + 1)?.end + 1);
            if byte_at(text, at) != b':' {
                return None;
            }
            at = whitespace.skip_all(text, at + 1);
        }
        match byte_at(text, at) {
            b'"' => {
                let string = string(text, at + 1)?;
                if !is_data_url(&text[at + 1..string.end]) {
                    length.add(string.length);
                }
                at = string.end + 1;
            }
            bracket @ (b'{' | b'[') => {
                open.push(bracket == b'{');
                at = whitespace.skip_all(text, at + 1);
                // Both closing brackets follow their opening ones by 2 in ASCII.
                if byte_at(text, at) != bracket + 2 {
                    continue;
                }
            }
            b'-' | b'0'..=b'9' => at = number_end(text, at)?,
            _ => at += literal_name(text, at)?.0,
        }
        loop {
            at = whitespace.skip_all(text, at);
            match (byte_at(text, at), open.in_object()) {
                (b',', _) => break,
                (b'}', true) | (b']', false) => open.pop(),
                _ => return None,
            }
            at += 1;
            if open.depth() == 0 {
                return Some((at, length));
            }
        }
        at = whitespace.skip_all(text, at + 1);
    }
}
