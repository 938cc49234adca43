//! Fills a tape: one pass over a text, every byte checked against RFC 8259 and UTF-8.
//!
//! Strings, numbers and rows of numbers are passed over by vectors; what is between them byte by byte,
//! without recursion.

use super::keys::{Seen, hash_long, hash_short};
use super::numbers::number;
use super::strings::{Marks, NO_CONTROL, NO_END, string};
use super::tape::{Fault, Kind, Node, Span, Tape, Weight, small};
use super::{deep, number_run, simd};

/// The deepest nesting that is read onto the tape; what is nested deeper is only checked to be JSON.
const DEEPEST: usize = 512;

/// The most nodes that are held; a text with more is read up to there only.
const MAX_NODES: usize = 1 << 18;

/// What is expected of a text that has more.
pub(crate) const TOO_MANY: &str = "at most 262,144 members that are in no array";

/// Stands for the node of what has none.
const NO_NODE: u32 = u32::MAX;

/// A bracket that is open, or the text around the whole value.
#[derive(Clone, Copy, Debug)]
pub(super) struct Open {
    /// Its node, if it has one.
    node: u32,
    /// Whether it is an object's.
    object: bool,
    /// Whether what stands directly in it gets nodes.
    holds: bool,
    items: u32,
    /// What had been weighed before it.
    weight: Weight,
    seen: Seen,
}

impl Tape {
    /// Reads a text whole.
    ///
    /// # Errors
    /// At the first byte that is against RFC 8259 or UTF-8, or at a member that is one too many: of those
    /// that are in no array, down to the tape's depth, 262,143 are held beside the whole value.
    pub fn read(&mut self, text: &[u8]) -> Result<(), Fault> {
        self.walk(text, false).map(|_| ())
    }

    /// Reads the first line of a text: what stands before its first `\n`, or all of it. Gives the line's
    /// length as well, which is known even when the line is no JSON.
    pub fn read_line(&mut self, text: &[u8]) -> (usize, Result<(), Fault>) {
        if let Some(length) = self.shapes.read(text, &mut self.nodes) {
            self.keys.clear();
            self.long_integer = None;
            self.too_deep = None;
            return (length, Ok(()));
        }
        match self.walk(text, true) {
            Ok(length) => {
                let is_odd =
                    self.repeated().is_some() || self.long_integer.is_some() || self.too_deep.is_some();
                if !self.nodes.is_empty() && !is_odd {
                    self.shapes.learn(&text[..length], &self.nodes, self.depth);
                }
                (length, Ok(()))
            }
            Err(mut fault) => {
                // A fault is found at the line's end or before.
                let rest = simd::first_newline(&text[fault.offset..]);
                if rest == Some(0) && fault.expected == NO_CONTROL {
                    fault.expected = NO_END;
                }
                (rest.map_or(text.len(), |rest| fault.offset + rest), Err(fault))
            }
        }
    }

