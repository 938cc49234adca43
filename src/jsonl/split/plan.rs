//! The options and the result of a split.

use serde::Serialize;

use crate::jsonl::input::estimate::TokenEstimate;
use crate::model::ProfileName;

/// The limits of a shard. The default of each limit is that of the profile.
#[derive(Clone, Debug, Default)]
pub struct SplitOptions {
    /// The provider of the batches.
    pub profile: ProfileName,
    /// The maximum number of requests of a shard.
    pub requests: Option<u64>,
    /// The maximum number of bytes of a shard.
    pub bytes: Option<u64>,
    /// The maximum number of embedding inputs of a shard.
    pub embedding_inputs: Option<u64>,
    /// The maximum number of input tokens of a shard. It is compared with the high end of the estimate,
    /// because a batch that exceeds the limit fails, while a smaller shard costs nothing.
    pub tokens: Option<u64>,
    /// The beginning of the shards' names, with or without `.jsonl`. The default is `batch`.
    pub name: Option<String>,
}

/// A file divided into shards. Every line that is not blank is in one shard or skipped with a reason.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct SplitPlan {
    /// The shards, in the order of their first lines.
    pub shards: Vec<ShardPlan>,
    /// The lines that are in no shard; at most 10,000 entries.
    pub skipped: Vec<SkippedLines>,
    /// The number of lines that are in no shard.
    pub skipped_count: u64,
}

/// A shard, as ranges of the original file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct ShardPlan {
    /// The name of the shard's file.
    pub name: String,
    /// The model of the requests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// The endpoint of the requests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<String>,
    /// The number of requests.
    pub requests: u64,
    /// The number of bytes.
    pub bytes: u64,
    /// The number of embedding inputs.
    pub embedding_inputs: u64,
    /// The estimated number of input tokens.
    pub input_tokens: TokenEstimate,
    /// The ranges of the original file that make up the shard, in order.
    pub ranges: Vec<ByteRange>,
    /// The `custom_id`s of the requests, in order.
    #[serde(rename = "custom_ids")]
    pub custom_ids: Vec<String>,
}

/// Adjacent complete lines of a file: one line, or up to 1 MiB.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct ByteRange {
    /// The offset of the first byte.
    pub start: u64,
    /// The offset after the last byte.
    pub end: u64,
    /// The hash of the lines, as [`hash_lines`](crate::jsonl::hash_lines) returns it. A second pass over the
    /// file compares it to detect changes.
    pub hash: u64,
}

/// Adjacent lines that are in no shard for the same reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct SkippedLines {
    /// The first line, from 1.
    pub line: u64,
    /// The last line.
    pub until: u64,
    /// The code of the issue.
    pub code: &'static str,
    /// The reason in words.
    pub reason: &'static str,
}
