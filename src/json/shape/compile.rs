//! Learns the shape of a line that has been read and is known to be JSON.

use super::{Again, At, Literal, Loop, NO_LOOP, Pin, Place, Read, Shape, Slot, Value};
use crate::json::numbers::number;
use crate::json::parse::{Space, byte};
use crate::json::strings::string;
use crate::json::tape::{Node, small};

/// Lines beyond these have no shape that is worth keeping.
const MOST_SLOTS: usize = 256;
const MOST_BLOCKS: usize = 1 << 10;
const DEEPEST: usize = 16;

// Out of line, all three: lines are seldom learned, and a copy at each place would be much code.
#[inline(never)]
fn space(line: &[u8], at: usize) -> usize {
    Space { line: true }.skip(line, at)
}

#[inline(never)]
fn number_end(line: &[u8], at: usize) -> Option<usize> {
    number(line, at).ok().map(|(end, _)| end)
}

/// What is behind a string, from behind its opening quote on.
#[inline(never)]
fn string_end(line: &[u8], at: usize) -> Option<usize> {
    string(line, at).ok().map(|text| text.end + 1)
}

/// Learns the shape of a line, given without its `\n`, and with the nodes that it has on a tape of this
/// depth; none if the line is not worth it.
pub(super) fn learn(line: &[u8], nodes: &[Node], depth: usize) -> Option<Shape> {
    let shape = Shape { nodes: nodes.to_vec(), ..Shape::default() };
    let mut learner =
        Learner { line, depth, at: space(line, 0), from: 0, drafts: Vec::new(), agains: Vec::new(), shape };
    learner.value(Place { slot: 0, offset: 0 }, true, 0)?;
    learner.at = line.len();
    learner.slot(Value::End)?;
    learner.finish()
}

/// Where a literal stands in the line: from here to there.
type Stretch = (usize, usize);

/// A slot before its literals are copied.
#[derive(Clone, Debug)]
struct Draft {
    before: Stretch,
    value: Value,
    agains: Vec<Repetition>,
    counted: u32,
}

/// Another element of an array.
#[derive(Clone, Copy, Debug)]
struct Repetition {
    between: Stretch,
    to: usize,
    counted: u32,
}

struct Learner<'a> {
    line: &'a [u8],
    depth: usize,
    at: usize,
    /// Where the literal before the next slot begins.
    from: usize,
    drafts: Vec<Draft>,
    /// What else may stand before the next slot.
    agains: Vec<Repetition>,
    shape: Shape,
}

/// An element of an array that is kept.
struct Element {
    /// Its slots.
    slots: (usize, usize),
    /// What stands in it before its first slot, and behind its last one.
    ends: (Stretch, Stretch),
    /// What else may stand behind its last one.
    agains: Vec<Repetition>,
}

