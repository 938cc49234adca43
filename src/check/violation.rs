//! Violations: the breaches of rules, before they are worded as issues.

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
    /// The rule and the location say everything.
    None,
    /// The expected number, or the limit.
    Number(u64),
    /// The status of the batch.
    Status(BatchStatus),
    /// The missing string is present but empty, so a fix would not change it.
    EmptyString,
}

/// Stands for [`Detail::None`] where a violation is added. Unlike that, it takes no code to pass.
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

/// A breach of a rule. It holds no strings: a message is composed when an issue is made from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// The rule.
    pub rule: Rule,
    /// How serious it is under the profile.
    pub level: Level,
    /// Where it is.
    pub location: Location,
    /// The part of the expectation that depends on the object. It replaces `{a}` in the rule's text.
    pub detail: Detail,
}

/// The limit of violations after which further errors are dropped.
///
/// A list of 100,000 error entries can have five errors in each.
const MAX_VIOLATIONS: usize = 1000;

/// The violations that one check of a value found, in the order in which they were found.
#[derive(Clone, Debug, Default)]
pub struct Violations(Vec<Violation>);

impl Violations {
    /// Adds a violation with the level of its rule.
    #[inline(never)] // dozens of calls
    pub(crate) fn add(&mut self, rule: Rule, location: impl Into<Location>, detail: impl Into<Detail>) {
        self.push(rule.level(), rule, location.into(), detail.into());
    }

    /// Adds a violation. If the profile tolerates the deviation, its level is [`Level::Note`].
    #[inline(never)]
    pub(crate) fn add_tolerated(
        &mut self,
        tolerated: bool,
        rule: Rule,
        location: impl Into<Location>,
        detail: impl Into<Detail>,
    ) {
        self.push(rule.level().lower_to_note_if(tolerated), rule, location.into(), detail.into());
    }

    #[inline(never)]
    fn push(&mut self, level: Level, rule: Rule, location: Location, detail: Detail) {
        let is_error = |violation: &Violation| violation.level == Level::Error;
        if level == Level::Error && self.0.len() >= MAX_VIOLATIONS && self.0.iter().any(is_error) {
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
