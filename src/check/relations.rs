//! What holds between the members of a batch about which nothing is odd.
//!
//! [`validate`](super::validate) reports by it what does not hold. The npm package generates straight-line
//! code from it, which finds without a call into the module that all of it holds. So a rule about the batch
//! as a whole has its data here, and its line in `scripts/codegen/fast-rules.mjs`; a test breaks each of them
//! alone.

use crate::model::{BatchStatus, Expiry, Member, Profile, StatusSet};

use super::demand::Total;

/// All tokens are those of the input and those of the output.
pub const TOKENS: Total =
    Total { parts: [Member::InputTokens, Member::OutputTokens], total: Member::TotalTokens };

/// Tokens that are some of others: which, and of which.
pub const TOKEN_DETAILS: [(Member, Member); 2] =
    [(Member::CachedTokens, Member::InputTokens), (Member::ReasoningTokens, Member::OutputTokens)];

/// The status in which every request has finished.
pub const ALL_FINISHED: BatchStatus = BatchStatus::Completed;

/// The status in which no request is counted yet.
pub const NONE_COUNTED: BatchStatus = BatchStatus::Validating;

/// The status that comes with errors, and the only one.
pub const WITH_ERRORS: BatchStatus = BatchStatus::Failed;

/// A file of results. No batch has one before it has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResultFile {
    /// The member that names it.
    pub file: Member,
    /// How many requests have a line in it.
    pub counted: Member,
    /// The statuses in which it is there exactly when there are any.
    pub told_in: StatusSet,
}

/// The files of results. What a cancelled or expired batch left unfinished stands in its error file, without
/// being counted as failed: only a completed batch tells what to expect.
pub const RESULT_FILES: [ResultFile; 2] = [
    ResultFile {
        file: Member::OutputFileId,
        counted: Member::CountsCompleted,
        told_in: StatusSet::of(BatchStatus::Completed)
            .or(StatusSet::of(BatchStatus::Expired))
            .or(StatusSet::of(BatchStatus::Cancelled)),
    },
    ResultFile {
        file: Member::ErrorFileId,
        counted: Member::CountsFailed,
        told_in: StatusSet::of(BatchStatus::Completed),
    },
];

/// The members that hold a file's id.
pub const FILE_IDS: [Member; 3] = [Member::InputFileId, Member::OutputFileId, Member::ErrorFileId];

/// The bytes that no id holds: white space and control characters of ASCII, as ranges with their ends.
pub const NOT_IN_IDS: [(u8, u8); 2] = [(0, b' '), (0x7f, 0x7f)];

/// How many seconds `expires_at` may be off where the profile does not say.
const SLACK: u32 = 10;

/// How many seconds `expires_at` may be off the end of the window.
#[must_use]
pub const fn slack(profile: &Profile) -> u32 {
    match profile.expiry {
        Expiry::Window(slack) => slack,
        Expiry::Unset => SLACK,
    }
}
