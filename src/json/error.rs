//! What is wrong with a JSON text, and where.

use std::fmt;

/// Where a JSON text stops being one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonError {
    /// The byte at fault, from 0.
    pub offset: usize,
    /// Its line, from 1.
    pub line: usize,
    /// Its column, from 1, in code points.
    pub column: usize,
    /// What could have stood there.
    pub expected: &'static str,
    /// What stands there.
    pub found: String,
}

impl JsonError {
    pub(super) fn at(bytes: &[u8], offset: usize, expected: &'static str) -> Self {
        let (before, rest) = bytes.split_at_checked(offset).unwrap_or((bytes, &[]));
        let (mut line, mut column) = (1, 1);
        for &byte in before {
            if byte == b'\n' {
                (line, column) = (line + 1, 1);
            } else if byte & 0xc0 != 0x80 {
                column += 1;
            }
        }
        Self { offset, line, column, expected, found: found(rest) }
    }
}

pub(super) fn found(rest: &[u8]) -> String {
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
                None => with_hex("the byte 0x", b.into(), 2) + ", no UTF-8",
            }
        }
    }
}

/// A text with a number behind it in hexadecimal digits, at least so many.
fn with_hex(before: &str, number: u32, least: u32) -> String {
    let digits = (35 - number.leading_zeros()) / 4;
    let digit = |at: u32| char::from_digit(number >> (4 * at) & 15, 16);
    let mut text = String::from(before);
    text.extend((0..digits.max(least)).rev().filter_map(digit));
    text
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, column, expected, found, .. } = self;
        write!(f, "expected {expected}, found {found} at line {line}, column {column}")
    }
}

impl std::error::Error for JsonError {}

#[cfg(test)]
mod tests {
    use super::found;

    #[test]
    fn what_stands_there_is_said_in_words() {
        let all = ["", "\u{feff}", "x", "\n", "\u{7f}", "é", "漢", "🎉"].map(|text| found(text.as_bytes()));
        let words = [
            "the end of the text",
            "a byte order mark",
            "\"x\"",
            "the control character 0x0a",
            "the control character 0x7f",
            "U+00E9",
            "U+6F22",
            "U+1F389",
        ];
        assert_eq!(all, words);
        assert_eq!(found(b"\xc3x"), "the byte 0xc3, no UTF-8");
    }
}
