//! One classifier for the lines of output and error files: success, or why not.

use std::borrow::Cow;

use crate::json::{Kind, Node, Tape};
use crate::jsonl::common::by_shape::ByShape;

use super::answer::{CauseVerdict, Incomplete, IncompleteReason, of_choices, of_data, of_output};
use super::fields::{ResultField, ResultFields};
use super::usage::{Tokens, UsageByModel};

/// What keeps a result line from being a success.
///
/// An HTTP failure stands in `response`, with the top-level `error` null; the top-level `error` is for
/// requests that were never answered (expired, cancelled, timed out). Servers mix the two, so each is looked
/// at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FailureReason {
    /// The line has a top-level `error`.
    Error,
    /// There is no `response`, nor an `error`.
    NoResponse,
    /// The response has no whole `status_code`.
    NoStatus,
    /// The `status_code` is not of 200 to 299.
    Status,
    /// The response has no `body`.
    NoBody,
    /// The body has an `error`, whatever the status says.
    BodyError,
}

impl FailureReason {
    /// The words for it, where the server gave none.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::NoResponse => "the line has neither a response nor an error",
            Self::NoStatus => "the response has no status code",
            Self::NoBody => "the response has no body",
            Self::Error | Self::Status | Self::BodyError => "the server gave no message",
        }
    }
}

/// A line of an output or error file, borrowed from its bytes and its tape.
///
/// ```
/// use batchlight::json::Tape;
/// use batchlight::jsonl::{FailureReason, RESULT_DEPTH, ResultLine};
/// let text = br#"{"custom_id": "a", "response": {"status_code": 400, "body": {"error": {"code": "x"}}}}"#;
/// let mut tape = Tape::new(RESULT_DEPTH);
/// tape.read(text).unwrap();
/// let line = ResultLine::of(text, &tape).unwrap();
/// assert_eq!((line.custom_id().as_deref(), line.failure_reason()), (Some("a"), Some(FailureReason::Status)));
/// assert_eq!(line.failure().unwrap().code.as_deref(), Some("x"));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct ResultLine<'a> {
    text: &'a [u8],
    tape: &'a Tape,
    members: ResultFields,
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

/// Why a request failed, in the server's words, or why its answer is incomplete.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure<'a> {
    /// Whether it failed, or has an incomplete answer.
    pub verdict: CauseVerdict,
    /// The HTTP status, from 0 to 999.
    pub status_code: Option<u16>,
    /// The error's `code`, or its `type` where it has none.
    pub code: Option<Cow<'a, str>>,
    /// The error's message, or our words for what is missing.
    pub message: Cow<'a, str>,
}

impl<'a> ResultLine<'a> {
    /// Reads a line whose tape reaches [`RESULT_DEPTH`](crate::jsonl::RESULT_DEPTH). Returns `None` if it is
    /// not an object.
    #[must_use]
    pub fn of(text: &'a [u8], tape: &'a Tape) -> Option<Self> {
        Self::known(text, tape, &mut ByShape::default())
    }

    /// The same; where the members stand is looked up only once for lines of one shape.
    pub(crate) fn known(text: &'a [u8], tape: &'a Tape, known: &mut ByShape<ResultFields>) -> Option<Self> {
        if tape.nodes().first()?.kind != Kind::Object {
            return None;
        }
        let members = ResultFields::known(text, tape, known);
        let mut line =
            Self { text, tape, members, status_code: None, failure_reason: None, incomplete: None };
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

    /// Looks for what is missing in the answer of a line that has no failure_reason.
    fn find_incomplete(&self) -> Option<Incomplete> {
        let array = |field| self.node(field).filter(|node| node.kind == Kind::Array);
        if self.node(ResultField::BodyStatus).is_some_and(|node| node.is_text(self.text, "incomplete")) {
            let reason = self.string(ResultField::IncompleteReason);
            return Some(Incomplete::whole(IncompleteReason::of_response(reason.as_deref())));
        }
        if let Some(node) = array(ResultField::Choices) {
            of_choices(node.value.of(self.text), node.items)
        } else if let Some(node) = array(ResultField::Output) {
            of_output(node.value.of(self.text))
        } else {
            array(ResultField::Data).and_then(|node| of_data(node.value.of(self.text), node.items))
        }
    }

    /// Why the answer of a successful line is not what was asked for, such as cut off or refused.
    #[must_use]
    pub const fn incomplete(&self) -> Option<Incomplete> {
        self.incomplete
    }

    /// What keeps it from being a success; none: it is one.
    #[must_use]
    pub const fn failure_reason(&self) -> Option<FailureReason> {
        self.failure_reason
    }

    /// The HTTP status of the response, from 0 to 999.
    #[must_use]
    pub const fn status_code(&self) -> Option<u16> {
        self.status_code
    }

    /// Which request it answers; none when `custom_id` is missing or no text.
    #[must_use]
    pub fn custom_id(&self) -> Option<Cow<'a, str>> {
        self.string(ResultField::CustomId)
    }

