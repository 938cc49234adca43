//! Which custom_ids a file has, in bounded memory: a table of fingerprints.

use super::fingerprint::fingerprint96;

/// The most ids that are compared: nearly twice as many as the largest limit of a provider that is known. The table then takes 6 MiB.
pub const MOST_IDS: usize = (1 << 18) / 4 * 3;

/// Where an id stands first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IdPlace {
    /// The line, from 1.
    pub line: u32,
    /// Where the line begins in the file, in bytes.
    pub offset: u64,
}

/// What a table knows of an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// It was not there, and is now.
    New,
    /// It was there.
    Since(IdPlace),
    /// The table is full: not compared.
    Full,
}

#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    high: u64,
    offset: u64,
    low: u32,
    /// 0: the entry is free.
    line: u32,
}

/// A table of ids.
///
/// ```
/// use batchlight::jsonl::{IdPlace, Ids, Known};
/// let mut ids = Ids::default();
/// assert_eq!(ids.add(b"a", IdPlace { line: 1, offset: 0 }), Known::New);
/// assert_eq!(ids.add(b"b", IdPlace { line: 2, offset: 40 }), Known::New);
/// let again = ids.add(b"a", IdPlace { line: 3, offset: 80 });
/// assert_eq!(again, Known::Since(IdPlace { line: 1, offset: 0 }));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Ids {
    entries: Vec<Entry>,
    held: usize,
}

impl Ids {
    /// Adds an id, unless it is there.
    pub fn add(&mut self, id: &[u8], place: IdPlace) -> Known {
        let id = fingerprint96(id);
        if self.held * 4 >= self.entries.len() * 3 {
            if self.held >= MOST_IDS {
                return match self.entry(id) {
                    Entry { line: 0, .. } => Known::Full,
                    entry => Known::Since(entry.place()),
                };
            }
            self.grow();
        }
        let entry = self.entry(id);
        if entry.line != 0 {
            return Known::Since(entry.place());
        }
        *entry = Entry { high: id.0, low: id.1, line: place.line.max(1), offset: place.offset };
        self.held += 1;
        Known::New
    }

    /// The entry of an id, or the free one where it goes. At least a quarter of the entries is free.
    fn entry(&mut self, id: (u64, u32)) -> &mut Entry {
        let mask = self.entries.len() - 1;
        #[expect(clippy::cast_possible_truncation, reason = "the low bits are asked for")]
        let mut at = id.0 as usize & mask;
        while self.entries[at].line != 0 && (self.entries[at].high, self.entries[at].low) != id {
            at = (at + 1) & mask;
        }
        &mut self.entries[at]
    }

    fn grow(&mut self) {
        let size = (self.entries.len() * 2).max(1 << 10);
        let before = std::mem::replace(&mut self.entries, vec![Entry::default(); size]);
        for entry in before.into_iter().filter(|entry| entry.line != 0) {
            *self.entry((entry.high, entry.low)) = entry;
        }
    }
}

impl Entry {
    const fn place(self) -> IdPlace {
        IdPlace { line: self.line, offset: self.offset }
    }
}
