//! Compiles the shape of a parsed line.

use super::literal::Literal;
use super::{Capture, Loop, LoopBack, NO_LOOP, NodeLocation, Position, Shape, Slot, Value, ValueLocation};
use crate::json::cursor::{Whitespace, byte_at, span, to_u32};
use crate::json::node::{Node, Span};
use crate::json::numbers::number_end;
use crate::json::strings::string;

/// Lines beyond these limits are not worth caching.
const MAX_SLOTS: usize = 256;
const MAX_BLOCKS: usize = 1 << 10;
const MAX_DEPTH: usize = 16;
/// An element is compared with the bytes of each loop-back, so that many would take quadratic time.
const MAX_LOOP_BACKS: usize = 8;

// Not inlined, like `string_end` and `number_end`: lines are rarely compiled.
fn skip_whitespace(line: &[u8], at: usize) -> usize {
    Whitespace::InLine.skip_all(line, at)
}

/// The offset after a string, given the offset after its opening quote.
#[inline(never)]
fn string_end(line: &[u8], at: usize) -> Option<usize> {
    string(line, at).map(|string| string.end + 1)
}

/// Compiles the shape of a valid line, given without its `\n`, and with its nodes down to `depth`. Returns
/// `None` if the line is beyond the limits.
pub(super) fn compile(line: &[u8], nodes: &[Node], depth: usize) -> Option<Shape> {
    let mut compiler = Compiler {
        line,
        depth,
        at: skip_whitespace(line, 0),
        literal_start: 0,
        slots: Vec::new(),
        loop_backs: Vec::new(),
        shape: Shape { nodes: nodes.to_vec(), ..Shape::default() },
    };
    compiler.value(Position { slot: 0, offset: 0 }, true, 0)?;
    compiler.at = line.len();
    compiler.add_slot(Value::End)?;
    compiler.finish()
}

/// A slot whose literals are still ranges of the line.
#[derive(Clone, Debug)]
struct SlotDraft {
    before: Span,
    value: Value,
    loop_backs: Vec<LoopBackDraft>,
    counter: u32,
}

/// A loop-back whose literal is still a range of the line.
#[derive(Clone, Copy, Debug)]
struct LoopBackDraft {
    between: Span,
    to: usize,
    counter: u32,
}

struct Compiler<'a> {
    line: &'a [u8],
    depth: usize,
    at: usize,
    /// The start of the literal before the next slot.
    literal_start: usize,
    slots: Vec<SlotDraft>,
    /// The loop-backs of the next slot.
    loop_backs: Vec<LoopBackDraft>,
    shape: Shape,
}

/// An element of an array.
struct Element {
    /// The range of its slots.
    slots: (usize, usize),
    /// The bytes before its first slot, and the bytes after its last slot.
    edges: (Span, Span),
    /// The loop-backs after its last slot.
    loop_backs: Vec<LoopBackDraft>,
}

