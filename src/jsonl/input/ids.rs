//! Which custom_ids a file has, in bounded memory: a table of keyed hashes.
//!
//! Of each hash 96 bits are kept. That any two of the 196,608 different ids that fit share them happens in
//! one of 4 · 10^18 files, whoever wrote the file: 2^35 pairs among 2^96 hashes.

use crate::jsonl::reconcile::request_table::{IdHash, hash_of, saturating_u32};

/// The most ids that are compared: nearly twice as many as the largest limit of a provider that is known.
/// They then take 7 MiB.
pub const MAX_COMPARED_IDS: usize = MAX_SLOTS / 4 * 3;
const MAX_SLOTS: usize = 1 << 18;

/// Where an id stands first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IdLocation {
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1, in UTF-16 units; 1 if it is not known.
    pub column: u16,
    /// The offset in the file, in bytes.
    pub offset: u64,
}

/// What a table knows of an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// It was not there, and is now.
    New,
    /// It was there.
    Duplicate(IdLocation),
    /// The table is full: not compared.
    TableFull,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    high: u64,
    /// The offset, and the column in the upper 16 bits.
    offset: u64,
    low: u32,
    line: u32,
}

/// Offsets are below 256 TiB.
const OFFSET_BITS: u32 = 48;
const MAX_OFFSET: u64 = (1 << OFFSET_BITS) - 1;

impl Entry {
    #[expect(clippy::cast_possible_truncation, reason = "the upper 16 bits")]
    const fn location(self) -> IdLocation {
        let column = (self.offset >> OFFSET_BITS) as u16;
        IdLocation { line: self.line, column, offset: self.offset & MAX_OFFSET }
    }
}

/// A place in the table: half of an id's hash, and its entry, from 1; 0 is free.
#[derive(Clone, Copy, Debug)]
struct Slot {
    low: u32,
    entry: u32,
}

/// The longest id that the next one is compared with.
const MAX_GREATEST_LENGTH: usize = 64;

/// A table of ids.
///
/// ```
/// use batchlight::jsonl::{IdLocation, Ids, Added};
/// let mut ids = Ids::default();
/// assert_eq!(ids.add(b"a", IdLocation { line: 1, column: 15, offset: 14 }), Added::New);
/// assert_eq!(ids.add(b"b", IdLocation { line: 2, column: 15, offset: 54 }), Added::New);
/// let again = ids.add(b"a", IdLocation { line: 3, column: 15, offset: 94 });
/// assert_eq!(again, Added::Duplicate(IdLocation { line: 1, column: 15, offset: 14 }));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Ids {
    /// In the order in which they came.
    entries: Vec<Entry>,
    /// Empty while every id is greater than all before it: who counts ids up has none twice.
    slots: Vec<Slot>,
    /// The greatest id, which is the last, while there are no slots.
    greatest: Vec<u8>,
}

impl Ids {
    /// Adds an id, unless it is there.
    pub fn add(&mut self, id: &[u8], place: IdLocation) -> Added {
        let id_hash = hash_of(id);
        if self.slots.is_empty() && self.entries.len() < MAX_COMPARED_IDS && self.is_greatest(id) {
            self.push(id_hash, place);
            return Added::New;
        }
        let full = self.entries.len() >= MAX_COMPARED_IDS;
        // A quarter of the slots is free, at least.
        if self.slots.is_empty() || self.entries.len() * 4 >= self.slots.len() * 3 && !full {
            self.spread();
        }
        let slot = self.slot(id_hash);
        if let Some(entry) = self.slots[slot].entry.checked_sub(1) {
            return Added::Duplicate(self.entries[entry as usize].location());
        }
        if full {
            return Added::TableFull;
        }
        self.push(id_hash, place);
        self.slots[slot] = Slot { low: id_hash.1, entry: saturating_u32(self.entries.len()) };
        Added::New
    }

    /// Whether an id comes behind all before it, shorter ones first; then it is remembered.
    fn is_greatest(&mut self, id: &[u8]) -> bool {
        let greater = (id.len(), id) > (self.greatest.len(), &self.greatest);
        if greater && id.len() <= MAX_GREATEST_LENGTH {
            self.greatest.clear();
            self.greatest.extend_from_slice(id);
            return true;
        }
        false
    }

    fn push(&mut self, (high, low): IdHash, IdLocation { line, column, offset }: IdLocation) {
        let offset = offset.min(MAX_OFFSET) | u64::from(column) << OFFSET_BITS;
        self.entries.push(Entry { high, offset, low, line });
    }

    /// The slot of an id, or the free one where it goes.
    fn slot(&self, (high, low): IdHash) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = low as usize & mask;
        loop {
            let slot = self.slots[at];
            let is = |entry: u32| slot.low == low && self.entries[entry as usize].high == high;
            if slot.entry.checked_sub(1).is_none_or(is) {
                return at;
            }
            at = (at + 1) & mask;
        }
    }

    /// Makes twice as many slots as there are entries, or more, and gives each entry its own.
    fn spread(&mut self) {
        let size = (self.entries.len() * 2).next_power_of_two().clamp(1 << 10, MAX_SLOTS);
        self.slots = vec![Slot { low: 0, entry: 0 }; size];
        for (number, entry) in (1u32..).zip(&self.entries) {
            let mask = size - 1;
            let mut at = entry.low as usize & mask;
            while self.slots[at].entry != 0 {
                at = (at + 1) & mask;
            }
            self.slots[at] = Slot { low: entry.low, entry: number };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Added, IdLocation, Ids, MAX_COMPARED_IDS};

    fn place(line: usize) -> IdLocation {
        IdLocation { line: u32::try_from(line).unwrap(), column: 9, offset: 10 * line as u64 }
    }

    #[test]
    fn every_order_of_ids_is_compared_alike() {
        type Order = fn(usize) -> usize;
        let orders: [Order; 4] = [|i| i, |i| 9999 - i, |i| i * 7919 % 10_000, |i| i ^ 1];
        for order in orders {
            let mut ids = Ids::default();
            for line in 0..10_000 {
                let id = format!("request-{}", order(line));
                assert_eq!(ids.add(id.as_bytes(), place(line + 1)), Added::New, "{id}");
            }
            for line in [0, 1, 5000, 9999] {
                let id = format!("request-{}", order(line));
                assert_eq!(ids.add(id.as_bytes(), place(1)), Added::Duplicate(place(line + 1)), "{id}");
            }
            let long = "x".repeat(100);
            assert_eq!(ids.add(long.as_bytes(), place(1)), Added::New);
            assert_eq!(ids.add(long.as_bytes(), place(2)), Added::Duplicate(place(1)));
        }
    }

    #[test]
    fn a_full_table_still_knows_what_it_holds() {
        for turned in [false, true] {
            let mut ids = Ids::default();
            let id =
                |number: usize| format!("{:06}", if turned { MAX_COMPARED_IDS - number } else { number });
            for number in 0..MAX_COMPARED_IDS {
                assert_eq!(ids.add(id(number).as_bytes(), place(number + 1)), Added::New);
            }
            assert_eq!(ids.add(b"z", place(1)), Added::TableFull);
            assert_eq!(ids.add(b"zzzzzzzz", place(1)), Added::TableFull);
            assert_eq!(ids.add(id(77).as_bytes(), place(1)), Added::Duplicate(place(78)));
        }
    }
}
