//! The fields of a result line that matter, found in one pass over its tape.

use std::sync::Arc;

use crate::json::{Node, Tape};
use crate::jsonl::common::by_shape::ByShape;
use crate::jsonl::common::convert::saturating_u32;

/// A field of a result line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum ResultField {
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
    BodyStatus,
    IncompleteDetails,
    IncompleteReason,
    Choices,
    Output,
    Data,
    NestedError,
    NestedErrorCode,
    NestedErrorType,
    NestedErrorMessage,
    InputCacheWrite,
    PromptCacheWrite,
}

const FIELDS: usize = ResultField::PromptCacheWrite as usize + 1;
const ABSENT: u32 = u32::MAX;

/// The name of a field, and the field.
type Row = (Name, ResultField);

/// A name with its first and last eight bytes as integers. Two comparisons exclude nearly every other name.
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
            // A name of up to eight bytes only has the first integer.
            if bytes.len() > 8 && at + 8 >= bytes.len() {
                ends[1] |= (bytes[at] as u64) << ((at + 8 - bytes.len()) * 8);
            }
            at += 1;
        }
        Self { text, ends }
    }

    /// The integers of a key. `after` begins with the key.
    fn ends(key: &[u8], after: &[u8]) -> [u64; 2] {
        let word = |bytes: &[u8; 8]| u64::from_le_bytes(*bytes);
        let last = key.last_chunk().filter(|_| key.len() > 8).map_or(0, word);
        // The value follows the key, so there are nearly always eight bytes from the start of the key.
        let first = match (after.first_chunk(), key.len()) {
            (Some(bytes), 8..) => word(bytes),
            (Some(bytes), length) => word(bytes) & !(u64::MAX << (length * 8)),
            (None, _) => key.iter().rev().fold(0, |first, &byte| first << 8 | u64::from(byte)),
        };
        [first, last]
    }
}

/// An object and its fields.
#[derive(Clone, Copy, Debug)]
struct Object {
    field: ResultField,
    rows: &'static [Row],
    /// A bit for the length of each name, which excludes most other keys.
    lengths: u32,
}

impl Object {
    const fn of(field: ResultField, rows: &'static [Row]) -> Self {
        let (mut lengths, mut at) = (0, 0);
        while at < rows.len() {
            lengths |= 1 << rows[at].0.text.len();
            at += 1;
        }
        Self { field, rows, lengths }
    }
}

/// The objects and their fields. Chat, completions and embeddings count
/// `prompt_tokens`, responses and images `input_tokens` (openai package: `CompletionUsage`, `ResponseUsage`).
const OBJECTS: &[Object] = &[
    Object::of(
        ResultField::Line,
        &[
            (Name::of("custom_id"), ResultField::CustomId),
            (Name::of("response"), ResultField::Response),
            (Name::of("error"), ResultField::Error),
        ],
    ),
    Object::of(
        ResultField::Response,
        &[
            (Name::of("status_code"), ResultField::StatusCode),
            (Name::of("body"), ResultField::Body),
            // Before 0.4.3, vLLM wrote the body's properties into the response itself.
            (Name::of("model"), ResultField::Model),
            (Name::of("choices"), ResultField::Choices),
            (Name::of("usage"), ResultField::Usage),
        ],
    ),
    Object::of(
        ResultField::Error,
        &[
            (Name::of("code"), ResultField::ErrorCode),
            (Name::of("type"), ResultField::ErrorType),
            (Name::of("message"), ResultField::ErrorMessage),
            // vLLM: an error in the error.
            (Name::of("error"), ResultField::NestedError),
        ],
    ),
    // Azure: an error in the message of the error.
    Object::of(ResultField::ErrorMessage, &[(Name::of("error"), ResultField::NestedError)]),
    Object::of(
        ResultField::NestedError,
        &[
            (Name::of("code"), ResultField::NestedErrorCode),
            (Name::of("type"), ResultField::NestedErrorType),
            (Name::of("message"), ResultField::NestedErrorMessage),
        ],
    ),
    Object::of(
        ResultField::Body,
        &[
            (Name::of("model"), ResultField::Model),
            (Name::of("error"), ResultField::BodyError),
            (Name::of("usage"), ResultField::Usage),
            (Name::of("status"), ResultField::BodyStatus),
            (Name::of("incomplete_details"), ResultField::IncompleteDetails),
            (Name::of("choices"), ResultField::Choices),
            (Name::of("output"), ResultField::Output),
            (Name::of("data"), ResultField::Data),
        ],
    ),
    Object::of(ResultField::IncompleteDetails, &[(Name::of("reason"), ResultField::IncompleteReason)]),
    Object::of(
        ResultField::BodyError,
        &[
            (Name::of("code"), ResultField::BodyErrorCode),
            (Name::of("type"), ResultField::BodyErrorType),
            (Name::of("message"), ResultField::BodyErrorMessage),
        ],
    ),
    Object::of(
        ResultField::Usage,
        &[
            (Name::of("prompt_tokens"), ResultField::PromptTokens),
            (Name::of("completion_tokens"), ResultField::CompletionTokens),
            (Name::of("total_tokens"), ResultField::TotalTokens),
            (Name::of("input_tokens"), ResultField::InputTokens),
            (Name::of("output_tokens"), ResultField::OutputTokens),
            (Name::of("prompt_tokens_details"), ResultField::PromptDetails),
            (Name::of("completion_tokens_details"), ResultField::CompletionDetails),
            (Name::of("input_tokens_details"), ResultField::InputDetails),
            (Name::of("output_tokens_details"), ResultField::OutputDetails),
        ],
    ),
    Object::of(
        ResultField::PromptDetails,
        &[
            (Name::of("cached_tokens"), ResultField::PromptCached),
            (Name::of("cache_write_tokens"), ResultField::PromptCacheWrite),
        ],
    ),
    Object::of(
        ResultField::InputDetails,
        &[
            (Name::of("cached_tokens"), ResultField::InputCached),
            (Name::of("cache_write_tokens"), ResultField::InputCacheWrite),
        ],
    ),
    Object::of(
        ResultField::CompletionDetails,
        &[(Name::of("reasoning_tokens"), ResultField::CompletionReasoning)],
    ),
    Object::of(ResultField::OutputDetails, &[(Name::of("reasoning_tokens"), ResultField::OutputReasoning)]),
];

