//! Provider profiles: what each provider documents, and what was observed of its servers.
//!
//! A profile has the known endpoints and completion windows, the rule for the deadline, the limits of input
//! files, and the tolerated deviations: deviations from the published interface that the provider's servers
//! always send. A tolerated deviation is reported as a note instead of an error.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::fields::{Field, OPENAI_ENDPOINTS, OPENAI_WINDOW};

/// The name of a provider profile.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
#[repr(u8)]
#[non_exhaustive]
pub enum ProfileName {
    /// OpenAI: the published interface, with `null` read as absent.
    #[default]
    Openai,
    /// Azure OpenAI.
    Azure,
    /// Groq.
    Groq,
    /// `DashScope` of Alibaba Cloud.
    Dashscope,
    /// Together AI.
    Together,
    /// Any other compatible server: every known deviation is tolerated.
    Compatible,
}

/// The completion windows that a provider accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompletionWindows {
    /// Any window, because the provider documents none.
    Any,
    /// Only this window.
    Only(&'static str),
    /// Whole hours (`h`) or days (`d`) from the first to the second number of hours, inclusive.
    Hours(u32, u32),
}

/// How a provider sets `expires_at`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expiry {
    /// `created_at` plus the completion window, with this tolerance in seconds.
    Window(u32),
    /// The provider usually leaves it unset.
    Unset,
}

/// The deviations from the published interface that a profile tolerates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "independent flags")]
pub struct Tolerances {
    /// Statuses in other case, with `-` or spaces, or spelled "canceled".
    pub status_spelling: bool,
    /// Other words for a status, such as `running`, see [`BatchStatus::parse_synonym`].
    ///
    /// [`BatchStatus::parse_synonym`]: super::BatchStatus::parse_synonym
    pub status_synonyms: bool,
    /// Timestamps as ISO 8601 strings or as digits in quotes.
    pub string_timestamps: bool,
    /// Timestamps in milliseconds.
    pub millisecond_timestamps: bool,
    /// 0, or the first day of the year 2000, for timestamps that are not set.
    pub unset_timestamps: bool,
    /// `errors` as a bare list, a string, or an object with a message, and errors nested in another error.
    pub error_shapes: bool,
    /// `request_counts` or `usage` with missing fields, and `metadata` that is not a map of strings.
    pub partial_objects: bool,
}

/// The rules for input files that a provider documents or that were observed. An unset or empty rule is not
/// checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FileLimits {
    /// The maximum number of requests in a file.
    pub max_requests: Option<u64>,
    /// The maximum size of a file in bytes.
    pub max_bytes: Option<u64>,
    /// Whether sources disagree about the maximum size, so that a larger file is only a warning.
    pub is_max_bytes_disputed: bool,
    /// The maximum number of embedding inputs in all requests of a file.
    pub max_embedding_inputs: Option<u64>,
    /// The known urls, for a server that rejects other urls with `url_not_found`.
    pub known_urls: &'static [&'static str],
    /// The urls that the server was observed to reject.
    pub rejected_urls: &'static [&'static str],
    /// The prefixes of the provider's model names.
    pub model_prefixes: &'static [&'static str],
    /// The model that only validates files, and the url that it requires.
    pub test_model: Option<(&'static str, &'static str)>,
    /// Whether the `/v1` at the start of a url is optional.
    pub optional_v1_prefix: bool,
    /// Whether the server rejects a byte order mark.
    pub rejects_byte_order_mark: bool,
}

/// What is known about a provider.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Profile {
    /// The name of the profile.
    pub name: ProfileName,
    /// The provider and its deviations in one sentence.
    pub summary: &'static str,
    /// The known endpoints; not checked if empty.
    pub endpoints: &'static [&'static str],
    /// The accepted completion windows.
    pub completion_windows: CompletionWindows,
    /// How the provider sets `expires_at`.
    pub expiry: Expiry,
    /// The prefix of batch ids; not checked if `None`.
    pub id_prefix: Option<&'static str>,
    /// The prefix of file ids; not checked if `None`.
    pub file_id_prefix: Option<&'static str>,
    /// The tolerated deviations.
    pub tolerances: Tolerances,
    /// The required fields that the provider's servers omit. They are read as empty strings, and `object` as
    /// `batch`.
    pub omitted_fields: &'static [Field],
    /// The rules for input files.
    pub file_limits: FileLimits,
}

const DASHSCOPE_URLS: [&str; 9] = {
    let mut urls = ["/v1/chat/ds-test"; 9];
    let mut at = 0;
    while at < OPENAI_ENDPOINTS.len() {
        urls[at + 1] = OPENAI_ENDPOINTS[at];
        at += 1;
    }
    urls
};

