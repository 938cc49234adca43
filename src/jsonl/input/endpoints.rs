//! What each endpoint asks of the body of a request: one table, from the request types of the `openai`
//! package.
//!
//! Only what can be told from the file: what is missing, of another kind, or out of the range that the types
//! document. What depends on the model is at most a warning, and members that the table does not name are not
//! looked at.
//!
//! ```
//! use batchlight::jsonl::{ENDPOINTS, BodyField};
//! let chat = ENDPOINTS.iter().find(|body| body.endpoint == "/v1/chat/completions").unwrap();
//! let needed: Vec<_> = chat.needs.iter().flat_map(|need| need.any).map(|member| member.name()).collect();
//! assert_eq!(needed, ["model", "messages"]);
//! assert_eq!(BodyField::of(b"max_tokens"), Some(BodyField::MaxTokens));
//! ```

use crate::json::{Kind, Node};

/// KindSet of values, as bits.
pub type KindSet = u8;

const fn bit(kind: Kind) -> KindSet {
    1 << kind as u8
}

const TEXT: KindSet = bit(Kind::Text);
const LIST: KindSet = bit(Kind::Array);
const OBJECT: KindSet = bit(Kind::Object);
const NUMBER: KindSet = bit(Kind::Number);
const BOOLEAN: KindSet = bit(Kind::True) | bit(Kind::False);
const TEXT_OR_LIST: KindSet = TEXT | LIST;
const TEXT_OR_OBJECT: KindSet = TEXT | OBJECT;
const ANY: KindSet = !0;

macro_rules! members {
    ($($member:ident $name:literal $kinds:ident $range:expr;)*) => {
        /// A member of a body that is looked at.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub enum BodyField {
            $(#[doc = concat!("`", stringify!($name), "`")] $member,)*
        }

        /// Name, kinds and range of each member, in the order of [`BodyField`].
        const FIELDS: &[(&str, KindSet, Option<(i16, i16)>)] = &[$(($name, $kinds, $range),)*];

        impl BodyField {
            /// Every member.
            pub const ALL: &'static [Self] = &[$(Self::$member,)*];
        }
    };
}

// KindSet and ranges that hold for every endpoint that has the member. Where endpoints differ, their own row
// says it.
members! {
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
    /// The member of this name.
    #[must_use]
    pub fn of(name: &[u8]) -> Option<Self> {
        let (&[first, ..], &[.., last]) = (name, name) else { return None };
        let at = usize::from(SLOTS[slot_of(name.len(), first, last)]);
        let known = FIELDS.get(at).is_some_and(|(known, ..)| known.as_bytes() == name);
        if known { Self::ALL.get(at).copied() } else { None }
    }

    /// How many there are.
    pub const COUNT: usize = FIELDS.len();

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        FIELDS[self as usize].0
    }

    /// Of which kinds it can be anywhere; `null` counts as absent.
    #[must_use]
    pub const fn kinds(self) -> KindSet {
        FIELDS[self as usize].1
    }

    /// The least and the greatest number it can be anywhere.
    #[must_use]
    pub const fn range(self) -> Option<(i16, i16)> {
        FIELDS[self as usize].2
    }
}

const SLOT_COUNT: usize = 64;

/// Where a name is looked up: by its length and its first and last byte, which report the names of the table
/// from each other.
const fn slot_of(length: usize, first: u8, last: u8) -> usize {
    (length * 2 + first as usize * 4 + last as usize) % SLOT_COUNT
}

/// The member of each slot, as its place in the table; beyond the table where there is none.
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

/// KindSet in words.
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

/// Something that an endpoint requires.
#[derive(Clone, Copy, Debug)]
pub struct RequiredField {
    /// Any of these members will do; the first is the one to name.
    pub any: &'static [BodyField],
    /// Of which kinds the first of them can be.
    pub kinds: KindSet,
    /// What it is, in words.
    pub words: &'static str,
    /// Whether the server is known to refuse the file without it, and not only the request.
    pub refused: bool,
}

/// What an endpoint asks of a body.
#[derive(Clone, Copy, Debug)]
pub struct EndpointRules {
    /// The endpoint.
    pub endpoint: &'static str,
    /// What it requires.
    pub needs: &'static [RequiredField],
    /// Where the text stands that is sent to the model.
    pub prompts: &'static [BodyField],
    /// How many tokens each message takes beside its text.
    pub per_message: u64,
    /// The least and the greatest `n`.
    pub n: Option<(i16, i16)>,
}

const fn need(any: &'static [BodyField], kinds: KindSet, words: &'static str) -> RequiredField {
    RequiredField { any, kinds, words, refused: false }
}

use BodyField::{
    Conversation, Image, Images, Input, Instructions, Messages, Model, PreviousResponseId, Prompt, Tools,
};

const MODEL: RequiredField = need(&[Model], TEXT, "the name of a model");
const PROMPT: RequiredField = need(&[Prompt], TEXT, "a string with the prompt");

