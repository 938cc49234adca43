//! The member table: every member this crate reads, nested ones included, by name, place and kind.
//!
//! The one list from which values are read, whoever reads: the JSON reader, and the reader generated
//! for the npm package.

use super::status::BatchStatus;

/// What a member holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Free text, such as an id.
    Text,
    /// Text from a small known set, given in [`ATOMS`].
    Atom,
    /// A moment in whole Unix seconds.
    Stamp,
    /// A whole number, zero or more.
    Count,
    /// An object with members of its own in the table.
    Struct,
    /// The list of error entries.
    Entries,
    /// The caller's pairs.
    Pairs,
}

/// A row of the member table.
#[derive(Clone, Copy, Debug)]
pub struct MemberInfo {
    /// Which member.
    pub member: Member,
    /// Its key on the wire.
    pub name: &'static str,
    /// The member it is nested in; none at the top.
    pub parent: Option<Member>,
    /// What it holds.
    pub kind: Kind,
    /// Whether the published interface requires it (of its parent, when nested).
    pub required: bool,
}

macro_rules! members {
    ($($(#[$doc:meta])* $member:ident = $name:literal, $parent:expr, $kind:ident, $required:literal;)*) => {
        /// A member of a batch that this crate reads.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Member { $($(#[$doc])* $member,)* }

        /// The member table, in the order of [`Member`]. Parents stand before what they hold.
        pub const MEMBERS: &[MemberInfo] = &[$(MemberInfo {
            member: Member::$member, name: $name, parent: $parent, kind: Kind::$kind, required: $required,
        },)*];
    };
}

members! {
    /// `id`
    Id = "id", None, Text, true;
    /// `object`
    Object = "object", None, Atom, true;
    /// `endpoint`
    Endpoint = "endpoint", None, Atom, true;
    /// `input_file_id`
    InputFileId = "input_file_id", None, Text, true;
    /// `completion_window`
    CompletionWindow = "completion_window", None, Atom, true;
    /// `status`
    Status = "status", None, Atom, true;
    /// `created_at`
    CreatedAt = "created_at", None, Stamp, true;
    /// `in_progress_at`
    InProgressAt = "in_progress_at", None, Stamp, false;
    /// `expires_at`
    ExpiresAt = "expires_at", None, Stamp, false;
    /// `finalizing_at`
    FinalizingAt = "finalizing_at", None, Stamp, false;
    /// `completed_at`
    CompletedAt = "completed_at", None, Stamp, false;
    /// `failed_at`
    FailedAt = "failed_at", None, Stamp, false;
    /// `expired_at`
    ExpiredAt = "expired_at", None, Stamp, false;
    /// `cancelling_at`
    CancellingAt = "cancelling_at", None, Stamp, false;
    /// `cancelled_at`
    CancelledAt = "cancelled_at", None, Stamp, false;
    /// `model`
    Model = "model", None, Text, false;
    /// `output_file_id`
    OutputFileId = "output_file_id", None, Text, false;
    /// `error_file_id`
    ErrorFileId = "error_file_id", None, Text, false;
    /// `request_counts`
    RequestCounts = "request_counts", None, Struct, false;
    /// `request_counts.completed`
    CountsCompleted = "completed", Some(Member::RequestCounts), Count, true;
    /// `request_counts.failed`
    CountsFailed = "failed", Some(Member::RequestCounts), Count, true;
    /// `request_counts.total`
    CountsTotal = "total", Some(Member::RequestCounts), Count, true;
    /// `usage`
    Usage = "usage", None, Struct, false;
    /// `usage.input_tokens`
    InputTokens = "input_tokens", Some(Member::Usage), Count, true;
    /// `usage.input_tokens_details`
    InputTokensDetails = "input_tokens_details", Some(Member::Usage), Struct, true;
    /// `usage.input_tokens_details.cached_tokens`
    CachedTokens = "cached_tokens", Some(Member::InputTokensDetails), Count, true;
    /// `usage.output_tokens`
    OutputTokens = "output_tokens", Some(Member::Usage), Count, true;
    /// `usage.output_tokens_details`
    OutputTokensDetails = "output_tokens_details", Some(Member::Usage), Struct, true;
    /// `usage.output_tokens_details.reasoning_tokens`
    ReasoningTokens = "reasoning_tokens", Some(Member::OutputTokensDetails), Count, true;
    /// `usage.total_tokens`
    TotalTokens = "total_tokens", Some(Member::Usage), Count, true;
    /// `errors`
    Errors = "errors", None, Struct, false;
    /// `errors.object`
    ErrorsObject = "object", Some(Member::Errors), Atom, false;
    /// `errors.data`
    ErrorsData = "data", Some(Member::Errors), Entries, false;
    /// `errors.data[].code`
    ErrorCode = "code", Some(Member::ErrorsData), Text, false;
    /// `errors.data[].line`
    ErrorLine = "line", Some(Member::ErrorsData), Count, false;
    /// `errors.data[].message`
    ErrorMessage = "message", Some(Member::ErrorsData), Text, false;
    /// `errors.data[].param`
    ErrorParam = "param", Some(Member::ErrorsData), Text, false;
    /// `metadata`
    Metadata = "metadata", None, Pairs, false;
}

impl Member {
    /// How many members the table has.
    pub const COUNT: usize = MEMBERS.len();

    /// The member's row of the table.
    #[must_use]
    pub const fn info(self) -> &'static MemberInfo {
        &MEMBERS[self as usize]
    }

    /// The member's key on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.info().name
    }

    /// The texts that the member holds as a rule, all of them in [`ATOMS`]; the statuses in the order of
    /// [`BatchStatus::ALL`].
    #[must_use]
    pub const fn usual(self) -> &'static [&'static str] {
        match self {
            Self::Status => STATUSES,
            Self::Endpoint => &OPENAI_ENDPOINTS,
            Self::Object => &[OBJECT],
            Self::ErrorsObject => &[LIST],
            Self::CompletionWindow => &[OPENAI_WINDOW],
            _ => &[],
        }
    }

    /// The member of `parent` (none: of the batch itself) that has this key.
    #[must_use]
    pub fn named(parent: Option<Self>, name: &str) -> Option<Self> {
        MEMBERS.iter().find(|info| info.parent == parent && info.name == name).map(|info| info.member)
    }
}

