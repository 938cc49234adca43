//! How deep in brackets a text stands, for texts that are no JSON as a whole or do not come as one.

use crate::json::plain_blocks;

/// The brackets that are open, and whether a string is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Nesting {
    depth: u64,
    text: bool,
    escaped: bool,
}

impl Nesting {
    /// Takes a byte, and tells whether it closed the outermost bracket.
    pub const fn advance(&mut self, byte: u8) -> bool {
        if self.text {
            (self.text, self.escaped) = (self.escaped || byte != b'"', !self.escaped && byte == b'\\');
            return false;
        }
        match byte {
            b'"' => self.text = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' if self.depth > 0 => {
                self.depth -= 1;
                return self.depth == 0;
            }
            _ => {}
        }
        false
    }

    /// Takes bytes up to the one that closes the outermost bracket, and gives its place.
    pub fn advance_until_closed(&mut self, bytes: &[u8]) -> Option<usize> {
        let (mut at, mut unknown) = (0, 0);
        while let Some(&byte) = bytes.get(at) {
            if self.text && !self.escaped && at >= unknown {
                // Long strings are passed over by blocks.
                at += plain_blocks(&bytes[at..]);
                unknown = at + 16;
                continue;
            }
            if self.advance(byte) {
                return Some(at);
            }
            at += 1;
        }
        None
    }

    /// How many brackets are open.
    #[must_use]
    pub const fn depth(&self) -> u64 {
        self.depth
    }

    /// Whether a string is open.
    #[must_use]
    pub const fn in_string(&self) -> bool {
        self.text
    }
}

/// The bytes of a value that begins at the start of `text`, of which it is known that it is JSON.
#[must_use]
pub fn value_of(text: &[u8]) -> &[u8] {
    let end = match text.first() {
        Some(b'{' | b'[') => Nesting::default().advance_until_closed(text).map(|at| at + 1),
        Some(b'"') => {
            let plain = 1 + plain_blocks(&text[1..]);
            let mut escaped = false;
            let closes = |&byte: &u8| {
                let closes = byte == b'"' && !escaped;
                escaped = byte == b'\\' && !escaped;
                closes
            };
            text[plain..].iter().position(closes).map(|at| plain + at + 1)
        }
        _ => text.iter().position(|byte| matches!(byte, b',' | b'}' | b']' | b' ' | b'\t' | b'\r' | b'\n')),
    };
    &text[..end.unwrap_or(text.len())]
}
