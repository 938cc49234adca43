//! Steps of the fast reader that need no vector instructions: bytes, whitespace, literal names.

use super::node::{Kind, Span};

/// Converts an offset or a count to the 32 bits that a [`Span`] has.
#[expect(clippy::cast_possible_truncation, reason = "texts are far shorter than 4 GiB")]
#[inline(always)]
pub(super) const fn to_u32(number: usize) -> u32 {
    number as u32
}

#[inline(always)]
pub(super) const fn span(start: usize, end: usize) -> Span {
    Span { start: to_u32(start), end: to_u32(end) }
}

/// The byte at an offset; NUL, which is never valid in JSON, after the end of the text.
#[inline(always)]
pub(super) fn byte_at(text: &[u8], at: usize) -> u8 {
    text.get(at).copied().unwrap_or(0)
}

/// Which characters are whitespace.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Whitespace {
    /// As in RFC 8259.
    Json,
    /// All but `\n`, which ends the text.
    InLine,
}

impl Whitespace {
    /// The offset after the whitespace at an offset. Optimized for none and for one space.
    #[inline(always)]
    pub fn skip(self, text: &[u8], at: usize) -> usize {
        let first = byte_at(text, at);
        if first > b' ' {
            return at;
        }
        if first == b' ' && byte_at(text, at + 1) > b' ' {
            return at + 1;
        }
        self.skip_all(text, at)
    }

    /// Does the same in little code, for callers that run rarely.
    #[cold]
    #[inline(never)]
    pub fn skip_all(self, text: &[u8], mut at: usize) -> usize {
        loop {
            match text.get(at) {
                Some(b' ' | b'\t' | b'\r') => at += 1,
                Some(b'\n') if self == Self::Json => at += 1,
                _ => return at,
            }
        }
    }
}

/// The length and the kind of the literal name at an offset: `true`, `false` or `null`.
pub(super) fn literal_name(text: &[u8], at: usize) -> Option<(usize, Kind)> {
    let (name, kind) = match byte_at(text, at) {
        b't' => (&b"true"[..], Kind::True),
        b'f' => (&b"false"[..], Kind::False),
        b'n' => (&b"null"[..], Kind::Null),
        _ => return None,
    };
    text[at..].starts_with(name).then_some((name.len(), kind))
}

/// The kind of the value that starts with this byte.
pub(super) const fn kind_of(first_byte: u8) -> Option<Kind> {
    match first_byte {
        b'"' => Some(Kind::String),
        b'{' => Some(Kind::Object),
        b'[' => Some(Kind::Array),
        b't' => Some(Kind::True),
        b'f' => Some(Kind::False),
        b'n' => Some(Kind::Null),
        b'-' | b'0'..=b'9' => Some(Kind::Number),
        _ => None,
    }
}

/// Whether a string is an embedded file, whose length says nothing about tokens.
#[cold]
pub(super) fn is_data_url(raw: &[u8]) -> bool {
    raw.starts_with(b"data:")
}
