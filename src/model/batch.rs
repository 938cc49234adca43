//! The wire types: the members, names and optionality of the published `Batch` interface.
//!
//! Times are whole Unix seconds, never milliseconds. Optional members are absent when unset; servers
//! send `null` or `""` for them as well, which [`check`](crate::check) reads as absent.

use serde::{Deserialize, Serialize};

use super::status::BatchStatus;

/// A batch: up to 50,000 requests from one JSONL file, run within a day.
///
/// Exactly the members of the published interface and the two newer optional ones, `model` and
/// `usage`. Times are whole Unix seconds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Batch {
    /// The id the server gave the batch, such as `batch_6780bb2f8f6c8190a6c0abfb8502bba6`.
    pub id: String,
    /// What kind of object this is: always `batch`.
    #[cfg_attr(feature = "wasm", tsify(type = "\"batch\""))]
    pub object: String,
    /// The endpoint every request of the batch goes to, such as `/v1/chat/completions`.
    pub endpoint: String,
    /// The dated model snapshot that runs the requests; absent while the input file is validated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// Why validation rejected the input file; present on a failed batch only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub errors: Option<BatchErrors>,
    /// The id of the uploaded JSONL file of requests.
    pub input_file_id: String,
    /// How long the server may take, such as `24h`.
    pub completion_window: String,
    /// Where the batch is in its life.
    pub status: BatchStatus,
    /// The id of the file of results; absent when no request succeeded or the batch still runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output_file_id: Option<String>,
    /// The id of the file of failed requests; absent when none failed or the batch still runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error_file_id: Option<String>,
    /// When the batch was created, in Unix seconds.
    pub created_at: u64,
    /// When the first request could run, in Unix seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_progress_at: Option<u64>,
    /// The deadline: `created_at` plus the completion window, in Unix seconds. Not the time of expiry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<u64>,
    /// When the server began to write the result files, in Unix seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finalizing_at: Option<u64>,
    /// When the results were ready, in Unix seconds. Says nothing about success.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub completed_at: Option<u64>,
    /// When validation rejected the input file, in Unix seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failed_at: Option<u64>,
    /// When the deadline passed with requests unfinished, in Unix seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expired_at: Option<u64>,
    /// When cancellation was asked for, in Unix seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cancelling_at: Option<u64>,
    /// When cancellation was done, in Unix seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cancelled_at: Option<u64>,
    /// How many requests there are and how many have finished; all zero while validating.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_counts: Option<BatchRequestCounts>,
    /// Tokens used so far; all zero until requests finish. Sent for batches made after 7 September 2025.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usage: Option<BatchUsage>,
    /// The caller's own labels: up to 16 pairs of strings, as far as the server keeps its rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "wasm", tsify(type = "unknown"))]
    pub metadata: Option<serde_json::Value>,
}

/// Why validation rejected the input file: one entry for each bad line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct BatchErrors {
    /// The entries, in the order of the file's lines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<Vec<BatchError>>,
    /// What kind of object this is: `list`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
}

/// One reason for which validation rejected the input file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct BatchError {
    /// The server's code, such as `invalid_json_line`. An open set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The line of the input file, counted from 1; absent when the fault is the whole file's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// What is wrong, in the server's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// The member of the line that is at fault, such as `body.messages`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub param: Option<String>,
}

/// How many requests a batch has, and how many of them have finished.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct BatchRequestCounts {
    /// Requests that succeeded.
    pub completed: u64,
    /// Requests that failed.
    pub failed: u64,
    /// All requests of the batch; 0 until validation has counted them.
    pub total: u64,
}

/// Tokens a batch has used, summed over its requests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct BatchUsage {
    /// Tokens read by the model.
    pub input_tokens: u64,
    /// What the input tokens were made of.
    pub input_tokens_details: InputTokensDetails,
    /// Tokens written by the model.
    pub output_tokens: u64,
    /// What the output tokens were made of.
    pub output_tokens_details: OutputTokensDetails,
    /// Input and output tokens together.
    pub total_tokens: u64,
}

/// What the input tokens of a batch were made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct InputTokensDetails {
    /// Input tokens that came from the cache.
    pub cached_tokens: u64,
}

/// What the output tokens of a batch were made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct OutputTokensDetails {
    /// Output tokens spent on reasoning.
    pub reasoning_tokens: u64,
}
