//! Finds duplicate `custom_id`s by a table of keyed hashes, whose size can be limited.
//!
//! The table keeps 96 bits of each hash. The probability that two of the 196,608 ids that fit share these
//! bits is 1 in 4 · 10^18 (2^34 pairs among 2^96 hashes). The author of a file cannot increase it, because
//! the hashes are keyed.

use crate::jsonl::common::convert::Index;
use crate::jsonl::common::id_hash::{IdHash, id_hash};

/// The maximum number of ids that are compared: nearly twice the largest known limit of a provider. They take
/// 7 MiB.
pub const MAX_COMPARED_IDS: usize = MAX_SLOTS / 4 * 3;
const MAX_SLOTS: usize = 1 << 18;

/// The location of an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IdLocation {
    /// The line number, from 1.
    pub line: u32,
    /// The column, from 1, in UTF-16 code units; 1 if it is unknown.
    pub column: u16,
    /// The offset in the file, in bytes.
    pub offset: u64,
}

/// The result of adding an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddedId {
    /// The id is new.
    New,
    /// The id was added before, at this location.
    Duplicate(IdLocation),
    /// The id is not in the table, and the table is full.
    TableFull,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    first: u64,
    /// The offset, and the column in the upper 16 bits.
    offset: u64,
    second: u32,
    line: u32,
}

/// Offsets are less than 256 TiB.
const OFFSET_BITS: u32 = 48;
const MAX_OFFSET: u64 = (1 << OFFSET_BITS) - 1;

impl Entry {
    const fn location(self) -> IdLocation {
        let column = (self.offset >> OFFSET_BITS) as u16;
        IdLocation { line: self.line, column, offset: self.offset & MAX_OFFSET }
    }
}

/// A slot of the hash table: a part of the hash of an id, and its entry.
#[derive(Clone, Copy, Debug)]
struct Slot {
    second: u32,
    entry: Option<Index>,
}

/// The maximum length of an id that is compared with the next one.
const MAX_GREATEST_LENGTH: usize = 64;

/// A table of ids.
#[derive(Clone, Debug)]
pub struct Ids {
    /// The maximum number of ids in the table.
    max: usize,
    /// The ids in the order of the file.
    entries: Vec<Entry>,
    /// Empty as long as every id is greater than all before it. Ids that count up have no duplicates.
    slots: Vec<Slot>,
    /// The last and greatest id, as long as there are no slots.
    greatest: Vec<u8>,
}

impl Default for Ids {
    fn default() -> Self {
        Self { max: MAX_COMPARED_IDS, ..Self::unlimited() }
    }
}

impl Ids {
    /// A table that compares all ids. It takes up to 46 bytes for each.
    pub const fn unlimited() -> Self {
        Self { max: usize::MAX, entries: Vec::new(), slots: Vec::new(), greatest: Vec::new() }
    }

    /// Adds an id.
    pub fn add(&mut self, id: &[u8], location: IdLocation) -> AddedId {
        let hash = id_hash(id);
        if self.slots.is_empty() && self.entries.len() < self.max && self.is_greatest(id) {
            self.push(hash, location);
            return AddedId::New;
        }
        let full = self.entries.len() >= self.max;
        // About a quarter of the slots is free, or more.
        if self.slots.is_empty() || self.entries.len() * 4 >= self.slots.len() * 3 && !full {
            self.rebuild_slots();
        }
        let slot = self.slot(hash);
        if let Some(entry) = self.slots[slot].entry {
            return AddedId::Duplicate(self.entries[entry.get()].location());
        }
        if full {
            return AddedId::TableFull;
        }
        self.push(hash, location);
        self.slots[slot] = Slot { second: hash.1, entry: Some(Index::new(self.entries.len() - 1)) };
        AddedId::New
    }

    /// Whether an id is greater than all before it; if so, remembers it. Shorter ids are smaller.
    fn is_greatest(&mut self, id: &[u8]) -> bool {
        let greater = (id.len(), id) > (self.greatest.len(), &self.greatest);
        if greater && id.len() <= MAX_GREATEST_LENGTH {
            self.greatest.clear();
            self.greatest.extend_from_slice(id);
            return true;
        }
        false
    }

    fn push(&mut self, (first, second): IdHash, IdLocation { line, column, offset }: IdLocation) {
        let offset = offset.min(MAX_OFFSET) | u64::from(column) << OFFSET_BITS;
        self.entries.push(Entry { first, offset, second, line });
    }

    /// The slot of an id, or the free slot where it belongs.
    fn slot(&self, (first, second): IdHash) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = second as usize & mask;
        loop {
            let slot = self.slots[at];
            let matches = |entry: Index| slot.second == second && self.entries[entry.get()].first == first;
            if slot.entry.is_none_or(matches) {
                return at;
            }
            at = (at + 1) & mask;
        }
    }

    /// Creates more slots, at least a third more than there are entries, and assigns a slot to each entry.
    fn rebuild_slots(&mut self) {
        let size = (self.entries.len() * 4 / 3).max(self.slots.len() + 1).next_power_of_two().max(1 << 10);
        self.slots = vec![Slot { second: 0, entry: None }; size];
        for (index, entry) in self.entries.iter().enumerate() {
            let mask = size - 1;
            let mut at = entry.second as usize & mask;
            while self.slots[at].entry.is_some() {
                at = (at + 1) & mask;
            }
            self.slots[at] = Slot { second: entry.second, entry: Some(Index::new(index)) };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{AddedId, IdLocation, Ids, MAX_COMPARED_IDS};

    fn place(line: usize) -> IdLocation {
        IdLocation { line: u32::try_from(line).unwrap(), column: 9, offset: 10 * line as u64 }
    }

    #[test]
    fn duplicates_are_found_in_every_order_of_ids() {
        type Order = fn(usize) -> usize;
        let orders: [Order; 4] = [|i| i, |i| 9999 - i, |i| i * 7919 % 10_000, |i| i ^ 1];
        for order in orders {
            let mut ids = Ids::default();
            for line in 0..10_000 {
                let id = format!("request-{}", order(line));
                assert_eq!(ids.add(id.as_bytes(), place(line + 1)), AddedId::New, "{id}");
            }
            for line in [0, 1, 5000, 9999] {
                let id = format!("request-{}", order(line));
                assert_eq!(ids.add(id.as_bytes(), place(1)), AddedId::Duplicate(place(line + 1)), "{id}");
            }
            let long = "x".repeat(100);
            assert_eq!(ids.add(long.as_bytes(), place(1)), AddedId::New);
            assert_eq!(ids.add(long.as_bytes(), place(2)), AddedId::Duplicate(place(1)));
        }
    }

    #[test]
    fn a_full_table_still_finds_duplicates_of_its_ids() {
        for is_descending in [false, true] {
            let mut ids = Ids::default();
            let id = |number: usize| {
                format!("{:06}", if is_descending { MAX_COMPARED_IDS - number } else { number })
            };
            for number in 0..MAX_COMPARED_IDS {
                assert_eq!(ids.add(id(number).as_bytes(), place(number + 1)), AddedId::New);
            }
            assert_eq!(ids.add(b"z", place(1)), AddedId::TableFull);
            assert_eq!(ids.add(b"zzzzzzzz", place(1)), AddedId::TableFull);
            assert_eq!(ids.add(id(77).as_bytes(), place(1)), AddedId::Duplicate(place(78)));
        }
    }
}
