//! What a split is asked, and what it answers: which lines of the source make which shard.

use serde::Serialize;

use crate::model::ProfileName;

use super::TokenEstimate;

/// How a file is split. What is not given is as the profile has it, or not limited.
#[derive(Clone, Debug, Default)]
pub struct SplitOptions {
    /// The provider that will get the shards.
    pub profile: ProfileName,
    /// The most requests of a shard.
    pub requests: Option<u64>,
    /// The most bytes of a shard.
    pub bytes: Option<u64>,
    /// The most embedding inputs of a shard.
    pub embedding_inputs: Option<u64>,
    /// The most input tokens of a shard. The high end of the estimate is kept below it: a limit that is
    /// passed fails the batch, a shard that is a little smaller costs nothing.
    pub tokens: Option<u64>,
    /// The name that the shards' names begin with, with or without `.jsonl`; none: `batch`.
    pub name: Option<String>,
}

/// A file in shards. Every line that is not blank is in one shard, or left out with a reason.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
pub struct SplitPlan {
    /// The shards, in the order in which their first lines stand.
    pub shards: Vec<ShardPlan>,
    /// The lines that are in no shard; of very many the first.
    pub left_out: Vec<LeftOut>,
    /// How many lines are in no shard.
    pub left_out_count: u64,
}

/// A shard, before its bytes are read from the source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
pub struct ShardPlan {
    /// The name of its file.
    pub name: String,
    /// The model of its requests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// The endpoint of its requests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<String>,
    /// How many requests it has.
    pub requests: u64,
    /// How many bytes it has.
    pub bytes: u64,
    /// How many inputs its embeddings requests have in all.
    pub embedding_inputs: u64,
    /// How many tokens its prompts have, about.
    pub input_tokens: TokenEstimate,
    /// The bytes of the source that it is made of, one after the other.
    pub ranges: Vec<ByteRange>,
    /// The custom_ids of its requests, in their order.
    #[serde(rename = "custom_ids")]
    pub custom_ids: Vec<String>,
}

/// Whole lines that follow each other in a file: one, or as many as 1 MiB holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
pub struct ByteRange {
    /// The first byte.
    pub start: u64,
    /// The byte after the last.
    pub end: u64,
    /// The hash of its lines, as [`hash_lines`](super::hash_lines) gives it: whoever reads the stretch again
    /// can see that it is still the same.
    pub hash: u64,
}

/// Lines that are in no shard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
pub struct LeftOut {
    /// The line, from 1.
    pub line: u64,
    /// The last line that follows it directly with the same reason; the line itself if none does.
    pub until: u64,
    /// The code of the issue that is the reason.
    pub code: &'static str,
    /// The reason in words.
    pub reason: &'static str,
}
