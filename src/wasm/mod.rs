//! The JavaScript boundary.
use serde::Serialize;
use tsify::Tsify;
use wasm_bindgen::prelude::*;

/// A sample type, replaced soon.
#[derive(Serialize, Tsify)]
pub struct Sample {
    /// An identifier.
    pub id: String,
}

/// The version of the layout shared with the generated reader.
#[wasm_bindgen]
pub fn abi() -> u32 {
    1
}

/// A sample object.
#[wasm_bindgen]
pub fn sample() -> Result<tsify::Ts<Sample>, JsError> {
    Ok(Sample { id: "x".into() }.into_ts()?)
}
