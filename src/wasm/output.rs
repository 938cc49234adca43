//! The results that are passed to the TypeScript of the npm package, which makes the public objects of them.

use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use tsify::Tsify;
use wasm_bindgen::prelude::*;

use crate::check::{BatchIssue, Fix, FixValue};
use crate::lifecycle::{TransitionEffect, TransitionError};
use crate::model::Field;

use super::json_text::write_json;
use super::output_value::OutputValue;

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

/// Converts a result to a JavaScript object. This cannot fail.
pub fn to_js(result: &impl Serialize) -> JsValue {
    OutputValue::of(result).serialize(&Serializer::json_compatible()).unwrap_or(JsValue::NULL)
}

#[wasm_bindgen(typescript_custom_section)]
const JSON_TEXT: &str = "
/** A result as JSON. */
export type JsonString<T> = string & { readonly result?: T };
";

/// Converts a frequent result to JSON. Measured: a view takes half the time of [`to_js`], which calls
/// JavaScript for each field and decodes each string by itself.
pub fn to_json(result: &impl Serialize) -> String {
    let mut json = Vec::with_capacity(1024);
    write_json(&OutputValue::of(result), &mut json);
    String::from_utf8(json).unwrap_or_default()
}

/// The changes of a transition.
pub fn changes(step: TransitionEffect) -> Vec<Fix> {
    let string = |string: Option<String>| string.map(FixValue::String);
    [
        (Field::Status, Some(FixValue::String(step.status.to_string()))),
        (step.status.timestamp_field().field(), Some(FixValue::Seconds(step.at))),
        (Field::RequestCounts, step.counts.map(FixValue::Counts)),
        (Field::OutputFileId, string(step.output_file_id)),
        (Field::ErrorFileId, string(step.error_file_id)),
        (Field::Errors, step.errors.map(FixValue::Errors)),
    ]
    .into_iter()
    .filter(|(_, value)| value.is_some())
    .map(|(field, value)| Fix { path: vec![field.name().to_owned()], value })
    .collect()
}
