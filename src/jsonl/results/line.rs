//! The classification of a result line: success, incomplete answer or failure.

use std::borrow::Cow;

use crate::json::{Kind, Node, Tape};
use crate::jsonl::common::by_shape::ByShape;
use crate::jsonl::common::convert::string_bytes;

use super::answer::{
    CauseVerdict, Incomplete, IncompleteReason, incomplete_choices, incomplete_data, incomplete_output,
};
use super::fields::{ResultField, ResultFields};
use super::usage::{Tokens, UsageByModel};

/// The reason why a result line is not a success.
///
/// An HTTP failure is in `response`, and the top-level `error` is null. The top-level `error` is for requests
/// without a response: expired, cancelled or timed out. Some servers mix the two, so both are checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FailureReason {
    /// The line has a top-level `error`.
    Error,
    /// The line has neither a `response` nor an `error`.
    NoResponse,
    /// The response has no integer `status_code`.
    NoStatus,
    /// The `status_code` is not in the range from 200 to 299.
    Status,
    /// The response has no `body`.
    NoBody,
    /// The body has an `error`, although the status is a success.
    BodyError,
}

impl FailureReason {
    /// The message if the server sent none.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::NoResponse => "the line has neither a response nor an error",
            Self::NoStatus => "the response has no status code",
            Self::NoBody => "the response has no body",
            Self::Error | Self::Status | Self::BodyError => "the server gave no message",
        }
    }
}

/// A line of an output or error file. It borrows the bytes and the tape of the line.
///
/// ```
/// use batchlight::json::Tape;
/// use batchlight::jsonl::{FailureReason, RESULT_DEPTH, ResultLine};
/// let text = br#"{"custom_id": "a", "response": {"status_code": 400, "body": {"error": {"code": "x"}}}}"#;
/// let mut tape = Tape::new(RESULT_DEPTH);
/// tape.read(text).unwrap();
/// let line = ResultLine::new(text, &tape).unwrap();
/// assert_eq!(line.custom_id().as_deref(), Some("a"));
/// assert_eq!(line.failure_reason(), Some(FailureReason::Status));
/// assert_eq!(line.failure().unwrap().code.as_deref(), Some("x"));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct ResultLine<'a> {
    text: &'a [u8],
    tape: &'a Tape,
    fields: ResultFields,
    status_code: Option<u16>,
    failure_reason: Option<FailureReason>,
    incomplete: Option<Incomplete>,
}

/// The fields of an error.
struct ErrorFields {
    whole: ResultField,
    code: ResultField,
    kind: ResultField,
    message: ResultField,
}

const ERROR: ErrorFields = ErrorFields {
    whole: ResultField::Error,
    code: ResultField::ErrorCode,
    kind: ResultField::ErrorType,
    message: ResultField::ErrorMessage,
};

const BODY_ERROR: ErrorFields = ErrorFields {
    whole: ResultField::BodyError,
    code: ResultField::BodyErrorCode,
    kind: ResultField::BodyErrorType,
    message: ResultField::BodyErrorMessage,
};

/// The cause of a failure or of an incomplete answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure<'a> {
    /// Whether the request failed or has an incomplete answer.
    pub verdict: CauseVerdict,
    /// The HTTP status, from 0 to 999.
    pub status_code: Option<u16>,
    /// The error's `code`, or its `type` if it has no code.
    pub code: Option<Cow<'a, str>>,
    /// The error's message. If the server sent none, the message of the [`FailureReason`].
    pub message: Cow<'a, str>,
}

impl<'a> ResultLine<'a> {
    /// Reads a line whose tape reaches [`RESULT_DEPTH`](crate::jsonl::RESULT_DEPTH). Returns `None` if it is
    /// not an object.
    #[must_use]
    pub fn new(text: &'a [u8], tape: &'a Tape) -> Option<Self> {
        Self::cached(text, tape, &mut ByShape::default())
    }

    /// Like [`new`](Self::new), with a cache of the fields of each shape.
    pub(crate) fn cached(text: &'a [u8], tape: &'a Tape, cache: &mut ByShape<ResultFields>) -> Option<Self> {
        if tape.nodes().first()?.kind != Kind::Object {
            return None;
        }
        let fields = ResultFields::cached(text, tape, cache);
        let mut line = Self { text, tape, fields, status_code: None, failure_reason: None, incomplete: None };
        line.status_code = line.number(ResultField::StatusCode).and_then(|code| u16::try_from(code).ok());
        line.status_code = line.status_code.filter(|&code| code < 1000);
        line.failure_reason = line.find_failure_reason();
        if line.failure_reason.is_none() {
            line.incomplete = line.find_incomplete();
        }
        Some(line)
    }

