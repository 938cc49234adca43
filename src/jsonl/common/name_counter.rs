//! Counts the names of which a file has few different ones, such as models and URLs.

use crate::hash::hash;

use super::convert::valid_utf8_prefix;

/// The maximum number of different names that are counted. Requests with other names are not counted.
pub const MAX_NAMES: usize = 256;

/// The maximum number of bytes of a name that are compared.
const MAX_NAME_LENGTH: usize = 512;

/// The part of a name that is compared, without an incomplete code point at its end.
#[inline]
pub fn compared_part(name: &[u8]) -> &[u8] {
    if name.len() <= MAX_NAME_LENGTH { name } else { valid_utf8_prefix(&name[..MAX_NAME_LENGTH]).as_bytes() }
}

/// Different names, and how often each occurred.
#[derive(Clone, Debug, Default)]
pub struct NameCounter {
    rows: Vec<(Box<str>, u64)>,
    /// The hash of each name. Only names with the same hash are compared.
    hashes: Vec<u64>,
    last: usize,
}

impl NameCounter {
    /// Counts a name, which is valid UTF-8, and returns its index. Returns `None` if there are too many
    /// names.
    pub fn count(&mut self, name: &[u8]) -> Option<usize> {
        let name = compared_part(name);
        let matches = |row: &(Box<str>, u64)| row.0.as_bytes() == name;
        // Most lines have the same name as the line before.
        if !self.rows.get(self.last).is_some_and(matches) {
            let hash = hash(name).0;
            let mut candidates = (0..self.rows.len()).filter(|&at| self.hashes[at] == hash);
            self.last = match candidates.find(|&at| matches(&self.rows[at])) {
                Some(at) => at,
                None if self.rows.len() == MAX_NAMES => return None,
                None => {
                    self.rows.push((valid_utf8_prefix(name).into(), 0));
                    self.hashes.push(hash);
                    self.rows.len() - 1
                }
            };
        }
        self.rows[self.last].1 += 1;
        Some(self.last)
    }

    /// The name with an index, or an empty string.
    pub fn get(&self, at: usize) -> &str {
        self.rows.get(at).map_or("", |row| &row.0)
    }

    /// The names and how often each occurred, in the order of the file.
    pub fn rows(self) -> impl Iterator<Item = (String, u64)> {
        self.rows.into_iter().map(|(name, count)| (name.into_string(), count))
    }
}
