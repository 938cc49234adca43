//! Objects that break rules, each with the expected issue.

mod members;
mod whole;

use batchlight::Level;
use batchlight::check::Rule;
use serde_json::{Value, json};

/// An object that breaks a rule, and the expected issue.
pub struct Breach {
    /// The rule that it breaks.
    pub rule: Rule,
    /// The object.
    pub object: Value,
    /// The level of the issue.
    pub level: Level,
    /// The path of the issue, as JavaScript property access.
    pub at: &'static str,
    /// The message of the issue.
    pub message: &'static str,
}

pub fn breach(rule: Rule, object: Value, level: Level, at: &'static str, message: &'static str) -> Breach {
    Breach { rule, object, level, at, message }
}

pub fn usage(input: u64, cached: u64, output: u64, reasoning: u64, total: u64) -> Value {
    json!({ "usage": {
        "input_tokens": input, "input_tokens_details": { "cached_tokens": cached }, "output_tokens": output,
        "output_tokens_details": { "reasoning_tokens": reasoning }, "total_tokens": total,
    } })
}

pub fn counts(completed: u64, failed: u64, total: u64) -> Value {
    json!({ "request_counts": { "completed": completed, "failed": failed, "total": total } })
}

pub fn metadata(pairs: impl IntoIterator<Item = (String, String)>) -> Value {
    json!({ "metadata": pairs.into_iter().collect::<std::collections::BTreeMap<_, _>>() })
}

/// A breach of each rule that a JSON object can break under the profile `openai`.
pub fn breaches() -> Vec<Breach> {
    members::breaches().into_iter().chain(whole::breaches()).collect()
}