/// The maximum number of metadata pairs.
pub const MAX_METADATA_PAIRS: usize = 16;

/// The maximum length of a metadata key in code points. OpenAI documents characters without a definition.
pub const MAX_METADATA_KEY_LENGTH: usize = 64;

/// The maximum length of a metadata value in code points.
pub const MAX_METADATA_VALUE_LENGTH: usize = 512;

/// The range of `expires_after.seconds` and `output_expires_after.seconds`, in seconds: one hour to 30 days.
pub const EXPIRES_AFTER_SECONDS: (u64, u64) = (3_600, 2_592_000);

const UNKNOWN_FILES: FileLimits = FileLimits {
    max_requests: None,
    max_bytes: None,
    is_max_bytes_disputed: false,
    max_embedding_inputs: None,
    known_urls: &[],
    rejected_urls: &[],
    model_prefixes: &[],
    test_model: None,
    optional_v1_prefix: false,
    rejects_byte_order_mark: false,
};

/// The numbers are from the documentation of batch creation in the `openai` package; the size is from
/// the server's own error message. The prefixes cover every model named in its types, and fine-tuned models.
const OPENAI_FILES: FileLimits = FileLimits {
    max_requests: Some(50_000),
    max_bytes: Some(209_715_200),
    max_embedding_inputs: Some(50_000),
    model_prefixes: &[
        "gpt-",
        "o1",
        "o3",
        "o4",
        "chatgpt-",
        "codex-",
        "computer-use-",
        "ft:",
        "text-embedding-",
        "omni-moderation-",
        "text-moderation-",
        "dall-e-",
        "sora-",
        "davinci-",
        "babbage-",
    ],
    ..UNKNOWN_FILES
};

const OPENAI: Profile = Profile {
    name: ProfileName::Openai,
    summary: "OpenAI: the published interface, with null and empty strings read as absent",
    endpoints: &OPENAI_ENDPOINTS,
    completion_windows: CompletionWindows::Only(OPENAI_WINDOW),
    expiry: Expiry::Window(0),
    id_prefix: Some("batch"),
    file_id_prefix: Some("file-"),
    tolerances: Tolerances {
        status_spelling: false,
        status_synonyms: false,
        string_timestamps: false,
        millisecond_timestamps: false,
        unset_timestamps: false,
        error_shapes: false,
        partial_objects: false,
    },
    omitted_fields: &[],
    file_limits: OPENAI_FILES,
};

const AZURE: Profile = Profile {
    name: ProfileName::Azure,
    summary: "Azure OpenAI: capitalized statuses, ISO 8601 timestamps, null counts, no endpoint or input \
        file id",
    endpoints: &[
        "/chat/completions",
        "/v1/chat/completions",
        "/v1/responses",
        "/v1/embeddings",
        "/v1/completions",
    ],
    expiry: Expiry::Window(10),
    tolerances: Tolerances {
        status_spelling: true,
        status_synonyms: false,
        string_timestamps: true,
        millisecond_timestamps: false,
        unset_timestamps: false,
        error_shapes: true,
        partial_objects: true,
    },
    id_prefix: None,
    file_id_prefix: None,
    omitted_fields: &[Field::Endpoint, Field::InputFileId],
    // Azure documents 100,000 requests, 200 MB (1 GB with the customer's own storage), and that it rejects
    // a byte order mark. Model names are the names of deployments, which can be anything.
    file_limits: FileLimits {
        max_requests: Some(100_000),
        max_bytes: Some(209_715_200),
        is_max_bytes_disputed: true,
        optional_v1_prefix: true,
        rejects_byte_order_mark: true,
        ..UNKNOWN_FILES
    },
    ..OPENAI
};

const GROQ: Profile = Profile {
    name: ProfileName::Groq,
    summary: "Groq: OpenAI's properties and statuses, windows from 24h to 7d",
    endpoints: &[],
    completion_windows: CompletionWindows::Hours(24, 7 * 24),
    id_prefix: None,
    file_id_prefix: None,
    // 100 MB in groq-sdk 1.6.0; two notes that cite Groq's site say 200 MB.
    file_limits: FileLimits { max_bytes: Some(100_000_000), is_max_bytes_disputed: true, ..UNKNOWN_FILES },
    ..OPENAI
};

