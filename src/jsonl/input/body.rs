//! The check of one body against the table of [`bodies`](crate::jsonl::endpoints).

use crate::json::{Kind, Node, Span, Tape};
use crate::jsonl::common::lines::Line;

use super::check::InputChecker;
use super::endpoints::{
    BodyField, ENDPOINTS, EndpointRules, MAX_EMBEDDING_INPUT_ITEMS, RequiredField, count_embedding_inputs,
    describe_kinds, is_within,
};
use super::issue::{Diagnostic, FilePlace, Found};
use super::parameter_check::range_in_words;
use super::request::{RequestFields, Url};
use super::rules::Rule;

impl InputChecker {
    /// Checks a body against what the endpoint of its url asks, where that is known.
    pub(crate) fn body(
        &mut self,
        line: &Line<'_>,
        tape: &Tape,
        members: &RequestFields,
        whole: &Node,
        url: Url,
    ) {
        let asked = url.body;
        let mut present = members.looked;
        while present != 0 {
            let member = BodyField::ALL[present.trailing_zeros() as usize];
            present &= present - 1;
            if let Some(node) = members.in_body(tape, member) {
                self.member(line, member, node, asked);
            }
        }
        let Some(asked) = asked else { return };
        if members.accepted & url.endpoint == 0 || !members.compared.is_empty() {
            self.parameters(line, tape, members, (url.endpoint, asked));
        }
        let place = ENDPOINTS.iter().position(|body| std::ptr::eq(body, asked));
        if place.is_none_or(|place| members.met >> place & 1 == 0) {
            for need in asked.needs {
                self.need(line, tape, members, whole, need);
            }
        }
        asked.prompt(line.bytes, &mut self.prompt, |member| members.in_body(tape, member));
        match asked.endpoint {
            "/v1/embeddings" => {
                if let Some(input) = members.in_body(tape, BodyField::Input) {
                    self.inputs(line, input);
                }
            }
            "/v1/chat/completions" => {
                self.max_tokens(line, tape, members);
                if let Some(messages) = members.in_body(tape, BodyField::Messages) {
                    self.roles(line, messages);
                }
            }
            _ => {}
        }
    }

    /// What holds for a member at every endpoint.
    fn member(&mut self, line: &Line<'_>, member: BodyField, node: &Node, asked: Option<&EndpointRules>) {
        let pointer = ["/body/", member.name()];
        if member.kinds() & 1 << node.kind as u8 == 0 {
            return self.about(line, Rule::MemberKind, pointer, node, describe_kinds(member.kinds()));
        }
        match member {
            BodyField::Model => self.model(line, node),
            BodyField::Stream if node.kind == Kind::True => {
                self.about(line, Rule::Streaming, pointer, node, "");
            }
            // The inputs of embeddings are counted anyway.
            BodyField::Messages | BodyField::Input | BodyField::Prompt
                if node.kind == Kind::Array
                    && node.items == 0
                    && asked.is_none_or(|body| body.endpoint != "/v1/embeddings") =>
            {
                self.about(line, Rule::EmptyInput, pointer, node, "a list that is not empty");
            }
            _ => {}
        }
        let by_endpoint = asked.and_then(|body| body.n).filter(|_| member == BodyField::N);
        if let Some(range) = member.range().or(by_endpoint)
            && !is_within(node.value.of(line.bytes), range)
        {
            self.about(line, Rule::OutOfRange, pointer, node, &range_in_words(range));
        }
    }

    /// What the endpoint requires: any of some members, and the first in the right kind.
    fn need(
        &mut self,
        line: &Line<'_>,
        tape: &Tape,
        members: &RequestFields,
        whole: &Node,
        need: &RequiredField,
    ) {
        let first = need.any[0];
        let pointer = ["/body/", first.name()];
        if let Some(node) = members.in_body(tape, first) {
            // Of a kind that is wrong everywhere it is told already.
            if need.kinds & 1 << node.kind as u8 == 0 && first.kinds() & 1 << node.kind as u8 != 0 {
                self.about(line, Rule::MemberKind, pointer, node, need.words);
            }
        } else if !need.any.iter().any(|&member| members.in_body(tape, member).is_some()) {
            let rule = if need.refused { Rule::MissingParameter } else { Rule::MissingBodyMember };
            let at = Span { start: whole.value.start, end: whole.value.start };
            let told = Diagnostic::new(rule, Found::Words("nothing"));
            self.report(line, &Diagnostic { at, pointer, demand: need.words, ..told });
        }
    }

    /// The inputs of an embeddings request.
    fn inputs(&mut self, line: &Line<'_>, input: &Node) {
        let count = count_embedding_inputs(input);
        let before = self.embedding_inputs;
        self.embedding_inputs += count;
        let over = |most: u64| before <= most && self.embedding_inputs > most;
        if self.limits.embedding_inputs.is_some_and(over) {
            self.exceeded[2] = Some(FilePlace { line: line.number, column: 1, offset: line.offset });
        }
        let pointer = ["/body/", "input"];
        if input.items > MAX_EMBEDDING_INPUT_ITEMS {
            let (most, items) = (MAX_EMBEDDING_INPUT_ITEMS.to_string(), input.items.to_string());
            let told = Diagnostic::new(Rule::LongInput, Found::Words(&items));
            let at = super::request::place(input);
            self.report(line, &Diagnostic { at, pointer, demand: &most, ..told });
        } else if (input.kind == Kind::Array && count == 0)
            || (input.kind == Kind::Text && input.value.start == input.value.end)
        {
            self.about(line, Rule::EmptyInput, pointer, input, "an input that is not empty");
        }
    }

    /// The two bounds of tokens, of which newer models take one only.
    fn max_tokens(&mut self, line: &Line<'_>, tape: &Tape, members: &RequestFields) {
        let Some(old) = members.in_body(tape, BodyField::MaxTokens) else { return };
        let o_series = |model: &Node| {
            let name = model.value.of(line.bytes);
            model.kind == Kind::Text && matches!(name, [b'o', b'0'..=b'9', ..])
        };
        let rule = if members.in_body(tape, BodyField::MaxCompletionTokens).is_some() {
            Rule::MaxTokensTwice
        } else if members.in_body(tape, BodyField::Model).is_some_and(o_series) {
            Rule::MaxTokensOld
        } else {
            return;
        };
        self.about(line, rule, ["/body/", "max_tokens"], old, "");
    }
}
