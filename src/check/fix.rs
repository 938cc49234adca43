//! Fixes: the changes that turn an accepted deviation into a batch of the published interface.

use crate::diagnostics::Level;
use crate::model::{BatchErrors, BatchRequestCounts, Field, OBJECT, Snapshot, TimestampField};

use super::raw::batch::RawBatch;
use super::rules::Rule;
use super::violation::{Detail, Violation};

/// A change: a field to write, or to remove if there is no value.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Fix {
    /// The field of the batch; for metadata, also the key.
    pub path: Vec<String>,
    /// The value to write. If absent, the field is removed.
    pub value: Option<FixValue>,
}

/// The value that a fix writes.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum FixValue {
    /// A string.
    String(String),
    /// A timestamp in Unix seconds.
    Seconds(u64),
    /// Errors in their published shape.
    Errors(BatchErrors),
    /// Request counts.
    Counts(BatchRequestCounts),
}

impl Violation {
    /// Whether the profile accepts the deviation and a fix changes the value.
    #[must_use]
    pub const fn has_fix(&self) -> bool {
        let changes = match self.rule {
            Rule::MissingField => !matches!(self.detail, Detail::EmptyString),
            Rule::StatusSpelling
            | Rule::Unreadable
            | Rule::TimestampMilliseconds
            | Rule::TimestampString
            | Rule::TimestampSentinel
            | Rule::ErrorsShape
            | Rule::MetadataKind => true,
            _ => false,
        };
        changes && matches!(self.level, Level::Note)
    }
}

/// The changes that turn a value without errors into a batch of the published interface, one for each path.
///
/// Optional fields that are `null` or an empty string have no fix: readers omit them.
#[must_use]
pub fn fixes(violations: &[Violation], snapshot: &Snapshot<'_>, raw: &RawBatch, bytes: usize) -> Vec<Fix> {
    let view = raw.view(bytes);
    let mut fixes: Vec<Fix> = Vec::new();
    for violation in violations.iter().filter(|violation| violation.has_fix()) {
        let Some(field) = violation.location.field else { continue };
        let mut path = vec![top_level(field).name().to_owned()];
        let value = match violation.rule {
            Rule::MissingField if field.info().parent.is_some() => None,
            Rule::MissingField if field == Field::Object => Some(FixValue::String(OBJECT.to_owned())),
            Rule::MissingField => Some(FixValue::String(String::new())),
            Rule::StatusSpelling => {
                snapshot.status.map(|status| FixValue::String(status.as_str().to_owned()))
            }
            Rule::TimestampMilliseconds | Rule::TimestampString => timestamp_field(field)
                .and_then(|timestamp| snapshot.timestamps.get(timestamp))
                .map(FixValue::Seconds),
            Rule::ErrorsShape => snapshot.to_errors().map(FixValue::Errors),
            _ => None,
        };
        if let (Rule::MetadataKind, Some(row)) = (violation.rule, violation.location.row) {
            path.push(view.metadata_key(row as usize).string().to_owned());
        }
        if !fixes.iter().any(|fix| fix.path == path) {
            fixes.push(Fix { path, value });
        }
    }
    fixes
}

/// The field of the batch itself that contains a field.
fn top_level(field: Field) -> Field {
    field.info().parent.map_or(field, top_level)
}

fn timestamp_field(field: Field) -> Option<TimestampField> {
    TimestampField::ALL.into_iter().find(|timestamp| timestamp.field() == field)
}
