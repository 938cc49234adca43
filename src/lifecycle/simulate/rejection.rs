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
    /// Where it is from.
    pub source: &'static str,
}

/// The texts that are recorded or documented.
pub const REJECTIONS: [RejectionText; 9] = [
    RejectionText {
        code: "invalid_json_line",
        message: "This line is not parseable as valid JSON.",
        source: "OpenAI (live reply, llama-stack tests)",
    },
    RejectionText {
        code: "missing_required_parameter",
        message: "Missing required parameter: '{a}'.",
        source: "OpenAI (live reply, llama-stack tests)",
    },
    RejectionText {
        code: "streaming_unsupported",
        message: "Chat Completions: Streaming is not supported in the Batch API.",
        source: "OpenAI (live reply, llama-stack tests), for chat completions",
    },
    RejectionText {
        code: "invalid_url",
        message: "The URL provided for this request does not match the batch endpoint.",
        source: "OpenAI (live reply, llama-stack tests)",
    },
    RejectionText {
        code: "model_not_found",
        message: "The provided model '{a}' is not supported by the Batch API.",
        source: "OpenAI (live reply, llama-stack tests)",
    },
    RejectionText {
        code: "mismatched_model",
        message: "The model '{a}' for this request does not match the rest of the batch. Each batch must contain requests for a single model.",
        source: "DashScope documentation; the code is reported for OpenAI too",
    },
    RejectionText {
        code: "duplicate_custom_id",
        message: "The custom_id '{a}' for this request is a duplicate of another request. The custom_id parameter must be unique for each request in a batch.",
        source: "DashScope documentation; the code is Azure's too",
    },
    RejectionText {
        code: "empty_file",
        message: "The input file is empty. Please ensure that the batch contains at least one request.",
        source: "Azure documentation",
    },
    RejectionText {
        code: MISSING_FILE,
        message: "Cannot find file {a}, or organization org-simulated does not have access to it.",
        source: "OpenAI (live reply, llama-stack tests)",
    },
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
    /// The same in our own words, for what has no recorded text.
    pub message: &'a str,
}

/// The entry that a server writes for it. Where no text is recorded, the message is ours, and the code the
/// most general one that is.
#[must_use]
pub fn rejection(fault: &Fault<'_>) -> BatchError {
    let text = REJECTIONS.iter().find(|row| row.code == fault.code && row.code != MISSING_FILE);
    let member = fault.param.unwrap_or_default();
    let shown = match fault.code {
        "missing_required_parameter" => member.strip_prefix("body.").unwrap_or(member),
        _ => fault.found,
    };
    BatchError {
        code: Some(text.map_or(MISSING_FILE, |row| row.code).to_owned()),
        line: fault.line,
        message: Some(text.map_or_else(|| fault.message.to_owned(), |row| row.message.replace("{a}", shown))),
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
