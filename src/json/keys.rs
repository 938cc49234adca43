//! Keys that an object has twice, found by their hashes.
//!
//! The hashes are quick and not keyed, so that different keys can be made to share one. As soon as two are
//! found that do, the rest of the text goes by keyed hashes: comparing keys byte by byte stays rare, whatever
//! the keys are.

use super::JsonText;
use super::simd::Bytes;
use super::tape::{Repeated, Span, small};
use crate::hash::hash;

/// So many keys are compared with one another as they come; an object with more is sorted at its end instead,
/// so that time does not grow with their square.
const COMPARED: usize = 32;

/// The most keys that are remembered, of all open objects together. Further ones are not compared.
pub(super) const MAX_KEYS: usize = 1 << 18;

/// A key of an object that is still open: 32 bits of its hash, then where it begins. Where it ends is looked
/// for when it is asked.
type Key = u64;

/// The bits of a key that are its hash.
const HASH: u64 = !0 << 32;

/// The keys of all open objects, the innermost object's last, and the first that is repeated.
#[derive(Clone, Debug)]
pub(super) struct Keys {
    entries: Vec<Key>,
    /// How many keys are added by their quick hashes: none once a key is repeated or hashes are keyed.
    room: usize,
    keyed: bool,
    repeated: Option<Repeated>,
}

/// Where an object's keys begin among all, and one bit for each hash it may have seen.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Seen {
    from: usize,
    bits: u64,
}

/// Two different keys share a hash that is not keyed.
struct Collision;

impl Default for Keys {
    fn default() -> Self {
        Self::new()
    }
}

impl Keys {
    pub const fn new() -> Self {
        Self { entries: Vec::new(), room: MAX_KEYS, keyed: false, repeated: None }
    }

    pub fn clear(&mut self) {
        self.entries.clear();
        (self.room, self.keyed, self.repeated) = (MAX_KEYS, false, None);
    }

    /// The repeated key that stands again before any other does.
    pub const fn repeated(&self) -> Option<Repeated> {
        self.repeated
    }

    /// An object begins.
    #[inline(always)]
    pub const fn open(&self) -> Seen {
        Seen { from: self.entries.len(), bits: 0 }
    }

    /// The object has this key.
    #[inline(always)]
    pub fn add(&mut self, text: &[u8], seen: &mut Seen, hash: u64, start: usize) {
        if self.entries.len() >= self.room {
            return self.add_keyed(text, seen.from, start);
        }
        let bit = 1 << (hash >> 58);
        let key = hash & HASH | start as u64;
        if seen.bits & bit != 0 && !self.is_new(text, seen.from, key) {
            return;
        }
        seen.bits |= bit;
        self.entries.push(key);
    }

    /// The object has ended.
    #[inline(always)]
    pub fn close(&mut self, text: &[u8], seen: Seen) {
        if self.entries.len() - seen.from > COMPARED {
            self.sort(text, seen.from);
        }
        self.entries.truncate(seen.from);
    }

    /// Adds a key by its keyed hash, unless no more are compared.
    #[cold]
    fn add_keyed(&mut self, text: &[u8], from: usize, start: usize) {
        if self.keyed && self.repeated.is_none() && self.entries.len() < MAX_KEYS {
            let key = keyed(text, start as u64);
            if self.is_new(text, from, key) {
                self.entries.push(key);
            }
        }
    }

    /// Whether a key is still to be added: the object does not have it, as far as that is known already.
    #[cold]
    fn is_new(&mut self, text: &[u8], from: usize, key: Key) -> bool {
        let before = self.entries.get(from..).unwrap_or_default();
        if before.len() >= COMPARED {
            return true;
        }
        match self.find(text, before, key) {
            Ok(None) => true,
            Ok(Some(repeated)) => {
                self.set_repeated(repeated);
                false
            }
            Err(Collision) => {
                self.key_all(text);
                self.add_keyed(text, from, start_of(key));
                false
            }
        }
    }

    /// The same key among others.
    fn find(&self, text: &[u8], others: &[Key], key: Key) -> Result<Option<Repeated>, Collision> {
        for &other in others.iter().filter(|&&other| (other ^ key) & HASH == 0) {
            let (first, again) = (span(text, other), span(text, key));
            if spelt(text, first) == spelt(text, again) {
                return Ok(Some(Repeated { first, again }));
            }
            if !self.keyed {
                return Err(Collision);
            }
        }
        Ok(None)
    }

