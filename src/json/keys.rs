//! Keys that an object has twice, found by their hashes.

use super::JsonText;
use super::simd::Bytes;
use super::tape::{Repeated, Span, small};

/// So many keys are compared with one another as they come; an object with more is sorted at its end instead,
/// so that time does not grow with their square.
const COMPARED: usize = 32;

/// A key of an object that is still open.
#[derive(Clone, Copy, Debug)]
struct Key {
    hash: u32,
    /// Where it begins; where it ends is looked for when it is asked.
    start: u32,
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
    pub fn add(&mut self, text: &[u8], seen: &mut Seen, hash: u64, start: usize) {
        let bit = 1 << (hash >> 58);
        let [_, _, _, _, hash @ ..] = hash.to_le_bytes();
        let key = Key { hash: u32::from_le_bytes(hash), start: small(start) };
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
            let same =
                before.iter().find(|other| other.hash == key.hash && order(text, **other, key).is_eq());
            self.repeated = same.map(|first| Repeated { first: first.span(text), again: key.span(text) });
        }
    }

    #[cold]
    fn sort(&mut self, text: &[u8], from: usize) {
        let keys = &mut self.keys[from..];
        heap_sort(keys, |a, b| {
            let spelt = a.hash.cmp(&b.hash).then_with(|| order(text, *a, *b));
            spelt.then(a.start.cmp(&b.start))
        });
        for pair in keys.windows(2) {
            if let [first, again] = pair
                && first.hash == again.hash
                && order(text, *first, *again).is_eq()
                && self.repeated.is_none_or(|known| again.start < known.again.start)
            {
                self.repeated = Some(Repeated { first: first.span(text), again: again.span(text) });
            }
        }
    }
}

impl Key {
    fn span(self, text: &[u8]) -> Span {
        let mut end = self.start as usize;
        while let Some(&byte) = text.get(end).filter(|&&byte| byte != b'"') {
            end += if byte == b'\\' { 2 } else { 1 };
        }
        Span { start: self.start, end: small(end) }
    }
}

/// The order of what two keys spell, half surrogate pairs kept apart.
fn order(text: &[u8], a: Key, b: Key) -> std::cmp::Ordering {
    let raw = |key: Key| std::str::from_utf8(key.span(text).of(text)).unwrap_or_default();
    JsonText { raw: raw(a), escaped: true }.units().cmp(JsonText { raw: raw(b), escaped: true }.units())
}

/// The hash of a key of up to sixteen bytes, by these and whatever stands behind them.
#[inline(always)]
pub(super) fn hash_short(bytes: Bytes, length: usize) -> u64 {
    mix(length as u64, bytes.first(length))
}

/// The hash of any key: of what it spells.
pub(super) fn hash_long(text: &[u8], span: Span, escaped: bool) -> u64 {
    let spelt;
    let mut rest = span.of(text);
    if escaped {
        spelt = span.spelt(text, true);
        rest = spelt.as_bytes();
    }
    let length = rest.len();
    let mut hash = length as u64;
    while let Some((bytes, more)) = rest.split_first_chunk() {
        hash = mix(hash, Bytes::load(bytes)).rotate_left(32);
        rest = more;
    }
    let mut last = [0; 16];
    last[..rest.len()].copy_from_slice(rest);
    // A short key has one part only, so that its hash is that of `hash_short`.
    if length > 0 && rest.is_empty() { hash.rotate_left(32) } else { mix(hash, Bytes::load(&last)) }
}

#[inline(always)]
fn mix(hash: u64, bytes: Bytes) -> u64 {
    let [low, high] = bytes.words();
    let mixed = (low ^ hash).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ high.wrapping_mul(0xc2b2_ae3d_27d4_eb4f);
    mixed ^ mixed << 29
}

/// Sorts in place. The standard library's sorts take three times the code, and this runs for unusual objects
/// only.
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
