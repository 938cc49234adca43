//! Batches, values and texts made by chance.

use batchlight::model::{
    BatchError, BatchErrors, BatchRequestCounts, BatchUsage, FIELDS, InputTokensDetails, OutputTokensDetails,
    Profile,
};
use batchlight::view::ProgressSample;
use batchlight::{Batch, BatchStatus, ProfileName};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use crate::support::samples::sample;

pub fn statuses() -> impl Strategy<Value = BatchStatus> {
    select(&BatchStatus::ALL[..])
}

pub fn profiles() -> impl Strategy<Value = ProfileName> {
    select(Profile::ALL.map(|profile| profile.name).to_vec())
}

/// Batches of so few values that two of them have much in common, and many are no later than the other.
pub fn close_batches() -> impl Strategy<Value = Batch> {
    let timestamps = vec(option::of(1..3_u64), 7);
    let file = || option::weighted(0.3, select(&["file-1", "file-2"][..]).prop_map(str::to_owned));
    let counts = option::of((0..3_u64, 0..2_u64, 0..3_u64));
    let texts = (file(), file(), file(), option::weighted(0.1, Just("batch_2".to_owned())));
    let rest = (option::weighted(0.2, 0..3_u64), option::weighted(0.3, 0..3_usize), 0..3_u8);
    (statuses(), timestamps, counts, texts, rest).prop_map(|(status, timestamps, counts, texts, rest)| {
        let (output, error, model, id) = texts;
        let (tokens, reasons, labels) = rest;
        let reason = BatchError { code: Some("c".into()), ..BatchError::default() };
        Batch {
            id: id.unwrap_or_else(|| "batch_1".into()),
            object: "batch".into(),
            endpoint: "/v1/embeddings".into(),
            model,
            errors: reasons
                .map(|count| BatchErrors { data: Some(vec![reason; count]), object: Some("list".into()) }),
            input_file_id: "file-input".into(),
            completion_window: "24h".into(),
            status,
            output_file_id: output,
            error_file_id: error,
            created_at: 1,
            in_progress_at: timestamps[0],
            expires_at: None,
            finalizing_at: timestamps[1],
            completed_at: timestamps[2],
            failed_at: timestamps[3],
            expired_at: timestamps[4],
            cancelling_at: timestamps[5],
            cancelled_at: timestamps[6],
            request_counts: counts.map(|(completed, failed, total)| BatchRequestCounts {
                completed,
                failed,
                total,
            }),
            usage: tokens.map(|tokens| BatchUsage {
                input_tokens: tokens,
                input_tokens_details: InputTokensDetails::default(),
                output_tokens: 0,
                output_tokens_details: OutputTokensDetails::default(),
                total_tokens: tokens,
            }),
            metadata: (labels > 0).then(|| json!({ "label": labels.to_string() })),
        }
    })
}

/// A batch and one that differs from it in few things, so that every relation comes up.
pub fn pairs() -> impl Strategy<Value = (Batch, Batch)> {
    let copied = vec(any::<bool>(), 12);
    (close_batches(), close_batches(), copied).prop_map(|(before, other, own)| {
        let mut after = before.clone();
        if own[0] && own[1] {
            after = other;
        } else {
            if own[2] {
                after.status = other.status;
            }
            if own[3] {
                after.request_counts = other.request_counts;
            }
            if own[4] {
                after.completed_at = other.completed_at;
            }
            if own[5] {
                after.output_file_id = other.output_file_id;
            }
            if own[6] {
                after.errors = other.errors;
            }
            if own[7] {
                after.usage = other.usage;
            }
            if own[8] {
                after.metadata = other.metadata;
            }
            if own[9] {
                after.model = other.model;
            }
        }
        (before, after)
    })
}

/// Any JSON value, its keys those of a batch as often as not.
pub fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        (0..5_u64).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        words().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 48, 8, |inside| {
        prop_oneof![
            vec(inside.clone(), 0..6).prop_map(Value::from),
            btree_map(keys(), inside, 0..8).prop_map(|map| map.into_iter().collect()),
        ]
    })
}

pub fn keys() -> impl Strategy<Value = String> {
    let known = select(FIELDS.iter().map(|info| info.name.to_owned()).collect::<Vec<_>>());
    prop_oneof![4 => known, 1 => any::<String>()]
}

/// Texts that servers send where a batch has texts.
pub fn words() -> impl Strategy<Value = String> {
    let known = [
        "",
        "batch",
        "list",
        "24h",
        "7d",
        "completed",
        "CANCELED",
        "in-progress",
        "queued",
        "1736489775",
        "2025-01-10T06:16:15Z",
        "2000-01-01T00:00:00+08:00",
        "/v1/embeddings",
        "file-1",
    ];
    select(known.map(str::to_owned).to_vec())
}

/// Batches in which some members hold anything.
pub fn mutants() -> impl Strategy<Value = Value> {
    (statuses(), btree_map(keys(), option::weighted(0.8, values()), 0..4)).prop_map(|(status, members)| {
        let mut batch = sample(status);
        for (name, value) in members {
            match value {
                Some(value) => batch[&name] = value,
                None => drop(batch.as_object_mut().unwrap().remove(&name)),
            }
        }
        batch
    })
}

/// JSON text in which keys stand more than once.
pub fn texts() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        values().prop_map(|value| value.to_string()),
        statuses().prop_map(|status| sample(status).to_string()),
    ];
    leaf.prop_recursive(3, 32, 6, |inside| {
        let member = (keys(), inside.clone()).prop_map(|(key, value)| format!("{} : {value}", json!(key)));
        prop_oneof![
            vec(inside, 0..4).prop_map(|values| format!("[{}]", values.join(" ,\n"))),
            vec(member, 0..10).prop_map(|members| format!("{{{}}}", members.join(" , "))),
        ]
    })
}

/// A batch some of whose members stand once more, some of them with members that do.
pub fn doubled() -> impl Strategy<Value = String> {
    let member = prop_oneof![
        3 => (keys(), values().prop_map(|value| value.to_string())),
        1 => (select(["errors", "request_counts", "usage", "metadata"].map(str::to_owned).to_vec()), texts()),
    ];
    (mutants(), vec(member, 1..5)).prop_map(|(batch, members)| {
        let batch = batch.to_string();
        let body = batch.strip_suffix('}').unwrap().to_owned();
        members.iter().fold(body, |text, (key, value)| format!("{text},{}:{value}", json!(key))) + "}"
    })
}

/// Text that was JSON before a few of its bytes were changed.
pub fn damaged() -> impl Strategy<Value = Vec<u8>> {
    let byte = prop_oneof![any::<u8>(), select(b"{}[]\",:\\ue0-+.1 \n\t".to_vec())];
    (texts(), vec((any::<prop::sample::Index>(), 0..3_u8, byte), 0..4)).prop_map(|(text, changes)| {
        let mut bytes = text.into_bytes();
        for (at, how, byte) in changes {
            let at = at.index(bytes.len() + 1);
            match how {
                0 => bytes.insert(at, byte),
                1 if at < bytes.len() => bytes[at] = byte,
                _ => bytes.truncate(at.max(1)),
            }
        }
        bytes
    })
}

pub fn samples_of_progress() -> impl Strategy<Value = Vec<ProgressSample>> {
    let sample = (any::<u64>(), any::<u64>(), 0..100_u64);
    vec(sample.prop_map(|(at, completed, failed)| ProgressSample { at, completed, failed }), 0..3)
}