    /// Further keys can only be repeated behind this one, so that none is compared any more.
    fn set_repeated(&mut self, repeated: Repeated) {
        if self.repeated.is_none_or(|known| repeated.again.start < known.again.start) {
            self.repeated = Some(repeated);
        }
        self.room = 0;
    }

    /// Goes over to keyed hashes.
    fn key_all(&mut self, text: &[u8]) {
        (self.room, self.keyed) = (0, true);
        for key in &mut self.entries {
            *key = keyed(text, *key & !HASH);
        }
    }

    #[cold]
    fn sort(&mut self, text: &[u8], from: usize) {
        while let Err(Collision) = self.find_sorted(text, from) {
            self.key_all(text);
        }
    }

    /// Finds the first repeated key of an object by sorting its keys, equal hashes in the order of the text.
    fn find_sorted(&mut self, text: &[u8], from: usize) -> Result<(), Collision> {
        heap_sort(&mut self.entries[from..]);
        let mut found: Option<Repeated> = None;
        for same in self.entries[from..].chunk_by(|a, b| (a ^ b) & HASH == 0) {
            for (at, &key) in same.iter().enumerate().skip(1) {
                let repeated = self.find(text, &same[..at], key)?;
                if let Some(repeated) = repeated {
                    found = found.filter(|found| found.again.start < repeated.again.start).or(Some(repeated));
                    break;
                }
            }
        }
        if let Some(repeated) = found {
            self.set_repeated(repeated);
        }
        Ok(())
    }
}

/// Where a key begins.
fn start_of(key: Key) -> usize {
    (key & !HASH) as usize
}

/// A key, by where it begins, with its keyed hash.
fn keyed(text: &[u8], start: u64) -> Key {
    hash(&spelt(text, span(text, start))).0 & HASH | start
}

fn span(text: &[u8], key: Key) -> Span {
    let start = start_of(key);
    let mut end = start;
    while let Some(&byte) = text.get(end).filter(|&&byte| byte != b'"') {
        end += if byte == b'\\' { 2 } else { 1 };
    }
    Span { start: small(start), end: small(end) }
}

/// What a key spells, as UTF-16 in bytes: half surrogate pairs stay apart.
fn spelt(text: &[u8], span: Span) -> Vec<u8> {
    let raw = std::str::from_utf8(span.of(text)).unwrap_or_default();
    JsonText { raw, escaped: true }.units().flat_map(u16::to_le_bytes).collect()
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
fn heap_sort(items: &mut [u64]) {
    let sift = |items: &mut [u64], mut root: usize| loop {
        let mut child = 2 * root + 1;
        if child >= items.len() {
            return;
        }
        if child + 1 < items.len() && items[child] < items[child + 1] {
            child += 1;
        }
        if items[root] >= items[child] {
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

#[cfg(test)]
mod tests {
    use super::{Keys, MAX_KEYS, span};

    /// Adds keys of one object, all with the same quick hash, and gives how many are held.
    fn held(keys: &mut Keys, text: &[u8], length: usize) -> usize {
        let mut seen = keys.open();
        for start in (1..text.len()).step_by(length) {
            keys.add(text, &mut seen, 7, start);
        }
        keys.entries.len()
    }

    #[test]
    fn nothing_more_is_held_of_a_text_once_a_key_is_repeated() {
        let mut keys = Keys::new();
        assert_eq!(held(&mut keys, "\"a\",".repeat(1000).as_bytes(), 4), 1);
        assert_eq!(keys.repeated().unwrap().again.start, 5);
    }

    #[test]
    fn keys_that_share_a_hash_get_others_and_no_more_are_held_than_the_limit() {
        let text =
            (0..MAX_KEYS + 1000).map(|number| format!("\"{number:06}\",")).collect::<Vec<_>>().concat();
        let mut keys = Keys::new();
        let seen = keys.open();
        assert_eq!(held(&mut keys, text.as_bytes(), 9), MAX_KEYS);
        assert!(keys.keyed);
        let mut hashes: Vec<_> = keys.entries.iter().map(|key| key >> 32).collect();
        hashes.sort_unstable();
        hashes.dedup();
        assert!(hashes.len() > MAX_KEYS - 100, "keyed hashes are spread: {}", hashes.len());
        keys.close(text.as_bytes(), seen);
        assert_eq!((keys.repeated(), keys.entries.len()), (None, 0));
        assert_eq!(span(text.as_bytes(), 1).of(text.as_bytes()), b"000000");
    }
}
