//! The parser: validates a text against RFC 8259 and UTF-8 in one pass, and stores its values as nodes.
//!
//! Strings, numbers and arrays of numbers are read with vector instructions, the bytes between them one by
//! one, without recursion. The parser does not explain errors: [`explain`](super::scan::explain) does.

use super::cursor::{Whitespace, byte_at, is_data_url, kind_of, literal_name, span, to_u32};
use super::keys::{Keys, ObjectKeys, hash_long, hash_short};
use super::node::{Kind, Node, RepeatedKey, Span, TextLength};
use super::numbers::number;
use super::scan::MAX_DEPTH;
use super::strings::{ShortStrings, string};
use super::{deep, number_run};

/// The maximum number of nodes of a text. The message `scan::TOO_MANY_NODES` contains it.
const MAX_NODES: usize = 1 << 18;

/// The node index of an array or object that is not stored.
const NO_NODE: u32 = u32::MAX;

/// Why a text was not parsed.
#[derive(Clone, Copy, Debug)]
pub(super) enum ParseError {
    /// The text is not valid JSON or not valid UTF-8.
    Invalid,
    /// The text is valid up to the key at this offset, which would be one node too many.
    TooManyNodes(usize),
}

/// An open array or object, or what surrounds the root.
#[derive(Clone, Copy, Debug)]
struct Open {
    /// The index of its node, or [`NO_NODE`].
    node: u32,
    is_object: bool,
    /// Whether its values are stored as nodes.
    is_stored: bool,
    /// The number of elements or properties so far.
    items: u32,
    /// The length of all strings before it.
    length_before: TextLength,
    keys: ObjectKeys,
}

/// Parses one text after another and reuses its memory.
#[derive(Clone, Debug, Default)]
pub(super) struct Parser {
    pub nodes: Vec<Node>,
    keys: Keys,
    /// The open arrays and objects, all but the innermost.
    open: Vec<Open>,
    long_integer: Option<Span>,
    too_deep: Option<Span>,
}

impl Parser {
    pub const fn new() -> Self {
        Self { nodes: Vec::new(), keys: Keys::new(), open: Vec::new(), long_integer: None, too_deep: None }
    }

    /// The repeated key whose second occurrence is first in the text.
    pub const fn repeated_key(&self) -> Option<RepeatedKey> {
        self.keys.repeated()
    }

    /// The first integer beyond ±(2^53 - 1).
    pub const fn long_integer(&self) -> Option<Span> {
        self.long_integer
    }

    /// The position of the first bracket beyond [`MAX_DEPTH`], as an empty span.
    pub const fn too_deep(&self) -> Option<Span> {
        self.too_deep
    }

    /// Whether the text has something that no shape describes: a repeated key, a long integer or a value that
    /// is nested too deep.
    pub const fn is_unusual(&self) -> bool {
        self.keys.repeated().is_some() || self.long_integer.is_some() || self.too_deep.is_some()
    }

    /// Clears everything but the nodes.
    pub fn clear_unusual(&mut self) {
        self.keys.clear();
        self.long_integer = None;
        self.too_deep = None;
    }