impl Compiler<'_> {
    fn position(&self) -> Position {
        Position { slot: to_u32(self.slots.len()), offset: to_u32(self.at - self.literal_start) }
    }

    /// Ends the literal and adds a slot for the value at the current offset. Returns its index.
    fn add_slot(&mut self, value: Value) -> Option<usize> {
        if self.slots.len() == MAX_SLOTS {
            return None;
        }
        let before = span(self.literal_start, self.at);
        let loop_backs = std::mem::take(&mut self.loop_backs);
        self.slots.push(SlotDraft { before, value, loop_backs, counter: NO_LOOP });
        Some(self.slots.len() - 1)
    }

    /// Compiles the value at the current offset; `level` is the number of brackets around it.
    fn value(&mut self, key: Position, has_node: bool, level: usize) -> Option<()> {
        let index = self.shape.locations.len();
        if has_node {
            let node_key = self.shape.nodes.get(index)?.key;
            let key_length = node_key.end - node_key.start;
            self.shape.locations.push(NodeLocation { key, key_length, value: ValueLocation::Slot(0) });
        }
        let location = match byte_at(self.line, self.at) {
            b'"' => {
                self.at += 1;
                let slot = self.add_slot(Value::String)?;
                self.at = string_end(self.line, self.at)?;
                self.literal_start = self.at;
                ValueLocation::Slot(to_u32(slot))
            }
            b'-' | b'0'..=b'9' => {
                let slot = self.add_slot(Value::Number)?;
                self.at = number_end(self.line, self.at)?;
                self.literal_start = self.at;
                ValueLocation::Slot(to_u32(slot))
            }
            bracket @ (b'{' | b'[') => {
                if level == MAX_DEPTH {
                    return None;
                }
                let open = self.position();
                self.at = skip_whitespace(self.line, self.at + 1);
                // Both closing brackets follow their opening ones by 2 in ASCII.
                if byte_at(self.line, self.at) != bracket + 2 {
                    if bracket == b'{' {
                        self.properties(has_node && level < self.depth, level + 1)?;
                    } else {
                        self.elements(has_node.then_some(index), level + 1)?;
                    }
                }
                self.at += 1;
                let items = self.shape.nodes.get(index).filter(|_| has_node).map_or(0, |node| node.items);
                ValueLocation::Brackets(open, self.position(), items)
            }
            first => {
                let (start, length) = (self.position(), if first == b'f' { 5 } else { 4 });
                self.at += length;
                ValueLocation::LiteralName(start, to_u32(length))
            }
        };
        if has_node {
            self.shape.locations[index].value = location;
        }
        Some(())
    }

    /// Compiles properties up to the closing bracket.
    fn properties(&mut self, have_nodes: bool, level: usize) -> Option<()> {
        loop {
            self.at += 1;
            let key = self.position();
            self.at = skip_whitespace(self.line, string_end(self.line, self.at)?);
            self.at = skip_whitespace(self.line, self.at + 1);
            self.value(key, have_nodes, level)?;
            self.at = skip_whitespace(self.line, self.at);
            if byte_at(self.line, self.at) != b',' {
                return Some(());
            }
            self.at = skip_whitespace(self.line, self.at + 1);
        }
    }

    /// Compiles elements up to the closing bracket; `node` is the index of the array's node.
    fn elements(&mut self, node: Option<usize>, level: usize) -> Option<()> {
        let counter = node.map_or(NO_LOOP, |node| {
            self.shape.loops.push(Loop { node: to_u32(node), count: 0 });
            to_u32(self.shape.loops.len() - 1)
        });
        let mut kept = 0;
        if let Some((value, end)) = self.list() {
            let slot = self.add_slot(value)?;
            self.slots[slot].counter = counter;
            self.literal_start = end;
            self.at = skip_whitespace(self.line, end);
        } else {
            let mut last = None;
            loop {
                let element = self.element(level)?;
                if !last.as_ref().is_some_and(|last| self.fold(last, &element, counter)) {
                    kept += 1;
                    last = Some(element);
                }
                self.at = skip_whitespace(self.line, self.at);
                if byte_at(self.line, self.at) != b',' {
                    break;
                }
                self.at = skip_whitespace(self.line, self.at + 1);
            }
        }
        if let Some(node) = node.and_then(|node| self.shape.nodes.get_mut(node)) {
            node.items = kept;
        }
        Some(())
    }

    fn element(&mut self, level: usize) -> Option<Element> {
        let (start, first) = (to_u32(self.at), self.slots.len());
        self.value(Position { slot: 0, offset: 0 }, false, level)?;
        let before = Span { start, end: self.slots.get(first).map_or(start, |slot| slot.before.end) };
        let edges = (before, span(self.literal_start, self.at));
        Some(Element { slots: (first, self.slots.len()), edges, loop_backs: self.loop_backs.clone() })
    }

    /// Folds an element into the previous one if both have the same shape: replaces its slots by a loop-back.
    /// Returns whether it did.
    fn fold(&mut self, last: &Element, element: &Element, counter: u32) -> bool {
        let slots = |element: &Element| self.slots.get(element.slots.0..element.slots.1).unwrap_or_default();
        let ([one, ones @ ..], [other, others @ ..]) = (slots(last), slots(element)) else { return false };
        let starts = (last.slots.0, element.slots.0);
        let is_same = one.value == other.value
            && ones.len() == others.len()
            && self.are_equal(last.edges.0, element.edges.0)
            && self.are_equal(last.edges.1, element.edges.1)
            && self.have_same_loops(&last.loop_backs, &element.loop_backs, starts)
            && ones.iter().zip(others).all(|(one, other)| {
                one.value == other.value
                    && self.are_equal(one.before, other.before)
                    && self.have_same_loops(&one.loop_backs, &other.loop_backs, starts)
            });
        if !is_same {
            return false;
        }
        let back = LoopBackDraft { between: other.before, to: last.slots.0, counter };
        let mut loop_backs = other.loop_backs.clone();
        if !loop_backs.iter().any(|known| known.to == back.to && self.are_equal(known.between, back.between))
        {
            if loop_backs.len() == MAX_LOOP_BACKS {
                return false;
            }
            loop_backs.push(back);
        }
        self.loop_backs = loop_backs;
        self.slots.truncate(element.slots.0);
        true
    }

    /// Whether two ranges have the same bytes.
    #[inline(never)] // rarely called, from many places
    fn are_equal(&self, one: Span, other: Span) -> bool {
        one.of(self.line) == other.of(self.line)
    }

    /// Whether two slots have the same loop-backs, relative to the first slots of their elements.
    #[inline(never)]
    fn have_same_loops(
        &self,
        ones: &[LoopBackDraft],
        others: &[LoopBackDraft],
        starts: (usize, usize),
    ) -> bool {
        ones.len() == others.len()
            && ones.iter().zip(others).all(|(one, other)| {
                one.to - starts.0 == other.to - starts.1 && self.are_equal(one.between, other.between)
            })
    }

    /// All elements of an array as one value, and the offset after the last one, if all are strings or all
    /// are numbers.
    fn list(&self) -> Option<(Value, usize)> {
        let mut at = self.at;
        let is_string = byte_at(self.line, at) == b'"';
        loop {
            let end = match byte_at(self.line, at) {
                b'"' if is_string => string_end(self.line, at + 1)?,
                b'-' | b'0'..=b'9' if !is_string => number_end(self.line, at)?,
                _ => return None,
            };
            let comma = skip_whitespace(self.line, end);
            if byte_at(self.line, comma) != b',' {
                return Some((if is_string { Value::Strings } else { Value::Numbers }, end));
            }
            at = skip_whitespace(self.line, comma + 1);
        }
    }

    fn finish(mut self) -> Option<Shape> {
        for draft in std::mem::take(&mut self.slots) {
            let first = to_u32(self.shape.loop_backs.len());
            for back in &draft.loop_backs {
                let between = self.literal(back.between)?;
                self.shape.loop_backs.push(LoopBack { between, to: to_u32(back.to), counter: back.counter });
            }
            let before = self.literal(draft.before)?;
            let loop_backs = (first, to_u32(self.shape.loop_backs.len()));
            let SlotDraft { value, counter, .. } = draft;
            self.shape.slots.push(Slot { before, value, loop_backs, counter, capture: Capture::default() });
        }
        Some(self.shape)
    }

    /// Copies a literal from the line into blocks.
    fn literal(&mut self, range: Span) -> Option<Literal> {
        let bytes = range.of(self.line);
        if bytes.len() > 16 * MAX_BLOCKS {
            return None;
        }
        let blocks = &mut self.shape.blocks;
        let first = to_u32(blocks.len());
        let block = |part: &[u8]| {
            let (mut bytes, mut mask) = ([0; 16], [0; 16]);
            bytes[..part.len()].copy_from_slice(part);
            mask[..part.len()].fill(0xff);
            (bytes, mask)
        };
        let mut parts = bytes.chunks(16).map(block);
        let (head, mask) = parts.next().unwrap_or_default();
        let mut last_mask = None;
        for (part, mask) in parts {
            blocks.push(part);
            last_mask = Some(mask);
        }
        let more = to_u32(blocks.len()) - first;
        blocks.extend(last_mask);
        let fits = blocks.len() <= MAX_BLOCKS;
        fits.then_some(Literal { head, mask, length: to_u32(bytes.len()), first, more })
    }
}
