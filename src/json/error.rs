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

fn found(rest: &[u8]) -> String {
    match rest {
        [] => "the end of the text".to_owned(),
        [0xef, 0xbb, 0xbf, ..] => "a byte order mark".to_owned(),
        [b @ 0x20..0x7f, ..] => format!("\"{}\"", char::from(*b)),
        [b @ ..0x80, ..] => format!("the control character {b:#04x}"),
        [b, ..] => {
            let char = (1..=4)
                .filter_map(|length| std::str::from_utf8(rest.get(..length)?).ok())
                .find_map(|text| text.chars().next());
            char.map_or_else(|| format!("the byte {b:#04x}, no UTF-8"), |c| format!("U+{:04X}", u32::from(c)))
        }
    }
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, column, expected, found, .. } = self;
        write!(f, "expected {expected}, found {found} at line {line}, column {column}")
    }
}

impl std::error::Error for JsonError {}