    #[expect(clippy::too_many_lines, reason = "one loop, whose state stays in registers")]
    /// Reads a value and what may stand behind it; gives where that ends.
    fn walk(&mut self, text: &[u8], line: bool) -> Result<usize, Fault> {
        self.shapes.leave();
        self.nodes.clear();
        self.keys.clear();
        self.open.clear();
        self.long_integer = None;
        self.too_deep = None;
        let marks = Marks::new();
        let space = Space { line };
        let mut total = Weight::default();
        let mut inner =
            Open { node: 0, object: false, holds: true, items: 0, weight: total, seen: Seen::default() };
        let mut at = space.skip(text, 0);
        if line && matches!(text.get(at), None | Some(b'\n')) {
            return Ok(at);
        }
        loop {
            let mut key = (Span::default(), false);
            if inner.object {
                if byte(text, at) != b'"' {
                    let expected =
                        if inner.items == 0 { "a key in quotes or \"}\"" } else { "a key in quotes" };
                    return Err(fault_at(text, at, expected));
                }
                let start = at + 1;
                let hash;
                if let Some((length, bytes)) = marks.short(text, start) {
                    key = (span(start, start + length), false);
                    hash =
                        if length <= 16 { hash_short(bytes, length) } else { hash_long(text, key.0, false) };
                    at = start + length + 1;
                } else {
                    let name = string(text, start)?;
                    key = (span(start, name.end), name.escaped);
                    hash = hash_long(text, key.0, name.escaped);
                    at = name.end + 1;
                }
                if inner.holds && self.nodes.len() >= MAX_NODES {
                    return Err(Fault { offset: start, expected: TOO_MANY });
                }
                self.keys.add(text, &mut inner.seen, hash, start);
                if byte(text, at) != b':' {
                    at = space.skip(text, at);
                    if byte(text, at) != b':' {
                        return Err(fault_at(text, at, "\":\""));
                    }
                }
                at = space.skip(text, at + 1);
            }
            let start = at;
            let (kind, value, escaped, weight);
            match byte(text, at) {
                b'"' => {
                    at += 1;
                    let mut weighed;
                    if let Some((length, _)) = marks.short(text, at) {
                        (value, escaped) = (span(at, at + length), false);
                        weighed = Weight { ascii: small(length), wide: 0 };
                        at += length + 1;
                    } else {
                        let read = string(text, at)?;
                        (value, escaped) = (span(at, read.end), read.escaped);
                        weighed = read.weight;
                        at = read.end + 1;
                    }
                    if byte(text, start + 1) == b'd' && is_data(value.of(text)) {
                        weighed = Weight::default();
                    }
                    weight = weighed;
                    total.ascii = total.ascii.wrapping_add(weight.ascii);
                    total.wide = total.wide.wrapping_add(weight.wide);
                    kind = Kind::Text;
                }
                bracket @ (b'{' | b'[') if self.open.len() == DEEPEST => {
                    self.too_deep.get_or_insert(span(at, at));
                    (at, weight) = deep::value(text, at, space)?;
                    total.ascii = total.ascii.wrapping_add(weight.ascii);
                    total.wide = total.wide.wrapping_add(weight.wide);
                    kind = if bracket == b'{' { Kind::Object } else { Kind::Array };
                    (value, escaped) = (span(start, at), false);
                }
                bracket @ (b'{' | b'[') => {
                    let object = bracket == b'{';
                    let mut node = NO_NODE;
                    at = space.skip(text, at + 1);
                    if inner.holds {
                        node = small(self.nodes.len());
                        let kind = if object { Kind::Object } else { Kind::Array };
                        let first = if object { None } else { kind_of(byte(text, at)) };
                        self.nodes.push(Node {
                            parent: inner.node,
                            key: key.0,
                            key_escaped: key.1,
                            kind,
                            value: span(start, start),
                            escaped: false,
                            items: 0,
                            first,
                            weight: Weight::default(),
                        });
                    }
                    self.open.push(inner);
                    let holds = object && node != NO_NODE && self.open.len() <= self.depth;
                    inner = Open { node, object, holds, items: 0, weight: total, seen: self.keys.open() };
                    if byte(text, at) != bracket + 2 {
                        continue;
                    }
                    at = self.close(text, at, &mut inner, total);
                    if self.after(text, &mut at, &mut inner, total, space)? {
                        continue;
                    }
                    return Ok(at);
                }
                b'-' | b'0'..=b'9' => {
                    let (end, long) = number(text, at)?;
                    at = end;
                    value = span(start, end);
                    if long && self.long_integer.is_none() {
                        self.long_integer = Some(value);
                    }
                    (kind, escaped, weight) = (Kind::Number, false, Weight::default());
                    if !inner.object && !self.open.is_empty() && byte(text, at) == b',' {
                        let (next, passed) = number_run::numbers(text, at + 1);
                        inner.items += 1 + passed;
                        at = space.skip(text, next);
                        continue;
                    }
                }
                _ => {
                    let length;
                    (length, kind) = word(text, at)?;
                    at += length;
                    value = span(start, at);
                    (escaped, weight) = (false, Weight::default());
                }
            }
            if inner.holds {
                self.nodes.push(Node {
                    parent: inner.node,
                    key: key.0,
                    key_escaped: key.1,
                    kind,
                    value,
                    escaped,
                    items: 0,
                    first: None,
                    weight,
                });
            }
            if !self.after(text, &mut at, &mut inner, total, space)? {
                return Ok(at);
            }
        }
    }

