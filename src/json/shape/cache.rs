//! The shapes of a file's lines, and the prediction of the next line's shape.

use std::sync::atomic::{AtomicU32, Ordering};

use super::Shape;
use super::compile::compile;
use crate::json::node::Node;

/// The maximum number of cached shapes. Files with more shapes are parsed fully.
const MAX_SHAPES: usize = 4;
/// After this number of misses in a row, only one line in as many is tried.
const MAX_MISSES: u32 = 16;
/// A shape with fewer matches was not worth compiling.
const MIN_MATCHES: u32 = 8;
/// The maximum number of lines that are skipped before the next shape is compiled.
const MAX_WAIT: u32 = 255;

/// Whether shapes pay off: without vectors, as in the build without WebAssembly, comparing takes as long as
/// parsing, and its code would be a ninth of the module.
const IS_ENABLED: bool = cfg!(any(not(target_family = "wasm"), target_feature = "simd128"));

static NEXT_ID: AtomicU32 = AtomicU32::new(0);

#[derive(Clone, Debug)]
struct Entry {
    shape: Shape,
    /// Different from the ids of all other shapes, also of those of other tapes.
    id: u32,
    /// The index of the shape that followed this one last.
    next: usize,
    /// The number of lines that matched.
    matches: u32,
    /// The number of the last line that matched.
    last_used: u32,
}

/// A cache of shapes.
#[derive(Clone, Debug, Default)]
pub struct ShapeCache {
    entries: Vec<Entry>,
    /// The index of the shape that matched last.
    last: usize,
    /// The index of the shape whose nodes are on the tape.
    on_tape: Option<usize>,
    /// The number of lines that matched.
    lines: u32,
    /// The number of misses in a row.
    misses: u32,
    /// The number of lines to skip before the next shape is compiled.
    wait: u32,
    /// The value of `wait` after the next shape is compiled, unless that is worth it.
    next_wait: u32,
}

impl ShapeCache {
    pub const fn new() -> Self {
        Self { entries: Vec::new(), last: 0, on_tape: None, lines: 0, misses: 0, wait: 0, next_wait: 0 }
    }

    /// Notes that the nodes on the tape are of no cached shape.
    pub const fn leave(&mut self) {
        self.on_tape = None;
    }

    /// The id of the shape whose nodes are on the tape.
    pub fn current_id(&self) -> Option<u32> {
        self.entries.get(self.on_tape?).map(|entry| entry.id)
    }

    /// Reads the first line of a text if it has a cached shape. Returns the length of the line and updates
    /// the nodes; otherwise leaves the nodes unchanged.
    #[inline(always)]
    pub fn read(&mut self, text: &[u8], nodes: &mut Vec<Node>) -> Option<usize> {
        if !IS_ENABLED {
            return None;
        }
        let misses = self.misses;
        self.misses = misses.wrapping_add(1);
        if misses >= MAX_MISSES && !misses.is_multiple_of(MAX_MISSES) {
            return None;
        }
        let predicted = self.entries.get(self.last)?.next;
        let length = self.entries.get_mut(predicted)?.shape.match_line(text);
        let (index, length) = match length {
            Some(length) => (predicted, length),
            None => self.search(text, predicted)?,
        };
        self.misses = 0;
        self.lines = self.lines.wrapping_add(1);
        if let Some(last) = self.entries.get_mut(self.last) {
            last.next = index;
        }
        self.last = index;
        let entry = self.entries.get_mut(index)?;
        entry.matches = entry.matches.saturating_add(1);
        entry.last_used = self.lines;
        if self.on_tape != Some(index) {
            nodes.clear();
            nodes.extend_from_slice(&entry.shape.nodes);
            self.on_tape = Some(index);
        }
        entry.shape.update_nodes(nodes);
        Some(length)
    }

    /// Tries all shapes except one.
    #[inline(never)]
    fn search(&mut self, text: &[u8], except: usize) -> Option<(usize, usize)> {
        let mut others = self.entries.iter_mut().enumerate().filter(|(index, _)| *index != except);
        others.find_map(|(index, entry)| entry.shape.match_line(text).map(|length| (index, length)))
    }

    /// Compiles and caches the shape of a parsed line that had none, unless recent shapes were not worth it.
    #[inline(never)]
    pub fn compile(&mut self, line: &[u8], nodes: &[Node], depth: usize) {
        if !IS_ENABLED {
            return;
        }
        if self.wait > 0 {
            self.wait -= 1;
            return;
        }
        let mut is_worth_it = true;
        match compile(line, nodes, depth) {
            None => is_worth_it = false,
            Some(shape) => {
                let id = NEXT_ID.fetch_add(1, Ordering::Relaxed);
                let entry = Entry { shape, id, next: 0, matches: 0, last_used: self.lines };
                let mut index = self.entries.len();
                if index < MAX_SHAPES {
                    self.entries.push(entry);
                } else {
                    let by_age = (0..MAX_SHAPES).min_by_key(|&index| self.entries[index].last_used);
                    index = by_age.unwrap_or(0);
                    is_worth_it = self.entries[index].matches >= MIN_MATCHES;
                    self.entries[index] = entry;
                }
                self.entries[index].next = index;
                self.entries[self.last].next = index;
                self.last = index;
            }
        }
        self.next_wait = if is_worth_it { 0 } else { (self.next_wait * 2 + 1).min(MAX_WAIT) };
        self.wait = self.next_wait;
    }
}
