//! The rules of each endpoint for the body of a request, from the request types of the `openai` package.
//!
//! The table contains only what a file shows: missing fields, invalid kinds, and numbers out of the
//! documented range. Rules that depend on the model are warnings at most. Fields that are not in the table
//! are not checked here.
//!
//! ```
//! use batchlight::jsonl::{BodyField, ENDPOINTS};
//! let chat = ENDPOINTS.iter().find(|rules| rules.endpoint == "/v1/chat/completions").unwrap();
//! let required: Vec<_> = chat.required.iter().map(|required| required.any_of[0].name()).collect();
//! assert_eq!(required, ["model", "messages"]);
//! assert_eq!(BodyField::of(b"max_tokens"), Some(BodyField::MaxTokens));
//! ```

use crate::json::{Kind, Node};
use crate::text::{concat, decimal};

use super::estimate::TokenCounter;

/// A set of [kinds](Kind) of values, as bits.
pub type KindSet = u8;

const fn bit(kind: Kind) -> KindSet {
    1 << kind as u8
}

const TEXT: KindSet = bit(Kind::String);
const LIST: KindSet = bit(Kind::Array);
const OBJECT: KindSet = bit(Kind::Object);
const NUMBER: KindSet = bit(Kind::Number);
const BOOLEAN: KindSet = bit(Kind::True) | bit(Kind::False);
const TEXT_OR_LIST: KindSet = TEXT | LIST;
const TEXT_OR_OBJECT: KindSet = TEXT | OBJECT;
const ANY: KindSet = !0;

macro_rules! body_fields {
    ($($field:ident $name:literal $kinds:ident $range:expr;)*) => {
        /// A field of a body that is checked.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub enum BodyField {
            $(#[doc = concat!("`", stringify!($name), "`")] $field,)*
        }

        /// Name, kinds and range of each field, in the order of [`BodyField`].
        const FIELDS: &[(&str, KindSet, Option<(i16, i16)>)] = &[$(($name, $kinds, $range),)*];

        impl BodyField {
            /// Every field.
            pub const ALL: &'static [Self] = &[$(Self::$field,)*];
        }
    };
}

// The kinds and ranges are those of all endpoints that have the field. Endpoints that differ say so in their
// own row.
body_fields! {
    Model "model" TEXT None;
    Messages "messages" LIST None;
    Input "input" ANY None;
    Prompt "prompt" ANY None;
    Stream "stream" BOOLEAN None;
    Temperature "temperature" NUMBER Some((0, 2));
    MaxTokens "max_tokens" NUMBER None;
    MaxCompletionTokens "max_completion_tokens" NUMBER None;
    MaxOutputTokens "max_output_tokens" NUMBER None;
    TopP "top_p" NUMBER Some((0, 1));
    Tools "tools" LIST None;
    Instructions "instructions" TEXT None;
    PreviousResponseId "previous_response_id" TEXT None;
    Conversation "conversation" ANY None;
    FrequencyPenalty "frequency_penalty" NUMBER Some((-2, 2));
    PresencePenalty "presence_penalty" NUMBER Some((-2, 2));
    TopLogprobs "top_logprobs" NUMBER Some((0, 20));
    N "n" NUMBER None;
    Dimensions "dimensions" NUMBER None;
    EncodingFormat "encoding_format" TEXT None;
    ResponseFormat "response_format" ANY None;
    Image "image" ANY None;
    Images "images" ANY None;
    Suffix "suffix" TEXT None;
    Metadata "metadata" OBJECT None;
}

impl BodyField {
    /// The field with this name.
    #[must_use]
    pub fn of(name: &[u8]) -> Option<Self> {
        let (&[first, ..], &[.., last]) = (name, name) else { return None };
        let at = usize::from(SLOTS[slot_of(name.len(), first, last)]);
        let is_same = FIELDS.get(at).is_some_and(|(field, ..)| field.as_bytes() == name);
        if is_same { Self::ALL.get(at).copied() } else { None }
    }

    /// The number of fields.
    pub const COUNT: usize = FIELDS.len();

    /// The name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        FIELDS[self as usize].0
    }

    /// The kinds that some endpoint accepts. `null` counts as absent.
    #[must_use]
    pub const fn kinds(self) -> KindSet {
        FIELDS[self as usize].1
    }

    /// The smallest and the largest number that some endpoint accepts.
    #[must_use]
    pub const fn range(self) -> Option<(i16, i16)> {
        FIELDS[self as usize].2
    }
}

