//! Counters with a limit, for the limits of a file.

use crate::jsonl::common::lines::Line;

use super::issue::FilePlace;

/// A counter, its limit, and the first line that exceeded it.
#[derive(Clone, Copy, Debug)]
pub struct LimitedCounter {
    max: Option<u64>,
    count: u64,
    exceeded_at: Option<FilePlace>,
}

impl LimitedCounter {
    /// Creates a counter at 0.
    pub const fn new(max: Option<u64>) -> Self {
        Self { max, count: 0, exceeded_at: None }
    }

    /// Adds the count of a line.
    #[inline]
    pub fn add(&mut self, count: u64, line: &Line<'_>) {
        self.reach(self.count + count, line);
    }

    /// Sets the count after a line.
    #[inline]
    pub fn reach(&mut self, count: u64, line: &Line<'_>) {
        self.count = count;
        if self.exceeded_at.is_none() && self.max.is_some_and(|max| count > max) {
            self.exceeded_at = Some(FilePlace { line: line.number, column: 1, offset: line.offset });
        }
    }

    /// Sets the count at the end of the file.
    pub const fn finish(&mut self, count: u64) {
        self.count = count;
    }

    /// The count so far.
    pub const fn count(&self) -> u64 {
        self.count
    }

    /// The maximum, if it is exceeded.
    pub fn exceeded_max(&self) -> Option<u64> {
        self.max.filter(|&max| self.count > max)
    }

    /// The start of the first line that exceeded the limit.
    pub const fn exceeded_at(&self) -> Option<FilePlace> {
        self.exceeded_at
    }
}