const DASHSCOPE: Profile = Profile {
    name: ProfileName::Dashscope,
    summary: "DashScope of Alibaba Cloud: no expires_at, windows from 24h to 336h",
    endpoints: &[],
    completion_windows: CompletionWindows::Hours(24, 336),
    expiry: Expiry::Unset,
    id_prefix: None,
    file_id_prefix: None,
    // The rejected url and the test model were observed. That no other urls are known was not, so that
    // another url is only a warning.
    file_limits: FileLimits {
        max_requests: Some(50_000),
        known_urls: &DASHSCOPE_URLS,
        rejected_urls: &["/v1/chat/completion"],
        test_model: Some(("batch-test-model", DASHSCOPE_URLS[0])),
        ..UNKNOWN_FILES
    },
    ..OPENAI
};

const TOGETHER: Profile = Profile {
    name: ProfileName::Together,
    summary: "Together AI: no object property, uppercase statuses, ISO 8601 timestamps, most properties \
        optional",
    endpoints: &["/v1/chat/completions", "/v1/audio/transcriptions", "/v1/audio/translations"],
    completion_windows: CompletionWindows::Only("24h"),
    expiry: Expiry::Unset,
    id_prefix: None,
    file_id_prefix: None,
    tolerances: Tolerances {
        status_spelling: true,
        status_synonyms: false,
        string_timestamps: true,
        millisecond_timestamps: false,
        unset_timestamps: false,
        error_shapes: true,
        partial_objects: true,
    },
    omitted_fields: &[Field::Object, Field::Endpoint, Field::InputFileId, Field::CompletionWindow],
    // Together's documentation of batches.
    file_limits: FileLimits { max_requests: Some(50_000), max_bytes: Some(100_000_000), ..UNKNOWN_FILES },
};

const COMPATIBLE: Profile = Profile {
    name: ProfileName::Compatible,
    summary: "any other compatible server: every known deviation is tolerated",
    endpoints: &[],
    completion_windows: CompletionWindows::Any,
    file_limits: UNKNOWN_FILES,
    tolerances: Tolerances {
        status_spelling: true,
        status_synonyms: true,
        string_timestamps: true,
        millisecond_timestamps: true,
        unset_timestamps: true,
        error_shapes: true,
        partial_objects: true,
    },
    ..TOGETHER
};

impl Profile {
    /// Every profile, in the order of [`ProfileName`].
    pub const ALL: [&'static Self; 6] = [&OPENAI, &AZURE, &GROQ, &DASHSCOPE, &TOGETHER, &COMPATIBLE];
}

impl ProfileName {
    /// The profile of this name.
    #[must_use]
    pub const fn profile(self) -> &'static Profile {
        Profile::ALL[self as usize]
    }

    /// The name as a string, such as `openai`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Openai => "openai",
            Self::Azure => "azure",
            Self::Groq => "groq",
            Self::Dashscope => "dashscope",
            Self::Together => "together",
            Self::Compatible => "compatible",
        }
    }
}

impl fmt::Display for ProfileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for ProfileName {
    type Err = ParseProfileNameError;

    fn from_str(text: &str) -> Result<Self, ParseProfileNameError> {
        let named = Profile::ALL.iter().find(|profile| profile.name.as_str() == text);
        named.map(|profile| profile.name).ok_or(ParseProfileNameError(()))
    }
}

/// The error of parsing a string that is not a [`ProfileName`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseProfileNameError(());

impl fmt::Display for ParseProfileNameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected a profile name such as \"openai\"")
    }
}

impl std::error::Error for ParseProfileNameError {}

impl CompletionWindows {
    /// Whether the provider accepts `window`, as far as is known.
    #[must_use]
    pub fn contains(self, window: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Only(known) => window == known,
            Self::Hours(least, most) => window_seconds(window)
                .is_some_and(|s| (u64::from(least) * 3600..=u64::from(most) * 3600).contains(&s)),
        }
    }
}

/// Parses a completion window into seconds. A window is a whole number followed by `s`, `m`, `h` or `d`; for
/// anything else, the result is `None`.
///
/// ```
/// use batchlight::model::window_seconds;
/// assert_eq!(window_seconds("24h"), Some(86_400));
/// assert_eq!(window_seconds("7d"), Some(604_800));
/// assert_eq!(window_seconds("background"), None);
/// ```
#[must_use]
pub fn window_seconds(window: &str) -> Option<u64> {
    let unit = match window.as_bytes().last()? {
        b's' => 1,
        b'm' => 60,
        b'h' => 3_600,
        b'd' => 86_400,
        _ => return None,
    };
    let digits = window.get(..window.len() - 1)?;
    let is_number = (1..=9).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| digits.bytes().fold(0, |sum, b| sum * 10 + u64::from(b - b'0')) * unit)
}
