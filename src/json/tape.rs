//! What stands where in one JSON text: the members of its objects, with kinds and places, as one flat list.

use std::borrow::Cow;

use super::error::found;
use super::keys::Keys;
use super::parse::Open;
use super::shape::cache::Shapes;
use super::{JsonError, JsonText};

/// What a JSON value is.
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
    Text,
    /// An array.
    Array,
    /// An object.
    Object,
}

/// A stretch of bytes of the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

/// How much text stands in the strings of a value; its keys are not counted, nor are strings that begin with
/// `data:`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Weight {
    /// Bytes of ASCII, as written.
    pub ascii: u32,
    /// Code points beyond ASCII that stand as UTF-8.
    pub wide: u32,
}

/// A member of an object, or the whole value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node {
    /// The node of the object it is a member of; the whole value is its own.
    pub parent: u32,
    /// The key as written between its quotes; empty for the whole value.
    pub key: Span,
    /// Whether the key is written with escapes.
    pub key_escaped: bool,
    /// What the value is.
    pub kind: Kind,
    /// The value as written; a string without its quotes.
    pub value: Span,
    /// Whether the string is written with escapes.
    pub escaped: bool,
    /// How many elements or members it has, repeated keys included.
    pub items: u32,
    /// What the first element of an array is.
    pub first: Option<Kind>,
    /// The text in it.
    pub weight: Weight,
}

/// A key that an object has twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repeated {
    /// The key where it stands first, between its quotes.
    pub first: Span,
    /// The key where it stands again.
    pub again: Span,
}

/// Where a text stops being JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The byte at fault, from 0; the length of the text when that ends too soon.
    pub offset: usize,
    /// What could have stood there.
    pub expected: &'static str,
}

/// What stands where: every member of an object that is in no array, down to a depth.
///
/// Kept from text to text, so that reading many takes no memory of its own each time.
///
/// ```
/// use batchlight::json::{Kind, Tape};
/// let text = br#"{"custom_id": "a", "body": {"input": ["x", "y"]}}"#;
/// let mut tape = Tape::new(2);
/// tape.read(text).unwrap();
/// let body = tape.find(text, 0, "body").unwrap();
/// let input = tape.node(tape.find(text, body, "input").unwrap());
/// assert_eq!((input.kind, input.items, input.first), (Kind::Array, 2, Some(Kind::Text)));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Tape {
    pub(super) nodes: Vec<Node>,
    pub(super) depth: usize,
    pub(super) keys: Keys,
    /// What is open around the innermost bracket.
    pub(super) open: Vec<Open>,
    pub(super) long_integer: Option<Span>,
    pub(super) too_deep: Option<Span>,
    pub(super) shapes: Shapes,
}

impl Tape {
    /// A tape that holds the members of objects down to a depth: 1 for those of the text's own object.
    #[must_use]
    pub const fn new(depth: usize) -> Self {
        Self {
            nodes: Vec::new(),
            depth,
            keys: Keys::new(),
            open: Vec::new(),
            long_integer: None,
            too_deep: None,
            shapes: Shapes::new(),
        }
    }

    /// Every node, in the order of the text; the first is the whole value.
    #[must_use]
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// A node by its place.
    ///
    /// # Panics
    /// When there is none.
    #[must_use]
    pub fn node(&self, index: usize) -> &Node {
        &self.nodes[index]
    }

    /// The place of a member by its name; of a repeated key the last, as `JSON.parse` and most readers have
    /// it.
    #[must_use]
    pub fn find(&self, text: &[u8], parent: usize, name: &str) -> Option<usize> {
        let of_parent = |node: &Node| node.parent as usize == parent;
        let named = |node: &Node| is(text, node.key, node.key_escaped, name);
        let later = self.nodes.iter().enumerate().skip(parent + 1);
        later.filter(|(_, node)| of_parent(node) && named(node)).map(|(index, _)| index).next_back()
    }

    /// The first key that any object of the text has twice, however deep.
    #[must_use]
    pub const fn repeated(&self) -> Option<Repeated> {
        self.keys.repeated()
    }

    /// What tells the shape of the line that was read last from those of others, if it was met before: lines
    /// of one shape have the same keys and kinds of values at the same places of the tape.
    #[must_use]
    pub fn shape(&self) -> Option<u32> {
        self.shapes.id()
    }

    /// The first integer, however deep, that is beyond ±(2^53 - 1), so that readers which take every number
    /// as a double change it.
    #[must_use]
    pub const fn long_integer(&self) -> Option<Span> {
        self.long_integer
    }

    /// Where brackets are first nested deeper than 512 levels, as an empty span. What they hold is JSON, and
    /// checked no further.
    #[must_use]
    pub const fn too_deep(&self) -> Option<Span> {
        self.too_deep
    }
}

impl Span {
    /// The bytes.
    #[must_use]
    pub fn of(self, text: &[u8]) -> &[u8] {
        text.get(self.start as usize..self.end as usize).unwrap_or_default()
    }

    /// The text that a string spells there; the tape has checked it.
    #[must_use]
    pub fn spelt(self, text: &[u8], escaped: bool) -> Cow<'_, str> {
        let raw = std::str::from_utf8(self.of(text)).unwrap_or_default();
        JsonText { raw, escaped }.decode()
    }
}

impl Node {
    /// Whether it is a string that spells this.
    #[must_use]
    pub fn is_text(&self, text: &[u8], expected: &str) -> bool {
        self.kind == Kind::Text && is(text, self.value, self.escaped, expected)
    }

    /// The text that it spells, if it is a string.
    #[must_use]
    pub fn text<'a>(&self, text: &'a [u8]) -> Option<Cow<'a, str>> {
        (self.kind == Kind::Text).then(|| self.value.spelt(text, self.escaped))
    }
}

impl Fault {
    /// The same with line, column and what stands there.
    #[must_use]
    pub fn in_text(self, text: &[u8]) -> JsonError {
        JsonError::at(text, self.offset, self.expected)
    }

    /// What stands there, in words.
    pub(crate) fn found(self, text: &[u8]) -> String {
        found(text.get(self.offset..).unwrap_or_default())
    }
}

fn is(text: &[u8], span: Span, escaped: bool, expected: &str) -> bool {
    if escaped { span.spelt(text, true) == expected } else { span.of(text) == expected.as_bytes() }
}

/// A place in a text as spans have it.
#[expect(clippy::cast_possible_truncation, reason = "texts are far shorter than 4 GiB")]
#[inline(always)]
pub(super) const fn small(number: usize) -> u32 {
    number as u32
}
