//! What a server answers to requests that it does not grant: status, code and text, and the limits it has.

use serde::Serialize;

/// An answer with `error` in place of what was asked for.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Refusal {
    /// What it is about.
    pub name: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// `error.code`.
    pub code: Option<&'static str>,
    /// `error.type`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// `error.param`; `{a}` as in the message.
    pub param: Option<&'static str>,
    /// `error.message`; `{a}` and `{b}` stand for what the request brought.
    pub message: &'static str,
    /// Where the text is from; none: no text is recorded, these are our own words.
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
) -> Refusal {
    Refusal { name, status, code, kind: INVALID, param, message, source }
}

const MANAGER: Option<&str> = Some("openai-batch-manager tests");
const STACK: Option<&str> = Some("llama-stack tests (live reply)");

/// Every refusal of files and batches.
pub const REFUSALS: [Refusal; 29] = [
    row("no_key", 401, None, None, "Missing bearer or basic authentication in header", MANAGER),
    row("wrong_key", 401, Some("invalid_api_key"), None, "simulated: this key is not the one expected", None),
    row("no_route", 404, None, None, "simulated: there is no {a} here", None),
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
    // The refusal is recorded, its text is not.
    row(
        "window",
        400,
        Some("invalid_value"),
        Some("completion_window"),
        "simulated: completion_window is to be '24h', not '{a}'",
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
    row("metadata", 400, None, Some("metadata"), "simulated: metadata takes {a}", None),
    row(
        "missing",
        400,
        Some("missing_required_parameter"),
        Some("{a}"),
        "Missing required parameter: '{a}'.",
        Some("text and code as in a batch's errors"),
    ),
    row("kind", 400, Some("invalid_type"), Some("{a}"), "simulated: {a} is to be {b}", None),
    row("range", 400, Some("invalid_value"), Some("{a}"), "simulated: {a} is to be {b}", None),
    row("body", 400, None, None, "simulated: the body of the request is to be {a}", None),
    row(
        "file_name",
        400,
        None,
        None,
        "Invalid file format for Batch API. Must be .jsonl",
        Some("BerriAI/litellm PR 37527"),
    ),
    // Of these two only the words "invalid file format" and "jsonl" are recorded.
    row("file_empty", 400, None, None, "simulated: invalid file format: a .jsonl file without a line", None),
    row(
        "file_first_line",
        400,
        None,
        None,
        "simulated: invalid file format: the first line of a .jsonl file is to be JSON",
        None,
    ),
    row("file_large", 400, None, None, "File is too large.", Some("bespokelabsai/curator issue 111")),
    row("no_file", 404, None, Some("id"), "simulated: there is no file with id '{a}'", None),
    row(
        "cursor",
        400,
        Some("invalid_value"),
        Some("after"),
        "simulated: there is nothing with id '{a}'",
        None,
    ),
    row("byte_range", 416, None, None, "simulated: the file has {a} bytes", None),
    row("large", 413, None, None, "simulated: the request has more than the {a} bytes that are read", None),
    row("plan", 400, None, None, "simulated: {a}", None),
    row("no_download", 400, None, None, "simulated: the file '{a}' holds nothing to download", None),
    Refusal {
        kind: "rate_limit_error",
        ..row("rate_limit", 429, Some("rate_limit_exceeded"), None, "simulated: too many requests", None)
    },
    Refusal {
        kind: "server_error",
        ..row("server", 500, Some("server_error"), None, "simulated: the server failed", None)
    },
    Refusal { kind: "server_error", ..row("failure", 500, None, None, "simulated: {a}", None) },
    Refusal { kind: "server_error", ..row("no_room", 507, None, None, "simulated: {a}", None) },
    row("other", 400, None, None, "simulated: status {a} was asked for", None),
];

/// A server's limits.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ServerLimits {
    /// The most bytes of an input file. Source: OpenAI's own text, "larger than the 209715200 maximum".
    pub file_bytes: u64,
    /// The most batches on a page, and how many unless asked. Source: openai 7.57.0, `BatchListParams`.
    pub batches: (u32, u32),
    /// The same of files. Source: openai 7.57.0, `FileListParams`.
    pub files: (u32, u32),
    /// The shortest and longest life of a file, in seconds. Source: openai 7.57.0, `ExpiresAfter`.
    pub expires_after: (u64, u64),
    /// The life of files of batches, in seconds. Source: openai 7.57.0, `FileCreateParams`.
    pub batch_file: u64,
}

/// OpenAI's limits.
pub const LIMITS: ServerLimits = ServerLimits {
    file_bytes: 209_715_200,
    batches: (100, 20),
    files: (10_000, 10_000),
    expires_after: (3_600, 2_592_000),
    batch_file: 30 * 86_400,
};
