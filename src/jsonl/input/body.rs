//! The check of the body of a request against the [rules of its endpoint](super::endpoints).

use crate::json::{Kind, Node, Span, Tape};
use crate::jsonl::common::lines::Line;
use crate::model::{Profile, ProfileName};

use super::endpoints::{
    BodyField, ENDPOINTS, EndpointRules, MAX_EMBEDDING_INPUT_ITEMS, RequiredField, count_embedding_inputs,
    describe_kinds, describe_range, is_within,
};
use super::estimate::TokenCounter;
use super::issue::{Diagnostic, Found};
use super::limit::LimitedCounter;
use super::line_report::LineReporter;
use super::models::ModelChecker;
use super::parameter_check::{ParameterCheck, check_roles};
use super::request_fields::{RequestFields, quoted_span};
use super::rules::Rule;
use super::url::UrlInfo;

/// The roles of the messages are compared in the first requests, and then in one of [`ROLE_SAMPLE`].
const FIRST_ROLES: u64 = 100;
const ROLE_SAMPLE: u64 = 256;

/// Checks the bodies of a file.
#[derive(Debug)]
pub struct BodyChecker {
    profile: &'static Profile,
    /// The models.
    pub models: ModelChecker,
    /// The check of the parameters, unless the provider's parameters are unknown.
    pub parameters: Option<Box<ParameterCheck>>,
    /// The embedding inputs.
    pub embedding_inputs: LimitedCounter,
    /// The input tokens.
    pub tokens: TokenCounter,
}

impl BodyChecker {
    /// Creates a checker.
    pub fn new(profile: &'static Profile, max_embedding_inputs: Option<u64>) -> Self {
        Self {
            profile,
            models: ModelChecker::new(profile),
            parameters: ParameterCheck::new(profile).map(Box::new),
            embedding_inputs: LimitedCounter::new(max_embedding_inputs),
            tokens: TokenCounter::default(),
        }
    }

    /// Checks the body of the request with this number, from 1.
    pub fn check(
        &mut self,
        number: u64,
        (tape, fields): (&Tape, &RequestFields),
        url: UrlInfo,
        report: &mut LineReporter<'_>,
    ) {
        let line = report.line;
        let mut to_check = fields.to_check;
        while to_check != 0 {
            let field = BodyField::ALL[to_check.trailing_zeros() as usize];
            to_check &= to_check - 1;
            if let Some(node) = fields.in_body(tape, field) {
                self.check_field(field, node, url.endpoint, report);
            }
        }
        let Some(endpoint) = url.endpoint else { return };
        if let Some(parameters) = &mut self.parameters
            && (fields.accepted & url.endpoint_bit == 0 || !fields.compared.is_empty())
        {
            parameters.check(tape, fields, (url.endpoint_bit, endpoint), report);
        }
        let index = ENDPOINTS.iter().position(|other| std::ptr::eq(other, endpoint));
        if index.is_none_or(|index| fields.satisfied >> index & 1 == 0) {
            for required in endpoint.required {
                check_required(required, tape, fields, report);
            }
        }
        endpoint.count_tokens(line.bytes, &mut self.tokens, |field| fields.in_body(tape, field));
        match endpoint.endpoint {
            "/v1/embeddings" => {
                if let Some(input) = fields.in_body(tape, BodyField::Input) {
                    self.check_embedding_input(input, report);
                }
            }
            "/v1/chat/completions" => {
                check_max_tokens(tape, fields, report);
                let is_sampled = number <= FIRST_ROLES || number.is_multiple_of(ROLE_SAMPLE);
                if is_sampled
                    && self.profile.name == ProfileName::Openai
                    && let Some(messages) = fields.in_body(tape, BodyField::Messages)
                    && messages.kind == Kind::Array
                {
                    check_roles(messages, report);
                }
            }
            _ => {}
        }
    }

