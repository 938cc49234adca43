//! Violations of rules, before they are worded as issues.

use crate::diagnostics::Level;
use crate::model::{BatchStatus, Field};

use super::rules::Rule;

/// Where a violation is: the value itself, a field, or a row of the error entries or metadata pairs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Location {
    /// The field; `None` for the value itself.
    pub field: Option<Field>,
    /// The index of the error entry or metadata pair, from 0.
    pub row: Option<u32>,
}

impl Location {
    /// The field of an error entry, or the metadata pair, with this index.
    pub(super) fn in_row(field: Field, row: usize) -> Self {
        Self { field: Some(field), row: u32::try_from(row).ok() }
    }
}

impl From<Field> for Location {
    fn from(field: Field) -> Self {
        Self { field: Some(field), row: None }
    }
}

/// The part of a rule's expectation that depends on the object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Detail {
    /// There is no further detail.
    None,
    /// The expected number, or the limit.
    Number(u64),
    /// The status of the batch.
    Status(BatchStatus),
    /// The required string is present but empty, which is also what a fix would write.
    EmptyString,
}

/// No detail, for calls that add a violation. A separate type, because passing [`Detail::None`] to dozens of
/// calls would make the module larger.
pub(crate) struct NoDetail;

impl From<NoDetail> for Detail {
    fn from(_: NoDetail) -> Self {
        Self::None
    }
}

impl From<u64> for Detail {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl From<BatchStatus> for Detail {
    fn from(status: BatchStatus) -> Self {
        Self::Status(status)
    }
}

/// A violation of a rule. It holds no strings: a message is composed when an issue is made from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// The violated rule.
    pub rule: Rule,
    /// The level under the profile.
    pub level: Level,
    /// The value, field or row that violates the rule.
    pub location: Location,
    /// The part of the expectation that depends on the object. It replaces `{a}` in the rule's text.
    pub detail: Detail,
}

/// After this number of violations, further errors are dropped if there is an error already.
///
/// This bounds the memory: 100,000 error entries could have 500,000 errors. Notes and warnings are not
/// dropped, because their number is bounded by the number of rules and fields.
const MAX_BEFORE_DROPPING: usize = 1000;

/// The violations that one check of a value found, in the order in which they were found.
#[derive(Clone, Debug, Default)]
pub struct Violations(Vec<Violation>);

impl Violations {
    /// Adds a violation with the level of its rule.
    #[inline(never)] // dozens of calls
    pub(crate) fn add(&mut self, rule: Rule, location: impl Into<Location>, detail: impl Into<Detail>) {
        self.push(rule.level(), rule, location.into(), detail.into());
    }

    /// Adds a violation with the level [`Level::Note`] if `is_tolerated`, otherwise with the level of its
    /// rule.
    #[inline(never)]
    pub(crate) fn add_unless_tolerated(
        &mut self,
        is_tolerated: bool,
        rule: Rule,
        location: impl Into<Location>,
        detail: impl Into<Detail>,
    ) {
        self.push(rule.level().lower_to_note_if(is_tolerated), rule, location.into(), detail.into());
    }

    #[inline(never)]
    fn push(&mut self, level: Level, rule: Rule, location: Location, detail: Detail) {
        let is_error = |violation: &Violation| violation.level == Level::Error;
        if level == Level::Error && self.0.len() >= MAX_BEFORE_DROPPING && self.0.iter().any(is_error) {
            return;
        }
        self.0.push(Violation { rule, level, location, detail });
    }

    /// Removes all violations and keeps the memory.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// The violations, in the order in which they were found.
    #[must_use]
    pub fn as_slice(&self) -> &[Violation] {
        &self.0
    }

    /// The highest level, or `None` if there is no violation.
    #[must_use]
    pub fn highest_level(&self) -> Option<Level> {
        self.0.iter().map(|violation| violation.level).max()
    }
}
