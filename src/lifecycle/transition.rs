//! Moves a batch along its lifecycle: legal moves only, and everything that a move writes.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::model::{Batch, BatchErrors, BatchRequestCounts, BatchStatus, Evidence, Snapshot, Stamp};
use crate::text::listed;

/// What a move brings with it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Move {
    /// When it happens, in Unix seconds; becomes the stamp of the new status.
    pub at: u64,
    /// The counts after it; none: as before.
    pub counts: Option<BatchRequestCounts>,
    /// The output file it names.
    pub output_file_id: Option<String>,
    /// The error file it names.
    pub error_file_id: Option<String>,
    /// Why the input file was rejected; for a move to `failed`.
    pub errors: Option<BatchErrors>,
    /// Whether moves are allowed that nobody has recorded.
    pub unobserved: bool,
}

/// Why a move cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum TransitionCode {
    /// The lifecycle has no such move.
    IllegalTransition,
    /// Nobody has recorded such a move, and it was not asked for.
    UnrecordedTransition,
    /// The time lies before a stamp that is already written.
    StampBackwards,
    /// More requests finished than there are, or not all although the batch is completed.
    CountsImpossible,
    /// A count is lower than before, or the total changed.
    CountsBackwards,
    /// A result file is named although the batch has not ended.
    FileEarly,
    /// Errors are given for a status other than `failed`.
    ErrorsUnexpected,
}

/// A move that cannot be made: from where, to where, why, and which moves can.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct TransitionError {
    /// Why.
    pub code: TransitionCode,
    /// The status the batch is in.
    pub from: BatchStatus,
    /// The status it was to enter.
    pub to: BatchStatus,
    /// The statuses it can enter; empty when it has ended.
    pub allowed: Vec<BatchStatus>,
    /// The whole of it in one line.
    pub message: String,
}

impl fmt::Display for TransitionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for TransitionError {}

/// Moves a batch to its next status and gives the batch after the move.
///
/// ```
/// use batchlight::lifecycle::{Move, transition};
/// use batchlight::{BatchStatus, parse};
/// let json = br#"{"id": "batch_1", "object": "batch", "endpoint": "/v1/embeddings", "status": "validating",
///     "input_file_id": "file-1", "completion_window": "24h", "created_at": 1736489775}"#;
/// let batch = parse(json)?.batch;
/// let running = transition(&batch, BatchStatus::InProgress, &Move { at: 1736489776, ..Move::default() })?;
/// assert_eq!(running.in_progress_at, Some(1736489776));
/// let error = transition(&running, BatchStatus::Validating, &Move::default()).unwrap_err();
/// assert!(error.message.contains("finalizing, expired, cancelling"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// When the lifecycle has no such move, when the time runs backwards, or when counts, files or errors
/// do not go with the new status.
pub fn transition(batch: &Batch, to: BatchStatus, change: &Move) -> Result<Batch, TransitionError> {
    let mut after = batch.clone();
    plan(&batch.into(), batch.status, to, change)?.apply(&mut after);
    Ok(after)
}

/// What a move writes.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The new status.
    pub status: BatchStatus,
    /// The time for its stamp, in Unix seconds.
    pub at: u64,
    /// The counts, where they change.
    pub counts: Option<BatchRequestCounts>,
    /// The output file, where one is named.
    pub output_file_id: Option<String>,
    /// The error file, where one is named.
    pub error_file_id: Option<String>,
    /// The errors, where some are given.
    pub errors: Option<BatchErrors>,
}

impl Step {
    /// What a move to this status writes.
    pub(crate) fn of(status: BatchStatus, change: Move) -> Self {
        let Move { at, counts, output_file_id, error_file_id, errors, unobserved: _ } = change;
        Self { status, at, counts, output_file_id, error_file_id, errors }
    }

    /// Writes it into a batch.
    pub fn apply(self, batch: &mut Batch) {
        let stamp = match self.status.stamp() {
            Stamp::InProgress => &mut batch.in_progress_at,
            Stamp::Finalizing => &mut batch.finalizing_at,
            Stamp::Completed => &mut batch.completed_at,
            Stamp::Failed => &mut batch.failed_at,
            Stamp::Expired => &mut batch.expired_at,
            Stamp::Cancelling => &mut batch.cancelling_at,
            // No move leads back to validating, and no status writes the deadline.
            Stamp::Cancelled | Stamp::Created | Stamp::Expires => &mut batch.cancelled_at,
        };
        *stamp = Some(self.at);
        batch.status = self.status;
        batch.request_counts = self.counts.or(batch.request_counts);
        batch.output_file_id = self.output_file_id.or(batch.output_file_id.take());
        batch.error_file_id = self.error_file_id.or(batch.error_file_id.take());
        batch.errors = self.errors.or(batch.errors.take());
    }
}