/// The index of each field on the tape.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ResultFields([u32; FIELDS]);

impl ResultFields {
    /// Finds the fields. If a key is repeated, the last one counts, as for `JSON.parse` and most parsers.
    pub(crate) fn of(text: &[u8], tape: &Tape) -> Self {
        let mut fields = Self([ABSENT; FIELDS]);
        fields.0[ResultField::Line as usize] = 0;
        // Most properties of an object are adjacent on the tape, so the object is looked up once.
        let (mut parent, mut object) = (ABSENT, None);
        for (index, node) in (0u32..).zip(tape.nodes()).skip(1) {
            if node.parent != parent {
                parent = node.parent;
                object = fields.object_at(parent);
            }
            if let Some(field) = object.and_then(|object| named(text, node, object)) {
                if fields.0[field as usize] != ABSENT {
                    fields.forget(field);
                }
                fields.0[field as usize] = index;
            }
        }
        fields
    }

    /// The same, with a cache of the fields of each shape.
    pub(crate) fn cached(text: &[u8], tape: &Tape, cache: &mut ByShape<Self>) -> Self {
        let Some(shape) = tape.shape() else { return Self::of(text, tape) };
        if let Some(fields) = cache.get(shape) {
            return *fields;
        }
        let fields = Self::of(text, tape);
        cache.insert(shape, &Arc::new(fields));
        fields
    }

    /// The node of a field, if the line has it.
    pub(crate) fn node<'a>(&self, tape: &'a Tape, field: ResultField) -> Option<&'a Node> {
        tape.nodes().get(self.0[field as usize] as usize)
    }

    /// The index of a field, if the line has it.
    pub(crate) fn index(&self, field: ResultField) -> Option<usize> {
        let index = self.0[field as usize];
        (index != ABSENT).then_some(index as usize)
    }

    fn object_at(&self, place: u32) -> Option<&'static Object> {
        OBJECTS.iter().find(|object| self.0[object.field as usize] == place)
    }

    /// Forgets a field and the fields in it, because the key is repeated.
    fn forget(&mut self, field: ResultField) {
        self.0[field as usize] = ABSENT;
        for object in OBJECTS.iter().filter(|object| object.field == field) {
            object.rows.iter().for_each(|&(_, inner)| self.forget(inner));
        }
    }
}

/// The field with the key of a node.
fn named(text: &[u8], node: &Node, object: &Object) -> Option<ResultField> {
    let rows = object.rows;
    if node.key_escaped {
        let key = node.key.decoded(text, true);
        return rows.iter().find(|(name, _)| name.text == key).map(|row| row.1);
    }
    let key = node.key.of(text);
    if object.lengths.checked_shr(saturating_u32(key.len())).unwrap_or_default() & 1 == 0 {
        return None;
    }
    let matches = |name: &Name| {
        name.text.len() == key.len()
            && name.ends == Name::ends(key, text.get(node.key.start as usize..).unwrap_or_default())
            && (key.len() <= 16 || name.text.as_bytes() == key)
    };
    rows.iter().find(|(name, _)| matches(name)).map(|row| row.1)
}
