//! The shape of a line: all of it but its values. Machines write the lines of a file, so the shape of one
//! mostly fits the next; then only the values are read, and everything between them is compared sixteen bytes
//! at a time.
//!
//! A shape is learned from a line that has been read (`learn.rs`). What fits it is JSON as that line is, with
//! the same keys in the same places, and with values of the same kinds; arrays may be longer or shorter.

pub(super) mod cache;
mod compile;

use super::number_run;
use super::numbers::number;
use super::parse::{Space, byte, is_data, span};
use super::simd::Bytes;
use super::strings::{Marks, string};
use super::tape::{Node, Span, Weight, small};

/// Stands for the loop of an array that has no node.
pub(super) const NO_LOOP: u32 = u32::MAX;

/// Bytes that stand the same in each line.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Literal {
    /// The first sixteen, and which of them count.
    pub head: [u8; 16],
    pub counts: [u8; 16],
    /// How many there are.
    pub length: u32,
    /// The blocks of the further ones: the first of all blocks, and how many. Of the last, `counts` stands
    /// behind it.
    pub first: u32,
    pub more: u32,
}

/// What differs from line to line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// The inside of a string.
    Text,
    /// A number.
    Number,
    /// All elements of an array of strings, from the first one's opening quote on.
    Texts,
    /// All elements of an array of numbers.
    Numbers,
    /// The line's end.
    End,
}

/// Another element of an array, like the one before.
#[derive(Clone, Copy, Debug)]
pub(super) struct Again {
    /// What stands between their values.
    pub between: Literal,
    /// The slot of the element's first value.
    pub to: u32,
    /// The loop that counts the elements.
    pub counted: u32,
}

/// A value, what stands before it, and what was last read there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot {
    pub before: Literal,
    pub value: Value,
    /// Instead of `before`, any of these may stand there.
    pub agains: (u32, u32),
    /// The loop that counts the elements of a list.
    pub counted: u32,
    pub read: Read,
}

/// What was last read at a slot.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Read {
    /// Where `before` begins.
    at: u32,
    escaped: bool,
    value: Span,
    /// What had been weighed there, and the value's own weight.
    total: Weighed,
    weight: Weighed,
}

/// A weight as one number: characters beyond ASCII in the upper half.
type Weighed = u64;

const fn weighed(weight: Weight) -> Weighed {
    weight.ascii as u64 | (weight.wide as u64) << 32
}

#[expect(clippy::cast_possible_truncation, reason = "the two halves")]
const fn unpacked(weighed: Weighed) -> Weight {
    Weight { ascii: weighed as u32, wide: (weighed >> 32) as u32 }
}

/// A place within what stands before a slot.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub slot: u32,
    pub offset: u32,
}

/// Where the value of a node stands.
#[derive(Clone, Copy, Debug)]
pub(super) enum At {
    Slot(u32),
    /// `true`, `false`, `null`.
    Word(Place, u32),
    /// From the opening bracket to behind the closing one, and how many items are between them, but for those
    /// of loops.
    Brackets(Place, Place, u32),
}

/// Where a node stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pin {
    pub key: Place,
    pub key_length: u32,
    pub value: At,
}

/// How many more elements an array has than the shape.
#[derive(Clone, Copy, Debug)]
pub(super) struct Loop {
    pub node: u32,
    pub count: u32,
}

/// A shape.
#[derive(Clone, Debug, Default)]
pub(super) struct Shape {
    pub blocks: Vec<[u8; 16]>,
    pub slots: Vec<Slot>,
    pub agains: Vec<Again>,
    pub pins: Vec<Pin>,
    pub loops: Vec<Loop>,
    /// The nodes of the line that it was learned from.
    pub nodes: Vec<Node>,
}

impl Shape {
    /// Reads a line that has this shape, up to the `\n` that ends it, and gives its length; none if it has
    /// another shape, or a fault.
    pub fn read(&mut self, text: &[u8]) -> Option<usize> {
        for counted in &mut self.loops {
            counted.count = 0;
        }
        let marks = Marks::new();
        let (mut at, mut index, mut total) = (0, 0, 0);
        loop {
            let mut slot = self.slots.get_mut(index)?;
            if fits(&slot.before, &self.blocks, text, at) {
                slot.read.at = small(at);
                slot.read.total = total;
                at += slot.before.length as usize;
            } else {
                let (first, end) = slot.agains;
                let agains = self.agains.get(first as usize..end as usize)?;
                let again = agains.iter().find(|again| fits(&again.between, &self.blocks, text, at))?;
                at += again.between.length as usize;
                if let Some(counted) = self.loops.get_mut(again.counted as usize) {
                    counted.count += 1;
                }
                index = again.to as usize;
                slot = self.slots.get_mut(index)?;
            }
            index += 1;
            let read = &mut slot.read;
            match slot.value {
                Value::Text => {
                    let (end, weight);
                    (end, read.escaped, weight) = self::text(marks, text, at)?;
                    read.value = span(at, end);
                    read.weight = weight;
                    total += weight;
                    at = end + 1;
                }
                Value::Number => {
                    let (end, long) = number(text, at).ok()?;
                    if long {
                        return None;
                    }
                    read.value = span(at, end);
                    at = end;
                }
                Value::Numbers => {
                    let count;
                    (at, count) = numbers(text, at)?;
                    if let Some(counted) = self.loops.get_mut(slot.counted as usize) {
                        counted.count = count;
                    }
                }
                Value::Texts => {
                    let (weight, count);
                    (at, weight, count) = texts(marks, text, at)?;
                    total += weight;
                    if let Some(counted) = self.loops.get_mut(slot.counted as usize) {
                        counted.count = count;
                    }
                }
                Value::End => return (byte(text, at) == b'\n').then_some(at),
            }
        }
    }