/// The texts that members of [`Kind::Atom`] hold as a rule. A reader may pass an index into this list
/// instead of the text.
pub const ATOMS: [&str; ATOM_COUNT] = {
    let mut atoms = [""; ATOM_COUNT];
    let mut at = 0;
    while at < BatchStatus::ALL.len() {
        atoms[at] = BatchStatus::ALL[at].as_str();
        at += 1;
    }
    let mut endpoint = 0;
    while endpoint < OPENAI_ENDPOINTS.len() {
        atoms[at] = OPENAI_ENDPOINTS[endpoint];
        at += 1;
        endpoint += 1;
    }
    atoms[at] = OBJECT;
    atoms[at + 1] = LIST;
    atoms[at + 2] = OPENAI_WINDOW;
    atoms
};

/// The statuses, which come first.
const STATUSES: &[&str] = ATOMS.split_at(BatchStatus::ALL.len()).0;

const ATOM_COUNT: usize = BatchStatus::ALL.len() + OPENAI_ENDPOINTS.len() + 3;

/// The endpoints of OpenAI's batch creation, from the `openai` package 7.57.0.
pub const OPENAI_ENDPOINTS: [&str; 8] = [
    "/v1/responses",
    "/v1/chat/completions",
    "/v1/embeddings",
    "/v1/completions",
    "/v1/moderations",
    "/v1/images/generations",
    "/v1/images/edits",
    "/v1/videos",
];

/// The one window OpenAI accepts.
pub const OPENAI_WINDOW: &str = "24h";

/// What `object` says of a batch.
pub const OBJECT: &str = "batch";

/// What `object` says of a list, of errors or of batches.
pub const LIST: &str = "list";
