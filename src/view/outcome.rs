//! The outcome of a batch: whether its requests succeeded. The status `completed` does not mean success.

use serde::{Deserialize, Serialize};

use crate::model::{BatchStatus, FileRole, Snapshot};

/// The outcome of a batch that has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub enum BatchOutcome {
    /// Every request succeeded.
    Succeeded,
    /// Some requests succeeded, others failed or did not finish.
    PartiallyFailed,
    /// The batch completed, but no request succeeded.
    AllFailed,
    /// The batch completed without results.
    Empty,
    /// The batch completed, but its counts do not say how many requests succeeded: they are missing,
    /// contradict each other, or report no request although there is a result file.
    Unverified,
    /// The input file was rejected; no request ran.
    Rejected,
    /// The batch failed after some requests had run.
    Failed,
    /// The batch expired after some requests had succeeded.
    ExpiredPartial,
    /// The batch expired before any request succeeded.
    Expired,
    /// The batch was cancelled after some requests had succeeded.
    CancelledPartial,
    /// The batch was cancelled before any request succeeded.
    Cancelled,
}

/// Which requests to retry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub enum RetryScope {
    /// No requests.
    None,
    /// The requests that failed.
    Failed,
    /// The requests that failed or did not finish.
    Unfinished,
    /// All requests.
    All,
}

impl BatchOutcome {
    /// Every outcome.
    pub const ALL: [Self; 11] = [
        Self::Succeeded,
        Self::PartiallyFailed,
        Self::AllFailed,
        Self::Empty,
        Self::Unverified,
        Self::Rejected,
        Self::Failed,
        Self::ExpiredPartial,
        Self::Expired,
        Self::CancelledPartial,
        Self::Cancelled,
    ];

    /// Which requests to retry after this outcome.
    #[must_use]
    pub const fn retry(self) -> RetryScope {
        match self {
            Self::Succeeded | Self::Empty | Self::Unverified => RetryScope::None,
            Self::PartiallyFailed => RetryScope::Failed,
            Self::ExpiredPartial | Self::CancelledPartial => RetryScope::Unfinished,
            Self::AllFailed | Self::Rejected | Self::Failed | Self::Expired | Self::Cancelled => {
                RetryScope::All
            }
        }
    }
}

/// Computes the outcome of a batch from its status, counts and files. Returns `None` while the batch runs and
/// for an unknown status.
///
/// The outcome is only a success if the counts say that every request succeeded.
#[must_use]
pub fn outcome(snapshot: &Snapshot<'_>) -> Option<BatchOutcome> {
    let counts = snapshot.counts;
    let (output, error) = (snapshot.output_file_id.is_some(), snapshot.error_file_id.is_some());
    // The counts of a recorded expired batch were outdated: 0 of 1, although there was an output file.
    let some_succeeded = output || counts.completed.is_some_and(|completed| completed > 0);
    Some(match snapshot.status? {
        BatchStatus::Completed => completed(snapshot),
        BatchStatus::Failed => {
            let ran = counts.completed.unwrap_or(0) > 0 || counts.failed.unwrap_or(0) > 0;
            if ran || output || error { BatchOutcome::Failed } else { BatchOutcome::Rejected }
        }
        BatchStatus::Expired if some_succeeded => BatchOutcome::ExpiredPartial,
        BatchStatus::Expired => BatchOutcome::Expired,
        BatchStatus::Cancelled if some_succeeded => BatchOutcome::CancelledPartial,
        BatchStatus::Cancelled => BatchOutcome::Cancelled,
        _ => return None,
    })
}

/// The outcome of a batch with the status `completed`.
fn completed(snapshot: &Snapshot<'_>) -> BatchOutcome {
    let (output, error) = (snapshot.output_file_id.is_some(), snapshot.error_file_id.is_some());
    let Some(counts) = snapshot.counts.complete() else {
        return match (output, error) {
            (false, false) => BatchOutcome::Empty,
            (false, true) => BatchOutcome::AllFailed,
            (true, _) => BatchOutcome::Unverified,
        };
    };
    match (counts.completed, counts.failed) {
        _ if snapshot.counts.are_contradictory() => BatchOutcome::Unverified,
        (0, 0) if output || error && counts.total > 0 => BatchOutcome::Unverified,
        (0, 0) => BatchOutcome::Empty,
        (0, _) => BatchOutcome::AllFailed,
        (done, 0) if done >= counts.total => BatchOutcome::Succeeded,
        _ => BatchOutcome::PartiallyFailed,
    }
}

/// The result files that can be downloaded.
#[must_use]
pub fn downloads(snapshot: &Snapshot<'_>) -> Vec<FileRole> {
    let output = snapshot.output_file_id.map(|_| FileRole::Output);
    let error = snapshot.error_file_id.map(|_| FileRole::Error);
    output.into_iter().chain(error).collect()
}
