//! The failure causes of simulated requests, and the errors that servers write for them.

use serde::{Deserialize, Serialize};

/// Why a simulated request failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "_mock", derive(tsify::Tsify))]
#[non_exhaustive]
pub enum FailureCause {
    /// The request has more tokens than the model accepts; a retry fails again.
    ContextLength,
    /// Too many requests at once; a retry may succeed.
    RateLimit,
    /// The server failed; a retry may succeed.
    ServerError,
    /// The request timed out without an HTTP response.
    Timeout,
}

/// The error that a server writes for a cause.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CauseInfo {
    /// The cause.
    pub cause: FailureCause,
    /// The HTTP status of the response, or `None` without a response.
    pub status_code: Option<u16>,
    /// The `code` of the error.
    pub code: &'static str,
    /// The `type` of the error.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The `param` of the error.
    pub param: Option<&'static str>,
    /// The `message` of the error.
    pub message: &'static str,
    /// The source of the message, or `None` if no message was observed and this one is made up.
    pub source: Option<&'static str>,
}

/// The causes, in the order of [`FailureCause`].
pub const CAUSES: [CauseInfo; 4] = [
    CauseInfo {
        cause: FailureCause::ContextLength,
        status_code: Some(400),
        code: "context_length_exceeded",
        kind: "invalid_request_error",
        param: Some("messages"),
        message: "This model's maximum context length is 128000 tokens. However, you requested 1000024 \
            tokens (24 in the messages, 1000000 in the completion). Please reduce the length of the \
            messages or completion.",
        source: Some("openai-openapi issue 302"),
    },
    CauseInfo {
        cause: FailureCause::RateLimit,
        status_code: Some(429),
        // The code is one of `ResponseError.code` in the openai package.
        code: "rate_limit_exceeded",
        kind: "rate_limit_error",
        param: None,
        message: "simulated: too many requests at once",
        source: None,
    },
    CauseInfo {
        cause: FailureCause::ServerError,
        status_code: Some(500),
        // The code is in the same list.
        code: "server_error",
        kind: "server_error",
        param: None,
        message: "simulated: the server failed",
        source: None,
    },
    CauseInfo {
        cause: FailureCause::Timeout,
        status_code: None,
        code: "request_timeout",
        kind: "",
        param: None,
        message: "simulated: the request timed out",
        source: None,
    },
];

/// The error that a server writes for a request that had not finished when the batch ended.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct UnfinishedInfo {
    /// The `error.code` of the line.
    pub code: &'static str,
    /// The `error.message` of the line.
    pub message: &'static str,
    /// The source of the message, or `None` if the message is made up.
    pub source: Option<&'static str>,
}

/// The errors of unfinished requests: first of an expired, then of a cancelled batch.
pub const UNFINISHED: [UnfinishedInfo; 2] = [
    UnfinishedInfo {
        code: "batch_expired",
        message: "This request could not be executed before the completion window expired.",
        source: Some("OpenAI Batch guide"),
    },
    UnfinishedInfo {
        code: "batch_cancelled",
        message: "simulated: the batch was cancelled before this request ran",
        source: None,
    },
];

impl FailureCause {
    /// Every cause.
    pub const ALL: [Self; 4] = [Self::ContextLength, Self::RateLimit, Self::ServerError, Self::Timeout];

    /// The error that a server writes for this cause.
    #[must_use]
    pub const fn info(self) -> &'static CauseInfo {
        &CAUSES[self as usize]
    }

    /// The name as a string, such as `rate_limit`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ContextLength => "context_length",
            Self::RateLimit => "rate_limit",
            Self::ServerError => "server_error",
            Self::Timeout => "timeout",
        }
    }
}
