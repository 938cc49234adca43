//! The shapes that the lines of a file have had, and which of them is tried first.

use std::sync::atomic::{AtomicU32, Ordering};

use super::Shape;
use super::compile::learn;
use crate::json::tape::Node;

/// So many shapes are held; a file whose lines have more is read without them.
const MOST: usize = 4;
/// After so many lines in a row that fitted none, only one in as many is tried.
const UNFIT: u32 = 16;
/// A shape that fitted so rarely was not worth learning.
const FEW: u32 = 8;
/// The most lines that go by before another shape is learned.
const LONGEST_WAIT: u32 = 255;

/// Byte by byte, as in the wasm-free twin, comparing takes as long as reading, and its code would be a ninth
/// of the whole.
const WORTH_IT: bool = cfg!(any(not(target_family = "wasm"), target_feature = "simd128"));

static IDS: AtomicU32 = AtomicU32::new(0);

#[derive(Clone, Debug)]
struct Known {
    shape: Shape,
    /// Tells it from all others, of other tapes too.
    id: u32,
    /// Which one fitted behind it.
    next: usize,
    /// How many lines it has fitted, and the last one's number.
    fitted: u32,
    last: u32,
}

/// Shapes.
#[derive(Clone, Debug, Default)]
pub(in crate::json) struct Shapes {
    known: Vec<Known>,
    /// Which one fitted last.
    last: usize,
    /// Whose nodes are on the tape.
    on_tape: Option<usize>,
    lines: u32,
    /// How many lines in a row have fitted none.
    unfit: u32,
    /// How many lines are to go by before another one is learned: now, and when one has been learned.
    wait: (u32, u32),
}

impl Shapes {
    pub const fn new() -> Self {
        Self { known: Vec::new(), last: 0, on_tape: None, lines: 0, unfit: 0, wait: (0, 0) }
    }

    /// The tape has nodes that are of no shape.
    pub const fn leave(&mut self) {
        self.on_tape = None;
    }

    /// The shape whose nodes are on the tape.
    pub fn id(&self) -> Option<u32> {
        self.known.get(self.on_tape?).map(|known| known.id)
    }

    /// Reads a line if it has a shape that is known, and gives its length. The nodes are left alone if it has
    /// none.
    #[inline(always)]
    pub fn read(&mut self, text: &[u8], nodes: &mut Vec<Node>) -> Option<usize> {
        if !WORTH_IT {
            return None;
        }
        let before = self.unfit;
        self.unfit = before.wrapping_add(1);
        if before >= UNFIT && !before.is_multiple_of(UNFIT) {
            return None;
        }
        let next = self.known.get(self.last)?.next;
        let length = self.known.get_mut(next)?.shape.read(text);
        let (at, length) = match length {
            Some(length) => (next, length),
            None => self.search(text, next)?,
        };
        self.unfit = 0;
        self.lines = self.lines.wrapping_add(1);
        if let Some(last) = self.known.get_mut(self.last) {
            last.next = at;
        }
        self.last = at;
        let known = self.known.get_mut(at)?;
        known.fitted = known.fitted.saturating_add(1);
        known.last = self.lines;
        if self.on_tape != Some(at) {
            nodes.clear();
            nodes.extend_from_slice(&known.shape.nodes);
            self.on_tape = Some(at);
        }
        known.shape.place(nodes);
        Some(length)
    }

    /// Tries all but one.
    #[inline(never)]
    fn search(&mut self, text: &[u8], but: usize) -> Option<(usize, usize)> {
        let mut others = self.known.iter_mut().enumerate().filter(|(at, _)| *at != but);
        others.find_map(|(at, known)| known.shape.read(text).map(|length| (at, length)))
    }

    /// Learns the shape of a line that had none which was known, now and then.
    #[inline(never)]
    pub fn learn(&mut self, line: &[u8], nodes: &[Node], depth: usize) {
        if !WORTH_IT {
            return;
        }
        if self.wait.0 > 0 {
            self.wait.0 -= 1;
            return;
        }
        let mut worth = true;
        match learn(line, nodes, depth) {
            None => worth = false,
            Some(shape) => {
                let id = IDS.fetch_add(1, Ordering::Relaxed);
                let known = Known { shape, id, next: 0, fitted: 0, last: self.lines };
                let mut at = self.known.len();
                if at < MOST {
                    self.known.push(known);
                } else {
                    at = (0..MOST).min_by_key(|&at| self.known[at].last).unwrap_or(0);
                    worth = self.known[at].fitted >= FEW;
                    self.known[at] = known;
                }
                self.known[at].next = at;
                self.known[self.last].next = at;
                self.last = at;
            }
        }
        self.wait.1 = if worth { 0 } else { (self.wait.1 * 2 + 1).min(LONGEST_WAIT) };
        self.wait.0 = self.wait.1;
    }
}
