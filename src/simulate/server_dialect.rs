//! The format in which each server writes a batch: its properties, their form, and its ids.

use serde::{Deserialize, Serialize};

use crate::model::ProfileName;
use crate::random::{draw, splitmix64};

/// The server whose format of a batch is simulated. Every format was observed or is documented.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "_mock", derive(tsify::Tsify))]
#[non_exhaustive]
pub enum ServerDialect {
    /// OpenAI since about September 2025: 22 properties, null if unset; `usage` is all zero until the end,
    /// and `model` is null while validating. Source: openai-batch-manager tests.
    #[default]
    Openai,
    /// OpenAI before that: 20 properties, null if unset. Source: bespokelabsai/curator cassettes.
    OpenaiEarly,
    /// Azure OpenAI as documented: an endpoint without `/v1`, an error file on every completed batch, errors
    /// with only a code and a message, and no expiry.
    Azure,
    /// An older REST API of Azure OpenAI: capitalized statuses, ISO 8601 timestamps, null counts and no
    /// endpoint. Source: MicrosoftDocs/azure-ai-docs batch-rest.md.
    AzureRest,
    /// Groq: 20 properties, and ids similar to ULIDs. Source: groq-sdk 1.6.0.
    Groq,
    /// `DashScope` of Alibaba Cloud: no deadline; after a cancel, unfinished requests count as failed.
    /// Source: cnblogs/dashscope-sdk captures.
    Dashscope,
    /// A server that omits unset properties and whose ids have no prefix. Source: doublewordai/control-layer.
    Omitting,
}

impl ServerDialect {
    /// Every dialect.
    pub const ALL: [Self; 7] = [
        Self::Openai,
        Self::OpenaiEarly,
        Self::Azure,
        Self::AzureRest,
        Self::Groq,
        Self::Dashscope,
        Self::Omitting,
    ];

    /// The profile for parsing this format.
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

    /// The name as a string, such as `openai_early`.
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

    /// Whether a batch expires at its deadline. A batch of Azure continues.
    pub(super) const fn expires(self) -> bool {
        !matches!(self, Self::Azure | Self::AzureRest)
    }

    pub(super) const fn is_azure(self) -> bool {
        matches!(self, Self::Azure | Self::AzureRest)
    }

    /// Creates a batch id.
    pub(super) fn batch_id(self, seed: u64) -> String {
        match self {
            Self::Openai | Self::OpenaiEarly => format!("batch_{}", hex(seed, 32)),
            Self::Azure | Self::AzureRest | Self::Dashscope => format!("batch_{}", uuid(seed)),
            Self::Groq => format!("batch_01{}", random_text(seed, CROCKFORD, 24)),
            Self::Omitting => uuid(seed),
        }
    }

    /// Creates the id of the input file or of a result file.
    pub(super) fn file_id(self, seed: u64, is_input: bool) -> String {
        match self {
            Self::Openai | Self::OpenaiEarly => format!("file-{}", random_text(seed, BASE62, 22)),
            Self::Azure | Self::AzureRest => format!("file-{}", uuid(seed)),
            Self::Groq => format!("file_01{}", random_text(seed, CROCKFORD, 24)),
            Self::Dashscope if is_input => format!("file-batch-{}", hex(seed, 24)),
            Self::Dashscope => format!("file-batch_output-{}", hex(seed, 24)),
            Self::Omitting => uuid(seed),
        }
    }
}

const HEX: &[u8] = b"0123456789abcdef";
const BASE62: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/// The lowercase alphabet of ULIDs, without i, l, o and u.
const CROCKFORD: &[u8] = b"0123456789abcdefghjkmnpqrstvwxyz";

fn random_text(seed: u64, alphabet: &[u8], length: u64) -> String {
    let letter = |at| {
        let index = draw(seed, 0, at) % alphabet.len() as u64;
        char::from(alphabet[usize::try_from(index).unwrap_or(0)])
    };
    (0..length).map(letter).collect()
}

fn hex(seed: u64, length: u64) -> String {
    random_text(splitmix64(seed), HEX, length)
}

fn uuid(seed: u64) -> String {
    let digits = hex(seed, 32);
    let parts = [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]];
    parts.join("-")
}
