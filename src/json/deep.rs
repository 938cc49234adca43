//! Values nested deeper than the tape goes: checked to their end, with one bit of memory for each open
//! bracket.

use super::numbers::number;
use super::parse::{Space, byte, fault_at, is_data, word};
use super::strings::string;
use super::tape::{Fault, Weight};

/// The brackets that are open: a bit for each, set where it is an object's.
#[derive(Default)]
struct Brackets {
    bits: Vec<u64>,
    depth: usize,
}

impl Brackets {
    fn push(&mut self, object: bool) {
        if self.depth.is_multiple_of(64) {
            self.bits.push(0);
        }
        if let Some(bits) = self.bits.last_mut() {
            *bits = *bits << 1 | u64::from(object);
        }
        self.depth += 1;
    }

    fn pop(&mut self) {
        if let Some(bits) = self.bits.last_mut() {
            *bits >>= 1;
        }
        self.depth -= 1;
        if self.depth.is_multiple_of(64) {
            self.bits.pop();
        }
    }

    /// Whether the innermost one is an object's.
    fn object(&self) -> bool {
        self.bits.last().is_some_and(|bits| bits & 1 == 1)
    }
}

/// Checks the array or object that begins at a place; gives where it ends and the text in it. Repeated keys
/// and long integers are not looked for.
#[cold]
pub(super) fn value(text: &[u8], start: usize, space: Space) -> Result<(usize, Weight), Fault> {
    let mut open = Brackets::default();
    let mut weight = Weight::default();
    let (mut at, mut empty) = (start, false);
    loop {
        if open.object() {
            if byte(text, at) != b'"' {
                let expected = if empty { "a key in quotes or \"}\"" } else { "a key in quotes" };
                return Err(fault_at(text, at, expected));
            }
            at = space.skip(text, string(text, at + 1)?.end + 1);
            if byte(text, at) != b':' {
                return Err(fault_at(text, at, "\":\""));
            }
            at = space.skip(text, at + 1);
        }
        match byte(text, at) {
            b'"' => {
                let read = string(text, at + 1)?;
                if !is_data(&text[at + 1..read.end]) {
                    weight.ascii = weight.ascii.wrapping_add(read.weight.ascii);
                    weight.wide = weight.wide.wrapping_add(read.weight.wide);
                }
                at = read.end + 1;
            }
            bracket @ (b'{' | b'[') => {
                open.push(bracket == b'{');
                at = space.skip(text, at + 1);
                empty = true;
                if byte(text, at) != bracket + 2 {
                    continue;
                }
            }
            b'-' | b'0'..=b'9' => at = number(text, at)?.0,
            _ => at += word(text, at)?.0,
        }
        loop {
            at = space.skip(text, at);
            match (byte(text, at), open.object()) {
                (b',', _) => break,
                (b'}', true) | (b']', false) => open.pop(),
                (_, true) => return Err(fault_at(text, at, "\",\" or \"}\"")),
                (_, false) => return Err(fault_at(text, at, "\",\" or \"]\"")),
            }
            at += 1;
            if open.depth == 0 {
                return Ok((at, weight));
            }
        }
        at = space.skip(text, at + 1);
        empty = false;
    }
}
