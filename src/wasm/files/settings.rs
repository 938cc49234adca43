//! The options of an operation, by number: what JavaScript sets before it opens one.

use crate::model::{BatchStatus, Counts, Profile, ProfileName, Snapshot};

use super::super::number::saturated;

/// The options set so far.
#[derive(Debug, Default)]
pub struct Settings {
    numbers: [Option<f64>; 8],
    texts: [Option<String>; 2],
    batches: Vec<Snapshot<'static>>,
}

impl Settings {
    /// Sets a number.
    pub fn set_number(&mut self, key: usize, value: f64) {
        if let Some(place) = self.numbers.get_mut(key) {
            *place = Some(value);
        }
    }

    /// Sets a text.
    pub fn set_text(&mut self, key: usize, value: String) {
        if let Some(place) = self.texts.get_mut(key) {
            *place = Some(value);
        }
    }

    /// Adds a batch: what it says of its files in six numbers, below zero for what it does not say.
    pub fn add_batch(&mut self, [status, total, completed, failed, output, error]: [f64; 6]) {
        let at =
            |index: f64| whole(index).and_then(|index| BatchStatus::ALL.get(usize::try_from(index).ok()?));
        let file = |has: f64| (has > 0.0).then_some("file");
        self.batches.push(Snapshot {
            status: at(status).copied(),
            counts: Counts { total: whole(total), completed: whole(completed), failed: whole(failed) },
            output_file_id: file(output),
            error_file_id: file(error),
            ..Snapshot::default()
        });
    }

    /// The batches, in the order in which they were added.
    pub fn batches(&mut self) -> Vec<Snapshot<'static>> {
        std::mem::take(&mut self.batches)
    }

    /// A whole number, if it was set.
    pub fn number(&self, key: usize) -> Option<u64> {
        self.numbers.get(key).copied().flatten().map(saturated)
    }

    /// The same within 32 bits.
    pub fn small(&self, key: usize) -> Option<u32> {
        self.number(key).map(|value| u32::try_from(value).unwrap_or(u32::MAX))
    }

    /// A profile; the first one, if none was set.
    pub fn profile(&self, key: usize) -> ProfileName {
        let index = self.small(key).unwrap_or(0) as usize;
        Profile::ALL[index.min(Profile::ALL.len() - 1)].name
    }

    /// A text, if it was set.
    pub fn text(&mut self, key: usize) -> Option<String> {
        self.texts.get_mut(key).and_then(Option::take)
    }
}

/// A whole number; none of one below zero.
fn whole(value: f64) -> Option<u64> {
    (value >= 0.0).then(|| saturated(value))
}
