//! The timeline: the statuses that a batch has entered and those that are still ahead, with durations.

use serde::{Deserialize, Serialize};

use crate::lifecycle::path;
use crate::model::{BatchStatus, Snapshot, TimestampField, Timestamps};

use super::messages::{Catalog, Message};

/// Whether a step of the timeline is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
pub enum StepState {
    /// The batch has passed this step.
    Done,
    /// The batch is in this step.
    Current,
    /// The batch has not reached this step; it will if nothing fails.
    Upcoming,
}

/// A step of the timeline.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct TimelineStep {
    /// The status entered.
    pub status: BatchStatus,
    /// The label of the status.
    pub label: String,
    /// Whether the step is done.
    pub state: StepState,
    /// When the batch entered the status, in Unix seconds; absent for an upcoming step, or without a
    /// timestamp.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<u64>,
    /// The seconds since the last step with a timestamp; absent if there is none, or if the order is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seconds: Option<u64>,
    /// `seconds` as text, such as `2 hours 5 minutes`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration: Option<String>,
}

/// Computes the steps of a snapshot, in order. The list is empty for an unknown status.
#[must_use]
pub(super) fn timeline(snapshot: &Snapshot<'_>, messages: &Catalog) -> Vec<TimelineStep> {
    let Some(current) = snapshot.status else { return Vec::new() };
    let mut statuses = Vec::new();
    if current != BatchStatus::Validating {
        statuses.push(BatchStatus::Validating);
        statuses
            .append(&mut path(BatchStatus::Validating, current, &snapshot.timestamps).unwrap_or_default());
        statuses.retain(|status| snapshot.timestamps.get(status.timestamp_field()).is_some());
    }
    let current_index = statuses.len();
    statuses.push(current);
    if !current.is_terminal() {
        // The steps that follow if nothing fails.
        let end = match current {
            BatchStatus::Cancelling => BatchStatus::Cancelled,
            BatchStatus::Finalizing if is_late(snapshot) => BatchStatus::Expired,
            _ => BatchStatus::Completed,
        };
        statuses.append(&mut path(current, end, &Timestamps::default()).unwrap_or_default());
        statuses.push(end);
    }
    let mut steps = Vec::with_capacity(statuses.len());
    let mut previous: Option<u64> = None;
    for (index, status) in statuses.into_iter().enumerate() {
        let state = if index > current_index {
            StepState::Upcoming
        } else if index < current_index || status.is_terminal() {
            StepState::Done
        } else {
            StepState::Current
        };
        let at = snapshot.timestamps.get(status.timestamp_field()).filter(|_| state != StepState::Upcoming);
        let seconds = at.zip(previous).and_then(|(at, previous)| at.checked_sub(previous));
        previous = at.or(previous);
        steps.push(TimelineStep {
            status,
            label: messages.format(step_message(status), &[]),
            state,
            at,
            seconds,
            duration: seconds.map(|seconds| messages.duration(seconds)),
        });
    }
    steps
}

/// Whether the results are being written because the deadline has passed: not every request has finished.
fn is_late(snapshot: &Snapshot<'_>) -> bool {
    let at = |field| snapshot.timestamps.get(field);
    let times = at(TimestampField::Finalizing).zip(at(TimestampField::Expires));
    times.is_some_and(|(finalizing, expires)| finalizing > expires)
        && snapshot.counts.total.is_some_and(|total| snapshot.counts.finished() < total)
}

const fn step_message(status: BatchStatus) -> Message {
    match status {
        BatchStatus::Validating => Message::StepValidating,
        BatchStatus::InProgress => Message::StepInProgress,
        BatchStatus::Finalizing => Message::StepFinalizing,
        BatchStatus::Completed => Message::StepCompleted,
        BatchStatus::Failed => Message::StepFailed,
        BatchStatus::Expired => Message::StepExpired,
        BatchStatus::Cancelling => Message::StepCancelling,
        BatchStatus::Cancelled => Message::StepCancelled,
    }
}
