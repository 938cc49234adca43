//! The few texts that most lines share, such as models and urls, with how often they stand.

use crate::hash::hash;

/// The most names that are told apart; a file with more is no batch input, and the requests of further ones
/// are counted in no row.
pub const MAX_NAMES: usize = 256;

/// The most bytes of a name that are looked at.
const MAX_NAME_LENGTH: usize = 512;

/// NameCounter and how often each was met.
#[derive(Clone, Debug, Default)]
pub struct NameCounter {
    rows: Vec<(Box<str>, u64)>,
    /// The hash of each name: only names with the same one are compared byte by byte.
    hashes: Vec<u64>,
    last: usize,
}

impl NameCounter {
    /// Counts a name, which is UTF-8, and gives its place; none when there are too many.
    pub fn count(&mut self, name: &[u8]) -> Option<usize> {
        let name = name.get(..MAX_NAME_LENGTH).unwrap_or(name);
        let is = |row: &(Box<str>, u64)| row.0.as_bytes() == name;
        // Nearly every line has the name of the line before.
        if !self.rows.get(self.last).is_some_and(is) {
            let hash = hash(name).0;
            let mut alike = (0..self.rows.len()).filter(|&at| self.hashes[at] == hash);
            self.last = match alike.find(|&at| is(&self.rows[at])) {
                Some(at) => at,
                None if self.rows.len() == MAX_NAMES => return None,
                None => {
                    // Cut within a code point, it is found again by no name, and counts as one of many.
                    let whole = name.utf8_chunks().next().map_or("", |chunk| chunk.valid());
                    self.rows.push((whole.into(), 0));
                    self.hashes.push(hash);
                    self.rows.len() - 1
                }
            };
        }
        self.rows[self.last].1 += 1;
        Some(self.last)
    }

    /// The name at a place; empty when there is none.
    #[must_use]
    pub fn get(&self, at: usize) -> &str {
        self.rows.get(at).map_or("", |row| &row.0)
    }

    /// NameCounter with how often each was met, in the order of the file.
    pub fn rows(self) -> impl Iterator<Item = (String, u64)> {
        self.rows.into_iter().map(|(name, count)| (name.into_string(), count))
    }
}
