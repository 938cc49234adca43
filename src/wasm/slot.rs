//! The two drafts that JavaScript fills, and what the last look at each found.

use std::cell::Cell;

use crate::check::{RawBatch, Rule, Violation, Violations, interpret_into};
use crate::model::{Profile, Snapshot};

/// A draft and the room for its violations.
#[derive(Default)]
pub struct Slot {
    /// What JavaScript writes into, between calls.
    pub draft: RawBatch,
    violations: Violations,
}

/// What a look at a slot found.
pub struct Looked<'a> {
    pub snapshot: Snapshot<'a>,
    pub violations: &'a mut Violations,
    pub draft: &'a RawBatch,
    pub bytes: usize,
}

impl Slot {
    /// Reads what was just written, and applies every rule. Once for each writing: positions in the text
    /// come in UTF-16 units and are turned into bytes here.
    pub fn look(&mut self, profile: &Profile, units: usize, bytes: usize) -> Looked<'_> {
        let Self { draft, violations } = self;
        draft.units_to_bytes(units, bytes);
        violations.clear();
        let mut looked = Looked { snapshot: Snapshot::default(), violations, draft, bytes };
        interpret_into(&mut looked.snapshot, draft, bytes, profile, looked.violations);
        looked
    }
}

impl Looked<'_> {
    /// Whether there is no batch at all to go on with.
    pub fn is_nothing(&self) -> bool {
        let nothing = |violation: &Violation| {
            violation.location.member.is_none()
                && matches!(
                    violation.rule,
                    Rule::NotABatch | Rule::ApiError | Rule::BatchList | Rule::Unreadable
                )
        };
        self.violations.as_slice().iter().any(nothing)
    }
}

thread_local! {
    static BATCH: Cell<Option<Box<Slot>>> = const { Cell::new(None) };
    static OTHER: Cell<Option<Box<Slot>>> = const { Cell::new(None) };
}

/// Works on one slot: 0 holds the batch, 1 what it is compared with or moved by.
///
/// The slot is taken out meanwhile: what cannot be borrowed twice needs no check and cannot panic.
pub fn with<T>(index: usize, work: impl FnOnce(&mut Slot) -> T) -> T {
    let place = if index == 0 { &BATCH } else { &OTHER };
    let mut slot = place.take().unwrap_or_default();
    let answer = work(&mut slot);
    place.set(Some(slot));
    answer
}
