//! When to ask again: soon while much changes, seldom while nothing does, never once it has ended.

use serde::{Deserialize, Serialize};

use crate::model::{BatchStatus, Snapshot};
use crate::random::unit;

use super::messages::{Catalog, Message};
use super::progress::ProgressSample;
use super::timing::{Timing, in_state, timing};

/// When to ask for the batch again.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct PollAdvice {
    /// Seconds until the next poll, fractions included; absent when the batch has ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seconds: Option<f64>,
    /// Why then.
    pub reason: PollReason,
    /// The same in words.
    pub text: String,
}

/// Why to poll then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum PollReason {
    /// It has ended: do not poll.
    Terminal,
    /// By the age of the step it is in.
    Age,
    /// It may be done soon.
    NearlyDone,
    /// The deadline is near.
    Deadline,
    /// It takes longer than usual: asking often does not help.
    Stalled,
    /// The status is not known.
    UnknownStatus,
}

/// The poll after which a stalled batch is asked for, and the one for an unknown status.
const STALLED: f64 = 300.0;
const UNKNOWN: f64 = 60.0;

/// How much of the step's age to wait, and within which bounds: shortest, longest, in seconds.
///
/// The bounds follow what the field settled on: curator polls every 60 seconds, Together asks for 30
/// to 60, langchain caps at 120.
const fn pace(status: BatchStatus) -> (f64, f64, f64) {
    match status {
        BatchStatus::Validating => (0.1, 5.0, 60.0),
        BatchStatus::Finalizing => (0.2, 5.0, 60.0),
        BatchStatus::Cancelling => (0.1, 10.0, 60.0),
        _ => (0.05, 10.0, 120.0),
    }
}

/// Says when to ask again. The batch's id and `seed` spread many pollers by up to a tenth either way; the
/// same two give the same answer.
#[must_use]
pub fn next_poll(
    snapshot: &Snapshot<'_>,
    now: u64,
    history: &[ProgressSample],
    seed: u64,
    messages: &Catalog,
) -> PollAdvice {
    advice(snapshot, now, &timing(snapshot, now, history, messages), seed, messages)
}

pub(super) fn advice(
    snapshot: &Snapshot<'_>,
    now: u64,
    timing: &Timing,
    seed: u64,
    messages: &Catalog,
) -> PollAdvice {
    if snapshot.status.is_some_and(BatchStatus::is_terminal) {
        let text = messages.format(Message::PollTerminal, &[]);
        return PollAdvice { seconds: None, reason: PollReason::Terminal, text };
    }
    let (wait, reason) = wait(snapshot, now, timing);
    let of_batch =
        snapshot.id.unwrap_or_default().bytes().fold(seed, |sum, byte| sum.rotate_left(5) ^ u64::from(byte));
    let seconds = (wait * (0.9 + 0.2 * unit(of_batch)) * 1000.0).round() / 1000.0;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "positive and small")]
    let duration = messages.duration(seconds.ceil() as u64);
    let text = messages.format(Message::PollStatus, &[("duration", &duration)]);
    PollAdvice { seconds: Some(seconds), reason, text }
}

#[expect(clippy::cast_precision_loss, reason = "seconds are far below 2^53")]
fn wait(snapshot: &Snapshot<'_>, now: u64, timing: &Timing) -> (f64, PollReason) {
    let Some(status) = snapshot.status else { return (UNKNOWN, PollReason::UnknownStatus) };
    if timing.stall.is_some() {
        return (STALLED, PollReason::Stalled);
    }
    let (part, shortest, longest) = pace(status);
    let age = in_state(snapshot, now).or(timing.elapsed_seconds).unwrap_or(0);
    let by_age = (age as f64 * part).clamp(shortest, longest);
    let mut best = (by_age, PollReason::Age);
    if let Some(eta) = &timing.eta {
        let by_rate = (eta.earliest_seconds as f64 / 3.0).max(shortest);
        if by_rate < best.0 {
            best = (by_rate, PollReason::NearlyDone);
        }
    }
    if let Some(left) =
        timing.deadline.as_ref().map(|deadline| deadline.seconds_left).filter(|&left| left >= 0)
    {
        let by_deadline = left as f64 + shortest;
        if by_deadline < best.0 {
            best = (by_deadline, PollReason::Deadline);
        }
    }
    best
}
