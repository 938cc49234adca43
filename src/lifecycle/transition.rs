//! Transitions of a batch to another status: which are allowed, and what they change.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::model::{Batch, BatchErrors, BatchRequestCounts, BatchStatus, Evidence, Snapshot, TimestampField};
use crate::text::{comma_separated, concat, decimal};

/// The new values of a transition.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TransitionInput {
    /// When the transition happens, in Unix seconds. It becomes the timestamp of the new status.
    pub at: u64,
    /// The request counts after the transition; `None` keeps the counts.
    pub counts: Option<BatchRequestCounts>,
    /// The id of the output file, if it becomes available.
    pub output_file_id: Option<String>,
    /// The id of the error file, if it becomes available.
    pub error_file_id: Option<String>,
    /// Why the input file was rejected; only for a transition to `failed`.
    pub errors: Option<BatchErrors>,
    /// Whether to allow transitions that were never observed.
    pub allow_unobserved: bool,
}

/// Why a transition is not allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub enum TransitionCode {
    /// The lifecycle has no such transition.
    IllegalTransition,
    /// The transition was never observed, and unobserved transitions are not allowed.
    UnobservedTransition,
    /// The time is before a timestamp that is already set.
    TimestampBackwards,
    /// More requests have finished than the total, or a completed batch would have unfinished ones.
    CountsImpossible,
    /// A count is lower than before, or the total changed.
    CountsBackwards,
    /// A result file is given although the batch has not ended.
    FileEarly,
    /// Errors are given for a status other than `failed`.
    ErrorsUnexpected,
}

/// A transition that is not allowed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct TransitionError {
    /// Why the transition is not allowed.
    pub code: TransitionCode,
    /// The status of the batch.
    pub from: BatchStatus,
    /// The requested status.
    pub to: BatchStatus,
    /// The statuses that the batch can enter; empty if its status is terminal.
    pub allowed: Vec<BatchStatus>,
    /// The error in one line.
    pub message: String,
}

impl fmt::Display for TransitionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for TransitionError {}

/// Returns the batch after a transition to the status `to`.
///
/// ```
/// use batchlight::lifecycle::{TransitionInput, transition};
/// use batchlight::{BatchStatus, parse};
/// let json = br#"{"id": "batch_1", "object": "batch", "endpoint": "/v1/embeddings", "status": "validating",
///     "input_file_id": "file-1", "completion_window": "24h", "created_at": 1736489775}"#;
/// let batch = parse(json)?.batch;
/// let input = TransitionInput { at: 1736489776, ..TransitionInput::default() };
/// let running = transition(&batch, BatchStatus::InProgress, &input)?;
/// assert_eq!(running.in_progress_at, Some(1736489776));
/// let error = transition(&running, BatchStatus::Validating, &TransitionInput::default()).unwrap_err();
/// assert!(error.message.contains("finalizing, expired, cancelling"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// Returns an error if the lifecycle has no such transition, if the time or a count goes backward, or if the
/// counts, files or errors do not fit the new status.
pub fn transition(batch: &Batch, to: BatchStatus, input: &TransitionInput) -> Result<Batch, TransitionError> {
    let mut after = batch.clone();
    transition_effect(&batch.into(), batch.status, to, input)?.apply(&mut after);
    Ok(after)
}

/// The changes that a transition makes to a batch.
#[derive(Clone, Debug, PartialEq)]
pub struct TransitionEffect {
    /// The new status.
    pub status: BatchStatus,
    /// The timestamp of the new status, in Unix seconds.
    pub at: u64,
    /// The new request counts, if they change.
    pub counts: Option<BatchRequestCounts>,
    /// The id of the output file, if it becomes available.
    pub output_file_id: Option<String>,
    /// The id of the error file, if it becomes available.
    pub error_file_id: Option<String>,
    /// The errors, if there are any.
    pub errors: Option<BatchErrors>,
}

impl TransitionEffect {
    /// The changes of a transition to `status`.
    pub(crate) fn new(status: BatchStatus, input: TransitionInput) -> Self {
        let TransitionInput { at, counts, output_file_id, error_file_id, errors, allow_unobserved: _ } =
            input;
        Self { status, at, counts, output_file_id, error_file_id, errors }
    }

    /// Applies the changes to `batch`.
    pub fn apply(self, batch: &mut Batch) {
        let timestamp = match self.status.timestamp_field() {
            TimestampField::InProgress => &mut batch.in_progress_at,
            TimestampField::Finalizing => &mut batch.finalizing_at,
            TimestampField::Completed => &mut batch.completed_at,
            TimestampField::Failed => &mut batch.failed_at,
            TimestampField::Expired => &mut batch.expired_at,
            TimestampField::Cancelling => &mut batch.cancelling_at,
            // Only `cancelled` reaches this arm: no transition leads to `validating`, which has `created_at`,
            // and no status sets the deadline.
            TimestampField::Cancelled | TimestampField::Created | TimestampField::Expires => {
                &mut batch.cancelled_at
            }
        };
        *timestamp = Some(self.at);
        batch.status = self.status;
        batch.request_counts = self.counts.or(batch.request_counts);
        batch.output_file_id = self.output_file_id.or(batch.output_file_id.take());
        batch.error_file_id = self.error_file_id.or(batch.error_file_id.take());
        batch.errors = self.errors.or(batch.errors.take());
    }
}