/// The eight endpoints of batches.
pub static ENDPOINTS: [EndpointRules; 8] = [
    // ChatCompletionCreateParamsBase. That a file is refused without the two: OpenAI, live.
    EndpointRules {
        endpoint: "/v1/chat/completions",
        needs: &[
            RequiredField { refused: true, ..MODEL },
            RequiredField { refused: true, ..need(&[Messages], LIST, "a list of messages") },
        ],
        prompts: &[Messages],
        per_message: 3,
        n: None,
    },
    // ResponseCreateParamsBase requires nothing by its type; a prompt template brings model and input.
    EndpointRules {
        endpoint: "/v1/responses",
        needs: &[
            need(&[Model, Prompt], TEXT, "the name of a model"),
            need(
                &[Input, Prompt, PreviousResponseId, Conversation],
                TEXT | LIST,
                "a text or a list of items: the input",
            ),
        ],
        prompts: &[Input, Instructions],
        per_message: 3,
        n: None,
    },
    // EmbeddingCreateParams
    EndpointRules {
        endpoint: "/v1/embeddings",
        needs: &[MODEL, need(&[Input], TEXT | LIST, "a text or a list: the input")],
        prompts: &[Input],
        per_message: 0,
        n: None,
    },
    // CompletionCreateParamsBase; its prompt may be null, but must be there.
    EndpointRules {
        endpoint: "/v1/completions",
        needs: &[MODEL, need(&[Prompt], TEXT | LIST, "a text or a list: the prompt")],
        prompts: &[Prompt],
        per_message: 0,
        n: None,
    },
    // ModerationCreateParams
    EndpointRules {
        endpoint: "/v1/moderations",
        needs: &[need(&[Input], TEXT | LIST, "a text or a list: the input")],
        prompts: &[Input],
        per_message: 0,
        n: None,
    },
    // ImageGenerateParamsBase
    EndpointRules {
        endpoint: "/v1/images/generations",
        needs: &[PROMPT],
        prompts: &[Prompt],
        per_message: 0,
        n: Some((1, 10)),
    },
    // ImageEditParamsBase; a form there, JSON here, so that how the image is brought is left open.
    EndpointRules {
        endpoint: "/v1/images/edits",
        needs: &[PROMPT, need(&[Image, Images], ANY, "the image to edit")],
        prompts: &[Prompt],
        per_message: 0,
        n: Some((1, 10)),
    },
    // VideoCreateParams
    EndpointRules { endpoint: "/v1/videos", needs: &[PROMPT], prompts: &[Prompt], per_message: 0, n: None },
];

/// The most inputs that a list of embedding inputs has, and the most numbers of one, as
/// `EmbeddingCreateParams` documents.
pub const MAX_EMBEDDING_INPUT_ITEMS: u32 = 2048;

/// How many inputs the `input` of an embeddings request is: a text or a list of tokens is one, a list of
/// either so many.
#[must_use]
pub const fn count_embedding_inputs(input: &Node) -> u64 {
    match (input.kind, input.first) {
        (Kind::Array, Some(Kind::Number)) | (Kind::Text, _) => 1,
        (Kind::Array, _) => input.items as u64,
        _ => 0,
    }
}

/// The place of an endpoint in [`ENDPOINTS`], with or without the version in front.
#[must_use]
pub fn endpoint_rules(endpoint: &str) -> Option<&'static EndpointRules> {
    let bare = |path: &'static str| path.strip_prefix("/v1");
    ENDPOINTS.iter().find(|body| body.endpoint == endpoint || bare(body.endpoint) == Some(endpoint))
}

impl EndpointRules {
    /// The text of a body that is sent to the model, added to other such text. `member` gives the members
    /// that there are.
    pub fn prompt<'a>(
        &self,
        line: &[u8],
        prompt: &mut super::estimate::TokenCounter,
        member: impl Fn(BodyField) -> Option<&'a Node>,
    ) {
        for &prompted in self.prompts {
            if let Some(node) = member(prompted) {
                prompt.add(line, node, self.per_message);
            }
        }
        if let Some(tools) = member(Tools).filter(|_| self.per_message > 0) {
            prompt.add_json(tools);
        }
    }
}

/// Whether a JSON number lies in a range, ends included. Numbers with an exponent are not judged.
///
/// ```
/// use batchlight::jsonl::is_within;
/// assert!(is_within(b"2.0", (0, 2)) && is_within(b"-0", (0, 2)) && is_within(b"1e9", (0, 2)));
/// assert!(!is_within(b"2.01", (0, 2)) && !is_within(b"-0.1", (0, 2)) && !is_within(b"-2.5", (-2, 2)));
/// ```
#[must_use]
pub fn is_within(number: &[u8], (least, greatest): (i16, i16)) -> bool {
    let (negative, digits) = match number {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    let (mut whole, mut fraction, mut more) = (0i32, false, false);
    for byte in digits {
        match byte {
            b'.' => fraction = true,
            b'e' | b'E' => return true,
            _ if fraction => more |= *byte != b'0',
            _ => whole = (whole * 10 + i32::from(byte & 15)).min(1 << 20),
        }
    }
    let bound = i32::from(if negative { -least } else { greatest });
    let other =
        if negative { greatest < 0 && whole < -i32::from(greatest) } else { whole < i32::from(least) };
    let zero = whole == 0 && !more;
    (zero && least <= 0 && greatest >= 0) || (whole < bound || (whole == bound && !more)) && !other
}
