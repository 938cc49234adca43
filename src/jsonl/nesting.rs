//! How deep in brackets a text stands, for texts that are no JSON as a whole or do not come as one.

/// The brackets that are open, and whether a string is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Nesting {
    depth: u64,
    text: bool,
    escaped: bool,
}

impl Nesting {
    /// Takes a byte, and tells whether it closed the outermost bracket.
    pub const fn take(&mut self, byte: u8) -> bool {
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
    pub fn take_until_closed(&mut self, bytes: &[u8]) -> Option<usize> {
        bytes.iter().position(|&byte| self.take(byte))
    }

    /// How many brackets are open.
    #[must_use]
    pub const fn depth(&self) -> u64 {
        self.depth
    }

    /// Whether a string is open.
    #[must_use]
    pub const fn in_text(&self) -> bool {
        self.text
    }
}

/// The bytes of a value that begins at the start of `text`, of which it is known that it is JSON.
#[must_use]
pub fn value_of(text: &[u8]) -> &[u8] {
    let mut nesting = Nesting::default();
    let end = match text.first() {
        Some(b'{' | b'[') => nesting.take_until_closed(text).map(|at| at + 1),
        Some(b'"') => {
            let closes = |&byte: &u8| {
                nesting.take(byte);
                !nesting.in_text()
            };
            text.iter().position(closes).map(|at| at + 1)
        }
        _ => text.iter().position(|byte| matches!(byte, b',' | b'}' | b']' | b' ' | b'\t' | b'\r' | b'\n')),
    };
    &text[..end.unwrap_or(text.len())]
}
