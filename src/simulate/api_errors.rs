//! The error responses of a server for requests about files and batches, and its limits.

use serde::Serialize;

use crate::model::EXPIRES_AFTER_SECONDS;

/// An error response.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct ApiError {
    /// The name by which the mock server selects it.
    pub name: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// `error.code`.
    pub code: Option<&'static str>,
    /// `error.type`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// `error.param`, with the same placeholders as the message.
    pub param: Option<&'static str>,
    /// `error.message`. `{a}` and `{b}` are placeholders for values of the request.
    pub message: &'static str,
    /// The source of the message, or `None` if no message was observed and this one is made up.
    pub source: Option<&'static str>,
}

const INVALID: &str = "invalid_request_error";

const fn row(
    name: &'static str,
    status: u16,
    code: Option<&'static str>,
    param: Option<&'static str>,
    message: &'static str,
    source: Option<&'static str>,
) -> ApiError {
    ApiError { name, status, code, kind: INVALID, param, message, source }
}

const MANAGER: Option<&str> = Some("openai-batch-manager tests");
const STACK: Option<&str> = Some("llama-stack tests (recorded response)");
const JAVA: Option<&str> = Some("tests of a Java client (copied from real responses)");

/// Every error response.
pub const API_ERRORS: [ApiError; 38] = [
    row("no_key", 401, None, None, "Missing bearer or basic authentication in header", MANAGER),
    row("wrong_key", 401, Some("invalid_api_key"), None, "simulated: incorrect API key", None),
    row("no_route", 404, None, None, "simulated: unknown route {a}", None),
    row("no_batch", 404, None, None, "No batch found with id '{a}'.", MANAGER),
    row(
        "batch_id",
        400,
        Some("invalid_value"),
        Some("batch_id"),
        "Invalid 'batch_id': '{a}'. Expected an ID that begins with 'batch'.",
        MANAGER,
    ),
    row("cannot_cancel", 409, None, None, "Cannot cancel a batch with status '{a}'.", STACK),
    row(
        "endpoint",
        400,
        Some("invalid_value"),
        Some("endpoint"),
        "Invalid value: '{a}'. Supported values are: {b}.",
        STACK,
    ),
    // The error was observed, but not its message.
    row(
        "window",
        400,
        Some("invalid_value"),
        Some("completion_window"),
        "simulated: completion_window must be '24h', not '{a}'",
        None,
    ),
    row(
        "metadata_type",
        400,
        Some("invalid_type"),
        Some("metadata.{a}"),
        "Invalid type for 'metadata.{a}': expected a string, but got {b} instead.",
        STACK,
    ),
    row("metadata", 400, None, Some("metadata"), "simulated: metadata must have {a}", None),
    row(
        "missing",
        400,
        Some("missing_required_parameter"),
        Some("{a}"),
        "Missing required parameter: '{a}'.",
        Some("text and code as in a batch's errors"),
    ),
    row("kind", 400, Some("invalid_type"), Some("{a}"), "simulated: {a} must be {b}", None),
    row("range", 400, Some("invalid_value"), Some("{a}"), "simulated: {a} must be {b}", None),
    row("body", 400, None, None, "simulated: the request body must be {a}", None),
    // The file name is not checked: recorded uploads named `upload` were accepted.
    row(
        "file_format",
        400,
        None,
        None,
        "Invalid file format for Batch API. Must be .jsonl",
        Some("BerriAI/litellm PR 37527"),
    ),
    row("file_empty", 400, None, None, "simulated: invalid file format: the .jsonl file is empty", None),
    row("file_large", 400, None, None, "File is too large.", Some("bespokelabsai/curator issue 111")),
    row("no_file", 404, None, Some("id"), "No such File object: {a}", JAVA),
    row(
        "file_id",
        400,
        Some("invalid_value"),
        Some("input_file_id"),
        "Invalid 'input_file_id': '{a}'. Expected an ID that begins with 'file'.",
        JAVA,
    ),
    row("no_upload", 404, None, Some("upload_id"), "simulated: no upload found with id '{a}'", None),
    row("upload", 400, None, None, "simulated: {a}", None),
    row("no_webhook", 404, None, None, "simulated: no webhook endpoint found with id '{a}'", None),
    row("no_model", 404, Some("model_not_found"), Some("model"), "simulated: unknown model '{a}'", None),
    row(
        "stream",
        400,
        Some("streaming_unsupported"),
        Some("stream"),
        "simulated: the mock does not stream; remove stream or set it to false",
        None,
    ),
    // Wraps an error of the check of input files, whose message says whether it is simulated.
    row("invalid", 400, None, Some("{b}"), "{a}", Some("the messages of a rejected batch")),
    row("origin", 403, None, None, "simulated: pages of another origin may not steer the mock", None),
    row("control", 400, None, Some("{b}"), "simulated: {a}", None),
    row(
        "cursor",
        400,
        Some("invalid_value"),
        Some("after"),
        "simulated: no object found with id '{a}'",
        None,
    ),
    row("byte_range", 416, None, None, "simulated: the file has {a} bytes", None),
    row("large", 413, None, None, "simulated: the request is larger than {a} bytes", None),
    row("plan", 400, None, None, "simulated: {a}", None),
    row("no_download", 400, None, None, "simulated: the file '{a}' has no content to download", None),
    ApiError {
        kind: "rate_limit_error",
        ..row("rate_limit", 429, Some("rate_limit_exceeded"), None, "simulated: too many requests", None)
    },
    ApiError {
        kind: "server_error",
        ..row("server", 500, Some("server_error"), None, "simulated: the server failed", None)
    },
    row("not_found", 404, None, None, "simulated: not found", None),
    ApiError { kind: "server_error", ..row("failure", 500, None, None, "simulated: {a}", None) },
    ApiError { kind: "server_error", ..row("no_room", 507, None, None, "simulated: {a}", None) },
    row("other", 400, None, None, "simulated: requested status {a}", None),
];

/// The limits of a server.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ServerLimits {
    /// The maximum size of an input file in bytes. Source: the message "larger than the 209715200 maximum" of
    /// OpenAI.
    pub file_bytes: u64,
    /// The maximum and default number of batches on a page. Source: `openai`, `BatchListParams`.
    pub batches: (u32, u32),
    /// The maximum and default number of files on a page. Source: `openai`, `FileListParams`.
    pub files: (u32, u32),
    /// The minimum and maximum time until a file expires, in seconds. Source: `openai`, `ExpiresAfter`.
    pub expires_after: (u64, u64),
    /// The time until a file of a batch expires, in seconds. Source: `openai`, `FileCreateParams`.
    pub batch_file: u64,
}

/// OpenAI's limits.
pub const LIMITS: ServerLimits = ServerLimits {
    file_bytes: 209_715_200,
    batches: (100, 20),
    files: (10_000, 10_000),
    expires_after: EXPIRES_AFTER_SECONDS,
    batch_file: 30 * 86_400,
};
