//! What a check of an input file is asked, and what it answers.

use serde::Serialize;

use crate::model::ProfileName;

use super::{InputIssue, IssueCount, TokenEstimate};

/// What an input file is held against.
#[derive(Clone, Debug, Default)]
pub struct CheckOptions {
    /// The endpoint that the batch will be created with; none: the requests need only agree.
    pub endpoint: Option<String>,
    /// The provider that will get the file.
    pub profile: ProfileName,
    /// Limits in place of the profile's.
    pub limits: Limits,
    /// How many issues of each code are kept with their text; none: [`KEPT`](super::KEPT).
    pub keep: Option<u32>,
}

/// The most that a file may have; none: what the profile says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// Requests.
    pub requests: Option<u64>,
    /// Bytes.
    pub bytes: Option<u64>,
    /// Embedding inputs of all requests.
    pub embedding_inputs: Option<u64>,
}

/// What a check of an input file found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
pub struct InputReport {
    /// Whether no issue is an error.
    pub ok: bool,
    /// How many bytes the file has.
    pub bytes: u64,
    /// How many lines it has, blank ones included.
    pub lines: u64,
    /// How many of them hold a request: an object, whatever is wrong with it.
    pub requests: u64,
    /// The models, in the order of the file; of very many the first 256.
    pub models: Vec<ModelRequests>,
    /// The urls, in the order of the file; of very many the first 256.
    pub endpoints: Vec<EndpointRequests>,
    /// How many inputs its embeddings requests have in all.
    pub embedding_inputs: u64,
    /// How many tokens its prompts have, about; embedded files and images are not counted.
    pub input_tokens: TokenEstimate,
    /// What is wrong, in the order of the file; the first few of each code.
    pub issues: Vec<InputIssue>,
    /// How many issues there are of each code and level.
    pub counts: Vec<IssueCount>,
}

/// How many requests name a model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
pub struct ModelRequests {
    /// The model.
    pub model: String,
    /// How many requests name it.
    pub requests: u64,
}

/// How many requests go to an endpoint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
pub struct EndpointRequests {
    /// The endpoint, as the requests have it in `url`.
    pub endpoint: String,
    /// How many requests go there.
    pub requests: u64,
}
