//! Batches as JavaScript values, for Rust web applications such as those of Leptos, Yew and Dioxus.
//!
//! ```no_run
//! use batchlight::view::{Catalog, DescribeOptions};
//! use batchlight::{ProfileName, js};
//! use wasm_bindgen::JsValue;
//!
//! /// `response` is the JSON of a response, as `fetch` returns it.
//! fn badge(response: &JsValue) -> String {
//!     let messages = Catalog::default();
//!     let options = DescribeOptions { now: 1_736_490_000, history: &[], seed: 0, messages: &messages };
//!     js::describe(response, ProfileName::Openai, options).label
//! }
//! ```

use js_sys::JSON;
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

use crate::check::{InvalidBatch, ParsedBatch, parse_as};
use crate::model::ProfileName;
use crate::view::{BatchView, DescribeOptions, describe_json};

/// Parses a batch: an object, or its JSON as a string.
///
/// # Errors
/// Returns all issues if one of them is an error, as [`parse_as`] does.
pub fn parse(value: &JsValue, profile: ProfileName) -> Result<ParsedBatch, InvalidBatch> {
    parse_as(&json_of(value), profile)
}

/// Describes any value, a valid batch or not, as [`describe_json`] does.
#[must_use]
pub fn describe(value: &JsValue, profile: ProfileName, options: DescribeOptions<'_>) -> BatchView {
    describe_json(&json_of(value), profile, options)
}

/// Converts a result, such as a [`BatchView`], to a plain JavaScript object. Absent values are left out.
///
/// # Errors
/// Returns an error for an integer that a JavaScript number cannot hold.
pub fn to_object(result: &impl Serialize) -> Result<JsValue, serde_wasm_bindgen::Error> {
    result.serialize(&Serializer::json_compatible().serialize_missing_as_null(false))
}

/// The JSON of a value; a string is JSON already. Values without JSON, such as `undefined` and objects that
/// contain themselves, are `null`.
fn json_of(value: &JsValue) -> Vec<u8> {
    let text = value.as_string().or_else(|| JSON::stringify(value).ok().and_then(|json| json.as_string()));
    text.map_or_else(|| b"null".to_vec(), String::into_bytes)
}
