//! The options of an operation. JavaScript sets them before it opens the operation.

use crate::model::{BatchStatus, Counts, Profile, ProfileName, Snapshot};

use super::super::number::to_u64_saturating;
use super::boundary::{NumberOption, StringOption};

/// The options that have been set.
#[derive(Debug, Default)]
pub struct Settings {
    numbers: [Option<f64>; NumberOption::ALL.len()],
    strings: [Option<String>; StringOption::ALL.len()],
    batches: Vec<Snapshot<'static>>,
}

impl Settings {
    /// Sets a numeric option. Ignores unknown keys.
    pub fn set_number(&mut self, key: usize, value: f64) {
        if let Some(number) = self.numbers.get_mut(key) {
            *number = Some(value);
        }
    }

    /// Sets a string option. Ignores unknown keys.
    pub fn set_string(&mut self, key: usize, value: String) {
        if let Some(string) = self.strings.get_mut(key) {
            *string = Some(value);
        }
    }

    /// Adds a batch, given by its status, its counts, and whether it has an output and an error file.
    /// Negative numbers stand for absent values.
    pub fn add_batch(&mut self, [status, total, completed, failed, output, error]: [f64; 6]) {
        let status_at = |index: f64| {
            non_negative(index).and_then(|index| BatchStatus::ALL.get(usize::try_from(index).ok()?))
        };
        let file = |has: f64| (has > 0.0).then_some("file");
        self.batches.push(Snapshot {
            status: status_at(status).copied(),
            counts: Counts {
                total: non_negative(total),
                completed: non_negative(completed),
                failed: non_negative(failed),
            },
            output_file_id: file(output),
            error_file_id: file(error),
            ..Snapshot::default()
        });
    }

    /// Takes the batches, in the order in which they were added.
    pub fn batches(&mut self) -> Vec<Snapshot<'static>> {
        std::mem::take(&mut self.batches)
    }

    /// An integer option, if it was set.
    pub fn number(&self, option: NumberOption) -> Option<u64> {
        self.numbers[option as usize].map(to_u64_saturating)
    }

    /// An integer option as 32 bits; larger numbers become the largest `u32`.
    pub fn number_u32(&self, option: NumberOption) -> Option<u32> {
        self.number(option).map(|value| u32::try_from(value).unwrap_or(u32::MAX))
    }

    /// The profile. The default is the first.
    pub fn profile(&self) -> ProfileName {
        let index = self.number_u32(NumberOption::Profile).unwrap_or(0) as usize;
        Profile::ALL[index.min(Profile::ALL.len() - 1)].name
    }

    /// Takes a string option, if it was set.
    pub fn string(&mut self, option: StringOption) -> Option<String> {
        self.strings[option as usize].take()
    }
}

/// The integer part, or `None` for a negative number.
fn non_negative(value: f64) -> Option<u64> {
    (value >= 0.0).then(|| to_u64_saturating(value))
}
