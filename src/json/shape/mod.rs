//! The shape of a line: the line without its values. Lines of a file are usually written by one program, so
//! the next line often has the same shape. Then only the values are parsed, and the bytes between them are
//! compared sixteen at a time.
//!
//! `compile` makes a shape from a parsed line. A line that matches it is valid JSON, with the same keys at
//! the same positions and values of the same kinds; arrays may have another length. `cache` keeps the shapes
//! of a file.

pub(super) mod cache;
mod compile;
mod literal;

use super::cursor::{Whitespace, byte_at, is_data_url, span, to_u32};
use super::node::{Node, Span, TextLength};
use super::number_run;
use super::numbers::number;
use super::strings::{ShortStrings, string};
use literal::Literal;

/// The loop index of an array without a node.
const NO_LOOP: u32 = u32::MAX;

/// The kinds of values that may differ between lines of the same shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Value {
    /// A string. It begins after its opening quote.
    String,
    Number,
    /// All elements of an array of strings. They begin at the opening quote of the first.
    Strings,
    /// All elements of an array of numbers.
    Numbers,
    /// The end of the line.
    End,
}

/// A jump back to the start of an array element, for one more element.
#[derive(Clone, Copy, Debug)]
struct LoopBack {
    /// The bytes between the last value of an element and the first value of the next.
    between: Literal,
    /// The slot of the first value of an element.
    to: u32,
    /// The index of the loop.
    counter: u32,
}

/// A value, the literal before it, and what the last line had there.
#[derive(Clone, Copy, Debug)]
struct Slot {
    before: Literal,
    value: Value,
    /// The range of loop-backs that are possible instead of `before`.
    loop_backs: (u32, u32),
    /// The index of the loop that counts the elements of `Strings` or `Numbers`.
    counter: u32,
    capture: Capture,
}

/// What the last line had at a slot.
#[derive(Clone, Copy, Debug, Default)]
struct Capture {
    /// The offset of the literal before the value.
    at: u32,
    escaped: bool,
    value: Span,
    /// The length of all strings before the value.
    length_before: PackedLength,
    /// The length of the value.
    length: PackedLength,
}

/// A [`TextLength`] as one number, the characters beyond ASCII in the upper half.
type PackedLength = u64;

const fn packed(length: TextLength) -> PackedLength {
    length.ascii as u64 | (length.non_ascii as u64) << 32
}

#[expect(clippy::cast_possible_truncation, reason = "the two halves")]
const fn unpacked(length: PackedLength) -> TextLength {
    TextLength { ascii: length as u32, non_ascii: (length >> 32) as u32 }
}

/// A position in a literal.
#[derive(Clone, Copy, Debug)]
struct Position {
    /// The slot after the literal.
    slot: u32,
    /// The offset from the start of the literal.
    offset: u32,
}

/// Where the value of a node is.
#[derive(Clone, Copy, Debug)]
enum ValueLocation {
    Slot(u32),
    /// The start and the length of `true`, `false` or `null`.
    LiteralName(Position, u32),
    /// The opening bracket, the position after the closing bracket, and the number of items without those
    /// that loops count.
    Brackets(Position, Position, u32),
}

/// Where a node is.
#[derive(Clone, Copy, Debug)]
struct NodeLocation {
    key: Position,
    key_length: u32,
    value: ValueLocation,
}

/// The number of elements that an array has beyond those of the shape.
#[derive(Clone, Copy, Debug)]
struct Loop {
    node: u32,
    count: u32,
}

/// A shape. It also holds what the last line that matched had at each slot.
#[derive(Clone, Debug, Default)]
struct Shape {
    blocks: Vec<[u8; 16]>,
    slots: Vec<Slot>,
    loop_backs: Vec<LoopBack>,
    locations: Vec<NodeLocation>,
    loops: Vec<Loop>,
    /// The nodes of the line that the shape was compiled from.
    nodes: Vec<Node>,
}

