//! What is a batch? The wire types, the lifecycle table, the member table and each provider's ways.

mod batch;
mod member;
mod profile;
mod reach;
mod snapshot;
mod stamp;
mod status;
mod transitions;

pub use batch::{
    Batch, BatchError, BatchErrors, BatchRequestCounts, BatchUsage, InputTokensDetails, OutputTokensDetails,
};
pub use member::{ATOMS, Kind, LIST, MEMBERS, Member, MemberInfo, OBJECT};
pub use profile::{
    Expiry, Files, METADATA_KEY, METADATA_PAIRS, METADATA_VALUE, OPENAI_WINDOW, Profile, ProfileName, Reads,
    Windows, window_seconds,
};
pub use reach::StatusSet;
pub use snapshot::{Counts, ErrorEntry, Snapshot, Stamps, Usage};
pub use stamp::Stamp;
pub use status::BatchStatus;
pub use transitions::{Evidence, LIFECYCLE, Transition};
