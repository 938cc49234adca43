//! The invariants between the fields of a batch.
//!
//! [`validate`](super::validate) reports a violation for each that does not hold. The npm package generates
//! JavaScript from the same data, which recognizes valid batches without a call into the WebAssembly module.
//! A new rule about the batch as a whole therefore needs data here and a line in
//! `scripts/codegen/fast-rules.mjs`; a test breaks each rule by itself.

use crate::model::{BatchStatus, Expiry, Field, Profile, StatusSet};

use super::requirement::Total;

/// Input and output tokens: together exactly the total.
pub const TOKEN_TOTAL: Total =
    Total { parts: [Field::InputTokens, Field::OutputTokens], total: Field::TotalTokens };

/// Pairs of token counts of which the first is part of the second.
pub const TOKEN_DETAILS: [(Field, Field); 2] =
    [(Field::CachedTokens, Field::InputTokens), (Field::ReasoningTokens, Field::OutputTokens)];

/// The status in which every request has finished.
pub const STATUS_ALL_FINISHED: BatchStatus = BatchStatus::Completed;

/// The status in which no request is counted yet.
pub const STATUS_NONE_COUNTED: BatchStatus = BatchStatus::Validating;

/// The only status in which a batch has `errors`.
pub const STATUS_WITH_ERRORS: BatchStatus = BatchStatus::Failed;

/// When a batch has a result file. A batch that has not ended has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResultFileRule {
    /// The field with the file's id.
    pub file: Field,
    /// The field with the number of requests that have a line in the file.
    pub counted: Field,
    /// The statuses in which the file exists if and only if that number is not 0.
    pub determined_in: StatusSet,
}

/// The rules for the output file and the error file.
///
/// Requests that a cancelled or expired batch left unfinished are in its error file without being counted as
/// failed. So only a completed batch determines whether there is an error file.
pub const RESULT_FILES: [ResultFileRule; 2] = [
    ResultFileRule {
        file: Field::OutputFileId,
        counted: Field::CountsCompleted,
        determined_in: StatusSet::of(BatchStatus::Completed)
            .union(StatusSet::of(BatchStatus::Expired))
            .union(StatusSet::of(BatchStatus::Cancelled)),
    },
    ResultFileRule {
        file: Field::ErrorFileId,
        counted: Field::CountsFailed,
        determined_in: StatusSet::of(BatchStatus::Completed),
    },
];

/// The fields that hold a file id.
pub const FILE_IDS: [Field; 3] = [Field::InputFileId, Field::OutputFileId, Field::ErrorFileId];

/// The bytes that an id must not contain, as inclusive ranges: ASCII whitespace and control characters.
pub const ID_FORBIDDEN_BYTES: [(u8, u8); 2] = [(0, b' '), (0x7f, 0x7f)];

/// The tolerance for `expires_at`, in seconds, if the profile has none of its own.
const DEFAULT_EXPIRY_TOLERANCE: u32 = 10;

/// The largest accepted difference, in seconds, between `expires_at` and the end of the completion window.
#[must_use]
pub const fn expiry_tolerance(profile: &Profile) -> u32 {
    match profile.expiry {
        Expiry::Window(tolerance) => tolerance,
        Expiry::Unset => DEFAULT_EXPIRY_TOLERANCE,
    }
}
