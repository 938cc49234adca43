//! The entries of a tape: values with their kinds and their positions in the text.

use std::borrow::Cow;

use super::json_string::JsonString;

/// The kind of a JSON value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Kind {
    /// `null`
    Null,
    /// `false`
    False,
    /// `true`
    True,
    /// A number.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

/// A range of bytes of the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// The offset of the first byte.
    pub start: u32,
    /// The offset after the last byte.
    pub end: u32,
}

/// The length of all strings in a value, from which tokens are estimated. Keys do not count, nor do strings
/// that start with `data:`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TextLength {
    /// The number of ASCII bytes, escapes as written.
    pub ascii: u32,
    /// The number of code points beyond ASCII that are written as UTF-8, not as escapes.
    pub non_ascii: u32,
}

/// A value on the tape: a property of an object, or the root.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node {
    /// The index of the object that has this property; 0 for the root.
    pub parent: u32,
    /// The key without its quotes, escapes as written; empty for the root.
    pub key: Span,
    /// Whether the key has escapes.
    pub key_escaped: bool,
    /// The kind of the value.
    pub kind: Kind,
    /// The value; a string without its quotes, escapes as written.
    pub value: Span,
    /// Whether the value is a string with escapes.
    pub escaped: bool,
    /// The number of elements or properties. Repeated keys count each time.
    pub items: u32,
    /// The kind of the first element of an array.
    pub first: Option<Kind>,
    /// The length of the strings in the value.
    pub text_length: TextLength,
}

/// A key that one object has twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RepeatedKey {
    /// The first occurrence, without quotes.
    pub first: Span,
    /// The second occurrence, without quotes.
    pub second: Span,
}

impl TextLength {
    /// Adds the length of another value, modulo 2^32.
    #[inline(always)]
    pub(super) const fn add(&mut self, other: Self) {
        self.ascii = self.ascii.wrapping_add(other.ascii);
        self.non_ascii = self.non_ascii.wrapping_add(other.non_ascii);
    }

    /// The length that was added since `earlier`.
    #[inline(always)]
    pub(super) const fn since(self, earlier: Self) -> Self {
        Self {
            ascii: self.ascii.wrapping_sub(earlier.ascii),
            non_ascii: self.non_ascii.wrapping_sub(earlier.non_ascii),
        }
    }
}

impl Span {
    /// The bytes of the range; empty if the text is shorter.
    #[must_use]
    pub fn of(self, text: &[u8]) -> &[u8] {
        text.get(self.start as usize..self.end as usize).unwrap_or_default()
    }

    /// The string between these quotes, decoded. `escaped` says whether it has escapes.
    #[must_use]
    pub fn decoded(self, text: &[u8], escaped: bool) -> Cow<'_, str> {
        let raw = std::str::from_utf8(self.of(text)).unwrap_or_default();
        JsonString { raw, escaped }.decode()
    }

    /// Whether the string between these quotes is `expected` once decoded.
    pub(super) fn equals_string(self, text: &[u8], escaped: bool, expected: &str) -> bool {
        if escaped { self.decoded(text, true) == expected } else { self.of(text) == expected.as_bytes() }
    }
}

impl Node {
    /// Whether the value is the string `expected`.
    #[must_use]
    pub fn equals_string(&self, text: &[u8], expected: &str) -> bool {
        self.kind == Kind::String && self.value.equals_string(text, self.escaped, expected)
    }

    /// The decoded string, if the value is a string.
    #[must_use]
    pub fn text<'a>(&self, text: &'a [u8]) -> Option<Cow<'a, str>> {
        (self.kind == Kind::String).then(|| self.value.decoded(text, self.escaped))
    }
}
