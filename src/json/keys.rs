//! Keys that an object has twice, found by their hashes.

use super::JsonText;
use super::tape::{Repeated, Span, small};

/// So many keys are compared with one another as they come; an object with more is sorted at its end instead, so that time does not
/// grow with their square.
const COMPARED: usize = 32;

/// A key of an object that is still open.
#[derive(Clone, Copy, Debug)]
struct Key {
    hash: u32,
    escaped: bool,
    span: Span,
}

/// The keys of all open objects, the innermost object's last, and the first that is repeated.
#[derive(Clone, Debug, Default)]
pub(super) struct Keys {
    keys: Vec<Key>,
    repeated: Option<Repeated>,
}

/// Where an object's keys begin among all, and one bit for each hash it may have seen.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Seen {
    from: usize,
    bits: u64,
}

impl Keys {
    pub const fn new() -> Self {
        Self { keys: Vec::new(), repeated: None }
    }

    pub fn clear(&mut self) {
        self.keys.clear();
        self.repeated = None;
    }

    /// The repeated key that stands again before any other does.
    pub const fn repeated(&self) -> Option<Repeated> {
        self.repeated
    }

    /// An object begins.
    #[inline(always)]
    pub const fn open(&self) -> Seen {
        Seen { from: self.keys.len(), bits: 0 }
    }

    /// The object has this key.
    #[inline(always)]
    pub fn add(&mut self, text: &[u8], seen: &mut Seen, span: Span, escaped: bool) {
        let hash = if escaped { hash_spelt(text, span) } else { hash(text, span) };
        let key = Key { hash, escaped, span };
        let bit = 1 << (hash >> 26);
        if seen.bits & bit != 0 {
            self.compare(text, *seen, key);
        }
        seen.bits |= bit;
        self.keys.push(key);
    }

    /// The object has ended.
    #[inline(always)]
    pub fn close(&mut self, text: &[u8], seen: Seen) {
        if self.keys.len() - seen.from > COMPARED {
            self.sort(text, seen.from);
        }
        self.keys.truncate(seen.from);
    }

    #[cold]
    fn compare(&mut self, text: &[u8], seen: Seen, key: Key) {
        let before = self.keys.get(seen.from..).unwrap_or_default();
        if self.repeated.is_none() && before.len() < COMPARED {
            let same = before.iter().find(|other| other.hash == key.hash && order(text, other, &key).is_eq());
            self.repeated = same.map(|first| Repeated { first: first.span, again: key.span });
        }
    }

    #[cold]
    fn sort(&mut self, text: &[u8], from: usize) {
        let keys = &mut self.keys[from..];
        heap_sort(keys, |a, b| {
            let spelt = a.hash.cmp(&b.hash).then_with(|| order(text, a, b));
            spelt.then(a.span.start.cmp(&b.span.start))
        });
        for pair in keys.windows(2) {
            if let [first, again] = pair
                && first.hash == again.hash
                && order(text, first, again).is_eq()
                && self.repeated.is_none_or(|known| again.span.start < known.again.start)
            {
                self.repeated = Some(Repeated { first: first.span, again: again.span });
            }
        }
    }
}

/// The order of what two keys spell, half surrogate pairs kept apart.
fn order(text: &[u8], a: &Key, b: &Key) -> std::cmp::Ordering {
    let raw = |key: &Key| std::str::from_utf8(key.span.of(text)).unwrap_or_default();
    let (a, b) = (JsonText { raw: raw(a), escaped: a.escaped }, JsonText { raw: raw(b), escaped: b.escaped });
    a.units().cmp(b.units())
}

/// The hash of what a key with escapes spells.
#[cold]
fn hash_spelt(text: &[u8], span: Span) -> u32 {
    let spelt = span.spelt(text, true);
    hash(spelt.as_bytes(), Span { start: 0, end: small(spelt.len()) })
}

/// The same for the same bytes, wherever they stand.
#[inline(always)]
fn hash(text: &[u8], Span { start, end }: Span) -> u32 {
    let (mut at, end) = (start as usize, end as usize);
    let mut hash = (end - at) as u64;
    let mut mix = |word: u64| {
        hash = (hash ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        hash ^= hash >> 32;
    };
    if end - at < 8 {
        mix(short(text, at, end - at));
    } else {
        while at + 8 < end {
            mix(word(text, at));
            at += 8;
        }
        // The last word overlaps the one before.
        mix(word(text, end - 8));
    }
    let [_, _, _, _, top @ ..] = (hash ^ hash << 32).to_le_bytes();
    u32::from_le_bytes(top)
}

#[inline(always)]
fn word(text: &[u8], at: usize) -> u64 {
    text.get(at..).and_then(|rest| rest.first_chunk()).map_or(0, |word| u64::from_le_bytes(*word))
}

/// Fewer than eight bytes: eight with the rest cleared, or one by one where the text ends.
#[inline(always)]
fn short(text: &[u8], at: usize, length: usize) -> u64 {
    if at + 8 <= text.len() {
        return word(text, at) & !(u64::MAX << (8 * length));
    }
    let rest = text.get(at..at + length).unwrap_or_default();
    rest.iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte))
}

/// Sorts in place. The standard library's sorts take three times the code, and this runs for unusual objects only.
fn heap_sort<T: Copy>(items: &mut [T], order: impl Fn(&T, &T) -> std::cmp::Ordering) {
    let sift = |items: &mut [T], mut root: usize| loop {
        let mut child = 2 * root + 1;
        if child >= items.len() {
            return;
        }
        if child + 1 < items.len() && order(&items[child], &items[child + 1]).is_lt() {
            child += 1;
        }
        if order(&items[root], &items[child]).is_ge() {
            return;
        }
        items.swap(root, child);
        root = child;
    };
    for root in (0..items.len() / 2).rev() {
        sift(items, root);
    }
    for end in (1..items.len()).rev() {
        items.swap(0, end);
        sift(&mut items[..end], 0);
    }
}