    /// The model that answered.
    #[must_use]
    pub fn model(&self) -> Option<Cow<'a, str>> {
        self.string(ResultField::Model)
    }

    /// The body as written; empty if there is none.
    #[must_use]
    pub fn body(&self) -> &'a [u8] {
        let node = self.node(ResultField::Body).or_else(|| self.node(ResultField::Response));
        node.map_or(&[], |node| node.value.of(self.text))
    }

    /// The bytes of the `custom_id` as it is spelt.
    pub(crate) fn id(&self) -> Option<Cow<'a, [u8]>> {
        string_bytes(self.node(ResultField::CustomId)?, self.text)
    }

    /// The bytes of the model as it is spelt.
    pub(crate) fn model_bytes(&self) -> Option<Cow<'a, [u8]>> {
        string_bytes(self.node(ResultField::Model)?, self.text)
    }

    /// The tokens it used, if the body says.
    #[must_use]
    pub fn tokens(&self) -> Option<Tokens> {
        self.node(ResultField::Usage).filter(|node| node.kind == Kind::Object)?;
        // Some servers send both namings: they say the same, and are counted once.
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

    /// Adds the tokens it used to the sums of its model.
    pub(crate) fn add_usage(&self, usage: &mut UsageByModel) {
        let Some(tokens) = self.tokens() else { return };
        let model = usage.add(self.model_bytes().as_deref(), tokens);
        for (field, object) in DETAILS {
            let Some(parent) = self.members.index(field) else { continue };
            let nodes = self.tape.nodes().iter().skip(parent + 1);
            for node in nodes.take_while(|node| node.parent as usize >= parent) {
                if node.parent as usize != parent || node.kind != Kind::Number {
                    continue;
                }
                let (name, count) = (node.key.spelt(self.text, node.key_escaped), whole(node, self.text));
                if let Some(count) = count.filter(|&count| count > 0 && !SUMMED.contains(&&*name)) {
                    usage.add_detail(model, object, &name, count);
                }
            }
        }
    }

    /// Why the request failed, or why its answer is incomplete; none for a complete answer.
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
        let at = if failure_reason == FailureReason::Error { &ERROR } else { &BODY_ERROR };
        // An error may be a bare string instead of an object.
        let message = [at.message, ResultField::NestedErrorMessage, at.whole];
        let message =
            message.into_iter().find_map(|field| self.string(field).filter(|text| !text.is_empty()));
        let code = [at.code, ResultField::NestedErrorCode].into_iter().find_map(|field| self.name(field));
        let kind = || [at.kind, ResultField::NestedErrorType].into_iter().find_map(|field| self.name(field));
        Some(Failure {
            verdict: CauseVerdict::Failed,
            status_code: self.status_code,
            code: code.or_else(kind),
            message: message.unwrap_or(Cow::Borrowed(failure_reason.words())),
        })
    }

    fn node(&self, member: ResultField) -> Option<&'a Node> {
        self.members.node(self.tape, member)
    }

    /// Whether a member is there and says something: null and empty text are as good as absent.
    fn has(&self, member: ResultField) -> bool {
        self.node(member).is_some_and(|node| match node.kind {
            Kind::Null => false,
            Kind::Text => node.value.start < node.value.end || member == ResultField::Body,
            _ => true,
        })
    }

    fn string(&self, member: ResultField) -> Option<Cow<'a, str>> {
        self.node(member)?.text(self.text)
    }

    /// A code: a text, or a number as some servers write it.
    fn name(&self, member: ResultField) -> Option<Cow<'a, str>> {
        let node = self.node(member)?;
        let name = if node.kind == Kind::Number {
            Some(node.value.spelt(self.text, false))
        } else {
            node.text(self.text)
        };
        name.filter(|name| !name.is_empty())
    }

    /// A whole number that is not negative.
    fn number(&self, member: ResultField) -> Option<u64> {
        whole(self.node(member).filter(|node| node.kind == Kind::Number)?, self.text)
    }
}

/// The objects with details of the usage, by their fields.
const DETAILS: [(ResultField, &str); 4] = [
    (ResultField::PromptDetails, "prompt_tokens_details"),
    (ResultField::InputDetails, "input_tokens_details"),
    (ResultField::CompletionDetails, "completion_tokens_details"),
    (ResultField::OutputDetails, "output_tokens_details"),
];

/// The details that [`Tokens`] has by name.
const SUMMED: [&str; 3] = ["cached_tokens", "cache_write_tokens", "reasoning_tokens"];

/// A number without sign, fraction and exponent.
fn whole(node: &Node, text: &[u8]) -> Option<u64> {
    let digits = node.value.of(text);
    if !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    // Nineteen digits fit.
    let sum = |sum: u64, digit: &u8| sum * 10 + u64::from(digit - b'0');
    Some(if digits.len() > 19 { u64::MAX } else { digits.iter().fold(0, sum) })
}

/// The bytes of the text that a node spells; without escapes they are those of the line, not looked at again.
pub(crate) fn string_bytes<'a>(node: &Node, line: &'a [u8]) -> Option<Cow<'a, [u8]>> {
    if node.kind != Kind::Text {
        return None;
    }
    Some(if node.escaped {
        Cow::Owned(node.value.spelt(line, true).into_owned().into_bytes())
    } else {
        Cow::Borrowed(node.value.of(line))
    })
}

/// Bytes as text, as far as they are.
pub(crate) fn valid_utf8_prefix(bytes: &[u8]) -> &str {
    bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid())
}
