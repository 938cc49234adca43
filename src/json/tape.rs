//! The tape: the values of one text as a flat list.

use super::cursor::Whitespace;
use super::error::Fault;
use super::node::{Node, RepeatedKey, Span};
use super::parse::{ParseError, Parser};
use super::scan::{TOO_MANY_NODES, explain};
use super::shape::cache::ShapeCache;
use super::simd::search::find;

/// The values of a text that are in no array, down to a depth.
///
/// A tape is reused for many texts, so that reading one does not allocate.
///
/// ```
/// use batchlight::json::{Kind, Tape};
/// let text = br#"{"custom_id": "a", "body": {"input": ["x", "y"]}}"#;
/// let mut tape = Tape::new(2);
/// tape.read(text).unwrap();
/// let body = tape.find(text, 0, "body").unwrap();
/// let input = tape.node(tape.find(text, body, "input").unwrap());
/// assert_eq!((input.kind, input.items, input.first), (Kind::Array, 2, Some(Kind::String)));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Tape {
    parser: Parser,
    depth: usize,
    shapes: ShapeCache,
}

impl Tape {
    /// A tape for values down to a depth: 1 for the properties of the root, 2 for the properties of those.
    #[must_use]
    pub const fn new(depth: usize) -> Self {
        Self { parser: Parser::new(), depth, shapes: ShapeCache::new() }
    }

    /// Reads a text.
    ///
    /// # Errors
    /// At the first byte that RFC 8259 or UTF-8 does not allow, or at a key if the tape already holds 262,144
    /// values.
    pub fn read(&mut self, text: &[u8]) -> Result<(), Fault> {
        self.shapes.leave();
        match self.parser.parse(text, Whitespace::Json, self.depth) {
            Ok(_) => Ok(()),
            Err(error) => Err(fault(error, text)),
        }
    }

    /// Reads the first line of a text, up to `\n` or to the end of the text. Returns the length of the line
    /// without `\n`, and an error as [`read`](Self::read) does. A blank line is valid and has no nodes.
    pub fn read_line(&mut self, text: &[u8]) -> (usize, Result<(), Fault>) {
        if let Some(length) = self.shapes.read(text, &mut self.parser.nodes) {
            self.parser.clear_unusual();
            return (length, Ok(()));
        }
        self.shapes.leave();
        match self.parser.parse(text, Whitespace::InLine, self.depth) {
            Ok(length) => {
                if !self.parser.nodes.is_empty() && !self.parser.is_unusual() {
                    self.shapes.compile(&text[..length], &self.parser.nodes, self.depth);
                }
                (length, Ok(()))
            }
            Err(error) => {
                let length = find(text, b'\n').unwrap_or(text.len());
                (length, Err(fault(error, &text[..length])))
            }
        }
    }

    /// All nodes in the order of the text; the first is the root.
    #[must_use]
    pub fn nodes(&self) -> &[Node] {
        &self.parser.nodes
    }

    /// The node with an index.
    ///
    /// # Panics
    /// If there is none.
    #[must_use]
    pub fn node(&self, index: usize) -> &Node {
        &self.parser.nodes[index]
    }

    /// The index of a property, by the index of its object and its key. For a repeated key, it is that of the
    /// last value, which `JSON.parse` and most other parsers use.
    #[must_use]
    pub fn find(&self, text: &[u8], parent: usize, name: &str) -> Option<usize> {
        let in_parent = |node: &Node| node.parent as usize == parent;
        let has_name = |node: &Node| node.key.equals_string(text, node.key_escaped, name);
        let later = self.parser.nodes.iter().enumerate().skip(parent + 1);
        later.filter(|(_, node)| in_parent(node) && has_name(node)).map(|(index, _)| index).next_back()
    }

    /// The first repeated key of any object, at any depth.
    #[must_use]
    pub const fn repeated(&self) -> Option<RepeatedKey> {
        self.parser.repeated_key()
    }

    /// The id of the shape of the last line, if its shape was cached before. Lines with the same id have the
    /// same keys and the same kinds of values at the same indexes.
    #[must_use]
    pub fn shape(&self) -> Option<u32> {
        self.shapes.current_id()
    }

    /// The first integer, at any depth, beyond ±(2^53 - 1): parsers that read numbers as doubles change it.
    #[must_use]
    pub const fn long_integer(&self) -> Option<Span> {
        self.parser.long_integer()
    }

    /// The position of the first bracket at the 513th level of nesting, as an empty span. The value is
    /// validated, but checked no further.
    #[must_use]
    pub const fn too_deep(&self) -> Option<Span> {
        self.parser.too_deep()
    }
}

#[cold]
fn fault(error: ParseError, text: &[u8]) -> Fault {
    match error {
        ParseError::Invalid => explain(text),
        ParseError::TooManyNodes(offset) => Fault { offset, expected: TOO_MANY_NODES },
    }
}
