//! Repeated keys of objects, found by their hashes.
//!
//! The fast hashes are not keyed, so somebody could craft a file whose keys collide. After the first
//! collision, the rest of the text uses keyed hashes, so that keys are rarely compared byte by byte.

use super::cursor::to_u32;
use super::json_string::JsonString;
use super::node::{RepeatedKey, Span};
use super::simd::U8x16;
use crate::hash::hash;

/// Up to this number of keys of an object are compared as they are read. If it has more, they are sorted at
/// its end, so that the time is not quadratic.
const MAX_LINEAR_SEARCH: usize = 32;

/// The maximum number of keys that are remembered, of all open objects together. Others are not compared.
const MAX_REMEMBERED: usize = 1 << 18;

/// A key of an open object: 32 bits of its hash, then the 32 bits of its offset. Its end is found when
/// needed.
type Key = u64;

/// The bits of a key that are its hash.
const HASH: u64 = !0 << 32;

/// The keys of all open objects, those of the innermost object last.
#[derive(Clone, Debug)]
pub(super) struct Keys {
    entries: Vec<Key>,
    /// The number of keys up to which fast hashes are added: 0 after the first repeated key or collision.
    fast_key_limit: usize,
    is_keyed: bool,
    repeated: Option<RepeatedKey>,
}

/// The keys of one object.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ObjectKeys {
    /// The index of its first key.
    from: usize,
    /// A Bloom filter of 64 bits: a key whose bit is not set is new.
    filter: u64,
}

/// Two different keys have the same fast hash.
struct Collision;

impl Default for Keys {
    fn default() -> Self {
        Self::new()
    }
}

impl Keys {
    pub const fn new() -> Self {
        Self { entries: Vec::new(), fast_key_limit: MAX_REMEMBERED, is_keyed: false, repeated: None }
    }

    pub fn clear(&mut self) {
        self.entries.clear();
        (self.fast_key_limit, self.is_keyed, self.repeated) = (MAX_REMEMBERED, false, None);
    }

    /// The repeated key whose second occurrence is first in the text.
    pub const fn repeated(&self) -> Option<RepeatedKey> {
        self.repeated
    }

    /// Begins an object.
    #[inline(always)]
    pub const fn open(&self) -> ObjectKeys {
        ObjectKeys { from: self.entries.len(), filter: 0 }
    }

    /// Adds a key of the innermost object, by its fast hash and the offset after its opening quote.
    #[inline(always)]
    pub fn add(&mut self, text: &[u8], object: &mut ObjectKeys, hash: u64, start: usize) {
        if self.entries.len() >= self.fast_key_limit {
            return self.add_keyed(text, object.from, start);
        }
        let bit = 1 << (hash >> 58);
        let key = hash & HASH | start as u64;
        if object.filter & bit != 0 && !self.is_new(text, object.from, key) {
            return;
        }
        object.filter |= bit;
        self.entries.push(key);
    }

    /// Ends the innermost object.
    #[inline(always)]
    pub fn close(&mut self, text: &[u8], object: ObjectKeys) {
        if self.entries.len() - object.from > MAX_LINEAR_SEARCH {
            self.find_in_large_object(text, object.from);
        }
        self.entries.truncate(object.from);
    }

    /// Adds a key by its keyed hash. Does nothing once comparison has stopped.
    #[cold]
    fn add_keyed(&mut self, text: &[u8], from: usize, start: usize) {
        if self.is_keyed && self.repeated.is_none() && self.entries.len() < MAX_REMEMBERED {
            let key = keyed(text, start as u64);
            if self.is_new(text, from, key) {
                self.entries.push(key);
            }
        }
    }

