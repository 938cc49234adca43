//! What a server says in `errors.data` of a line that its validation does not take.

use serde::Serialize;

use crate::model::BatchError;

/// A text that servers write into `errors.data`.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct RejectionText {
    /// `code` of the entry.
    pub code: &'static str,
    /// `message` of the entry; `{a}` stands for the member, the model or the id at fault.
    pub message: &'static str,
    /// The only endpoint that it is known of; none: it names none.
    pub endpoint: Option<&'static str>,
    /// Where it is from.
    pub source: &'static str,
}

const fn row(code: &'static str, message: &'static str, source: &'static str) -> RejectionText {
    RejectionText { code, message, endpoint: None, source }
}

/// The texts that are recorded or documented.
pub const REJECTIONS: [RejectionText; 9] = [
    row(
        "invalid_json_line",
        "This line is not parseable as valid JSON.",
        "OpenAI (live reply, llama-stack tests)",
    ),
    row(
        "missing_required_parameter",
        "Missing required parameter: '{a}'.",
        "OpenAI (live reply, llama-stack tests)",
    ),
    RejectionText {
        endpoint: Some("/v1/chat/completions"),
        ..row(
            "streaming_unsupported",
            "Chat Completions: Streaming is not supported in the Batch API.",
            "OpenAI (live reply, llama-stack tests)",
        )
    },
    row(
        "invalid_url",
        "The URL provided for this request does not match the batch endpoint.",
        "OpenAI (live reply, llama-stack tests)",
    ),
    row(
        "model_not_found",
        "The provided model '{a}' is not supported by the Batch API.",
        "OpenAI (live reply, llama-stack tests)",
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
        // The spaces are theirs.
        "The input file is empty. Please ensure that the batch contains at least one   request.",
        "Azure documentation",
    ),
    row(
        MISSING_FILE,
        "Cannot find file {a}, or organization org-simulated does not have access to it.",
        "OpenAI (live reply, llama-stack tests)",
    ),
];

/// The code of a batch whose input file is not there, and of whatever has no recorded code.
const MISSING_FILE: &str = "invalid_request";

/// What was found in an input file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fault<'a> {
    /// The code, the server's own where one is known.
    pub code: &'a str,
    /// The line, from 1; none for the file as a whole.
    pub line: Option<u64>,
    /// The member at fault, such as `body.model`.
    pub param: Option<&'a str>,
    /// What stands there: the model or the id.
    pub found: &'a str,
    /// The endpoint of the batch.
    pub endpoint: &'a str,
    /// The same in our own words, for what has no recorded text.
    pub message: &'a str,
}

/// The entry that a server writes for it. Where no text is recorded, the message is ours and says so; where
/// no code is either, it is the most general one that is.
#[must_use]
pub fn rejection(fault: &Fault<'_>) -> BatchError {
    let row = REJECTIONS.iter().find(|row| row.code == fault.code && row.code != MISSING_FILE);
    let text = row.filter(|row| row.endpoint.is_none_or(|endpoint| endpoint == fault.endpoint));
    let member = fault.param.unwrap_or_default();
    let shown = match fault.code {
        "missing_required_parameter" => member.strip_prefix("body.").unwrap_or(member),
        _ => fault.found,
    };
    BatchError {
        code: Some(row.map_or(MISSING_FILE, |row| row.code).to_owned()),
        line: fault.line,
        message: Some(text.map_or_else(
            || format!("simulated: {}", fault.message),
            |row| row.message.replace("{a}", shown),
        )),
        // What is no JSON has no member; recorded as null.
        param: fault.param.filter(|_| fault.code != "invalid_json_line").map(str::to_owned),
    }
}

/// The entry for an input file that does not exist: the batch is created all the same, and fails.
#[must_use]
pub fn missing_file(id: &str) -> BatchError {
    BatchError {
        code: Some(MISSING_FILE.to_owned()),
        line: None,
        message: Some(REJECTIONS[REJECTIONS.len() - 1].message.replace("{a}", id)),
        param: Some("file_id".to_owned()),
    }
}
