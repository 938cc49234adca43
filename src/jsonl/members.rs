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

/// A name that is looked for, and the member it names.
type Row = (Name, Member);

/// A name with its first and last eight bytes as numbers: two comparisons tell nearly every other name from it.
#[derive(Clone, Copy, Debug)]
struct Name {
    text: &'static str,
    ends: [u64; 2],
}

impl Name {
    const fn of(text: &'static str) -> Self {
        let bytes = text.as_bytes();
        let mut ends = [0; 2];
        let mut at = 0;
        while at < bytes.len() {
            if at < 8 {
                ends[0] |= (bytes[at] as u64) << (at * 8);
            }
            // What is no longer than eight bytes has but one end.
            if bytes.len() > 8 && at + 8 >= bytes.len() {
                ends[1] |= (bytes[at] as u64) << ((at + 8 - bytes.len()) * 8);
            }
            at += 1;
        }
        Self { text, ends }
    }

    /// The numbers of a key; `after` begins with the key and goes on.
    fn ends(key: &[u8], after: &[u8]) -> [u64; 2] {
        let word = |bytes: &[u8; 8]| u64::from_le_bytes(*bytes);
        let last = key.last_chunk().filter(|_| key.len() > 8).map_or(0, word);
        // A key is followed by its value: eight bytes from its start are nearly always there.
        let first = match (after.first_chunk(), key.len()) {
            (Some(bytes), 8..) => word(bytes),
            (Some(bytes), length) => word(bytes) & !(u64::MAX << (length * 8)),
            (None, _) => key.iter().rev().fold(0, |first, &byte| first << 8 | u64::from(byte)),
        };
        [first, last]
    }
}

/// The objects that are looked into, and what is looked for in each. Chat, completions and embeddings count
/// `prompt_tokens`, responses and images `input_tokens` (openai 7.57.0: `CompletionUsage`, `ResponseUsage`).
const OBJECTS: &[(Member, &[Row])] = &[
    (
        Member::Line,
        &[
            (Name::of("custom_id"), Member::CustomId),
            (Name::of("response"), Member::Response),
            (Name::of("error"), Member::Error),
        ],
    ),
    (Member::Response, &[(Name::of("status_code"), Member::StatusCode), (Name::of("body"), Member::Body)]),
    (
        Member::Error,
        &[
            (Name::of("code"), Member::ErrorCode),
            (Name::of("type"), Member::ErrorType),
            (Name::of("message"), Member::ErrorMessage),
        ],
    ),
    (
        Member::Body,
        &[
            (Name::of("model"), Member::Model),
            (Name::of("error"), Member::BodyError),
            (Name::of("usage"), Member::Usage),
        ],
    ),
    (
        Member::BodyError,
        &[
            (Name::of("code"), Member::BodyErrorCode),
            (Name::of("type"), Member::BodyErrorType),
            (Name::of("message"), Member::BodyErrorMessage),
        ],
    ),
    (
        Member::Usage,
        &[
            (Name::of("prompt_tokens"), Member::PromptTokens),
            (Name::of("completion_tokens"), Member::CompletionTokens),
            (Name::of("total_tokens"), Member::TotalTokens),
            (Name::of("input_tokens"), Member::InputTokens),
            (Name::of("output_tokens"), Member::OutputTokens),
            (Name::of("prompt_tokens_details"), Member::PromptDetails),
            (Name::of("completion_tokens_details"), Member::CompletionDetails),
            (Name::of("input_tokens_details"), Member::InputDetails),
            (Name::of("output_tokens_details"), Member::OutputDetails),
        ],
    ),
    (Member::PromptDetails, &[(Name::of("cached_tokens"), Member::PromptCached)]),
    (Member::InputDetails, &[(Name::of("cached_tokens"), Member::InputCached)]),
    (Member::CompletionDetails, &[(Name::of("reasoning_tokens"), Member::CompletionReasoning)]),
    (Member::OutputDetails, &[(Name::of("reasoning_tokens"), Member::OutputReasoning)]),
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
            if rows.is_empty() {
                continue;
            }
            if let Some(member) = named(text, node, rows) {
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

/// The member that a key names, if it is looked for.
fn named(text: &[u8], node: &Node, rows: &[Row]) -> Option<Member> {
    if node.key_escaped {
        let key = node.key.spelt(text, true);
        return rows.iter().find(|(name, _)| name.text == key).map(|row| row.1);
    }
    let key = node.key.of(text);
    let ends = Name::ends(key, text.get(node.key.start as usize..).unwrap_or_default());
    let is = |name: &Name| {
        let same_ends = name.ends == ends && name.text.len() == key.len();
        same_ends && (key.len() <= 16 || name.text.as_bytes() == key)
    };
    rows.iter().find(|(name, _)| is(name)).map(|row| row.1)
}
