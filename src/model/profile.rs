//! Profiles: each provider's ways, as far as they are documented or recorded.
//!
//! A profile says which endpoints and windows are known, how the deadline is set, and which
//! deviations from the published interface the provider's servers always send: those are read
//! through and reported as notes instead of errors.

use serde::{Deserialize, Serialize};

use super::fields::{Member, OPENAI_ENDPOINTS, OPENAI_WINDOW};

/// The name of a provider profile.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[repr(u8)]
pub enum ProfileName {
    /// OpenAI itself: the published interface, nulls read as absent.
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
    /// Any other server that calls itself compatible: every known deviation is read through.
    Compatible,
}

/// Which completion windows a provider accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Windows {
    /// Not documented: no check.
    Open,
    /// Only this one.
    Only(&'static str),
    /// Whole hours (`h`) or days (`d`) between these two numbers of hours, ends included.
    Hours(u32, u32),
}

/// How a provider sets `expires_at`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expiry {
    /// `created_at` plus the window, this many seconds more or less.
    Window(u32),
    /// Left unset by habit.
    Unset,
}

/// Deviations that a provider's servers send as a rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "independent habits, each a yes or no")]
pub struct Reads {
    /// Statuses in another case, or spelt with one l.
    pub status_spelling: bool,
    /// Stamps as ISO 8601 text or digits in quotes.
    pub text_stamps: bool,
    /// Stamps in milliseconds, and the year 2000 in place of "not set".
    pub millisecond_stamps: bool,
    /// Errors as a bare list, a text, or an object with a message.
    pub error_shapes: bool,
    /// Counts or usage with members missing, and metadata that is not a map of texts.
    pub partial_members: bool,
}

/// What a provider asks of input files, as far as it is documented or recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Files {
    /// The most requests of a file; none: not known, no check.
    pub requests: Option<u64>,
    /// The most bytes of a file; none: not known, no check.
    pub bytes: Option<u64>,
    /// The most embedding inputs of all requests of a file; none: not known, no check.
    pub embedding_inputs: Option<u64>,
    /// The urls that are known, where the server tells of others `url_not_found`; none: no check.
    pub urls: &'static [&'static str],
    /// Of the others, those that it is known to refuse.
    pub refused_urls: &'static [&'static str],
    /// What the names of its models begin with; none: not known, no check.
    pub models: &'static [&'static str],
    /// The model that only checks files, and the one url it goes with.
    pub test: Option<(&'static str, &'static str)>,
    /// Whether a url means the same without its `/v1`.
    pub bare_urls: bool,
    /// Whether a byte order mark is refused.
    pub refuses_byte_order_mark: bool,
}

/// A provider's ways.
#[derive(Clone, Copy, Debug)]
pub struct Profile {
    /// Its name.
    pub name: ProfileName,
    /// What it is for, in one sentence.
    pub summary: &'static str,
    /// The endpoints that are known; none: not documented, no check.
    pub endpoints: &'static [&'static str],
    /// The completion windows that are known.
    pub windows: Windows,
    /// How `expires_at` is set.
    pub expiry: Expiry,
    /// What an id begins with; none: not known, no check.
    pub id_prefix: Option<&'static str>,
    /// What a file id begins with; none: not known, no check.
    pub file_id_prefix: Option<&'static str>,
    /// What is read through.
    pub reads: Reads,
    /// Required members that the servers leave out: read as empty text, `object` as `batch`.
    pub may_lack: &'static [Member],
    /// What is asked of input files.
    pub files: Files,
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

/// The most pairs metadata may have.
pub const METADATA_PAIRS: usize = 16;

/// The most characters a metadata key may have. OpenAI does not say what it counts as a character;
/// this crate counts code points.
pub const METADATA_KEY: usize = 64;

/// The most characters a metadata value may have, counted like those of a key.
pub const METADATA_VALUE: usize = 512;

const UNKNOWN_FILES: Files = Files {
    requests: None,
    bytes: None,
    embedding_inputs: None,
    urls: &[],
    refused_urls: &[],
    models: &[],
    test: None,
    bare_urls: false,
    refuses_byte_order_mark: false,
};