    fn find_failure_reason(&self) -> Option<FailureReason> {
        if self.has(ResultField::Error) {
            return Some(FailureReason::Error);
        }
        if !self.has(ResultField::Response) {
            return Some(FailureReason::NoResponse);
        }
        match self.status_code {
            None if !self.has(ResultField::Body) && self.has(ResultField::Choices) => None,
            None => Some(FailureReason::NoStatus),
            Some(200..=299) if !self.has(ResultField::Body) => Some(FailureReason::NoBody),
            Some(200..=299) if self.has(ResultField::BodyError) => Some(FailureReason::BodyError),
            Some(200..=299) => None,
            Some(_) => Some(FailureReason::Status),
        }
    }

    /// Checks whether the answer of a line without a failure is incomplete.
    fn find_incomplete(&self) -> Option<Incomplete> {
        let array = |field| self.node(field).filter(|node| node.kind == Kind::Array);
        if self.node(ResultField::BodyStatus).is_some_and(|node| node.equals_string(self.text, "incomplete"))
        {
            let reason = self.string(ResultField::IncompleteReason);
            return Some(Incomplete::whole(IncompleteReason::from_response(reason.as_deref())));
        }
        if let Some(node) = array(ResultField::Choices) {
            incomplete_choices(node.value.of(self.text), node.items)
        } else if let Some(node) = array(ResultField::Output) {
            incomplete_output(node.value.of(self.text))
        } else {
            array(ResultField::Data).and_then(|node| incomplete_data(node.value.of(self.text), node.items))
        }
    }

    /// The reason why the answer is incomplete, such as cut off or refused.
    #[must_use]
    pub const fn incomplete(&self) -> Option<Incomplete> {
        self.incomplete
    }

    /// The reason why the request failed.
    #[must_use]
    pub const fn failure_reason(&self) -> Option<FailureReason> {
        self.failure_reason
    }

    /// The HTTP status of the response, from 0 to 999.
    #[must_use]
    pub const fn status_code(&self) -> Option<u16> {
        self.status_code
    }

