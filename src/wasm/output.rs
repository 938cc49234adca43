//! The results that are passed to the TypeScript of the npm package, which builds the public objects from
//! them.

use std::cell::Cell;

use serde::Serialize;
use tsify::Tsify;

use crate::check::{BatchIssue, Fix, FixValue};
use crate::lifecycle::{TransitionEffect, TransitionError};
use crate::model::Field;

use super::json_text::write_json;

/// The issues of a value, and the changes that make it valid.
#[derive(Serialize, Tsify)]
pub struct Report {
    /// Whether no issue is an error.
    pub valid: bool,
    /// All issues.
    pub issues: Vec<BatchIssue>,
    /// The changes that turn accepted deviations into a batch of the published interface.
    pub fixes: Vec<Fix>,
}

/// The result of a transition: changes, a refusal, or issues of the arguments.
#[derive(Default, Serialize, Tsify)]
pub struct TransitionOutput {
    /// The changes to the batch.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fixes: Option<Vec<Fix>>,
    /// The reason why the transition is not allowed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refusal: Option<TransitionError>,
    /// The issues of the batch or of the transition's input.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issues: Option<Vec<BatchIssue>>,
}

thread_local! {
    static ANSWER: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// The maximum size in bytes of a buffer that is reused for the next answer. Views of nearly all batches are
/// smaller.
const MAX_REUSED_BYTES: usize = 1 << 16;

/// Writes a result as JSON and returns its address, which is valid until the next call.
pub fn answer(result: &impl Serialize) -> usize {
    let mut json = ANSWER.take();
    if json.capacity() > MAX_REUSED_BYTES {
        json = Vec::new();
    }
    json.clear();
    write_json(result, &mut json);
    let address = json.as_ptr() as usize;
    ANSWER.set(json);
    address
}

/// The length of the last answer, in bytes.
pub fn answer_length() -> usize {
    let json = ANSWER.take();
    let length = json.len();
    ANSWER.set(json);
    length
}

/// The changes of a transition.
pub fn changes(effect: TransitionEffect) -> Vec<Fix> {
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
    .map(|(field, value)| Fix { path: vec![field.name().to_owned()], value })
    .collect()
}