impl Learner<'_> {
    const fn place(&self) -> Place {
        Place { slot: small(self.drafts.len()), offset: small(self.at - self.from) }
    }

    /// A slot for the value at this place; what stood before it has ended.
    fn slot(&mut self, value: Value) -> Option<usize> {
        if self.drafts.len() == MOST_SLOTS {
            return None;
        }
        let agains = std::mem::take(&mut self.agains);
        self.drafts.push(Draft { before: (self.from, self.at), value, agains, counted: NO_LOOP });
        Some(self.drafts.len() - 1)
    }

    /// The value at this place; whether it has a node, and how many brackets are around it.
    fn value(&mut self, key: Place, has_node: bool, level: usize) -> Option<()> {
        let pin = self.shape.pins.len();
        if has_node {
            let node = self.shape.nodes.get(pin)?.key;
            self.shape.pins.push(Pin { key, key_length: node.end - node.start, value: At::Slot(0) });
        }
        let value = match byte(self.line, self.at) {
            b'"' => {
                self.at += 1;
                let slot = self.slot(Value::Text)?;
                self.at = string_end(self.line, self.at)?;
                self.from = self.at;
                At::Slot(small(slot))
            }
            b'-' | b'0'..=b'9' => {
                let slot = self.slot(Value::Number)?;
                self.at = number_end(self.line, self.at)?;
                self.from = self.at;
                At::Slot(small(slot))
            }
            bracket @ (b'{' | b'[') => {
                if level == DEEPEST {
                    return None;
                }
                let open = self.place();
                self.at = space(self.line, self.at + 1);
                if byte(self.line, self.at) != bracket + 2 {
                    if bracket == b'{' {
                        self.members(has_node && level < self.depth, level + 1)?;
                    } else {
                        self.elements(has_node.then_some(pin), level + 1)?;
                    }
                }
                self.at += 1;
                let items = self.shape.nodes.get(pin).filter(|_| has_node).map_or(0, |node| node.items);
                At::Brackets(open, self.place(), items)
            }
            word => {
                let (start, length) = (self.place(), if word == b'f' { 5 } else { 4 });
                self.at += length;
                At::Word(start, small(length))
            }
        };
        if has_node {
            self.shape.pins[pin].value = value;
        }
        Some(())
    }

    /// Members up to the closing bracket.
    fn members(&mut self, have_nodes: bool, level: usize) -> Option<()> {
        loop {
            self.at += 1;
            let key = self.place();
            self.at = space(self.line, string_end(self.line, self.at)?);
            self.at = space(self.line, self.at + 1);
            self.value(key, have_nodes, level)?;
            self.at = space(self.line, self.at);
            if byte(self.line, self.at) != b',' {
                return Some(());
            }
            self.at = space(self.line, self.at + 1);
        }
    }

    /// Elements up to the closing bracket; the array's pin if it has one.
    fn elements(&mut self, pin: Option<usize>, level: usize) -> Option<()> {
        let counted = pin.map_or(NO_LOOP, |pin| {
            self.shape.loops.push(Loop { node: small(pin), count: 0 });
            small(self.shape.loops.len() - 1)
        });
        let mut kept = 0;
        if let Some((value, end)) = self.list() {
            let slot = self.slot(value)?;
            self.drafts[slot].counted = counted;
            self.from = end;
            self.at = space(self.line, end);
        } else {
            let mut last = None;
            loop {
                let element = self.element(level)?;
                if !last.as_ref().is_some_and(|last| self.repeats(last, &element, counted)) {
                    kept += 1;
                    last = Some(element);
                }
                self.at = space(self.line, self.at);
                if byte(self.line, self.at) != b',' {
                    break;
                }
                self.at = space(self.line, self.at + 1);
            }
        }
        if let Some(node) = pin.and_then(|pin| self.shape.nodes.get_mut(pin)) {
            node.items = kept;
        }
        Some(())
    }

    fn element(&mut self, level: usize) -> Option<Element> {
        let (start, first) = (self.at, self.drafts.len());
        self.value(Place { slot: 0, offset: 0 }, false, level)?;
        let before = self.drafts.get(first).map_or(start, |draft| draft.before.1);
        let ends = ((start, before), (self.from, self.at));
        Some(Element { slots: (first, self.drafts.len()), ends, agains: self.agains.clone() })
    }

    /// Whether an element that was just read is like the one before it. Then its slots are dropped, and what
    /// led to them leads back.
    fn repeats(&mut self, last: &Element, now: &Element, counted: u32) -> bool {
        let of = |element: &Element| self.drafts.get(element.slots.0..element.slots.1).unwrap_or_default();
        let ([one, ones @ ..], [other, others @ ..]) = (of(last), of(now)) else { return false };
        let starts = (last.slots.0, now.slots.0);
        let alike = one.value == other.value
            && ones.len() == others.len()
            && self.same(last.ends.0, now.ends.0)
            && self.same(last.ends.1, now.ends.1)
            && self.same_agains(&last.agains, &now.agains, starts)
            && ones.iter().zip(others).all(|(one, other)| {
                one.value == other.value
                    && self.same(one.before, other.before)
                    && self.same_agains(&one.agains, &other.agains, starts)
            });
        if !alike {
            return false;
        }
        let again = Repetition { between: other.before, to: last.slots.0, counted };
        let mut agains = other.agains.clone();
        if !agains.iter().any(|known| known.to == again.to && self.same(known.between, again.between)) {
            agains.push(again);
        }
        self.agains = agains;
        self.drafts.truncate(now.slots.0);
        true
    }

    /// Whether the same bytes stand at two places.
    #[inline(never)] // asked seldom, and in many places
    fn same(&self, one: Stretch, other: Stretch) -> bool {
        self.line.get(one.0..one.1) == self.line.get(other.0..other.1)
    }

    /// Whether the same leads back to the same slots of two elements, whose first ones are given.
    #[inline(never)]
    fn same_agains(&self, ones: &[Repetition], others: &[Repetition], starts: (usize, usize)) -> bool {
        ones.len() == others.len()
            && ones.iter().zip(others).all(|(one, other)| {
                one.to - starts.0 == other.to - starts.1 && self.same(one.between, other.between)
            })
    }

    /// All elements of an array, if they are all strings or all numbers; and what is behind the last one.
    fn list(&self) -> Option<(Value, usize)> {
        let mut at = self.at;
        let is_text = byte(self.line, at) == b'"';
        loop {
            let end = match byte(self.line, at) {
                b'"' if is_text => string_end(self.line, at + 1)?,
                b'-' | b'0'..=b'9' if !is_text => number_end(self.line, at)?,
                _ => return None,
            };
            let comma = space(self.line, end);
            if byte(self.line, comma) != b',' {
                return Some((if is_text { Value::Texts } else { Value::Numbers }, end));
            }
            at = space(self.line, comma + 1);
        }
    }

    fn finish(mut self) -> Option<Shape> {
        for draft in std::mem::take(&mut self.drafts) {
            let first = small(self.shape.agains.len());
            for again in &draft.agains {
                let between = self.literal(again.between)?;
                self.shape.agains.push(Again { between, to: small(again.to), counted: again.counted });
            }
            let before = self.literal(draft.before)?;
            let agains = (first, small(self.shape.agains.len()));
            let Draft { value, counted, .. } = draft;
            self.shape.slots.push(Slot { before, value, agains, counted, read: Read::default() });
        }
        Some(self.shape)
    }

    /// Copies a literal.
    fn literal(&mut self, (from, to): Stretch) -> Option<Literal> {
        if to - from > 16 * MOST_BLOCKS {
            return None;
        }
        let blocks = &mut self.shape.blocks;
        let first = small(blocks.len());
        let mut parts = self.line.get(from..to)?.chunks(16);
        let block = |part: &[u8]| {
            let (mut bytes, mut counts) = ([0; 16], [0; 16]);
            bytes[..part.len()].copy_from_slice(part);
            counts[..part.len()].fill(0xff);
            (bytes, counts)
        };
        let head = parts.next().map_or(([0; 16], [0; 16]), block);
        let mut counts = None;
        for (bytes, all) in parts.map(block) {
            blocks.push(bytes);
            counts = Some(all);
        }
        let more = small(blocks.len()) - first;
        blocks.extend(counts);
        let fits = blocks.len() <= MOST_BLOCKS;
        fits.then_some(Literal { head: head.0, counts: head.1, length: small(to - from), first, more })
    }
}
