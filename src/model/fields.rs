//! The field table: every field of a batch that this crate reads, nested fields included.
//!
//! The JSON reader and the readers that are generated for the npm package all work from this table.

use super::status::BatchStatus;

/// The type of a field's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FieldKind {
    /// A string, such as an id.
    String,
    /// A string that usually is one of [`INTERNED`].
    Interned,
    /// A timestamp in whole Unix seconds.
    Timestamp,
    /// A whole number, 0 or more.
    Count,
    /// An object whose own fields are in the table.
    Object,
    /// The list of errors.
    Errors,
    /// The key-value pairs of `metadata`.
    Pairs,
}

/// A row of the field table.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct FieldInfo {
    /// The field that this row describes.
    pub field: Field,
    /// The key of the field in JSON.
    pub name: &'static str,
    /// The field that contains this one, or `None` at the top level.
    pub parent: Option<Field>,
    /// The type of the value.
    pub kind: FieldKind,
    /// Whether the published interface requires the field in its parent.
    pub required: bool,
}

macro_rules! fields {
    ($($(#[$doc:meta])* $field:ident = $name:literal, $parent:expr, $kind:ident, $required:literal;)*) => {
        /// A field of a batch that this crate reads.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        #[non_exhaustive]
        pub enum Field { $($(#[$doc])* $field,)* }

        /// The field table, in the order of [`Field`]. Parents come before the fields they contain.
        pub const FIELDS: &[FieldInfo] = &[$(FieldInfo {
            field: Field::$field, name: $name, parent: $parent, kind: FieldKind::$kind, required: $required,
        },)*];
    };
}

fields! {
    /// `id`
    Id = "id", None, String, true;
    /// `object`
    Object = "object", None, Interned, true;
    /// `endpoint`
    Endpoint = "endpoint", None, Interned, true;
    /// `input_file_id`
    InputFileId = "input_file_id", None, String, true;
    /// `completion_window`
    CompletionWindow = "completion_window", None, Interned, true;
    /// `status`
    Status = "status", None, Interned, true;
    /// `created_at`
    CreatedAt = "created_at", None, Timestamp, true;
    /// `in_progress_at`
    InProgressAt = "in_progress_at", None, Timestamp, false;
    /// `expires_at`
    ExpiresAt = "expires_at", None, Timestamp, false;
    /// `finalizing_at`
    FinalizingAt = "finalizing_at", None, Timestamp, false;
    /// `completed_at`
    CompletedAt = "completed_at", None, Timestamp, false;
    /// `failed_at`
    FailedAt = "failed_at", None, Timestamp, false;
    /// `expired_at`
    ExpiredAt = "expired_at", None, Timestamp, false;
    /// `cancelling_at`
    CancellingAt = "cancelling_at", None, Timestamp, false;
    /// `cancelled_at`
    CancelledAt = "cancelled_at", None, Timestamp, false;
    /// `model`
    Model = "model", None, String, false;
    /// `output_file_id`
    OutputFileId = "output_file_id", None, String, false;
    /// `error_file_id`
    ErrorFileId = "error_file_id", None, String, false;
    /// `request_counts`
    RequestCounts = "request_counts", None, Object, false;
    /// `request_counts.completed`
    CountsCompleted = "completed", Some(Field::RequestCounts), Count, true;
    /// `request_counts.failed`
    CountsFailed = "failed", Some(Field::RequestCounts), Count, true;
    /// `request_counts.total`
    CountsTotal = "total", Some(Field::RequestCounts), Count, true;
    /// `usage`
    Usage = "usage", None, Object, false;
    /// `usage.input_tokens`
    InputTokens = "input_tokens", Some(Field::Usage), Count, true;
    /// `usage.input_tokens_details`
    InputTokensDetails = "input_tokens_details", Some(Field::Usage), Object, true;
    /// `usage.input_tokens_details.cached_tokens`
    CachedTokens = "cached_tokens", Some(Field::InputTokensDetails), Count, true;
    /// `usage.output_tokens`
    OutputTokens = "output_tokens", Some(Field::Usage), Count, true;
    /// `usage.output_tokens_details`
    OutputTokensDetails = "output_tokens_details", Some(Field::Usage), Object, true;
    /// `usage.output_tokens_details.reasoning_tokens`
    ReasoningTokens = "reasoning_tokens", Some(Field::OutputTokensDetails), Count, true;
    /// `usage.total_tokens`
    TotalTokens = "total_tokens", Some(Field::Usage), Count, true;
    /// `errors`
    Errors = "errors", None, Object, false;
    /// `errors.object`
    ErrorsObject = "object", Some(Field::Errors), Interned, false;
    /// `errors.data`
    ErrorsData = "data", Some(Field::Errors), Errors, false;
    /// `errors.data[].code`
    ErrorCode = "code", Some(Field::ErrorsData), String, false;
    /// `errors.data[].line`
    ErrorLine = "line", Some(Field::ErrorsData), Count, false;
    /// `errors.data[].message`
    ErrorMessage = "message", Some(Field::ErrorsData), String, false;
    /// `errors.data[].param`
    ErrorParam = "param", Some(Field::ErrorsData), String, false;
    /// `metadata`
    Metadata = "metadata", None, Pairs, false;
}

impl Field {
    /// The number of fields in the table.
    pub const COUNT: usize = FIELDS.len();

    /// The row of the table for this field.
    #[must_use]
    pub const fn info(self) -> &'static FieldInfo {
        &FIELDS[self as usize]
    }

    /// The key of the field in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.info().name
    }

    /// The values that this field usually has, all of them in [`INTERNED`]; empty if the field is not
    /// [`FieldKind::Interned`]. Statuses are in the order of [`BatchStatus::ALL`].
    #[must_use]
    pub const fn known_values(self) -> &'static [&'static str] {
        match self {
            Self::Status => STATUSES,
            Self::Endpoint => &OPENAI_ENDPOINTS,
            Self::Object => &[OBJECT],
            Self::ErrorsObject => &[LIST],
            Self::CompletionWindow => &[OPENAI_WINDOW],
            _ => &[],
        }
    }

    /// The field with the key `name` inside `parent`, or at the top level if `parent` is `None`.
    #[must_use]
    pub fn by_name(parent: Option<Self>, name: &str) -> Option<Self> {
        FIELDS.iter().find(|info| info.parent == parent && info.name == name).map(|info| info.field)
    }
}

/// The usual values of [`FieldKind::Interned`] fields. A reader may pass an index into this list instead of
/// the string.
pub const INTERNED: [&str; INTERNED_COUNT] = {
    let mut interned = [""; INTERNED_COUNT];
    let mut at = 0;
    while at < BatchStatus::ALL.len() {
        interned[at] = BatchStatus::ALL[at].as_str();
        at += 1;
    }
    let mut endpoint = 0;
    while endpoint < OPENAI_ENDPOINTS.len() {
        interned[at] = OPENAI_ENDPOINTS[endpoint];
        at += 1;
        endpoint += 1;
    }
    interned[at] = OBJECT;
    interned[at + 1] = LIST;
    interned[at + 2] = OPENAI_WINDOW;
    interned
};

/// The statuses, which are the first values of [`INTERNED`].
const STATUSES: &[&str] = INTERNED.split_at(BatchStatus::ALL.len()).0;

const INTERNED_COUNT: usize = BatchStatus::ALL.len() + OPENAI_ENDPOINTS.len() + 3;

/// The endpoints of OpenAI's batch creation, from the `openai` package.
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

/// The only completion window that OpenAI accepts.
pub const OPENAI_WINDOW: &str = "24h";

/// The value of `object` in a batch.
pub const OBJECT: &str = "batch";

/// The value of `object` in a list of errors or batches.
pub const LIST: &str = "list";
