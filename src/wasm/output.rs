//! The results that are passed to the TypeScript of the npm package, which builds the public objects from
//! them.

use serde::Serialize;
use tsify::Tsify;

use crate::check::{BatchIssue, Fix, FixValue};
use crate::lifecycle::{BatchChange, TransitionEffect, TransitionError};
use crate::model::{BatchErrors, BatchRequestCounts, Field};

/// The issues of a value, and the changes that make it valid.
#[derive(Serialize, Tsify)]
pub struct Report {
    /// Whether no issue is an error.
    pub valid: bool,
    /// All issues.
    pub issues: Vec<BatchIssue>,
    /// The changes that turn accepted deviations into a batch of the published interface.
    pub fixes: Vec<FixOutput>,
}

/// The result of a comparison: what changed, or the issues if one of the two is not a batch.
#[derive(Default, Serialize, Tsify)]
pub struct ComparisonOutput {
    /// What changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change: Option<BatchChange>,
    /// The issues.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issues: Option<Vec<BatchIssue>>,
}

/// The result of a transition: changes, a refusal, or issues of the arguments.
#[derive(Default, Serialize, Tsify)]
pub struct TransitionOutput {
    /// The changes to the batch.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fixes: Option<Vec<FixOutput>>,
    /// The reason why the transition is not allowed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refusal: Option<TransitionError>,
    /// The issues of the batch or of the transition's input.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issues: Option<Vec<BatchIssue>>,
}

/// A change: a field to write, or to remove if there is no value. At most one of the values is present.
#[derive(Default, Serialize, Tsify)]
pub struct FixOutput {
    /// The field of the batch; for metadata, also the key.
    pub path: Vec<String>,
    /// A string to write.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub string: Option<String>,
    /// A timestamp to write, in Unix seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seconds: Option<u64>,
    /// Errors to write.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub errors: Option<BatchErrors>,
    /// Request counts to write.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counts: Option<BatchRequestCounts>,
}

impl From<Fix> for FixOutput {
    fn from(Fix { path, value, .. }: Fix) -> Self {
        let mut output = Self { path, ..Self::default() };
        match value {
            Some(FixValue::String(string)) => output.string = Some(string),
            Some(FixValue::Seconds(seconds)) => output.seconds = Some(seconds),
            Some(FixValue::Errors(errors)) => output.errors = Some(errors),
            Some(FixValue::Counts(counts)) => output.counts = Some(counts),
            None => {}
        }
        output
    }
}

/// The changes of a transition.
pub fn changes(effect: TransitionEffect) -> Vec<FixOutput> {
    let string = |string: Option<String>| string.map(FixValue::String);
    [
        (Field::Status, Some(FixValue::String(effect.status.as_str().to_owned()))),
        (effect.status.timestamp_field().field(), Some(FixValue::Seconds(effect.at))),
        (Field::RequestCounts, effect.counts.map(FixValue::Counts)),
        (Field::OutputFileId, string(effect.output_file_id)),
        (Field::ErrorFileId, string(effect.error_file_id)),
        (Field::Errors, effect.errors.map(FixValue::Errors)),
    ]
    .into_iter()
    .filter(|(_, value)| value.is_some())
    .map(|(field, value)| Fix { path: vec![field.name().to_owned()], value }.into())
    .collect()
}