const SLOT_COUNT: usize = 64;

/// The slot of a name in the hash table. Its length and its first and last byte differ for all names of the
/// table.
const fn slot_of(length: usize, first: u8, last: u8) -> usize {
    (length * 2 + first as usize * 4 + last as usize) % SLOT_COUNT
}

/// The index of the field of each slot; an index beyond the table for a free slot.
const SLOTS: [u8; SLOT_COUNT] = {
    let (mut slots, mut at) = ([u8::MAX; SLOT_COUNT], 0);
    while at < FIELDS.len() {
        let name = FIELDS[at].0.as_bytes();
        let slot = slot_of(name.len(), name[0], name[name.len() - 1]);
        assert!(slots[slot] == u8::MAX, "two names share a slot: choose other factors");
        slots[slot] = BodyField::ALL[at] as u8;
        at += 1;
    }
    slots
};

/// Describes kinds in words.
#[must_use]
pub const fn describe_kinds(kinds: KindSet) -> &'static str {
    match kinds {
        TEXT => "a string",
        LIST => "a list",
        OBJECT => "an object",
        NUMBER => "a number",
        BOOLEAN => "true or false",
        TEXT_OR_LIST => "a string or a list",
        TEXT_OR_OBJECT => "a string or an object",
        _ => "a value",
    }
}

/// A field that an endpoint requires, or one of several.
#[derive(Clone, Copy, Debug)]
pub struct RequiredField {
    /// The fields, of which one is enough. Issues name the first.
    pub any_of: &'static [BodyField],
    /// The kinds that the endpoint accepts for the first field.
    pub kinds: KindSet,
    /// A description of the value.
    pub expected: &'static str,
    /// Whether the server is known to reject a file without the field, and not only the request.
    pub is_known: bool,
}

/// The rules of an endpoint.
#[derive(Clone, Copy, Debug)]
pub struct EndpointRules {
    /// The path of the endpoint.
    pub endpoint: &'static str,
    /// The required fields.
    pub required: &'static [RequiredField],
    /// The fields that are sent to the model.
    pub prompts: &'static [BodyField],
    /// The number of tokens that a message takes in addition to its text.
    pub tokens_per_message: u64,
    /// The smallest and the largest `n`.
    pub n: Option<(i16, i16)>,
}

const fn require(any_of: &'static [BodyField], kinds: KindSet, expected: &'static str) -> RequiredField {
    RequiredField { any_of, kinds, expected, is_known: false }
}

use BodyField::{
    Conversation, Image, Images, Input, Instructions, Messages, Model, PreviousResponseId, Prompt, Tools,
};

const MODEL: RequiredField = require(&[Model], TEXT, "the name of a model");
const PROMPT: RequiredField = require(&[Prompt], TEXT, "a string with the prompt");

/// The endpoints that accept batches.
pub static ENDPOINTS: [EndpointRules; 8] = [
    // ChatCompletionCreateParamsBase. OpenAI rejects a file without the two (recorded response).
    EndpointRules {
        endpoint: "/v1/chat/completions",
        required: &[
            RequiredField { is_known: true, ..MODEL },
            RequiredField { is_known: true, ..require(&[Messages], LIST, "a list of messages") },
        ],
        prompts: &[Messages],
        tokens_per_message: 3,
        n: None,
    },
    // ResponseCreateParamsBase has no required fields, because a prompt template can contain model and input.
    EndpointRules {
        endpoint: "/v1/responses",
        required: &[
            require(&[Model, Prompt], TEXT, "the name of a model"),
            require(
                &[Input, Prompt, PreviousResponseId, Conversation],
                TEXT | LIST,
                "a string or an array of items as input",
            ),
        ],
        prompts: &[Input, Instructions],
        tokens_per_message: 3,
        n: None,
    },
    // EmbeddingCreateParams
    EndpointRules {
        endpoint: "/v1/embeddings",
        required: &[MODEL, require(&[Input], TEXT | LIST, "a string or an array as input")],
        prompts: &[Input],
        tokens_per_message: 0,
        n: None,
    },
    // CompletionCreateParamsBase
    EndpointRules {
        endpoint: "/v1/completions",
        required: &[MODEL, require(&[Prompt], TEXT | LIST, "a string or an array as prompt")],
        prompts: &[Prompt],
        tokens_per_message: 0,
        n: None,
    },
    // ModerationCreateParams
    EndpointRules {
        endpoint: "/v1/moderations",
        required: &[require(&[Input], TEXT | LIST, "a string or an array as input")],
        prompts: &[Input],
        tokens_per_message: 0,
        n: None,
    },
    // ImageGenerateParamsBase
    EndpointRules {
        endpoint: "/v1/images/generations",
        required: &[PROMPT],
        prompts: &[Prompt],
        tokens_per_message: 0,
        n: Some((1, 10)),
    },
    // ImageEditParamsBase. It is a form there and JSON in a batch, so the kind of the image is not checked.
    EndpointRules {
        endpoint: "/v1/images/edits",
        required: &[PROMPT, require(&[Image, Images], ANY, "the image to edit")],
        prompts: &[Prompt],
        tokens_per_message: 0,
        n: Some((1, 10)),
    },
    // VideoCreateParams
    EndpointRules {
        endpoint: "/v1/videos",
        required: &[PROMPT],
        prompts: &[Prompt],
        tokens_per_message: 0,
        n: None,
    },
];

