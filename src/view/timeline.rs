//! The timeline: the steps a batch took and those still ahead, with the time between them.

use serde::{Deserialize, Serialize};

use crate::lifecycle::way;
use crate::model::{BatchStatus, Snapshot, Stamps};

use super::messages::{Catalog, Message};

/// Where a step lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum StepState {
    /// Behind.
    Done,
    /// The batch is in it.
    Current,
    /// Ahead, if all goes well.
    Upcoming,
}

/// A step of the timeline.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct TimelineStep {
    /// The status entered.
    pub status: BatchStatus,
    /// The words for it.
    pub label: String,
    /// Where it lies.
    pub state: StepState,
    /// When it was entered, in Unix seconds; absent when ahead, or when the server wrote no stamp.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<u64>,
    /// Seconds since the step before that has a stamp; absent without two stamps in order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seconds: Option<u64>,
    /// The same in messages, such as `2 hours 5 minutes`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration: Option<String>,
}

/// The steps of a snapshot, in order; none when its status is not known.
#[must_use]
pub(super) fn timeline(snapshot: &Snapshot<'_>, messages: &Catalog) -> Vec<TimelineStep> {
    let Some(current) = snapshot.status else { return Vec::new() };
    let mut statuses = Vec::new();
    if current != BatchStatus::Validating {
        statuses.push(BatchStatus::Validating);
        statuses.append(&mut way(BatchStatus::Validating, current, &snapshot.stamps).unwrap_or_default());
        statuses.retain(|status| snapshot.stamps.get(status.stamp()).is_some());
    }
    let here = statuses.len();
    statuses.push(current);
    if !current.is_terminal() {
        // What lies ahead if all goes well.
        let end = match current {
            BatchStatus::Cancelling => BatchStatus::Cancelled,
            _ => BatchStatus::Completed,
        };
        statuses.append(&mut way(current, end, &Stamps::default()).unwrap_or_default());
        statuses.push(end);
    }
    let mut steps = Vec::with_capacity(statuses.len());
    let mut before: Option<u64> = None;
    for (index, status) in statuses.into_iter().enumerate() {
        let state = if index > here {
            StepState::Upcoming
        } else if index < here || status.is_terminal() {
            StepState::Done
        } else {
            StepState::Current
        };
        let at = snapshot.stamps.get(status.stamp()).filter(|_| state != StepState::Upcoming);
        let seconds = at.zip(before).and_then(|(at, before)| at.checked_sub(before));
        before = at.or(before);
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