    /// Goes on behind a value: past commas and closing brackets to where the next element begins, or to the
    /// end.
    #[inline(always)]
    fn after(
        &mut self,
        text: &[u8],
        place: &mut usize,
        inner: &mut Open,
        total: Weight,
        space: Space,
    ) -> Result<bool, Fault> {
        let mut at = *place;
        loop {
            inner.items += 1;
            at = space.skip(text, at);
            if self.open.is_empty() {
                *place = at;
                return match text.get(at) {
                    None => Ok(false),
                    Some(b'\n') if space.line => Ok(false),
                    Some(_) => Err(fault_at(text, at, "the end of the text")),
                };
            }
            match (byte(text, at), inner.object) {
                (b',', _) => {
                    *place = space.skip(text, at + 1);
                    return Ok(true);
                }
                (b'}', true) | (b']', false) => at = self.close(text, at, inner, total),
                (_, true) => return Err(fault_at(text, at, "\",\" or \"}\"")),
                (_, false) => return Err(fault_at(text, at, "\",\" or \"]\"")),
            }
        }
    }

    /// Closes the innermost bracket; gives what is behind it.
    #[inline(always)]
    fn close(&mut self, text: &[u8], at: usize, inner: &mut Open, total: Weight) -> usize {
        if let Some(node) = self.nodes.get_mut(inner.node as usize) {
            node.value.end = small(at + 1);
            node.items = inner.items;
            node.weight = Weight {
                ascii: total.ascii.wrapping_sub(inner.weight.ascii),
                wide: total.wide.wrapping_sub(inner.weight.wide),
            };
        }
        if inner.object {
            self.keys.close(text, inner.seen);
        }
        if let Some(outer) = self.open.pop() {
            *inner = outer;
        }
        at + 1
    }
}

/// What counts as white space: not `\n` where that ends the text.
#[derive(Clone, Copy)]
pub(super) struct Space {
    pub line: bool,
}

impl Space {
    /// Where the white space at a place ends: at once, or behind one space, as most files have it.
    #[inline(always)]
    pub fn skip(self, text: &[u8], at: usize) -> usize {
        let first = byte(text, at);
        if first > b' ' {
            return at;
        }
        if first == b' ' && byte(text, at + 1) > b' ' {
            return at + 1;
        }
        self.skip_all(text, at)
    }

    #[cold]
    fn skip_all(self, text: &[u8], mut at: usize) -> usize {
        loop {
            match text.get(at) {
                Some(b' ' | b'\t' | b'\r') => at += 1,
                Some(b'\n') if !self.line => at += 1,
                _ => return at,
            }
        }
    }
}

/// The length and kind of the word at a place: `true`, `false` or `null`.
#[inline(always)]
pub(super) fn word(text: &[u8], at: usize) -> Result<(usize, Kind), Fault> {
    let (word, kind) = match byte(text, at) {
        b't' => (&b"true"[..], Kind::True),
        b'f' => (&b"false"[..], Kind::False),
        b'n' => (&b"null"[..], Kind::Null),
        _ => return Err(fault_at(text, at, "a value")),
    };
    if text[at..].starts_with(word) { Ok((word.len(), kind)) } else { Err(fault_at(text, at, "a value")) }
}

/// The byte at a place; NUL, which stands nowhere in JSON, behind the end.
#[inline(always)]
pub(super) fn byte(text: &[u8], at: usize) -> u8 {
    text.get(at).copied().unwrap_or(0)
}

#[inline(always)]
pub(super) const fn span(start: usize, end: usize) -> Span {
    Span { start: small(start), end: small(end) }
}

/// Whether a string is an embedded file, which is no text to be weighed.
#[cold]
pub(super) fn is_data(raw: &[u8]) -> bool {
    raw.starts_with(b"data:")
}

/// What a value is, by its first byte.
const fn kind_of(byte: u8) -> Option<Kind> {
    match byte {
        b'"' => Some(Kind::Text),
        b'{' => Some(Kind::Object),
        b'[' => Some(Kind::Array),
        b't' => Some(Kind::True),
        b'f' => Some(Kind::False),
        b'n' => Some(Kind::Null),
        b'-' | b'0'..=b'9' => Some(Kind::Number),
        _ => None,
    }
}

/// The fault at a place: that it is no UTF-8, if it is none, else what was expected.
#[cold]
pub(super) fn fault_at(text: &[u8], offset: usize, expected: &'static str) -> Fault {
    let rest = text.get(offset..).unwrap_or_default();
    let rest = rest.get(..4).unwrap_or(rest);
    match std::str::from_utf8(rest) {
        Err(error) if error.valid_up_to() == 0 => Fault { offset, expected: "UTF-8" },
        _ => Fault { offset, expected },
    }
}