    /// Puts the nodes where they stand in the line that was read last; they are those of this shape already.
    pub fn place(&self, nodes: &mut [Node]) {
        for (node, pin) in nodes.iter_mut().zip(&self.pins) {
            let Some(before) = self.slots.get(pin.key.slot as usize) else { return };
            let key = before.read.at + pin.key.offset;
            node.key = Span { start: key, end: key + pin.key_length };
            match pin.value {
                At::Slot(slot) => {
                    let Some(Slot { read, .. }) = self.slots.get(slot as usize) else { return };
                    node.value = read.value;
                    // Those of numbers stay what they were first.
                    node.escaped = read.escaped;
                    node.weight = unpacked(read.weight);
                }
                At::Word(place, length) => {
                    let Some(slot) = self.slots.get(place.slot as usize) else { return };
                    let start = slot.read.at + place.offset;
                    node.value = Span { start, end: start + length };
                }
                At::Brackets(open, close, items) => {
                    let slots = (self.slots.get(open.slot as usize), self.slots.get(close.slot as usize));
                    let (Some(before), Some(behind)) = slots else { return };
                    let (start, end) = (before.read.at + open.offset, behind.read.at + close.offset);
                    node.value = Span { start, end };
                    node.weight = unpacked(behind.read.total - before.read.total);
                    node.items = items;
                }
            }
        }
        for counted in &self.loops {
            if let Some(node) = nodes.get_mut(counted.node as usize) {
                node.items += counted.count;
            }
        }
    }
}

/// Whether the bytes of a literal stand at a place, of which some more bytes can be read.
#[inline(always)]
fn fits(literal: &Literal, blocks: &[[u8; 16]], text: &[u8], at: usize) -> bool {
    let Some(bytes) = text.get(at..at + 16).and_then(|bytes| bytes.first_chunk()) else { return false };
    let differ = Bytes::load(&literal.head).xor(Bytes::load(bytes)).and(Bytes::load(&literal.counts));
    !differ.any() && (literal.more == 0 || more_fit(literal, blocks, text, at + 16))
}

/// Whether the bytes of a literal stand there that are behind its first sixteen.
#[inline(always)]
fn more_fit(literal: &Literal, blocks: &[[u8; 16]], text: &[u8], at: usize) -> bool {
    let (first, more) = (literal.first as usize, literal.more as usize);
    let (Some(known), Some(text)) = (blocks.get(first..=first + more), text.get(at..at + 16 * more)) else {
        return false;
    };
    let [known @ .., counts] = known else { return false };
    let (mut differ, mut last) = (Bytes::splat(0), Bytes::splat(0));
    for (known, part) in known.iter().zip(text.as_chunks().0) {
        differ = differ.or(last);
        last = Bytes::load(known).xor(Bytes::load(part));
    }
    !differ.or(last.and(Bytes::load(counts))).any()
}

/// A string from behind its opening quote on: where its closing quote stands, whether it has escapes, and
/// what it weighs.
#[inline(always)]
fn text(marks: Marks, text: &[u8], at: usize) -> Option<(usize, bool, Weighed)> {
    let (end, escaped, mut weight);
    if let Some((length, _)) = marks.short(text, at) {
        (end, escaped, weight) = (at + length, false, length as Weighed);
    } else {
        let read = string(text, at).ok()?;
        (end, escaped, weight) = (read.end, read.escaped, weighed(read.weight));
    }
    if byte(text, at) == b'd' && is_data(span(at, end).of(text)) {
        weight = 0;
    }
    Some((end, escaped, weight))
}

/// The numbers of an array: where the last one ends, and how many there are. None if one of them is long.
fn numbers(text: &[u8], mut at: usize) -> Option<(usize, u32)> {
    let space = Space { line: true };
    let mut count = 0;
    loop {
        let (end, long) = number(text, at).ok()?;
        count += 1;
        if long {
            return None;
        }
        let comma = space.skip(text, end);
        if byte(text, comma) != b',' {
            return Some((end, count));
        }
        let (next, passed) = number_run::numbers(text, comma + 1);
        count += passed;
        at = space.skip(text, next);
    }
}

/// The strings of an array, from the first one's opening quote on: what is behind the last one, their weight
/// and their number.
fn texts(marks: Marks, text: &[u8], mut at: usize) -> Option<(usize, Weighed, u32)> {
    let space = Space { line: true };
    let (mut total, mut count) = (0, 0);
    loop {
        if byte(text, at) != b'"' {
            return None;
        }
        let (end, _, weight) = self::text(marks, text, at + 1)?;
        total += weight;
        count += 1;
        let comma = space.skip(text, end + 1);
        if byte(text, comma) != b',' {
            return Some((end + 1, total, count));
        }
        at = space.skip(text, comma + 1);
    }
}
