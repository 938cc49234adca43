//! The shape of a line: all of it but its values. Machines write the lines of a file, so the shape of one mostly fits the next; then
//! only the values are read, and everything between them is compared sixteen bytes at a time.
//!
//! A shape is learned from a line that has been read (`learn.rs`). What fits it is JSON as that line is, with the same keys in the same
//! places, and with values of the same kinds; arrays may be longer or shorter.

use super::numbers::number;
use super::rows;
use super::simd::Bytes;
use super::strings::{Marks, string};
use super::tape::{Kind, Node, Span, Weight, small};
use super::walk::{Space, byte, is_data, span};

/// Stands for the loop of an array that has no node.
pub(super) const NO_LOOP: u32 = u32::MAX;

/// Bytes that stand the same in each line.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Literal {
    /// Its first block of all.
    pub first: u32,
    /// How many blocks are full.
    pub full: u32,
    /// How many bytes it has.
    pub length: u32,
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
    /// What had been weighed there.
    total: Weight,
    value: Span,
    weight: Weight,
    escaped: bool,
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
    /// From the opening bracket to behind the closing one.
    Brackets(Place, Place),
}

/// Where a node stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pin {
    pub key: Place,
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
    /// Reads a line that has this shape, up to the `\n` that ends it, and gives its length; none if it has another shape, or a fault.
    pub fn read(&mut self, text: &[u8]) -> Option<usize> {
        for counted in &mut self.loops {
            counted.count = 0;
        }
        let marks = Marks::new();
        let (mut at, mut index) = (0, 0);
        let mut total = Weight::default();
        loop {
            let mut slot = self.slots.get_mut(index)?;
            if fits(&self.blocks, slot.before, text, at) {
                slot.read.at = small(at);
                slot.read.total = total;
                at += slot.before.length as usize;
            } else {
                let (first, end) = slot.agains;
                let agains = self.agains.get(first as usize..end as usize)?;
                let again = agains.iter().find(|again| fits(&self.blocks, again.between, text, at))?;
                at += again.between.length as usize;
                if let Some(counted) = self.loops.get_mut(again.counted as usize) {
                    counted.count += 1;
                }
                index = again.to as usize;
                slot = self.slots.get_mut(index)?;
            }
            index += 1;
            let start = at;
            let read = &mut slot.read;
            match slot.value {
                Value::Text => {
                    let (end, weight);
                    (end, read.escaped, weight) = self::text(marks, text, at)?;
                    read.value = span(start, end);
                    read.weight = weight;
                    total.ascii = total.ascii.wrapping_add(weight.ascii);
                    total.wide = total.wide.wrapping_add(weight.wide);
                    at = end + 1;
                }
                Value::Number => {
                    let (end, long) = number(text, at).ok()?;
                    if long {
                        return None;
                    }
                    at = end;
                    read.value = span(start, end);
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
                    total.ascii = total.ascii.wrapping_add(weight.ascii);
                    total.wide = total.wide.wrapping_add(weight.wide);
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
        let read = |slot: u32| self.slots.get(slot as usize).map_or(Read::default(), |slot| slot.read);
        let at = |place: Place| read(place.slot).at + place.offset;
        for ((node, pin), known) in nodes.iter_mut().zip(&self.pins).zip(&self.nodes) {
            let key = at(pin.key);
            node.key = Span { start: key, end: key + (node.key.end - node.key.start) };
            match pin.value {
                At::Slot(slot) => {
                    let read = read(slot);
                    node.value = read.value;
                    if node.kind == Kind::Text {
                        (node.escaped, node.weight) = (read.escaped, read.weight);
                    }
                }
                At::Word(place, length) => {
                    let start = at(place);
                    node.value = Span { start, end: start + length };
                }
                At::Brackets(open, close) => {
                    node.value = Span { start: at(open), end: at(close) };
                    let (before, behind) = (read(open.slot).total, read(close.slot).total);
                    node.weight = Weight {
                        ascii: behind.ascii.wrapping_sub(before.ascii),
                        wide: behind.wide.wrapping_sub(before.wide),
                    };
                    node.items = known.items;
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
fn fits(blocks: &[[u8; 16]], literal: Literal, text: &[u8], at: usize) -> bool {
    let first = literal.first as usize;
    let Some(rest) = text.get(at..) else { return false };
    let (parts, _) = rest.as_chunks::<16>();
    let full = literal.full as usize;
    // Behind the full ones stand the last one, and what of it counts.
    let (Some(known), Some(parts)) = (blocks.get(first..first + full + 2), parts.get(..=full)) else { return false };
    let [known @ .., last, counts] = known else { return false };
    let [parts @ .., end] = parts else { return false };
    let mut differ = Bytes::load(last).xor(Bytes::load(end)).and(Bytes::load(counts));
    for (known, part) in known.iter().zip(parts) {
        differ = differ.or(Bytes::load(known).xor(Bytes::load(part)));
    }
    !differ.any()
}

/// A string from behind its opening quote on: where its closing quote stands, whether it has escapes, and what it weighs.
#[inline(always)]
fn text(marks: Marks, text: &[u8], at: usize) -> Option<(usize, bool, Weight)> {
    let (end, escaped, mut weight);
    if let Some((length, _)) = marks.short(text, at) {
        (end, escaped, weight) = (at + length, false, Weight { ascii: small(length), wide: 0 });
    } else {
        let read = string(text, at).ok()?;
        (end, escaped, weight) = (read.end, read.escaped, read.weight);
    }
    if byte(text, at) == b'd' && is_data(span(at, end).of(text)) {
        weight = Weight::default();
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
        let (next, passed) = rows::numbers(text, comma + 1);
        count += passed;
        at = space.skip(text, next);
    }
}

/// The strings of an array, from the first one's opening quote on: what is behind the last one, their weight and their number.
fn texts(marks: Marks, text: &[u8], mut at: usize) -> Option<(usize, Weight, u32)> {
    let space = Space { line: true };
    let (mut total, mut count) = (Weight::default(), 0);
    loop {
        if byte(text, at) != b'"' {
            return None;
        }
        let (end, _, weight) = self::text(marks, text, at + 1)?;
        total.ascii = total.ascii.wrapping_add(weight.ascii);
        total.wide = total.wide.wrapping_add(weight.wide);
        count += 1;
        let comma = space.skip(text, end + 1);
        if byte(text, comma) != b',' {
            return Some((end + 1, total, count));
        }
        at = space.skip(text, comma + 1);
    }
}
