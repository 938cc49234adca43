//! The two raw batches that JavaScript fills.

use std::cell::Cell;

use crate::check::{RawBatch, Rule, Violation, Violations, interpret_into};
use crate::model::{Profile, Snapshot};

/// A raw batch, and memory for its violations.
#[derive(Default)]
pub struct Slot {
    /// JavaScript writes into it between calls.
    pub raw: RawBatch,
    violations: Violations,
}

/// The interpretation of a slot.
pub struct Interpreted<'a> {
    pub snapshot: Snapshot<'a>,
    pub violations: &'a mut Violations,
    pub raw: &'a RawBatch,
    pub bytes: usize,
}

impl Slot {
    /// The first bytes of the string buffer.
    pub fn bytes(&mut self, length: usize) -> &[u8] {
        self.raw.strings_mut().get(..length).unwrap_or_default()
    }

    /// Interprets the raw batch and applies every rule. `units` and `bytes` are the lengths of all its
    /// strings.
    ///
    /// Must be called once after each write, because it converts the ranges of strings from UTF-16 code units
    /// to bytes.
    pub fn interpret(&mut self, profile: &Profile, units: usize, bytes: usize) -> Interpreted<'_> {
        let Self { raw, violations } = self;
        raw.units_to_bytes(units, bytes);
        violations.clear();
        let mut interpreted = Interpreted { snapshot: Snapshot::default(), violations, raw, bytes };
        interpret_into(&mut interpreted.snapshot, raw, bytes, profile, interpreted.violations);
        interpreted
    }
}

impl Interpreted<'_> {
    /// Whether the value is something other than a batch, such as a string or an API error.
    pub fn is_not_a_batch(&self) -> bool {
        let is_fatal = |violation: &Violation| {
            violation.location.field.is_none()
                && matches!(
                    violation.rule,
                    Rule::NotABatch | Rule::ApiError | Rule::BatchList | Rule::Unreadable
                )
        };
        self.violations.as_slice().iter().any(is_fatal)
    }
}

thread_local! {
    static FIRST: Cell<Option<Box<Slot>>> = const { Cell::new(None) };
    static SECOND: Cell<Option<Box<Slot>>> = const { Cell::new(None) };
}

/// Runs a function on a slot: slot 0 has the batch, slot 1 the batch to compare it with, or the input of a
/// transition.
///
/// Takes the slot out of its cell meanwhile. Unlike a `RefCell`, this cannot panic.
pub fn with_slot<T>(index: usize, run: impl FnOnce(&mut Slot) -> T) -> T {
    let cell = if index == 0 { &FIRST } else { &SECOND };
    let mut slot = cell.take().unwrap_or_default();
    let result = run(&mut slot);
    cell.set(Some(slot));
    result
}
