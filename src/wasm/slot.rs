//! The two drafts that JavaScript fills, and what the last look at each found.

use std::cell::Cell;

use crate::check::{Draft, Finding, Findings, Rule, examine_into};
use crate::model::{Profile, Snapshot};

/// A draft and the room for its findings.
#[derive(Default)]
pub struct Slot {
    /// What JavaScript writes into, between calls.
    pub draft: Draft,
    findings: Findings,
}

/// What a look at a slot found.
pub struct Looked<'a> {
    pub snapshot: Snapshot<'a>,
    pub findings: &'a mut Findings,
    pub draft: &'a Draft,
    pub bytes: usize,
}

impl Slot {
    /// Reads what was just written, and applies every rule. Once for each writing: positions in the text
    /// come in UTF-16 units and are turned into bytes here.
    pub fn look(&mut self, profile: &Profile, units: usize, bytes: usize) -> Looked<'_> {
        let Self { draft, findings } = self;
        draft.units_to_bytes(units, bytes);
        findings.clear();
        let mut looked = Looked { snapshot: Snapshot::default(), findings, draft, bytes };
        examine_into(&mut looked.snapshot, draft, bytes, profile, looked.findings);
        looked
    }
}

impl Looked<'_> {
    /// Whether there is no batch at all to go on with.
    pub fn is_nothing(&self) -> bool {
        let nothing = |finding: &Finding| {
            finding.place.member.is_none()
                && matches!(
                    finding.rule,
                    Rule::NotABatch | Rule::ApiError | Rule::BatchList | Rule::Unreadable
                )
        };
        self.findings.as_slice().iter().any(nothing)
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
