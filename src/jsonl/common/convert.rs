//! Conversions of numbers and strings.

use std::borrow::Cow;
use std::num::NonZeroU32;

use crate::json::{Kind, Node};

/// A count or length as 32 bits. Memory and [`MAX_LINE_LENGTH`](super::lines::MAX_LINE_LENGTH) keep such
/// numbers far below 2^32.
pub fn saturating_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// An index that takes four bytes, also as an `Option`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Index(NonZeroU32);

impl Index {
    /// Stores an index.
    pub fn new(index: usize) -> Self {
        Self(NonZeroU32::MIN.saturating_add(saturating_u32(index)))
    }

    /// The index.
    pub const fn get(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// The longest beginning of the bytes that is valid UTF-8.
pub fn valid_utf8_prefix(bytes: &[u8]) -> &str {
    bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid())
}

/// The decoded bytes of a string. Returns `None` for any other value. Bytes are copied only if the string has
/// escapes.
pub fn string_bytes<'a>(node: &Node, line: &'a [u8]) -> Option<Cow<'a, [u8]>> {
    if node.kind != Kind::String {
        return None;
    }
    Some(if node.escaped {
        Cow::Owned(node.value.decoded(line, true).into_owned().into_bytes())
    } else {
        Cow::Borrowed(node.value.of(line))
    })
}

/// Calls `with` with the decoded bytes of a string.
pub fn with_string_bytes<T>(node: &Node, line: &[u8], with: impl FnOnce(&[u8]) -> T) -> T {
    if node.escaped { with(node.value.decoded(line, true).as_bytes()) } else { with(node.value.of(line)) }
}
