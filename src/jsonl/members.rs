//! Where the members of a result line stand that decide what it says, found in one pass over its tape.

use crate::json::{Node, Tape};

/// How deep the tape of a result line must reach: `response.body.usage.prompt_tokens_details.cached_tokens`.
pub const RESULT_DEPTH: usize = 5;

/// A member of a result line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Member {
    Line,
    CustomId,
    Response,
    Error,
    StatusCode,
    Body,
    ErrorCode,
    ErrorType,
    ErrorMessage,
    Model,
    BodyError,
    BodyErrorCode,
    BodyErrorType,
    BodyErrorMessage,
    Usage,
    InputTokens,
    OutputTokens,
    PromptTokens,
    CompletionTokens,
    TotalTokens,
    InputDetails,
    OutputDetails,
    PromptDetails,
    CompletionDetails,
    InputCached,
    PromptCached,
    OutputReasoning,
    CompletionReasoning,
}

const MEMBERS: usize = Member::CompletionReasoning as usize + 1;
const ABSENT: u32 = u32::MAX;

type Row = (&'static str, Member);

/// The objects that are looked into, and what is looked for in each. Chat, completions and embeddings count
/// `prompt_tokens`, responses and images `input_tokens` (openai 7.57.0: `CompletionUsage`, `ResponseUsage`).
const OBJECTS: &[(Member, &[Row])] = &[
    (
        Member::Line,
        &[("custom_id", Member::CustomId), ("response", Member::Response), ("error", Member::Error)],
    ),
    (Member::Response, &[("status_code", Member::StatusCode), ("body", Member::Body)]),
    (
        Member::Error,
        &[("code", Member::ErrorCode), ("type", Member::ErrorType), ("message", Member::ErrorMessage)],
    ),
    (Member::Body, &[("model", Member::Model), ("error", Member::BodyError), ("usage", Member::Usage)]),
    (
        Member::BodyError,
        &[
            ("code", Member::BodyErrorCode),
            ("type", Member::BodyErrorType),
            ("message", Member::BodyErrorMessage),
        ],
    ),
    (
        Member::Usage,
        &[
            ("prompt_tokens", Member::PromptTokens),
            ("completion_tokens", Member::CompletionTokens),
            ("total_tokens", Member::TotalTokens),
            ("input_tokens", Member::InputTokens),
            ("output_tokens", Member::OutputTokens),
            ("prompt_tokens_details", Member::PromptDetails),
            ("completion_tokens_details", Member::CompletionDetails),
            ("input_tokens_details", Member::InputDetails),
            ("output_tokens_details", Member::OutputDetails),
        ],
    ),
    (Member::PromptDetails, &[("cached_tokens", Member::PromptCached)]),
    (Member::InputDetails, &[("cached_tokens", Member::InputCached)]),
    (Member::CompletionDetails, &[("reasoning_tokens", Member::CompletionReasoning)]),
    (Member::OutputDetails, &[("reasoning_tokens", Member::OutputReasoning)]),
];

/// The place of each member on the tape.
#[derive(Clone, Copy, Debug)]
pub(super) struct Members([u32; MEMBERS]);

impl Members {
    /// Finds them. Of a repeated key the last counts, as for `JSON.parse` and most readers.
    pub(super) fn of(text: &[u8], tape: &Tape) -> Self {
        let mut members = Self([ABSENT; MEMBERS]);
        members.0[Member::Line as usize] = 0;
        // Members of one object mostly follow each other: what is looked for there is looked up once.
        let (mut parent, mut rows) = (ABSENT, &[][..]);
        for (index, node) in (0u32..).zip(tape.nodes()).skip(1) {
            if node.parent != parent {
                parent = node.parent;
                rows = members.looked_for_in(parent);
            }
            if let Some(&(_, member)) = rows.iter().find(|(name, _)| is_named(text, node, name)) {
                if members.0[member as usize] != ABSENT {
                    members.forget(member);
                }
                members.0[member as usize] = index;
            }
        }
        members
    }

    /// The node of a member, if the line has it.
    pub(super) fn node<'a>(&self, tape: &'a Tape, member: Member) -> Option<&'a Node> {
        tape.nodes().get(self.0[member as usize] as usize)
    }

    fn looked_for_in(&self, parent: u32) -> &'static [Row] {
        let object = OBJECTS.iter().find(|(object, _)| self.0[*object as usize] == parent);
        object.map_or(&[], |(_, rows)| rows)
    }

    /// Forgets a member and all that is in it: it stands again further on.
    fn forget(&mut self, member: Member) {
        self.0[member as usize] = ABSENT;
        for (_, rows) in OBJECTS.iter().filter(|(object, _)| *object == member) {
            rows.iter().for_each(|&(_, inner)| self.forget(inner));
        }
    }
}

fn is_named(text: &[u8], node: &Node, name: &str) -> bool {
    if node.key_escaped {
        return node.key.spelt(text, true) == name;
    }
    node.key.of(text) == name.as_bytes()
}
