//! Prints what the simulator knows, as one JSON object, for the npm package's build: the scenarios, and what
//! a mock server needs to answer as servers do.

use batchlight::ProfileName;
use batchlight::model::{METADATA_KEY, METADATA_PAIRS, METADATA_VALUE, OPENAI_WINDOW};
use batchlight::simulate::{CAUSES, LIMITS, REFUSALS, UNFINISHED, scenarios};
use serde_json::{Map, Value, json};

fn main() {
    let by_name = |rows: Vec<Value>| {
        let name = |row: &Value| row["name"].as_str().unwrap_or_default().to_owned();
        rows.into_iter().map(|row| (name(&row), row)).collect::<Map<String, Value>>()
    };
    let tables = json!({
        "scenarios": scenarios(),
        "causes": CAUSES,
        "unfinished": UNFINISHED,
        "refusals": by_name(REFUSALS.iter().map(|refusal| json!(refusal)).collect()),
        "limits": LIMITS,
        "endpoints": ProfileName::Openai.profile().endpoints,
        "window": OPENAI_WINDOW,
        "metadata": { "pairs": METADATA_PAIRS, "key": METADATA_KEY, "value": METADATA_VALUE },
    });
    println!("{tables}");
}
