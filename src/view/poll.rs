//! When to poll again: often while much changes, rarely while nothing does, and never after the batch has
//! ended.

use serde::{Deserialize, Serialize};

use crate::model::{BatchStatus, Snapshot};
use crate::random::unit_interval;

use super::messages::{Catalog, Message, MessageValue};
use super::progress::ProgressSample;
use super::timing::{DeadlineDistance, Durations, seconds_in_status};

/// When to poll a batch again.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "action", rename_all = "snake_case")]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub enum PollAdvice {
    /// Poll again later.
    Wait {
        /// The seconds until the next poll, with fractions.
        seconds: f64,
        /// The reason for this time.
        reason: PollReason,
        /// The advice as text.
        text: String,
    },
    /// The batch has ended: do not poll it again.
    Stop {
        /// The advice as text.
        text: String,
    },
}

impl PollAdvice {
    /// The seconds until the next poll, or `None` if the batch has ended.
    #[must_use]
    pub const fn seconds(&self) -> Option<f64> {
        match self {
            Self::Wait { seconds, .. } => Some(*seconds),
            Self::Stop { .. } => None,
        }
    }

    /// The reason for the time of the next poll, or `None` if the batch has ended.
    #[must_use]
    pub const fn reason(&self) -> Option<PollReason> {
        match self {
            Self::Wait { reason, .. } => Some(*reason),
            Self::Stop { .. } => None,
        }
    }

    /// The advice as text.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Wait { text, .. } | Self::Stop { text } => text,
        }
    }
}

/// Why to poll at a certain time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub enum PollReason {
    /// The time depends on how long the batch has been in its status.
    Age,
    /// The batch may complete soon.
    NearlyDone,
    /// The deadline is near.
    Deadline,
    /// The batch has stalled: frequent polls do not help.
    Stalled,
    /// The status is unknown.
    UnknownStatus,
}

/// The seconds between polls of a stalled batch.
const STALLED_SECONDS: f64 = 300.0;

/// The seconds between polls of a batch with an unknown status.
const UNKNOWN_SECONDS: f64 = 60.0;

/// The wait as a fraction of the time in the status, and its minimum and maximum in seconds.
///
/// The bounds follow common practice: curator polls every 60 seconds, Together recommends 30 to 60, and
/// langchain waits at most 120.
const fn pace(status: BatchStatus) -> (f64, f64, f64) {
    match status {
        BatchStatus::Validating => (0.1, 5.0, 60.0),
        BatchStatus::Finalizing => (0.2, 5.0, 60.0),
        BatchStatus::Cancelling => (0.1, 10.0, 60.0),
        _ => (0.05, 10.0, 120.0),
    }
}

/// Returns when to poll again. The batch id and `seed` change the time by up to 10 %, so that many pollers
/// spread out; the same id and seed give the same time.
#[must_use]
pub fn next_poll(
    snapshot: &Snapshot<'_>,
    now: u64,
    history: &[ProgressSample],
    seed: u64,
    messages: &Catalog,
) -> PollAdvice {
    advice(snapshot, now, &Durations::of(snapshot, now, history), seed, messages)
}

/// Returns when to poll again, from durations that are already computed.
pub(super) fn advice(
    snapshot: &Snapshot<'_>,
    now: u64,
    durations: &Durations,
    seed: u64,
    messages: &Catalog,
) -> PollAdvice {
    if snapshot.status.is_some_and(BatchStatus::is_terminal) {
        return PollAdvice::Stop { text: messages.format(Message::PollTerminal, &[]) };
    }
    let (wait, reason) = wait(snapshot, now, durations);
    let batch_seed =
        snapshot.id.unwrap_or_default().bytes().fold(seed, |sum, byte| sum.rotate_left(5) ^ u64::from(byte));
    let seconds = (wait * (0.9 + 0.2 * unit_interval(batch_seed)) * 1000.0).round() / 1000.0;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "positive and small")]
    let duration = MessageValue::Duration(seconds.ceil() as u64);
    let text = messages.format(Message::PollStatus, &[("duration", duration)]);
    PollAdvice::Wait { seconds, reason, text }
}

/// The wait in seconds, before it is changed at random, and its reason.
#[expect(clippy::cast_precision_loss, reason = "seconds are far below 2^53")]
fn wait(snapshot: &Snapshot<'_>, now: u64, durations: &Durations) -> (f64, PollReason) {
    let Some(status) = snapshot.status else { return (UNKNOWN_SECONDS, PollReason::UnknownStatus) };
    if durations.stall.is_some() {
        return (STALLED_SECONDS, PollReason::Stalled);
    }
    let (fraction, min, max) = pace(status);
    let age = seconds_in_status(snapshot, now).or(durations.elapsed).unwrap_or(0);
    let by_age = (age as f64 * fraction).clamp(min, max);
    let mut best = (by_age, PollReason::Age);
    if let Some(eta) = durations.eta {
        let by_rate = (eta.earliest as f64 / 3.0).max(min);
        if by_rate < best.0 {
            best = (by_rate, PollReason::NearlyDone);
        }
    }
    if let Some(left) = durations.deadline.and_then(DeadlineDistance::seconds_left) {
        let by_deadline = left as f64 + min;
        if by_deadline < best.0 {
            best = (by_deadline, PollReason::Deadline);
        }
    }
    best
}
