//! Prints the tables of the simulator as one JSON object, for the build of the npm package: the scenarios,
//! and the error messages, limits and failure causes of the mock server.

use batchlight::ProfileName;
use batchlight::model::{
    MAX_METADATA_KEY_LENGTH, MAX_METADATA_PAIRS, MAX_METADATA_VALUE_LENGTH, OPENAI_WINDOW,
};
use batchlight::simulate::{API_ERRORS, CAUSES, LIMITS, MODELS, PLAN_FIELDS, UNFINISHED, scenarios};
use serde_json::{Map, Value, json};

#[path = "../src/wasm/mock_outcome.rs"]
mod mock_outcome;

fn main() {
    let by_name = |rows: Vec<Value>| {
        let name = |row: &Value| row["name"].as_str().unwrap_or_default().to_owned();
        rows.into_iter().map(|row| (name(&row), row)).collect::<Map<String, Value>>()
    };
    let tables = json!({
        "scenarios": scenarios(),
        "causes": CAUSES,
        "unfinished": UNFINISHED,
        "outcomes": {
            "succeeded": mock_outcome::SUCCEEDED,
            "unfinished": mock_outcome::UNFINISHED,
            "firstCause": mock_outcome::FIRST_CAUSE,
        },
        "refusals": by_name(API_ERRORS.iter().map(|refusal| json!(refusal)).collect()),
        "limits": LIMITS,
        "models": MODELS.as_slice(),
        "planFields": PLAN_FIELDS,
        "endpoints": ProfileName::Openai.profile().endpoints,
        "window": OPENAI_WINDOW,
        "metadata": {
            "pairs": MAX_METADATA_PAIRS,
            "key": MAX_METADATA_KEY_LENGTH,
            "value": MAX_METADATA_VALUE_LENGTH,
        },
    });
    println!("{tables}");
}