    /// Checks a field by the rules of all endpoints.
    fn check_field(
        &mut self,
        field: BodyField,
        node: &Node,
        endpoint: Option<&EndpointRules>,
        report: &mut LineReporter<'_>,
    ) {
        let pointer = ["/body/", field.name()];
        if field.kinds() & 1 << node.kind as u8 == 0 {
            return report.value(Rule::MemberKind, pointer, node, describe_kinds(field.kinds()));
        }
        match field {
            BodyField::Model => self.models.check(node, report),
            BodyField::Stream if node.kind == Kind::True => {
                report.value(Rule::Streaming, pointer, node, "");
            }
            // An empty list of embedding inputs is reported where they are counted.
            BodyField::Messages | BodyField::Input | BodyField::Prompt
                if node.kind == Kind::Array
                    && node.items == 0
                    && endpoint.is_none_or(|rules| rules.endpoint != "/v1/embeddings") =>
            {
                report.value(Rule::EmptyInput, pointer, node, "a list that is not empty");
            }
            _ => {}
        }
        let by_endpoint = endpoint.and_then(|rules| rules.n).filter(|_| field == BodyField::N);
        if let Some(range) = field.range().or(by_endpoint)
            && !is_within(node.value.of(report.line.bytes), range)
        {
            report.value(Rule::OutOfRange, pointer, node, &describe_range(range));
        }
    }

    /// Checks and counts the input of an embeddings request.
    fn check_embedding_input(&mut self, input: &Node, report: &mut LineReporter<'_>) {
        let count = count_embedding_inputs(input);
        self.embedding_inputs.add(count, report.line);
        let pointer = ["/body/", "input"];
        if input.items > MAX_EMBEDDING_INPUT_ITEMS {
            let (max, items) = (MAX_EMBEDDING_INPUT_ITEMS.to_string(), input.items.to_string());
            let diagnostic = Diagnostic::new(Rule::LongInput, Found::Description(&items));
            report.report(&Diagnostic { at: quoted_span(input), pointer, expected: &max, ..diagnostic });
        } else if (input.kind == Kind::Array && count == 0)
            || (input.kind == Kind::String && input.value.start == input.value.end)
        {
            report.value(Rule::EmptyInput, pointer, input, "an input that is not empty");
        }
    }
}

/// Checks what an endpoint requires: one of several fields, and the kind of the first.
fn check_required(
    required: &RequiredField,
    tape: &Tape,
    fields: &RequestFields,
    report: &mut LineReporter<'_>,
) {
    let first = required.any_of[0];
    let pointer = ["/body/", first.name()];
    if let Some(node) = fields.in_body(tape, first) {
        // A kind that is invalid at every endpoint has been reported already.
        if required.kinds & 1 << node.kind as u8 == 0 && first.kinds() & 1 << node.kind as u8 != 0 {
            report.value(Rule::MemberKind, pointer, node, required.expected);
        }
    } else if !required.any_of.iter().any(|&field| fields.in_body(tape, field).is_some()) {
        let rule = if required.is_known { Rule::MissingParameter } else { Rule::MissingBodyMember };
        let start = tape.node(fields.body).value.start;
        let diagnostic = Diagnostic::new(rule, Found::Description("nothing"));
        report.report(&Diagnostic {
            at: Span { start, end: start },
            pointer,
            expected: required.expected,
            ..diagnostic
        });
    }
}

/// Checks the two limits of output tokens, of which newer models accept only one.
fn check_max_tokens(tape: &Tape, fields: &RequestFields, report: &mut LineReporter<'_>) {
    let Some(max_tokens) = fields.in_body(tape, BodyField::MaxTokens) else { return };
    let Line { bytes, .. } = report.line;
    let is_o_series =
        |model: &Node| model.kind == Kind::String && matches!(model.value.of(bytes), [b'o', b'0'..=b'9', ..]);
    let rule = if fields.in_body(tape, BodyField::MaxCompletionTokens).is_some() {
        Rule::MaxTokensTwice
    } else if fields.in_body(tape, BodyField::Model).is_some_and(is_o_series) {
        Rule::MaxTokensOld
    } else {
        return;
    };
    report.value(rule, ["/body/", "max_tokens"], max_tokens, "");
}
