//! What is a batch? The wire types, the lifecycle table, the member table and each provider's ways.

mod batch;
mod fields;
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
pub use fields::{ATOMS, Kind, LIST, MEMBERS, Member, MemberInfo, OBJECT, OPENAI_ENDPOINTS, OPENAI_WINDOW};
pub use profile::{
    Expiry, Files, METADATA_KEY, METADATA_PAIRS, METADATA_VALUE, Profile, ProfileName, Reads, Windows,
    window_seconds,
};
pub use snapshot::{Counts, ErrorEntry, Snapshot, Stamps, Usage};
pub use status::BatchStatus;
pub use status_set::StatusSet;
pub use timestamps::Stamp;
pub use transitions::{Evidence, LIFECYCLE, Transition};
