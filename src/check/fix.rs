//! What must change for a value that was read through to be a batch of the published interface.

use serde::Serialize;

use crate::diagnostics::Level;
use crate::model::{BatchErrors, BatchRequestCounts, Member, OBJECT, Snapshot, Stamp};

use super::raw::batch::Draft;
use super::rules::Rule;
use super::violation::Violation;

/// One change: the member to write, or to leave out where there is no value.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Fix {
    /// The member, and for metadata the key, from the top.
    pub path: Vec<String>,
    /// What to write; absent: leave the member out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<FixValue>,
}

/// What a fix writes.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum FixValue {
    /// A text.
    Text(String),
    /// Unix seconds.
    Seconds(u64),
    /// The errors in their published shape.
    Errors(BatchErrors),
    /// The counts.
    Counts(BatchRequestCounts),
}

impl Violation {
    /// Whether reading this through takes a change of the value.
    #[must_use]
    pub const fn is_fixed(&self) -> bool {
        let changes = match self.rule {
            Rule::MissingMember => self.demand == 0,
            Rule::StatusSpelling
            | Rule::StampMilliseconds
            | Rule::StampText
            | Rule::StampSentinel
            | Rule::ErrorsShape
            | Rule::MetadataKind => true,
            _ => false,
        };
        changes && matches!(self.level, Level::Note)
    }
}

/// The changes that make a value, found without error, a batch of the published interface. Absent
/// optional members that stand as `null` or empty text are left to the reader.
#[must_use]
pub fn fixes(violations: &[Violation], snapshot: &Snapshot<'_>, draft: &Draft, bytes: usize) -> Vec<Fix> {
    let view = draft.view(bytes);
    let mut fixes: Vec<Fix> = Vec::new();
    for violation in violations.iter().filter(|violation| violation.is_fixed()) {
        let Some(member) = violation.place.member else { continue };
        let mut path = vec![top(member).name().to_owned()];
        let value = match violation.rule {
            Rule::MissingMember if member.info().parent.is_some() => None,
            Rule::MissingMember if member == Member::Object => Some(FixValue::Text(OBJECT.to_owned())),
            Rule::MissingMember => Some(FixValue::Text(String::new())),
            Rule::StatusSpelling => snapshot.status.map(|status| FixValue::Text(status.to_string())),
            Rule::StampMilliseconds | Rule::StampText => {
                stamp_of(member).and_then(|stamp| snapshot.stamps.get(stamp)).map(FixValue::Seconds)
            }
            Rule::ErrorsShape => snapshot.to_errors().map(FixValue::Errors),
            _ => None,
        };
        if let (Rule::MetadataKind, Some(row)) = (violation.rule, violation.place.row) {
            path.push(view.key(row as usize).text().to_owned());
        }
        if !fixes.iter().any(|fix| fix.path == path) {
            fixes.push(Fix { path, value });
        }
    }
    fixes
}

/// The member of the batch itself in which a member lies.
fn top(member: Member) -> Member {
    member.info().parent.map_or(member, top)
}

fn stamp_of(member: Member) -> Option<Stamp> {
    Stamp::ALL.into_iter().find(|stamp| stamp.member() == member)
}
