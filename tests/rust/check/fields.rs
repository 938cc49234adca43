//! Checks that the field table, the wire types and validation have the same fields and the same required
//! fields.

use crate::support::samples::{CREATED, sample_with};
use batchlight::model::{FIELDS, FieldInfo};
use batchlight::{Batch, BatchStatus, ProfileName, parse_as};
use serde_json::{Value, json};

/// A batch with every property of the published interface.
fn full() -> Value {
    let mut full = sample_with(
        BatchStatus::Failed,
        &json!({
            "model": "gpt-4o-mini-2024-07-18", "metadata": { "team": "blue" },
            "errors": {
                "object": "list", "data": [{ "code": "c", "line": 1, "message": "m", "param": "p" }]
            },
            "usage": {
                "input_tokens": 3, "input_tokens_details": { "cached_tokens": 1 },
                "output_tokens": 4, "output_tokens_details": { "reasoning_tokens": 2 }, "total_tokens": 7,
            },
        }),
    );
    for name in
        ["in_progress_at", "finalizing_at", "completed_at", "expired_at", "cancelling_at", "cancelled_at"]
    {
        full[name] = json!(CREATED + 30);
    }
    for name in ["output_file_id", "error_file_id"] {
        full[name] = json!("file-1");
    }
    full
}

/// Collects the paths of all properties in a serialized batch, such as `errors.data.code`.
fn names(value: &Value, parent: &str, into: &mut Vec<String>) {
    let value = value.get(0).unwrap_or(value);
    for (name, inside) in value.as_object().into_iter().flatten() {
        let name = if parent.is_empty() { name.clone() } else { format!("{parent}.{name}") };
        if name != "metadata" {
            names(inside, &name, into);
        }
        into.push(name);
    }
}

fn table_name(info: &FieldInfo) -> String {
    match info.parent {
        Some(parent) => format!("{}.{}", table_name(parent.info()), info.name),
        None => info.name.to_owned(),
    }
}

#[test]
fn the_field_table_has_the_properties_that_serde_writes() {
    let batch: Batch = serde_json::from_value(full()).unwrap();
    let mut written = Vec::new();
    names(&serde_json::to_value(&batch).unwrap(), "", &mut written);
    written.sort();
    let mut table: Vec<_> = FIELDS.iter().map(table_name).collect();
    table.sort();
    assert_eq!(written, table);
}

#[test]
fn serde_and_validation_require_the_required_fields() {
    for info in FIELDS {
        let mut value = full();
        let mut parent = &mut value;
        let name = table_name(info);
        let mut keys: Vec<_> = name.split('.').collect();
        let last = keys.pop().unwrap();
        for key in keys {
            parent = &mut parent[key];
            if parent.is_array() {
                parent = &mut parent[0];
            }
        }
        assert!(parent.as_object_mut().unwrap().remove(last).is_some(), "{name}");
        let by_serde = serde_json::from_value::<Batch>(value.clone()).is_err();
        assert_eq!(by_serde, info.required, "{name}, by serde");
        let json = serde_json::to_vec(&value).unwrap();
        let issues = parse_as(&json, ProfileName::Openai).map_or_else(|no| no.issues, |batch| batch.issues);
        let missing = issues.iter().any(|issue| issue.code == "missing_field");
        assert_eq!(missing, info.required, "{name}, by the check: {issues:?}");
    }
}
