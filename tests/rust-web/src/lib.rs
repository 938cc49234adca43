//! The functions that the test calls.

use batchlight::view::{Catalog, DescribeOptions};
use batchlight::{ProfileName, js};
use wasm_bindgen::prelude::*;

/// The view of a value as a plain object.
#[wasm_bindgen]
pub fn describe(value: &JsValue) -> JsValue {
    let messages = Catalog::default();
    let options = DescribeOptions { now: 1_736_490_000, history: &[], seed: 1, messages: &messages };
    js::to_object(&js::describe(value, ProfileName::Openai, options)).expect("a view has no large integers")
}

/// The id of a valid batch.
///
/// # Errors
/// The message of the first error.
#[wasm_bindgen]
pub fn id_of(value: &JsValue) -> Result<String, String> {
    js::parse(value, ProfileName::Openai).map(|parsed| parsed.batch.id).map_err(|error| error.to_string())
}
