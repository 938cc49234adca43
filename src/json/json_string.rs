//! JSON strings as written, and their decoding.

use std::borrow::Cow;

/// A valid JSON string as written, without its quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JsonString<'a> {
    pub(super) raw: &'a str,
    pub(super) escaped: bool,
}

impl<'a> JsonString<'a> {
    /// The string as written between its quotes, escapes included.
    #[must_use]
    pub const fn raw(self) -> &'a str {
        self.raw
    }

    /// The decoded string as UTF-16 code units. Lone surrogates stay as they are.
    pub(super) fn units(self) -> impl Iterator<Item = u16> {
        let mut rest = self.raw;
        let mut low = None;
        std::iter::from_fn(move || {
            if let Some(low) = low.take() {
                return Some(low);
            }
            let mut chars = rest.chars();
            let first = chars.next()?;
            if self.escaped && first == '\\' {
                let (c, length) = escape(rest);
                let unit = rest.get(2..6).filter(|_| rest.as_bytes().get(1) == Some(&b'u'));
                let (unit, length) = match unit.and_then(|digits| u16::from_str_radix(digits, 16).ok()) {
                    Some(unit) => (unit, 6),
                    // All other escapes stand for ASCII.
                    None => (u16::try_from(u32::from(c)).unwrap_or_default(), length),
                };
                rest = rest.get(length..).unwrap_or_default();
                return Some(unit);
            }
            rest = chars.as_str();
            let mut units = [0; 2];
            low = first.encode_utf16(&mut units).get(1).copied();
            Some(units[0])
        })
    }

    /// The decoded string. A lone surrogate becomes U+FFFD.
    #[must_use]
    pub fn decode(self) -> Cow<'a, str> {
        if !self.escaped {
            return Cow::Borrowed(self.raw);
        }
        let mut out = String::with_capacity(self.raw.len());
        let mut rest = self.raw;
        while let Some(at) = rest.find('\\') {
            let (plain, escaped) = rest.split_at_checked(at).unwrap_or((rest, ""));
            out.push_str(plain);
            let (c, length) = escape(escaped);
            out.push(c);
            rest = escaped.get(length..).unwrap_or_default();
        }
        out.push_str(rest);
        Cow::Owned(out)
    }
}

/// The character of the escape at the start of `text`, and the length of the escape in bytes.
fn escape(text: &str) -> (char, usize) {
    let c = match text.as_bytes().get(1) {
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(b'u') => return unicode(text),
        Some(&plain) => char::from(plain),
        None => char::REPLACEMENT_CHARACTER,
    };
    (c, 2)
}

/// The same for a `\u` escape, or for two that are a surrogate pair.
fn unicode(text: &str) -> (char, usize) {
    let unit = |at: usize| u16::from_str_radix(text.get(at..at + 4)?, 16).ok();
    let high = unit(2).unwrap_or_default();
    let low = (text.get(6..8) == Some("\\u")).then(|| unit(8)).flatten();
    let pair = low.filter(|low| (0xdc00..0xe000).contains(low) && (0xd800..0xdc00).contains(&high));
    let (units, length): (&[u16], usize) = match pair {
        Some(low) => (&[high, low], 12),
        None => (&[high], 6),
    };
    let c = char::decode_utf16(units.iter().copied()).next();
    (c.and_then(Result::ok).unwrap_or(char::REPLACEMENT_CHARACTER), length)
}
