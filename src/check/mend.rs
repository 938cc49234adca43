//! What must change for a value that was read through to be a batch of the published interface.

use serde::Serialize;

use crate::model::{BatchErrors, BatchRequestCounts, Member, OBJECT, Snapshot, Stamp};

use super::draft::Draft;
use super::{Level, Rule, Violation};

/// One change: the member to write, or to leave out where there is no value.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Mend {
    /// The member, and for metadata the key, from the top.
    pub path: Vec<String>,
    /// What to write; absent: leave the member out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<MendValue>,
}

/// What a mend writes.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum MendValue {
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
    pub const fn is_mended(&self) -> bool {
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
pub fn mends(violations: &[Violation], snapshot: &Snapshot<'_>, draft: &Draft, bytes: usize) -> Vec<Mend> {
    let view = draft.view(bytes);
    let mut mends: Vec<Mend> = Vec::new();
    for violation in violations.iter().filter(|violation| violation.is_mended()) {
        let Some(member) = violation.place.member else { continue };
        let mut path = vec![top(member).name().to_owned()];
        let value = match violation.rule {
            Rule::MissingMember if member.info().parent.is_some() => None,
            Rule::MissingMember if member == Member::Object => Some(MendValue::Text(OBJECT.to_owned())),
            Rule::MissingMember => Some(MendValue::Text(String::new())),
            Rule::StatusSpelling => snapshot.status.map(|status| MendValue::Text(status.to_string())),
            Rule::StampMilliseconds | Rule::StampText => {
                stamp_of(member).and_then(|stamp| snapshot.stamps.get(stamp)).map(MendValue::Seconds)
            }
            Rule::ErrorsShape => snapshot.to_errors().map(MendValue::Errors),
            _ => None,
        };
        if let (Rule::MetadataKind, Some(row)) = (violation.rule, violation.place.row) {
            path.push(view.key(row as usize).text().to_owned());
        }
        if !mends.iter().any(|mend| mend.path == path) {
            mends.push(Mend { path, value });
        }
    }
    mends
}

/// The member of the batch itself in which a member lies.
fn top(member: Member) -> Member {
    member.info().parent.map_or(member, top)
}

fn stamp_of(member: Member) -> Option<Stamp> {
    Stamp::ALL.into_iter().find(|stamp| stamp.member() == member)
}
