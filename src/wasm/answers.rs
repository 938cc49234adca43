//! The shapes that go out to the package's own TypeScript, which makes the public ones of them.

use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use tsify::Tsify;
use wasm_bindgen::JsValue;

use crate::check::{BatchIssue, Mend, MendValue};
use crate::lifecycle::{Step, TransitionError};
use crate::model::Member;

use super::plain::Plain;

/// All that was found, and the changes that make the value a batch.
#[derive(Serialize, Tsify)]
pub struct Report {
    /// Whether no issue is an error.
    pub valid: bool,
    /// Every issue.
    pub issues: Vec<BatchIssue>,
    /// The changes that reading through takes.
    pub mends: Vec<Mend>,
}

/// What became of a move: changes to write, a refusal, or issues with what was passed.
#[derive(Default, Serialize, Tsify)]
pub struct Moved {
    /// What the move writes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mends: Option<Vec<Mend>>,
    /// Why it cannot be made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refusal: Option<TransitionError>,
    /// What is wrong with the batch or with what it was to be moved by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issues: Option<Vec<BatchIssue>>,
}

/// A plain JavaScript object of an answer. Making one of our own trees cannot fail.
pub fn out(answer: &impl Serialize) -> JsValue {
    Plain::of(answer).serialize(&Serializer::json_compatible()).unwrap_or(JsValue::NULL)
}

/// What a move writes, as changes.
pub fn changes(step: Step) -> Vec<Mend> {
    let text = |text: Option<String>| text.map(MendValue::Text);
    [
        (Member::Status, Some(MendValue::Text(step.status.to_string()))),
        (step.status.stamp().member(), Some(MendValue::Seconds(step.at))),
        (Member::RequestCounts, step.counts.map(MendValue::Counts)),
        (Member::OutputFileId, text(step.output_file_id)),
        (Member::ErrorFileId, text(step.error_file_id)),
        (Member::Errors, step.errors.map(MendValue::Errors)),
    ]
    .into_iter()
    .filter(|(_, value)| value.is_some())
    .map(|(member, value)| Mend { path: vec![member.name().to_owned()], value })
    .collect()
}