/// What a move writes, or why it cannot be made.
///
/// # Errors
/// As [`transition`].
pub fn plan(
    before: &Snapshot<'_>,
    from: BatchStatus,
    to: BatchStatus,
    change: &Move,
) -> Result<Step, TransitionError> {
    admit(before, from, to, change)?;
    Ok(Step::of(to, change.clone()))
}

/// Whether a move can be made; if not, why.
pub(crate) fn admit(
    before: &Snapshot<'_>,
    from: BatchStatus,
    to: BatchStatus,
    change: &Move,
) -> Result<(), TransitionError> {
    let allowed: Vec<BatchStatus> = from
        .moves()
        .filter(|&(_, evidence)| change.unobserved || evidence == Evidence::Observed)
        .map(|(to, _)| to)
        .collect();
    faults(before, from, to, change, &allowed).map_err(|(code, reason)| {
        let message = format!("cannot move a batch from {from} to {to}: {reason}");
        TransitionError { code, from, to, allowed, message }
    })
}

fn faults(
    before: &Snapshot<'_>,
    from: BatchStatus,
    to: BatchStatus,
    change: &Move,
    allowed: &[BatchStatus],
) -> Result<(), (TransitionCode, String)> {
    let refuse = |code, reason| Err((code, reason));
    match from.evidence(to) {
        None => return refuse(TransitionCode::IllegalTransition, allowed_in_words(from, allowed)),
        Some(Evidence::Unobserved) if !change.unobserved => {
            let words = allowed_in_words(from, allowed);
            return refuse(
                TransitionCode::UnrecordedTransition,
                format!("nobody has recorded this move; {words}, or ask for unobserved moves"),
            );
        }
        Some(_) => {}
    }
    if let Some(latest) = before.stamps.latest().filter(|&latest| change.at < latest) {
        let at = change.at;
        return refuse(
            TransitionCode::StampBackwards,
            format!("expected a time of {latest} or later, the latest stamp of the batch, found {at}"),
        );
    }
    let counts = change.counts.or(before.counts.whole());
    if let Some(BatchRequestCounts { completed, failed, total }) = counts {
        let finished = completed.saturating_add(failed);
        let all = to == BatchStatus::Completed && finished != total;
        if finished > total || all {
            let sum = format!("found completed {completed} and failed {failed} of a total of {total}");
            let most = if all { "exactly" } else { "at most" };
            return refuse(
                TransitionCode::CountsImpossible,
                format!("expected {most} as many finished requests as there are, {sum}"),
            );
        }
    }
    if let Some((was, is)) = change.counts.and_then(|is| went_back(before, is)) {
        return refuse(TransitionCode::CountsBackwards, format!("expected counts from {was} on, found {is}"));
    }
    let names_file = change.output_file_id.is_some() || change.error_file_id.is_some();
    if names_file && !to.is_terminal() {
        let reason = "result files are named when the batch ends, not before".to_owned();
        return refuse(TransitionCode::FileEarly, reason);
    }
    if change.errors.is_some() && to != BatchStatus::Failed {
        let reason = "errors say why the input file was rejected and go with failed only".to_owned();
        return refuse(TransitionCode::ErrorsUnexpected, reason);
    }
    Ok(())
}

/// A count that is lower than before, and what it was.
fn went_back(before: &Snapshot<'_>, is: BatchRequestCounts) -> Option<(u64, u64)> {
    let counts = before.counts;
    let lower = |was: Option<u64>, is: u64| was.filter(|&was| is < was).map(|was| (was, is));
    let total = counts.total.filter(|&was| was > 0 && was != is.total).map(|was| (was, is.total));
    lower(counts.completed, is.completed).or(lower(counts.failed, is.failed)).or(total)
}

fn allowed_in_words(from: BatchStatus, allowed: &[BatchStatus]) -> String {
    if allowed.is_empty() {
        return format!("{from} is for good");
    }
    format!("expected one of {}", listed(allowed.iter().map(|status| status.as_str())))
}
