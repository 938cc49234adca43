//! Writes the elements of an array as lines.

use crate::jsonl::common::nesting::Nesting;

use super::lines::LineFixer;
use super::report::Change;

/// The state of an array that is being read.
#[derive(Debug)]
pub struct ArrayState {
    nesting: Nesting,
    /// Whether an element has begun.
    element: bool,
    /// Whether the last token was a comma between elements.
    comma: bool,
    /// Whether whitespace with a line break was removed.
    gap: bool,
}

impl ArrayState {
    /// The state after the opening bracket.
    pub fn new() -> Self {
        let mut nesting = Nesting::default();
        nesting.advance(b'[');
        Self { nesting, element: false, comma: false, gap: false }
    }

    /// Whether an element has begun.
    pub const fn has_element(&self) -> bool {
        self.element
    }

    /// Processes a chunk. Returns the index after the closing bracket, if the chunk contains it.
    pub fn advance(&mut self, chunk: &[u8], lines: &mut LineFixer) -> Option<usize> {
        for (at, &byte) in chunk.iter().enumerate() {
            if self.nesting.in_string() {
                if byte == b'\n' {
                    lines.end_line(true);
                    lines.next_source_line();
                } else {
                    lines.push_byte(byte);
                }
                self.nesting.advance(byte);
                continue;
            }
            if byte == b'\n' {
                lines.next_source_line();
            }
            match byte {
                b'\n' | b'\r' => self.gap = true,
                b' ' | b'\t' if self.gap || !self.element => {}
                b',' | b']' if self.nesting.depth() == 1 => {
                    if self.element {
                        lines.trim();
                        lines.end_line(true);
                    } else if byte == b',' || self.comma {
                        lines.note(Change::Comma);
                    }
                    if byte == b']' {
                        return Some(at + 1);
                    }
                    (self.element, self.comma, self.gap) = (false, true, false);
                }
                _ => {
                    if self.gap && self.element {
                        lines.trim();
                        lines.push_byte(b' ');
                    }
                    (self.element, self.comma, self.gap) = (true, false, false);
                    self.nesting.advance(byte);
                    lines.push_byte(byte);
                }
            }
        }
        lines.release_long_line();
        None
    }
}