impl Shape {
    /// Matches the first line of a text, which must end with `\n`. Returns its length, or `None` if
    /// it has another shape, is invalid or has a long integer.
    fn match_line(&mut self, text: &[u8]) -> Option<usize> {
        for counter in &mut self.loops {
            counter.count = 0;
        }
        let short_strings = ShortStrings::new();
        let (mut at, mut index, mut total) = (0, 0, 0);
        loop {
            let mut slot = self.slots.get_mut(index)?;
            if slot.before.is_at(at, text, &self.blocks) {
                slot.capture.at = to_u32(at);
                slot.capture.length_before = total;
                at += slot.before.length as usize;
            } else {
                let (first, end) = slot.loop_backs;
                let loop_backs = self.loop_backs.get(first as usize..end as usize)?;
                let back = loop_backs.iter().find(|back| back.between.is_at(at, text, &self.blocks))?;
                at += back.between.length as usize;
                if let Some(counter) = self.loops.get_mut(back.counter as usize) {
                    counter.count += 1;
                }
                index = back.to as usize;
                slot = self.slots.get_mut(index)?;
            }
            index += 1;
            let capture = &mut slot.capture;
            match slot.value {
                Value::String => {
                    let (end, length);
                    (end, capture.escaped, length) = string_value(short_strings, text, at)?;
                    capture.value = span(at, end);
                    capture.length = length;
                    total += length;
                    at = end + 1;
                }
                Value::Number => {
                    let number = number(text, at).filter(|number| !number.is_long)?;
                    capture.value = span(at, number.end);
                    at = number.end;
                }
                Value::Numbers => {
                    let count;
                    (at, count) = numbers(text, at)?;
                    if let Some(counter) = self.loops.get_mut(slot.counter as usize) {
                        counter.count = count;
                    }
                }
                Value::Strings => {
                    let (length, count);
                    (at, length, count) = strings(short_strings, text, at)?;
                    total += length;
                    if let Some(counter) = self.loops.get_mut(slot.counter as usize) {
                        counter.count = count;
                    }
                }
                Value::End => return (byte_at(text, at) == b'\n').then_some(at),
            }
        }
    }

    /// Updates the nodes of an earlier line of this shape to the last line.
    fn update_nodes(&self, nodes: &mut [Node]) {
        for (node, location) in nodes.iter_mut().zip(&self.locations) {
            let Some(before) = self.slots.get(location.key.slot as usize) else { return };
            let key = before.capture.at + location.key.offset;
            node.key = Span { start: key, end: key + location.key_length };
            match location.value {
                ValueLocation::Slot(slot) => {
                    let Some(Slot { capture, .. }) = self.slots.get(slot as usize) else { return };
                    node.value = capture.value;
                    // Numbers leave both at their defaults.
                    node.escaped = capture.escaped;
                    node.text_length = unpacked(capture.length);
                }
                ValueLocation::LiteralName(position, length) => {
                    let Some(slot) = self.slots.get(position.slot as usize) else { return };
                    let start = slot.capture.at + position.offset;
                    node.value = Span { start, end: start + length };
                }
                ValueLocation::Brackets(open, close, items) => {
                    let slots = (self.slots.get(open.slot as usize), self.slots.get(close.slot as usize));
                    let (Some(Slot { capture: first, .. }), Some(Slot { capture: last, .. })) = slots else {
                        return;
                    };
                    node.value = Span { start: first.at + open.offset, end: last.at + close.offset };
                    node.text_length = unpacked(last.length_before - first.length_before);
                    node.items = items;
                }
            }
        }
        for counter in &self.loops {
            if let Some(node) = nodes.get_mut(counter.node as usize) {
                node.items += counter.count;
            }
        }
    }
}

/// Reads a string from the offset after its opening quote. Returns the offset of its closing quote, whether
/// it has escapes, and its length.
#[inline(always)]
fn string_value(short: ShortStrings, text: &[u8], at: usize) -> Option<(usize, bool, PackedLength)> {
    let (end, escaped, mut length);
    if let Some((bytes, _)) = short.read(text, at) {
        (end, escaped, length) = (at + bytes, false, bytes as PackedLength);
    } else {
        let string = string(text, at)?;
        (end, escaped, length) = (string.end, string.escaped, packed(string.length));
    }
    if byte_at(text, at) == b'd' && is_data_url(span(at, end).of(text)) {
        length = 0;
    }
    Some((end, escaped, length))
}

/// Reads the numbers of an array. Returns the offset after the last one and their count, or `None` if one is
/// invalid or long.
fn numbers(text: &[u8], mut at: usize) -> Option<(usize, u32)> {
    let mut count = 0;
    loop {
        let number = number(text, at).filter(|number| !number.is_long)?;
        count += 1;
        let comma = Whitespace::InLine.skip(text, number.end);
        if byte_at(text, comma) != b',' {
            return Some((number.end, count));
        }
        let (next, skipped) = number_run::skip(text, comma + 1);
        count += skipped;
        at = Whitespace::InLine.skip(text, next);
    }
}

/// Reads the strings of an array from the opening quote of the first. Returns the offset after the last one,
/// their total length and their count.
fn strings(short: ShortStrings, text: &[u8], mut at: usize) -> Option<(usize, PackedLength, u32)> {
    let (mut total, mut count) = (0, 0);
    loop {
        if byte_at(text, at) != b'"' {
            return None;
        }
        let (end, _, length) = string_value(short, text, at + 1)?;
        total += length;
        count += 1;
        let comma = Whitespace::InLine.skip(text, end + 1);
        if byte_at(text, comma) != b',' {
            return Some((end + 1, total, count));
        }
        at = Whitespace::InLine.skip(text, comma + 1);
    }
}