/// The maximum number of inputs of an embeddings request, and of tokens of an input, as documented at
/// `EmbeddingCreateParams`.
pub const MAX_EMBEDDING_INPUT_ITEMS: u32 = 2048;

/// The number of embedding inputs of an `input`: a string or an array of tokens is one input, an array of
/// strings or of such arrays is several.
#[must_use]
pub const fn count_embedding_inputs(input: &Node) -> u64 {
    match (input.kind, input.first) {
        (Kind::Array, Some(Kind::Number)) | (Kind::String, _) => 1,
        (Kind::Array, _) => input.items as u64,
        _ => 0,
    }
}

/// The rules of an endpoint, given by its path with or without `/v1`.
#[must_use]
pub fn endpoint_rules(endpoint: &str) -> Option<&'static EndpointRules> {
    let without_version = |path: &'static str| path.strip_prefix("/v1");
    ENDPOINTS
        .iter()
        .find(|rules| rules.endpoint == endpoint || without_version(rules.endpoint) == Some(endpoint))
}

impl EndpointRules {
    /// Counts the tokens of the fields that are sent to the model. `field` returns the fields of the body.
    pub(in crate::jsonl) fn count_tokens<'a>(
        &self,
        line: &[u8],
        tokens: &mut TokenCounter,
        field: impl Fn(BodyField) -> Option<&'a Node>,
    ) {
        for &prompt in self.prompts {
            if let Some(node) = field(prompt) {
                tokens.add(line, node, self.tokens_per_message);
            }
        }
        if let Some(tools) = field(Tools).filter(|_| self.tokens_per_message > 0) {
            tokens.add_json(tools);
        }
    }
}

/// Whether a JSON number is in an inclusive range. Numbers with an exponent are accepted.
///
/// ```
/// use batchlight::jsonl::is_within;
/// assert!(is_within(b"2.0", (0, 2)) && is_within(b"-0", (0, 2)) && is_within(b"1e9", (0, 2)));
/// assert!(!is_within(b"2.01", (0, 2)) && !is_within(b"-0.1", (0, 2)) && !is_within(b"-2.5", (-2, 2)));
/// ```
#[must_use]
pub fn is_within(number: &[u8], (min, max): (i16, i16)) -> bool {
    let (negative, digits) = match number {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    let (mut whole, mut after_point, mut has_fraction) = (0i32, false, false);
    for byte in digits {
        match byte {
            b'.' => after_point = true,
            b'e' | b'E' => return true,
            _ if after_point => has_fraction |= *byte != b'0',
            _ => whole = (whole * 10 + i32::from(byte & 15)).min(1 << 20),
        }
    }
    let bound = i32::from(if negative { -min } else { max });
    let other = if negative { max < 0 && whole < -i32::from(max) } else { whole < i32::from(min) };
    let zero = whole == 0 && !has_fraction;
    (zero && min <= 0 && max >= 0) || (whole < bound || (whole == bound && !has_fraction)) && !other
}

/// Describes a range in words.
pub(in crate::jsonl) fn describe_range((min, max): (i16, i16)) -> String {
    let signed =
        |number: i16| concat(&[if number < 0 { "-" } else { "" }, &decimal(number.unsigned_abs().into())]);
    concat(&[&signed(min), " to ", &signed(max)])
}
