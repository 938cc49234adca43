//! The options and the report of the check of an input file.

use serde::Serialize;

use crate::model::ProfileName;

use super::estimate::TokenEstimate;
use super::issue::{InputIssue, IssueCount};

/// The options of the check of an input file.
#[derive(Clone, Debug, Default)]
pub struct CheckOptions {
    /// The endpoint of the batch. The default accepts any endpoint that all requests share.
    pub endpoint: Option<String>,
    /// The provider of the batch.
    pub profile: ProfileName,
    /// The limits of the file. The default of each limit is that of the profile.
    pub limits: Limits,
    /// The maximum number of issues of each code in the report. The default is
    /// [`DEFAULT_MAX_ISSUES`](crate::jsonl::DEFAULT_MAX_ISSUES).
    pub max_issues: Option<u32>,
}

/// The limits of a file. `None` is the limit of the profile.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// The maximum number of requests.
    pub requests: Option<u64>,
    /// The maximum number of bytes.
    pub bytes: Option<u64>,
    /// The maximum number of embedding inputs of all requests.
    pub embedding_inputs: Option<u64>,
}

/// The report of the check of an input file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct InputReport {
    /// Whether no issue is an error.
    pub ok: bool,
    /// The number of bytes of the file.
    pub bytes: u64,
    /// The number of lines, including blank lines.
    pub lines: u64,
    /// The number of requests: lines that are an object, valid or not.
    pub requests: u64,
    /// The models, in the order of the file; at most 256.
    pub models: Vec<ModelRequests>,
    /// The urls, in the order of the file; at most 256.
    pub endpoints: Vec<EndpointRequests>,
    /// The number of embedding inputs of all requests.
    pub embedding_inputs: u64,
    /// The estimated number of input tokens. Embedded files and images are not counted.
    pub input_tokens: TokenEstimate,
    /// The issues, in the order of the file, those of the whole file last; the first ones of each code.
    pub issues: Vec<InputIssue>,
    /// The number of issues of each code and level.
    pub counts: Vec<IssueCount>,
    /// The number of issues that a fix solves, including those that are not listed.
    pub fixable: u64,
}

/// The number of requests of a model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct ModelRequests {
    /// The model.
    pub model: String,
    /// The number of requests.
    pub requests: u64,
}

/// The number of requests of an endpoint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct EndpointRequests {
    /// The `url` of the requests.
    pub endpoint: String,
    /// The number of requests.
    pub requests: u64,
}
