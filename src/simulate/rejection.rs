//! The entries that a server writes into `errors.data` for rejected lines of an input file.

use serde::Serialize;

use crate::model::BatchError;

/// An error message that servers write into `errors.data`.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct RejectionText {
    /// The `code` of the entry.
    pub code: &'static str,
    /// The `message` of the entry. `{a}` is a placeholder for the parameter, the model or the id.
    pub message: &'static str,
    /// The only endpoint that sends this message, or `None` if any may.
    pub endpoint: Option<&'static str>,
    /// The source of the message.
    pub source: &'static str,
}

const fn row(code: &'static str, message: &'static str, source: &'static str) -> RejectionText {
    RejectionText { code, message, endpoint: None, source }
}

/// The messages that were observed or are documented.
pub const REJECTIONS: [RejectionText; 9] = [
    row(
        "invalid_json_line",
        "This line is not parseable as valid JSON.",
        "OpenAI (recorded response, llama-stack tests)",
    ),
    row(
        "missing_required_parameter",
        "Missing required parameter: '{a}'.",
        "OpenAI (recorded response, llama-stack tests)",
    ),
    RejectionText {
        endpoint: Some("/v1/chat/completions"),
        ..row(
            "streaming_unsupported",
            "Chat Completions: Streaming is not supported in the Batch API.",
            "OpenAI (recorded response, llama-stack tests)",
        )
    },
    row(
        "invalid_url",
        "The URL provided for this request does not match the batch endpoint.",
        "OpenAI (recorded response, llama-stack tests)",
    ),
    row(
        "model_not_found",
        "The provided model '{a}' is not supported by the Batch API.",
        "OpenAI (recorded response, llama-stack tests)",
    ),
    row(
        "mismatched_model",
        "The model '{a}' for this request does not match the rest of the batch. Each batch must contain \
            requests for a single model.",
        "DashScope documentation; the code is reported for OpenAI too",
    ),
    row(
        "duplicate_custom_id",
        "The custom_id '{a}' for this request is a duplicate of another request. The custom_id parameter \
            must be unique for each request in a batch.",
        "DashScope documentation; the code is Azure's too",
    ),
    row(
        "empty_file",
        // The documentation has these spaces.
        "The input file is empty. Please ensure that the batch contains at least one   request.",
        "Azure documentation",
    ),
    row(
        MISSING_FILE,
        "Cannot find file {a}, or organization org-simulated does not have access to it.",
        "OpenAI (recorded response, llama-stack tests)",
    ),
];

/// The code for a missing input file, and for every problem without a known code.
const MISSING_FILE: &str = "invalid_request";

/// A problem in an input file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct InputProblem<'a> {
    /// The code: the server's code if it is known.
    pub code: &'a str,
    /// The line number, starting at 1, or `None` if the problem concerns the whole file.
    pub line: Option<u64>,
    /// The parameter that caused the problem, such as `body.model`.
    pub param: Option<&'a str>,
    /// The found value, such as the model or the id.
    pub found: &'a str,
    /// The endpoint of the batch.
    pub endpoint: &'a str,
    /// The message to use if no message of a server is known.
    pub message: &'a str,
}

/// Returns the entry that a server writes for a problem. If no message of a server is known, the message
/// starts with `simulated:`; if no code is known either, the code is the most general one.
#[must_use]
pub fn rejection(problem: &InputProblem<'_>) -> BatchError {
    let row = REJECTIONS.iter().find(|row| row.code == problem.code && row.code != MISSING_FILE);
    let known = row.filter(|row| row.endpoint.is_none_or(|endpoint| endpoint == problem.endpoint));
    let param = problem.param.unwrap_or_default();
    let shown = match problem.code {
        "missing_required_parameter" => param.strip_prefix("body.").unwrap_or(param),
        _ => problem.found,
    };
    BatchError {
        code: Some(row.map_or(MISSING_FILE, |row| row.code).to_owned()),
        line: problem.line,
        message: Some(known.map_or_else(
            || format!("simulated: {}", problem.message),
            |row| row.message.replace("{a}", shown),
        )),
        // Observed: null, since invalid JSON has no parameter.
        param: problem.param.filter(|_| problem.code != "invalid_json_line").map(str::to_owned),
    }
}

/// Returns the entry for an input file that does not exist. The batch is created nevertheless, and fails.
#[must_use]
pub fn missing_file(id: &str) -> BatchError {
    BatchError {
        code: Some(MISSING_FILE.to_owned()),
        line: None,
        message: Some(REJECTIONS[REJECTIONS.len() - 1].message.replace("{a}", id)),
        param: Some("file_id".to_owned()),
    }
}
