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
    #[expect(clippy::naive_bytecount, reason = "counted once, when a text is already refused")]
    pub(super) fn at(bytes: &[u8], offset: usize, expected: &'static str) -> Self {
        let before = &bytes[..offset.min(bytes.len())];
        let line_start = before.iter().rposition(|&b| b == b'\n').map_or(0, |at| at + 1);
        let is_first_byte = |b: &&u8| **b & 0xc0 != 0x80;
        Self {
            offset,
            line: before.iter().filter(|&&b| b == b'\n').count() + 1,
            column: before[line_start..].iter().filter(is_first_byte).count() + 1,
            expected,
            found: found(&bytes[before.len()..]),
        }
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