    /// The `custom_id` of the request. `None` if it is missing or not a string.
    #[must_use]
    pub fn custom_id(&self) -> Option<Cow<'a, str>> {
        self.string(ResultField::CustomId)
    }

    /// The model that answered.
    #[must_use]
    pub fn model(&self) -> Option<Cow<'a, str>> {
        self.string(ResultField::Model)
    }

    /// The JSON of the body; empty if there is none.
    #[must_use]
    pub fn body(&self) -> &'a [u8] {
        let node = self.node(ResultField::Body).or_else(|| self.node(ResultField::Response));
        node.map_or(&[], |node| node.value.of(self.text))
    }

    /// The decoded bytes of the `custom_id`.
    pub(crate) fn id(&self) -> Option<Cow<'a, [u8]>> {
        string_bytes(self.node(ResultField::CustomId)?, self.text)
    }

    /// The decoded bytes of the model.
    pub(crate) fn model_bytes(&self) -> Option<Cow<'a, [u8]>> {
        string_bytes(self.node(ResultField::Model)?, self.text)
    }

    /// The tokens used, if the body has them.
    #[must_use]
    pub fn tokens(&self) -> Option<Tokens> {
        self.node(ResultField::Usage).filter(|node| node.kind == Kind::Object)?;
        // Some servers send both names. The numbers are the same and count once.
        let either = |one, other| self.number(one).or_else(|| self.number(other));
        let input = either(ResultField::PromptTokens, ResultField::InputTokens);
        let output = either(ResultField::CompletionTokens, ResultField::OutputTokens);
        let (input, output) = (input.unwrap_or_default(), output.unwrap_or_default());
        Some(Tokens {
            input,
            cached: either(ResultField::PromptCached, ResultField::InputCached),
            cache_write: either(ResultField::PromptCacheWrite, ResultField::InputCacheWrite),
            output,
            reasoning: either(ResultField::CompletionReasoning, ResultField::OutputReasoning),
            total: self.number(ResultField::TotalTokens).unwrap_or_else(|| input.saturating_add(output)),
        })
    }

    /// Adds the tokens to the sums of the model. Returns whether the line has a usage.
    pub(crate) fn add_usage(&self, usage: &mut UsageByModel) -> bool {
        let Some(tokens) = self.tokens() else { return false };
        let model = usage.add(self.model_bytes().as_deref(), tokens);
        for (field, object) in DETAILS {
            let Some(parent) = self.fields.index(field) else { continue };
            let nodes = self.tape.nodes().iter().skip(parent + 1);
            for node in nodes.take_while(|node| node.parent as usize >= parent) {
                if node.parent as usize != parent || node.kind != Kind::Number {
                    continue;
                }
                // Most of these numbers are 0, so the name is decoded last.
                let Some(count) = integer(node, self.text).filter(|&count| count > 0) else { continue };
                let name = node.key.decoded(self.text, node.key_escaped);
                if !SUMMED.contains(&&*name) {
                    usage.add_detail(model, object, &name, count);
                }
            }
        }
        true
    }

    /// The cause of the failure or of the incomplete answer. `None` for a complete answer.
    #[must_use]
    pub fn failure(&self) -> Option<Failure<'a>> {
        let Some(failure_reason) = self.failure_reason else {
            let incomplete = self.incomplete?;
            return Some(Failure {
                verdict: CauseVerdict::Incomplete,
                status_code: self.status_code,
                code: Some(Cow::Borrowed(incomplete.reason.code())),
                message: incomplete.message(),
            });
        };
        let fields = if failure_reason == FailureReason::Error { &ERROR } else { &BODY_ERROR };
        // An error can be a string instead of an object.
        let message = [fields.message, ResultField::NestedErrorMessage, fields.whole];
        let message =
            message.into_iter().find_map(|field| self.string(field).filter(|text| !text.is_empty()));
        let code =
            [fields.code, ResultField::NestedErrorCode].into_iter().find_map(|field| self.code_text(field));
        let kind = || {
            [fields.kind, ResultField::NestedErrorType].into_iter().find_map(|field| self.code_text(field))
        };
        Some(Failure {
            verdict: CauseVerdict::Failed,
            status_code: self.status_code,
            code: code.or_else(kind),
            message: message.unwrap_or(Cow::Borrowed(failure_reason.message())),
        })
    }

    fn node(&self, field: ResultField) -> Option<&'a Node> {
        self.fields.node(self.tape, field)
    }

    /// Whether a field has a value. Null and empty strings count as absent, except for a body, which can be
    /// an empty string.
    fn has(&self, field: ResultField) -> bool {
        self.node(field).is_some_and(|node| match node.kind {
            Kind::Null => false,
            Kind::String => node.value.start < node.value.end || field == ResultField::Body,
            _ => true,
        })
    }

    fn string(&self, field: ResultField) -> Option<Cow<'a, str>> {
        self.node(field)?.text(self.text)
    }

    /// The string of a code or type. Some servers send a number, which is returned as it is written.
    fn code_text(&self, field: ResultField) -> Option<Cow<'a, str>> {
        let node = self.node(field)?;
        let name = if node.kind == Kind::Number {
            Some(node.value.decoded(self.text, false))
        } else {
            node.text(self.text)
        };
        name.filter(|name| !name.is_empty())
    }

    /// A non-negative integer.
    fn number(&self, field: ResultField) -> Option<u64> {
        integer(self.node(field).filter(|node| node.kind == Kind::Number)?, self.text)
    }
}

/// The fields with details of the usage, and their names.
const DETAILS: [(ResultField, &str); 4] = [
    (ResultField::PromptDetails, "prompt_tokens_details"),
    (ResultField::InputDetails, "input_tokens_details"),
    (ResultField::CompletionDetails, "completion_tokens_details"),
    (ResultField::OutputDetails, "output_tokens_details"),
];

/// The details that are fields of [`Tokens`].
const SUMMED: [&str; 3] = ["cached_tokens", "cache_write_tokens", "reasoning_tokens"];

/// A non-negative integer, written without a fraction or an exponent. `u64::MAX` if it has more than 19
/// digits.
fn integer(node: &Node, text: &[u8]) -> Option<u64> {
    let digits = node.value.of(text);
    let add = |sum: u64, &byte: &u8| {
        let digit = byte.wrapping_sub(b'0');
        (digit < 10).then(|| sum.wrapping_mul(10).wrapping_add(digit.into()))
    };
    let number = digits.iter().try_fold(0, add)?;
    // Nineteen digits fit into 64 bits.
    Some(if digits.len() > 19 { u64::MAX } else { number })
}
