//! Finds the end of a JSON value, also in invalid JSON and in chunks.

use crate::json::plain_blocks;

/// The number of open brackets, and whether a string is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Nesting {
    depth: u64,
    in_string: bool,
    escaped: bool,
}

impl Nesting {
    /// Processes a byte. Returns whether it closed the outermost bracket.
    pub const fn advance(&mut self, byte: u8) -> bool {
        if self.in_string {
            (self.in_string, self.escaped) = (self.escaped || byte != b'"', !self.escaped && byte == b'\\');
            return false;
        }
        match byte {
            b'"' => self.in_string = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' if self.depth > 0 => {
                self.depth -= 1;
                return self.depth == 0;
            }
            _ => {}
        }
        false
    }

    /// Processes the bytes up to the one that closes the outermost bracket. Returns its index.
    pub fn advance_until_closed(&mut self, bytes: &[u8]) -> Option<usize> {
        let (mut at, mut next_skip) = (0, 0);
        while let Some(&byte) = bytes.get(at) {
            if self.in_string && !self.escaped && at >= next_skip {
                // Long strings are skipped by blocks.
                at += plain_blocks(&bytes[at..]);
                next_skip = at + 16;
                continue;
            }
            if self.advance(byte) {
                return Some(at);
            }
            at += 1;
        }
        None
    }

    /// The number of open brackets.
    pub const fn depth(&self) -> u64 {
        self.depth
    }

    /// Whether a string is open.
    pub const fn in_string(&self) -> bool {
        self.in_string
    }
}

/// The bytes of the valid JSON value at the start of `json`.
pub fn first_value(json: &[u8]) -> &[u8] {
    let end = match json.first() {
        Some(b'{' | b'[') => Nesting::default().advance_until_closed(json).map(|at| at + 1),
        Some(b'"') => {
            let plain = 1 + plain_blocks(&json[1..]);
            let mut escaped = false;
            let closes = |&byte: &u8| {
                let closes = byte == b'"' && !escaped;
                escaped = byte == b'\\' && !escaped;
                closes
            };
            json[plain..].iter().position(closes).map(|at| plain + at + 1)
        }
        _ => json.iter().position(|byte| matches!(byte, b',' | b'}' | b']' | b' ' | b'\t' | b'\r' | b'\n')),
    };
    &json[..end.unwrap_or(json.len())]
}
