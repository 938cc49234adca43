//! Made-up batches: one for each status, with everything that OpenAI's batches of that status have.

use batchlight::{Batch, BatchStatus};
use serde_json::{Value, json};

/// When every sample was created.
pub const CREATED: u64 = 1_736_489_775;

/// The window of every sample, in seconds.
pub const DAY: u64 = 86_400;

/// Members by name.
type Members<T> = &'static [(&'static str, T)];

/// A batch in this status.
pub fn sample(status: BatchStatus) -> Value {
    let (timestamps, counts, files): (Members<u64>, [u64; 3], Members<&str>) = match status {
        BatchStatus::Validating => (&[], [0, 0, 0], &[]),
        BatchStatus::Failed => (&[("failed_at", 30)], [0, 0, 0], &[]),
        BatchStatus::InProgress => (&[("in_progress_at", 60)], [40, 2, 100], &[]),
        BatchStatus::Finalizing => (&[("in_progress_at", 60), ("finalizing_at", 3600)], [98, 2, 100], &[]),
        BatchStatus::Completed => (
            &[("in_progress_at", 60), ("finalizing_at", 3600), ("completed_at", 3660)],
            [98, 2, 100],
            &[("output_file_id", "file-output"), ("error_file_id", "file-error")],
        ),
        BatchStatus::Expired => (
            &[("in_progress_at", 60), ("expired_at", DAY)],
            [40, 2, 100],
            &[("output_file_id", "file-output"), ("error_file_id", "file-error")],
        ),
        BatchStatus::Cancelling => (&[("in_progress_at", 60), ("cancelling_at", 600)], [40, 2, 100], &[]),
        BatchStatus::Cancelled => (
            &[("in_progress_at", 60), ("cancelling_at", 600), ("cancelled_at", 1200)],
            [40, 2, 100],
            &[("output_file_id", "file-output"), ("error_file_id", "file-error")],
        ),
    };
    let mut batch = json!({
        "id": "batch_1", "object": "batch", "endpoint": "/v1/chat/completions", "input_file_id": "file-input",
        "completion_window": "24h", "status": status, "created_at": CREATED, "expires_at": CREATED + DAY,
        "request_counts": { "completed": counts[0], "failed": counts[1], "total": counts[2] },
    });
    for (name, seconds) in timestamps {
        batch[*name] = json!(CREATED + seconds);
    }
    for (name, id) in files {
        batch[*name] = json!(id);
    }
    if status == BatchStatus::Failed {
        let entry =
            json!({ "code": "invalid_json_line", "line": 7, "message": "This line is not parseable." });
        batch["errors"] = json!({ "object": "list", "data": [entry] });
    }
    batch
}

/// The sample with these members written over it.
pub fn sample_with(status: BatchStatus, members: &Value) -> Value {
    let mut batch = sample(status);
    for (name, value) in members.as_object().unwrap() {
        batch[name] = value.clone();
    }
    batch
}

/// The sample without these members.
pub fn sample_without(status: BatchStatus, members: &[&str]) -> Value {
    let mut batch = sample(status);
    for name in members {
        assert!(batch.as_object_mut().unwrap().remove(*name).is_some(), "the sample has {name}");
    }
    batch
}

/// The sample with other counts, and with both result files or none, and no errors. The counts are
/// completed, failed and total, `-` for null; or `none`.
pub fn sample_counting(status: BatchStatus, counts: &str, files: bool) -> Value {
    let mut object = sample(status);
    let members = object.as_object_mut().unwrap();
    for name in ["errors", "request_counts", "output_file_id", "error_file_id"] {
        members.remove(name);
    }
    if files {
        object["output_file_id"] = json!("file-output");
        object["error_file_id"] = json!("file-error");
    }
    if counts != "none" {
        let numbers: Vec<Option<u64>> = counts.split(' ').map(|number| number.parse().ok()).collect();
        object["request_counts"] =
            json!({ "completed": numbers[0], "failed": numbers[1], "total": numbers[2] });
    }
    object
}

/// The sample as a typed batch.
pub fn batch_in(status: BatchStatus) -> Batch {
    serde_json::from_value(sample(status)).unwrap()
}
