//! The outcome: what became of the requests. `completed` is not success.

use serde::{Deserialize, Serialize};

use crate::lifecycle::ResultFile;
use crate::model::{BatchStatus, Snapshot};

/// What became of a batch's requests; there is none while the batch runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum BatchOutcome {
    /// Every request succeeded.
    Succeeded,
    /// Some requests succeeded, others did not.
    PartiallyFailed,
    /// The batch completed and no request succeeded.
    AllFailed,
    /// The batch completed and there are no results.
    Empty,
    /// The batch completed and the server did not say how many requests succeeded.
    Unverified,
    /// The input file was rejected; no request ran.
    Rejected,
    /// The batch failed after requests had run.
    Failed,
    /// The deadline passed; some requests had succeeded.
    ExpiredPartial,
    /// The deadline passed; no request had succeeded.
    Expired,
    /// Cancelled; some requests had succeeded.
    CancelledPartial,
    /// Cancelled; no request had succeeded.
    Cancelled,
}

/// Which requests are worth sending again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum RetryScope {
    /// None.
    None,
    /// Those that failed.
    Failed,
    /// Those that failed or did not finish.
    Unfinished,
    /// All.
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

    /// Which requests are worth sending again.
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

/// The outcome of a batch, from its status, counts and files; none while it runs, or when its status is
/// not known.
///
/// Success is said only when the counts say that every request succeeded.
#[must_use]
pub fn outcome(snapshot: &Snapshot<'_>) -> Option<BatchOutcome> {
    let counts = snapshot.counts;
    let (output, error) = (snapshot.output_file_id.is_some(), snapshot.error_file_id.is_some());
    let some_succeeded = counts.completed.map_or(output, |completed| completed > 0);
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

fn completed(snapshot: &Snapshot<'_>) -> BatchOutcome {
    let (output, error) = (snapshot.output_file_id.is_some(), snapshot.error_file_id.is_some());
    let Some(counts) = snapshot.counts.whole() else {
        return match (output, error) {
            (false, false) => BatchOutcome::Empty,
            (false, true) => BatchOutcome::AllFailed,
            (true, _) => BatchOutcome::Unverified,
        };
    };
    match (counts.completed, counts.failed) {
        (0, 0) => BatchOutcome::Empty,
        (0, _) => BatchOutcome::AllFailed,
        (done, 0) if done >= counts.total => BatchOutcome::Succeeded,
        _ => BatchOutcome::PartiallyFailed,
    }
}

/// The result files that are there to download.
#[must_use]
pub fn downloads(snapshot: &Snapshot<'_>) -> Vec<ResultFile> {
    let output = snapshot.output_file_id.map(|_| ResultFile::Output);
    let error = snapshot.error_file_id.map(|_| ResultFile::Error);
    output.into_iter().chain(error).collect()
}
