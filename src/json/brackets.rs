//! A stack of open brackets with one bit for each, so that hostile nesting takes little memory.

/// The open brackets; a bit is set for an object.
#[derive(Default)]
pub(super) struct Brackets {
    bits: Vec<u64>,
    depth: usize,
}

impl Brackets {
    pub fn push(&mut self, is_object: bool) {
        if self.depth.is_multiple_of(64) {
            self.bits.push(0);
        }
        if let Some(bits) = self.bits.last_mut() {
            *bits = *bits << 1 | u64::from(is_object);
        }
        self.depth += 1;
    }

    /// Removes the innermost bracket. There must be one.
    pub fn pop(&mut self) {
        if let Some(bits) = self.bits.last_mut() {
            *bits >>= 1;
        }
        self.depth -= 1;
        if self.depth.is_multiple_of(64) {
            self.bits.pop();
        }
    }

    pub const fn depth(&self) -> usize {
        self.depth
    }

    /// Whether the innermost bracket is that of an object.
    pub fn in_object(&self) -> bool {
        self.bits.last().is_some_and(|bits| bits & 1 == 1)
    }

    /// Whether the innermost bracket is that of an array.
    pub fn in_array(&self) -> bool {
        self.depth > 0 && !self.in_object()
    }
}
