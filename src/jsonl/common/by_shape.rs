//! What was found out about lines of a shape, which holds for all of them.

use std::sync::Arc;

/// As many shapes as a tape knows.
const CAPACITY: usize = 4;

/// Something about each of the last few shapes.
#[derive(Clone, Debug)]
pub(crate) struct ByShape<T> {
    known: [Option<(u32, Arc<T>)>; CAPACITY],
    next: usize,
}

impl<T> Default for ByShape<T> {
    fn default() -> Self {
        Self { known: [const { None }; CAPACITY], next: 0 }
    }
}

impl<T> ByShape<T> {
    /// What is known about a shape.
    pub fn of(&self, shape: u32) -> Option<Arc<T>> {
        self.known.iter().flatten().find(|known| known.0 == shape).map(|known| Arc::clone(&known.1))
    }

    /// Keeps it in place of what is known longest.
    pub fn keep(&mut self, shape: u32, what: &Arc<T>) {
        if let Some(place) = self.known.get_mut(self.next % CAPACITY) {
            *place = Some((shape, Arc::clone(what)));
        }
        self.next += 1;
    }
}
