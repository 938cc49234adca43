//! A cache of facts that hold for all lines of the same shape.

use std::sync::Arc;

/// The number of shapes that a tape caches.
const CAPACITY: usize = 4;

/// A value for each of the latest shapes.
#[derive(Clone, Debug)]
pub struct ByShape<T> {
    entries: [Option<(u32, Arc<T>)>; CAPACITY],
    next: usize,
}

impl<T> Default for ByShape<T> {
    fn default() -> Self {
        Self { entries: [const { None }; CAPACITY], next: 0 }
    }
}

impl<T> ByShape<T> {
    /// The value for a shape.
    pub fn get(&self, shape: u32) -> Option<Arc<T>> {
        self.entries.iter().flatten().find(|entry| entry.0 == shape).map(|entry| Arc::clone(&entry.1))
    }

    /// Adds a value. It replaces the oldest one if the cache is full.
    pub fn insert(&mut self, shape: u32, value: &Arc<T>) {
        if let Some(entry) = self.entries.get_mut(self.next % CAPACITY) {
            *entry = Some((shape, Arc::clone(value)));
        }
        self.next += 1;
    }
}