/// The numbers are documented with batch creation in the `openai` package 7.57.0; the server words the size
/// as 209715200 bytes. The beginnings are those of every model named in its types, and of fine-tuned ones.
const OPENAI_FILES: Files = Files {
    requests: Some(50_000),
    bytes: Some(209_715_200),
    embedding_inputs: Some(50_000),
    models: &[
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
    summary: "OpenAI itself: the published interface, with null and empty text read as absent",
    endpoints: &OPENAI_ENDPOINTS,
    windows: Windows::Only(OPENAI_WINDOW),
    expiry: Expiry::Window(0),
    id_prefix: Some("batch"),
    file_id_prefix: Some("file-"),
    reads: Reads {
        status_spelling: false,
        text_stamps: false,
        millisecond_stamps: false,
        error_shapes: false,
        partial_members: false,
    },
    may_lack: &[],
    files: OPENAI_FILES,
};

const AZURE: Profile = Profile {
    name: ProfileName::Azure,
    summary: "Azure OpenAI: capitalised statuses, ISO 8601 stamps, counts of null, no endpoint or input \
        file id",
    endpoints: &[
        "/chat/completions",
        "/v1/chat/completions",
        "/v1/responses",
        "/v1/embeddings",
        "/v1/completions",
    ],
    expiry: Expiry::Window(10),
    reads: Reads {
        status_spelling: true,
        text_stamps: true,
        millisecond_stamps: false,
        error_shapes: false,
        partial_members: true,
    },
    id_prefix: None,
    file_id_prefix: None,
    may_lack: &[Member::Endpoint, Member::InputFileId],
    // Azure documents 100,000 requests, and how it refuses a byte order mark. Models are deployments of any
    // name.
    files: Files { requests: Some(100_000), bare_urls: true, refuses_byte_order_mark: true, ..UNKNOWN_FILES },
    ..OPENAI
};

const GROQ: Profile = Profile {
    name: ProfileName::Groq,
    summary: "Groq: OpenAI's members and statuses, windows from 24h to 7d",
    endpoints: &[],
    windows: Windows::Hours(24, 7 * 24),
    id_prefix: None,
    file_id_prefix: None,
    files: Files { bytes: Some(100 * 1000 * 1000), ..UNKNOWN_FILES },
    ..OPENAI
};

const DASHSCOPE: Profile = Profile {
    name: ProfileName::Dashscope,
    summary: "DashScope of Alibaba Cloud: no expires_at, windows from 24h to 336h",
    endpoints: &[],
    windows: Windows::Hours(24, 336),
    expiry: Expiry::Unset,
    id_prefix: None,
    file_id_prefix: None,
    // Recorded: that a file is refused for this url, and the test model. That it knows no urls beside
    // OpenAI's and the test model's is not, so that another is a warning.
    files: Files {
        requests: Some(50_000),
        urls: &DASHSCOPE_URLS,
        refused_urls: &["/v1/chat/completion"],
        test: Some(("batch-test-model", DASHSCOPE_URLS[0])),
        ..UNKNOWN_FILES
    },
    ..OPENAI
};

const TOGETHER: Profile = Profile {
    name: ProfileName::Together,
    summary: "Together AI: no object member, upper-case statuses, ISO 8601 stamps, most members optional",
    endpoints: &[],
    windows: Windows::Open,
    expiry: Expiry::Unset,
    id_prefix: None,
    file_id_prefix: None,
    reads: Reads {
        status_spelling: true,
        text_stamps: true,
        millisecond_stamps: false,
        error_shapes: true,
        partial_members: true,
    },
    may_lack: &[Member::Object, Member::Endpoint, Member::InputFileId, Member::CompletionWindow],
    files: UNKNOWN_FILES,
};

const COMPATIBLE: Profile = Profile {
    name: ProfileName::Compatible,
    summary: "any other server that calls itself compatible: every known deviation is read through",
    reads: Reads {
        status_spelling: true,
        text_stamps: true,
        millisecond_stamps: true,
        error_shapes: true,
        partial_members: true,
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

    /// The name in text, such as `openai`.
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

impl Windows {
    /// Whether the provider accepts this window, as far as that is known.
    #[must_use]
    pub fn accept(self, window: &str) -> bool {
        match self {
            Self::Open => true,
            Self::Only(known) => window == known,
            Self::Hours(least, most) => window_seconds(window)
                .is_some_and(|s| (u64::from(least) * 3600..=u64::from(most) * 3600).contains(&s)),
        }
    }
}

/// The length of a completion window in seconds: a whole number followed by `s`, `m`, `h` or `d`.
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
    let plain = (1..=9).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| digits.bytes().fold(0, |sum, b| sum * 10 + u64::from(b - b'0')) * unit)
}