/// Returns the changes that a transition of a batch with the status `from` makes, without making them.
///
/// # Errors
/// Returns the same errors as [`transition`].
pub fn transition_effect(
    before: &Snapshot<'_>,
    from: BatchStatus,
    to: BatchStatus,
    input: &TransitionInput,
) -> Result<TransitionEffect, TransitionError> {
    check_transition(before, from, to, input)?;
    Ok(TransitionEffect::new(to, input.clone()))
}

/// Checks that a transition is allowed.
pub(crate) fn check_transition(
    before: &Snapshot<'_>,
    from: BatchStatus,
    to: BatchStatus,
    input: &TransitionInput,
) -> Result<(), TransitionError> {
    let allowed: Vec<BatchStatus> = from
        .edges()
        .filter(|&(_, evidence)| input.allow_unobserved || evidence == Evidence::Observed)
        .map(|(to, _)| to)
        .collect();
    check_input(before, from, to, input, &allowed).map_err(|(code, reason)| {
        let message =
            concat(&["cannot change the status from ", from.as_str(), " to ", to.as_str(), ": ", &reason]);
        TransitionError { code, from, to, allowed, message }
    })
}

/// Checks a transition. The error is its code and the second half of its message.
fn check_input(
    before: &Snapshot<'_>,
    from: BatchStatus,
    to: BatchStatus,
    input: &TransitionInput,
    allowed: &[BatchStatus],
) -> Result<(), (TransitionCode, String)> {
    let error = |code, reason| Err((code, reason));
    match from.evidence(to) {
        None => return error(TransitionCode::IllegalTransition, expected_status(from, allowed)),
        Some(Evidence::Unobserved) if !input.allow_unobserved => {
            let expected = expected_status(from, allowed);
            return error(
                TransitionCode::UnobservedTransition,
                concat(&[
                    "this transition was never observed; ",
                    &expected,
                    ", or allow unobserved transitions",
                ]),
            );
        }
        Some(_) => {}
    }
    if let Some(latest) = before.timestamps.latest().filter(|&latest| input.at < latest) {
        let (latest, at) = (decimal(latest), decimal(input.at));
        return error(
            TransitionCode::TimestampBackwards,
            concat(&[
                "expected a time of ",
                &latest,
                " or later (the latest timestamp of the batch), found ",
                &at,
            ]),
        );
    }
    let counts = input.counts.or(before.counts.complete());
    if let Some(BatchRequestCounts { completed, failed, total }) = counts {
        let finished = completed.saturating_add(failed);
        let is_unfinished = to == BatchStatus::Completed && finished != total;
        if finished > total || is_unfinished {
            let bound = if is_unfinished { "exactly" } else { "at most" };
            let [total, completed, failed] = [total, completed, failed].map(decimal);
            return error(
                TransitionCode::CountsImpossible,
                concat(&[
                    "expected ",
                    bound,
                    " ",
                    &total,
                    " finished requests, found ",
                    &completed,
                    " completed, ",
                    &failed,
                    " failed",
                ]),
            );
        }
    }
    if let Some(reason) = input.counts.and_then(|counts| contradiction(before, counts)) {
        return error(TransitionCode::CountsBackwards, reason);
    }
    let names_file = input.output_file_id.is_some() || input.error_file_id.is_some();
    if names_file && !to.is_terminal() {
        let reason = "result files are only allowed when the batch ends; remove them".to_owned();
        return error(TransitionCode::FileEarly, reason);
    }
    if input.errors.is_some() && to != BatchStatus::Failed {
        let reason = "errors are only allowed in a transition to failed; remove them".to_owned();
        return error(TransitionCode::ErrorsUnexpected, reason);
    }
    Ok(())
}

/// How new counts contradict the counts before: a lower count, or another total.
fn contradiction(before: &Snapshot<'_>, new: BatchRequestCounts) -> Option<String> {
    let counts = before.counts;
    let lower = |name: &str, previous: Option<u64>, new: u64| {
        previous.filter(|&previous| new < previous).map(|previous| {
            concat(&["expected ", name, " of ", &decimal(previous), " or more, found ", &decimal(new)])
        })
    };
    let new_total = || {
        let previous = counts.total.filter(|&previous| previous > 0 && previous != new.total)?;
        Some(concat(&["expected the total to stay ", &decimal(previous), ", found ", &decimal(new.total)]))
    };
    lower("completed", counts.completed, new.completed)
        .or_else(|| lower("failed", counts.failed, new.failed))
        .or_else(new_total)
}

fn expected_status(from: BatchStatus, allowed: &[BatchStatus]) -> String {
    if allowed.is_empty() {
        return concat(&[from.as_str(), " is a terminal status"]);
    }
    concat(&["expected one of ", &comma_separated(allowed.iter().map(|status| status.as_str()))])
}