    /// Whether a key must be added: the object does not have it, or the comparison waits for the end of the
    /// object.
    #[cold]
    fn is_new(&mut self, text: &[u8], from: usize, key: Key) -> bool {
        let before = self.entries.get(from..).unwrap_or_default();
        if before.len() >= MAX_LINEAR_SEARCH {
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

    /// Finds a key that is equal to `key` among others.
    fn find(&self, text: &[u8], others: &[Key], key: Key) -> Result<Option<RepeatedKey>, Collision> {
        for &other in others.iter().filter(|&&other| (other ^ key) & HASH == 0) {
            let (first, second) = (span(text, other), span(text, key));
            if decoded(text, first) == decoded(text, second) {
                return Ok(Some(RepeatedKey { first, second }));
            }
            if !self.is_keyed {
                return Err(Collision);
            }
        }
        Ok(None)
    }

    /// Sets the repeated key, unless an earlier one is known, and stops comparing, because a later key cannot
    /// be the first repetition.
    fn set_repeated(&mut self, repeated: RepeatedKey) {
        if self.repeated.is_none_or(|known| repeated.second.start < known.second.start) {
            self.repeated = Some(repeated);
        }
        self.fast_key_limit = 0;
    }

    /// Replaces all fast hashes by keyed ones.
    fn key_all(&mut self, text: &[u8]) {
        (self.fast_key_limit, self.is_keyed) = (0, true);
        for key in &mut self.entries {
            *key = keyed(text, *key & !HASH);
        }
    }

    #[cold]
    fn find_in_large_object(&mut self, text: &[u8], from: usize) {
        while let Err(Collision) = self.find_sorted(text, from) {
            self.key_all(text);
        }
    }

    /// Finds the first repeated key of an object by sorting its keys. Equal hashes are sorted by offset.
    fn find_sorted(&mut self, text: &[u8], from: usize) -> Result<(), Collision> {
        heap_sort(&mut self.entries[from..]);
        let mut found: Option<RepeatedKey> = None;
        for same in self.entries[from..].chunk_by(|a, b| (a ^ b) & HASH == 0) {
            for (at, &key) in same.iter().enumerate().skip(1) {
                let repeated = self.find(text, &same[..at], key)?;
                if let Some(repeated) = repeated {
                    found =
                        found.filter(|found| found.second.start < repeated.second.start).or(Some(repeated));
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

/// The offset of a key, after its opening quote.
fn start_of(key: Key) -> usize {
    (key & !HASH) as usize
}

/// The key at an offset, with its keyed hash.
fn keyed(text: &[u8], start: u64) -> Key {
    hash(&decoded(text, span(text, start))).0 & HASH | start
}

/// The range of a key between its quotes.
fn span(text: &[u8], key: Key) -> Span {
    let start = start_of(key);
    let mut end = start;
    while let Some(&byte) = text.get(end).filter(|&&byte| byte != b'"') {
        end += if byte == b'\\' { 2 } else { 1 };
    }
    Span { start: to_u32(start), end: to_u32(end) }
}

/// The decoded key as the bytes of its UTF-16 code units, in which lone surrogates differ from each other.
fn decoded(text: &[u8], span: Span) -> Vec<u8> {
    let raw = std::str::from_utf8(span.of(text)).unwrap_or_default();
    JsonString { raw, escaped: true }.units().flat_map(u16::to_le_bytes).collect()
}

/// The fast hash of a key of up to sixteen bytes, the first ones of `bytes`.
#[inline(always)]
pub(super) fn hash_short(bytes: U8x16, length: usize) -> u64 {
    mix(length as u64, bytes.keep_first(length))
}

/// The fast hash of any key, once decoded. Equal to `hash_short` for short keys.
pub(super) fn hash_long(text: &[u8], span: Span, escaped: bool) -> u64 {
    let decoded;
    let mut rest = span.of(text);
    if escaped {
        decoded = span.decoded(text, true);
        rest = decoded.as_bytes();
    }
    let length = rest.len();
    let mut hash = length as u64;
    while let Some((bytes, more)) = rest.split_first_chunk() {
        hash = mix(hash, U8x16::load(bytes)).rotate_left(32);
        rest = more;
    }
    let mut last = [0; 16];
    last[..rest.len()].copy_from_slice(rest);
    // A short key has only one part, so this is the hash of `hash_short`.
    if length > 0 && rest.is_empty() { hash.rotate_left(32) } else { mix(hash, U8x16::load(&last)) }
}

#[inline(always)]
fn mix(hash: u64, bytes: U8x16) -> u64 {
    let [low, high] = bytes.to_u64s();
    let mixed = (low ^ hash).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ high.wrapping_mul(0xc2b2_ae3d_27d4_eb4f);
    mixed ^ mixed << 29
}

/// Sorts in place. The standard library's sorts are three times as much code, and this runs only for large
/// objects.
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
    use super::{Keys, MAX_REMEMBERED, span};

    /// Adds keys of one object, all with the same fast hash, and returns the number of remembered keys.
    fn remembered(keys: &mut Keys, text: &[u8], length: usize) -> usize {
        let mut object = keys.open();
        for start in (1..text.len()).step_by(length) {
            keys.add(text, &mut object, 7, start);
        }
        keys.entries.len()
    }

    #[test]
    fn no_key_is_remembered_after_a_repeated_key() {
        let mut keys = Keys::new();
        assert_eq!(remembered(&mut keys, "\"a\",".repeat(1000).as_bytes(), 4), 1);
        assert_eq!(keys.repeated().unwrap().second.start, 5);
    }

    #[test]
    fn colliding_keys_get_keyed_hashes_and_are_limited() {
        let text =
            (0..MAX_REMEMBERED + 1000).map(|number| format!("\"{number:06}\",")).collect::<Vec<_>>().concat();
        let mut keys = Keys::new();
        let object = keys.open();
        assert_eq!(remembered(&mut keys, text.as_bytes(), 9), MAX_REMEMBERED);
        assert!(keys.is_keyed);
        let mut hashes: Vec<_> = keys.entries.iter().map(|key| key >> 32).collect();
        hashes.sort_unstable();
        hashes.dedup();
        assert!(hashes.len() > MAX_REMEMBERED - 100, "expected distinct hashes, found {}", hashes.len());
        keys.close(text.as_bytes(), object);
        assert_eq!((keys.repeated(), keys.entries.len()), (None, 0));
        assert_eq!(span(text.as_bytes(), 1).of(text.as_bytes()), b"000000");
    }
}
