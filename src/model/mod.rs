//! The data model: wire types, statuses, the lifecycle table, the field table, provider profiles and
//! snapshots.

mod batch;
mod fields;
mod file_role;
mod openai;
mod openai_types;
mod profile;
mod reachability;
mod snapshot;
mod status;
mod status_set;
mod timestamps;
mod transitions;

pub use batch::{
    Batch, BatchError, BatchErrors, BatchRequestCounts, BatchUsage, InputTokensDetails, OutputTokensDetails,
};
pub use fields::{
    FIELDS, Field, FieldInfo, FieldKind, INTERNED, LIST, OBJECT, OPENAI_ENDPOINTS, OPENAI_WINDOW,
};
pub use file_role::FileRole;
pub use openai::{
    ENDPOINT_SHUTDOWNS, EXAMPLE_MODEL, EXAMPLE_SNAPSHOT, FACTS_DATE, model_shutdown, model_shutdowns,
};
pub(crate) use openai_types::{MESSAGE_ROLES, PARAMETERS};
pub use openai_types::{OPENAI_VERSION, RESPONSE_ERROR_CODES, USAGE_MEMBERS};
pub use profile::{
    CompletionWindows, EXPIRES_AFTER_SECONDS, Expiry, FileLimits, MAX_METADATA_KEY_LENGTH,
    MAX_METADATA_PAIRS, MAX_METADATA_VALUE_LENGTH, ParseProfileNameError, Profile, ProfileName, Tolerances,
    window_seconds,
};
pub use snapshot::{Counts, ErrorEntry, Snapshot, Timestamps, Usage};
pub use status::{BatchStatus, ParseStatusError, SYNONYMS};
pub use status_set::{StatusSet, StatusSetIter};
pub use timestamps::TimestampField;
pub use transitions::{CANCELLING_SECONDS, Evidence, LIFECYCLE, Transition};
