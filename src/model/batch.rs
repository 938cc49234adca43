//! The wire types, with the property names and optional properties of the published `Batch` interface.
//!
//! Timestamps are whole Unix seconds, never milliseconds. Unset optional properties are absent. Servers also
//! send `null` or `""` for them, which [`check`](crate::check) reads as absent.

use serde::{Deserialize, Serialize};

use super::status::BatchStatus;

/// A batch: the requests of one JSONL file, which the server runs within a completion window.
///
/// The properties are those of the published interface plus the newer optional `model` and `usage`.
/// Timestamps are whole Unix seconds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
pub struct Batch {
    /// The id of the batch, such as `batch_6780bb2f8f6c8190a6c0abfb8502bba6`.
    pub id: String,
    /// The object type, which is always `batch`.
    #[cfg_attr(feature = "_wasm", tsify(type = "\"batch\""))]
    pub object: String,
    /// The endpoint of every request in the batch, such as `/v1/chat/completions`.
    pub endpoint: String,
    /// The dated model snapshot that runs the requests; absent while the input file is being validated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// Why validation rejected the input file; only present on a failed batch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub errors: Option<BatchErrors>,
    /// The id of the uploaded JSONL file that contains the requests.
    pub input_file_id: String,
    /// The time in which the server must process the batch, such as `24h`.
    pub completion_window: String,
    /// The status of the batch.
    pub status: BatchStatus,
    /// The id of the file with the results of successful requests; absent while the batch runs and if no
    /// request succeeded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output_file_id: Option<String>,
    /// The id of the file with the errors of failed requests; absent while the batch runs and if no request
    /// failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error_file_id: Option<String>,
    /// When the batch was created, in Unix seconds.
    pub created_at: u64,
    /// When the server began to run requests, in Unix seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_progress_at: Option<u64>,
    /// The deadline: `created_at` plus the completion window, in Unix seconds. The time of expiry is
    /// `expired_at`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<u64>,
    /// When the server began to write the result files, in Unix seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finalizing_at: Option<u64>,
    /// When the results were ready, in Unix seconds. Requests may have failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub completed_at: Option<u64>,
    /// When validation rejected the input file, in Unix seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failed_at: Option<u64>,
    /// When the batch expired with unfinished requests, in Unix seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expired_at: Option<u64>,
    /// When a cancel was requested, in Unix seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cancelling_at: Option<u64>,
    /// When the batch was cancelled, in Unix seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cancelled_at: Option<u64>,
    /// The number of requests, and how many of them have finished; all zero while the status is `validating`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_counts: Option<BatchRequestCounts>,
    /// The tokens used so far; all zero until requests finish. OpenAI sends it for batches created after
    /// 7 September 2025.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usage: Option<BatchUsage>,
    /// Key-value pairs that the caller set. OpenAI allows up to 16 pairs of strings; other servers may allow
    /// other values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "_wasm", tsify(type = "unknown"))]
    pub metadata: Option<serde_json::Value>,
}

/// Why validation rejected the input file: one entry for each invalid line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
pub struct BatchErrors {
    /// The entries, in the order of the lines in the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<Vec<BatchError>>,
    /// The object type, which is `list`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
}

/// One reason why validation rejected the input file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
pub struct BatchError {
    /// The error code, such as `invalid_json_line`. Servers may send other codes than those documented.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The line number in the input file, starting at 1; absent if the error concerns the whole file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// The server's error message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// The parameter that caused the error, such as `body.messages`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub param: Option<String>,
}

/// The number of requests in a batch, and how many of them have finished.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
pub struct BatchRequestCounts {
    /// The number of requests that succeeded.
    pub completed: u64,
    /// The number of requests that failed.
    pub failed: u64,
    /// The number of requests in the batch; 0 until validation has counted them.
    pub total: u64,
}

/// The tokens that a batch has used, summed over its requests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
pub struct BatchUsage {
    /// The number of input tokens.
    pub input_tokens: u64,
    /// Details about the input tokens.
    pub input_tokens_details: InputTokensDetails,
    /// The number of output tokens.
    pub output_tokens: u64,
    /// Details about the output tokens.
    pub output_tokens_details: OutputTokensDetails,
    /// The sum of input and output tokens.
    pub total_tokens: u64,
}

/// Details about the input tokens of a batch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
pub struct InputTokensDetails {
    /// The number of input tokens that were read from the prompt cache.
    pub cached_tokens: u64,
}

/// Details about the output tokens of a batch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
pub struct OutputTokensDetails {
    /// The number of output tokens used for reasoning.
    pub reasoning_tokens: u64,
}
