//! Syntax errors: where a text stops being JSON, what was expected there and what was found.

use std::fmt;

use crate::text::{concat, decimal};

/// A syntax error as a byte offset and what was expected there. [`in_text`](Self::in_text) adds the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The offset of the first invalid byte; the length of the text if the text ends too early.
    pub offset: usize,
    /// What was expected at this offset.
    pub expected: &'static str,
}

impl Fault {
    /// Adds line, column and what was found. `text` is the text that was read.
    #[must_use]
    pub fn in_text(self, text: &[u8]) -> JsonError {
        let (before, rest) = text.split_at_checked(self.offset).unwrap_or((text, &[]));
        let (mut line, mut column) = (1, 1);
        for &byte in before {
            if byte == b'\n' {
                (line, column) = (line + 1, 1);
            } else if byte & 0xc0 != 0x80 {
                column += 1;
            }
        }
        JsonError { offset: self.offset, line, column, expected: self.expected, found: describe(rest) }
    }

    /// Describes what was found at the offset.
    pub(crate) fn found(self, text: &[u8]) -> String {
        describe(text.get(self.offset..).unwrap_or_default())
    }
}

/// A syntax error with its position in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonError {
    /// The offset of the first invalid byte; the length of the text if the text ends too early.
    pub offset: usize,
    /// The line of the offset, from 1.
    pub line: usize,
    /// The column of the offset in code points, from 1.
    pub column: usize,
    /// What was expected at this offset.
    pub expected: &'static str,
    /// What was found at this offset.
    pub found: String,
}

/// Describes the character at the start of `rest`.
fn describe(rest: &[u8]) -> String {
    match rest {
        [] => "the end of the text".to_owned(),
        [0xef, 0xbb, 0xbf, ..] => "a byte order mark".to_owned(),
        &[b @ 0x20..0x7f, ..] => ['"', char::from(b), '"'].iter().collect(),
        &[b @ ..0x80, ..] => with_hex("the control character 0x", b.into(), 2),
        &[b, ..] => {
            let char = (1..=4)
                .filter_map(|length| std::str::from_utf8(rest.get(..length)?).ok())
                .find_map(|text| text.chars().next());
            match char {
                Some(c) => with_hex("U+", c.into(), 4).to_ascii_uppercase(),
                None => with_hex("the byte 0x", b.into(), 2),
            }
        }
    }
}

/// Appends a number in hexadecimal with at least `min_digits` digits. Adds less to the WebAssembly module
/// than `format!`.
fn with_hex(prefix: &str, number: u32, min_digits: u32) -> String {
    let digits = (35 - number.leading_zeros()) / 4;
    let digit = |at: u32| char::from_digit(number >> (4 * at) & 15, 16);
    let mut text = String::from(prefix);
    text.extend((0..digits.max(min_digits)).rev().filter_map(digit));
    text
}

impl JsonError {
    /// The message, such as `expected a value, found "}" at line 1, column 7`.
    pub(crate) fn message(&self) -> String {
        let Self { line, column, expected, found, .. } = self;
        let (line, column) = (decimal(*line as u64), decimal(*column as u64));
        concat(&["expected ", expected, ", found ", found, " at line ", &line, ", column ", &column])
    }
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())
    }
}

impl std::error::Error for JsonError {}

#[cfg(test)]
mod tests {
    use super::describe;

    #[test]
    fn describes_each_kind_of_character() {
        let all =
            ["", "\u{feff}", "x", "\n", "\u{7f}", "é", "漢", "🎉"].map(|text| describe(text.as_bytes()));
        let expected = [
            "the end of the text",
            "a byte order mark",
            "\"x\"",
            "the control character 0x0a",
            "the control character 0x7f",
            "U+00E9",
            "U+6F22",
            "U+1F389",
        ];
        assert_eq!(all, expected);
        assert_eq!(describe(b"\xc3x"), "the byte 0xc3");
    }
}
