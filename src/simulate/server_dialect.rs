//! How servers write a batch: which members, in which form, what their ids look like.

use serde::{Deserialize, Serialize};

use crate::model::ProfileName;
use crate::random::{draw, spread};

/// Whose way of writing a batch is imitated; only what is recorded or documented, each named where it is
/// written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "mock", derive(tsify::Tsify))]
pub enum WireHabits {
    /// OpenAI since about September 2025: 22 members, unset ones null, `usage` of zeros until the end,
    /// `model` null while validating. Source: openai-batch-manager tests.
    #[default]
    Openai,
    /// OpenAI until then: 20 members, unset ones null. Source: bespokelabsai/curator cassettes.
    OpenaiEarly,
    /// Azure OpenAI as its documentation prints it: an endpoint without `/v1`, an error file on every
    /// completed batch, entries of errors with code and message only, no expiry.
    Azure,
    /// Azure OpenAI over plain REST, an older version: capitalised statuses, ISO 8601 stamps, counts of null,
    /// no endpoint. Source: MicrosoftDocs/azure-ai-docs batch-rest.md.
    AzureRest,
    /// Groq: the 20 members, ids like ULIDs. Source: groq-sdk 1.6.0.
    Groq,
    /// `DashScope` of Alibaba Cloud: no deadline, unfinished requests counted as failed after a cancel.
    /// Source: cnblogs/dashscope-sdk captures.
    Dashscope,
    /// A server that leaves out what is unset, ids without a prefix. Source: doublewordai/control-layer.
    Omitting,
}

impl WireHabits {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Openai,
        Self::OpenaiEarly,
        Self::Azure,
        Self::AzureRest,
        Self::Groq,
        Self::Dashscope,
        Self::Omitting,
    ];

    /// The profile to read it by.
    #[must_use]
    pub const fn profile(self) -> ProfileName {
        match self {
            Self::Openai | Self::OpenaiEarly => ProfileName::Openai,
            Self::Azure | Self::AzureRest => ProfileName::Azure,
            Self::Groq => ProfileName::Groq,
            Self::Dashscope => ProfileName::Dashscope,
            Self::Omitting => ProfileName::Compatible,
        }
    }

    /// The name in text, such as `openai_early`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Openai => "openai",
            Self::OpenaiEarly => "openai_early",
            Self::Azure => "azure",
            Self::AzureRest => "azure_rest",
            Self::Groq => "groq",
            Self::Dashscope => "dashscope",
            Self::Omitting => "omitting",
        }
    }

    /// Whether requests that the window leaves unfinished end the batch. Azure lets it run on.
    pub(super) const fn expires(self) -> bool {
        !matches!(self, Self::Azure | Self::AzureRest)
    }

    pub(super) const fn is_azure(self) -> bool {
        matches!(self, Self::Azure | Self::AzureRest)
    }

    /// An id for the batch.
    pub(super) fn batch_id(self, seed: u64) -> String {
        match self {
            Self::Openai | Self::OpenaiEarly => format!("batch_{}", hex(seed, 32)),
            Self::Azure | Self::AzureRest | Self::Dashscope => format!("batch_{}", uuid(seed)),
            Self::Groq => format!("batch_01{}", text(seed, CROCKFORD, 24)),
            Self::Omitting => uuid(seed),
        }
    }

    /// An id for one of its files; `input` for the one it was made from.
    pub(super) fn file_id(self, seed: u64, input: bool) -> String {
        match self {
            Self::Openai | Self::OpenaiEarly => format!("file-{}", text(seed, BASE62, 22)),
            Self::Azure | Self::AzureRest => format!("file-{}", uuid(seed)),
            Self::Groq => format!("file_01{}", text(seed, CROCKFORD, 24)),
            Self::Dashscope if input => format!("file-batch-{}", hex(seed, 24)),
            Self::Dashscope => format!("file-batch_output-{}", hex(seed, 24)),
            Self::Omitting => uuid(seed),
        }
    }
}

const HEX: &[u8] = b"0123456789abcdef";
const BASE62: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/// Lower case: the letters of ULIDs, without i, l, o and u.
const CROCKFORD: &[u8] = b"0123456789abcdefghjkmnpqrstvwxyz";

fn text(seed: u64, alphabet: &[u8], length: u64) -> String {
    let letter = |at| {
        let place = draw(seed, 0, at) % alphabet.len() as u64;
        char::from(alphabet[usize::try_from(place).unwrap_or(0)])
    };
    (0..length).map(letter).collect()
}

fn hex(seed: u64, length: u64) -> String {
    text(spread(seed), HEX, length)
}

fn uuid(seed: u64) -> String {
    let digits = hex(seed, 32);
    let parts = [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]];
    parts.join("-")
}
