//! The shapes that go out to the package's own TypeScript, which makes the public ones of them.

use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use tsify::Tsify;
use wasm_bindgen::prelude::*;

use crate::check::{BatchIssue, Fix, FixValue};
use crate::lifecycle::{Step, TransitionError};
use crate::model::Member;

use super::json_text::write;
use super::output_value::Plain;

/// All that was found, and the changes that make the value a batch.
#[derive(Serialize, Tsify)]
pub struct Report {
    /// Whether no issue is an error.
    pub valid: bool,
    /// Every issue.
    pub issues: Vec<BatchIssue>,
    /// The changes that reading through takes.
    pub fixes: Vec<Fix>,
}

/// What became of a move: changes to write, a refusal, or issues with what was passed.
#[derive(Default, Serialize, Tsify)]
pub struct Moved {
    /// What the move writes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fixes: Option<Vec<Fix>>,
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

#[wasm_bindgen(typescript_custom_section)]
const JSON_TEXT: &str = "
/** The JSON text of an answer. */
export type JsonText<T> = string & { readonly answer?: T };
";

/// An answer as JSON text, for those that are asked for often. Measured: a view takes half as long as by way
/// of [`out`], which calls into JavaScript for each member and decodes each text by itself.
pub fn out_text(answer: &impl Serialize) -> String {
    let mut text = Vec::with_capacity(1024);
    write(&Plain::of(answer), &mut text);
    String::from_utf8(text).unwrap_or_default()
}

/// What a move writes, as changes.
pub fn changes(step: Step) -> Vec<Fix> {
    let text = |text: Option<String>| text.map(FixValue::String);
    [
        (Member::Status, Some(FixValue::String(step.status.to_string()))),
        (step.status.stamp().member(), Some(FixValue::Seconds(step.at))),
        (Member::RequestCounts, step.counts.map(FixValue::Counts)),
        (Member::OutputFileId, text(step.output_file_id)),
        (Member::ErrorFileId, text(step.error_file_id)),
        (Member::Errors, step.errors.map(FixValue::Errors)),
    ]
    .into_iter()
    .filter(|(_, value)| value.is_some())
    .map(|(member, value)| Fix { path: vec![member.name().to_owned()], value })
    .collect()
}