    /// Parses a value and the whitespace around it. Returns the offset of the end: the end of the text, or of
    /// the line. A blank line is valid and has no nodes. Values in objects up to `depth` levels below the
    /// root are stored.
    #[expect(clippy::too_many_lines, reason = "one loop, whose state stays in registers")]
    pub fn parse(&mut self, text: &[u8], whitespace: Whitespace, depth: usize) -> Result<usize, ParseError> {
        self.nodes.clear();
        self.open.clear();
        self.clear_unusual();
        let short_strings = ShortStrings::new();
        let mut total = TextLength::default();
        let mut inner = Open {
            node: 0,
            is_object: false,
            is_stored: true,
            items: 0,
            length_before: total,
            keys: ObjectKeys::default(),
        };
        let mut at = whitespace.skip(text, 0);
        if whitespace == Whitespace::InLine && matches!(text.get(at), None | Some(b'\n')) {
            return Ok(at);
        }
        loop {
            let mut key = (Span::default(), false);
            if inner.is_object {
                if byte_at(text, at) != b'"' {
                    return Err(invalid());
                }
                let start = at + 1;
                let hash;
                if let Some((length, bytes)) = short_strings.read(text, start) {
                    key = (span(start, start + length), false);
                    hash =
                        if length <= 16 { hash_short(bytes, length) } else { hash_long(text, key.0, false) };
                    at = start + length + 1;
                } else {
                    let name = string(text, start).ok_or_else(invalid)?;
                    key = (span(start, name.end), name.escaped);
                    hash = hash_long(text, key.0, name.escaped);
                    at = name.end + 1;
                }
                if inner.is_stored && self.nodes.len() >= MAX_NODES {
                    return Err(ParseError::TooManyNodes(start));
                }
                self.keys.add(text, &mut inner.keys, hash, start);
                if byte_at(text, at) != b':' {
                    at = whitespace.skip(text, at);
                    if byte_at(text, at) != b':' {
                        return Err(invalid());
                    }
                }
                at = whitespace.skip(text, at + 1);
            }
            let start = at;
            let (kind, value, escaped, length);
            match byte_at(text, at) {
                b'"' => {
                    at += 1;
                    let mut own_length;
                    if let Some((bytes, _)) = short_strings.read(text, at) {
                        (value, escaped) = (span(at, at + bytes), false);
                        own_length = TextLength { ascii: to_u32(bytes), non_ascii: 0 };
                        at += bytes + 1;
                    } else {
                        let string = string(text, at).ok_or_else(invalid)?;
                        (value, escaped) = (span(at, string.end), string.escaped);
                        own_length = string.length;
                        at = string.end + 1;
                    }
                    if byte_at(text, start + 1) == b'd' && is_data_url(value.of(text)) {
                        own_length = TextLength::default();
                    }
                    length = own_length;
                    total.add(length);
                    kind = Kind::String;
                }
                bracket @ (b'{' | b'[') if self.open.len() == MAX_DEPTH => {
                    self.too_deep.get_or_insert(span(at, at));
                    (at, length) = deep::validate(text, at, whitespace).ok_or_else(invalid)?;
                    total.add(length);
                    kind = if bracket == b'{' { Kind::Object } else { Kind::Array };
                    (value, escaped) = (span(start, at), false);
                }
                bracket @ (b'{' | b'[') => {
                    let is_object = bracket == b'{';
                    let mut node = NO_NODE;
                    at = whitespace.skip(text, at + 1);
                    if inner.is_stored {
                        node = to_u32(self.nodes.len());
                        self.nodes.push(Node {
                            parent: inner.node,
                            key: key.0,
                            key_escaped: key.1,
                            kind: if is_object { Kind::Object } else { Kind::Array },
                            value: span(start, start),
                            escaped: false,
                            items: 0,
                            first: if is_object { None } else { kind_of(byte_at(text, at)) },
                            text_length: TextLength::default(),
                        });
                    }
                    self.open.push(inner);
                    let is_stored = is_object && node != NO_NODE && self.open.len() <= depth;
                    let keys = self.keys.open();
                    inner = Open { node, is_object, is_stored, items: 0, length_before: total, keys };
                    // Both closing brackets follow their opening ones by 2 in ASCII.
                    if byte_at(text, at) != bracket + 2 {
                        continue;
                    }
                    at = self.close(text, at, &mut inner, total);
                    if self.advance(text, &mut at, &mut inner, total, whitespace)? {
                        continue;
                    }
                    return Ok(at);
                }
                b'-' | b'0'..=b'9' => {
                    let number = number(text, at).ok_or_else(invalid)?;
                    at = number.end;
                    value = span(start, at);
                    if number.is_long && self.long_integer.is_none() {
                        self.long_integer = Some(value);
                    }
                    (kind, escaped, length) = (Kind::Number, false, TextLength::default());
                    if !inner.is_object && !self.open.is_empty() && byte_at(text, at) == b',' {
                        let (next, count) = number_run::skip(text, at + 1);
                        inner.items += 1 + count;
                        at = whitespace.skip(text, next);
                        continue;
                    }
                }
                _ => {
                    let bytes;
                    (bytes, kind) = literal_name(text, at).ok_or_else(invalid)?;
                    at += bytes;
                    value = span(start, at);
                    (escaped, length) = (false, TextLength::default());
                }
            }
            if inner.is_stored {
                self.nodes.push(Node {
                    parent: inner.node,
                    key: key.0,
                    key_escaped: key.1,
                    kind,
                    value,
                    escaped,
                    items: 0,
                    first: None,
                    text_length: length,
                });
            }
            if !self.advance(text, &mut at, &mut inner, total, whitespace)? {
                return Ok(at);
            }
        }
    }

    /// Advances from the end of a value, over commas and closing brackets, to the next value or key or to the
    /// end of the text or line. Returns whether a value or key follows.
    #[inline(always)]
    fn advance(
        &mut self,
        text: &[u8],
        offset: &mut usize,
        inner: &mut Open,
        total: TextLength,
        whitespace: Whitespace,
    ) -> Result<bool, ParseError> {
        let mut at = *offset;
        loop {
            inner.items += 1;
            at = whitespace.skip(text, at);
            if self.open.is_empty() {
                *offset = at;
                return match text.get(at) {
                    None => Ok(false),
                    Some(b'\n') if whitespace == Whitespace::InLine => Ok(false),
                    Some(_) => Err(invalid()),
                };
            }
            match (byte_at(text, at), inner.is_object) {
                (b',', _) => {
                    *offset = whitespace.skip(text, at + 1);
                    return Ok(true);
                }
                (b'}', true) | (b']', false) => at = self.close(text, at, inner, total),
                _ => return Err(invalid()),
            }
        }
    }

    /// Closes the innermost array or object. Returns the offset after its closing bracket.
    #[inline(always)]
    fn close(&mut self, text: &[u8], at: usize, inner: &mut Open, total: TextLength) -> usize {
        if let Some(node) = self.nodes.get_mut(inner.node as usize) {
            node.value.end = to_u32(at + 1);
            node.items = inner.items;
            node.text_length = total.since(inner.length_before);
        }
        if inner.is_object {
            self.keys.close(text, inner.keys);
        }
        if let Some(outer) = self.open.pop() {
            *inner = outer;
        }
        at + 1
    }
}

/// [`ParseError::Invalid`], from a call that tells the compiler which branches are rare.
#[cold]
const fn invalid() -> ParseError {
    ParseError::Invalid
}
