//! The timing of a batch: elapsed time, deadline, estimated time left, and stalls.

use serde::{Deserialize, Serialize};

use crate::model::{BatchStatus, Snapshot, TimestampField};

use super::messages::{Catalog, Message, MessageValue};
use super::progress::ProgressSample;

/// How long a batch has taken, and how long it may still take.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct Timing {
    /// The seconds from the creation of the batch to its end, or to now while it runs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub elapsed_seconds: Option<u64>,
    /// `elapsedSeconds` as text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub elapsed: Option<String>,
    /// The deadline; absent if the batch has ended or the server sets none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Deadline>,
    /// The estimated time left; absent without enough data.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub eta: Option<Eta>,
    /// The stall, if the batch takes longer than usual.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stall: Option<Stall>,
}

/// The deadline of a batch.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct Deadline {
    /// The deadline, in Unix seconds.
    pub at: u64,
    /// The seconds until the deadline; negative after it.
    pub seconds_left: i64,
    /// The time left, or the time since the deadline, as text.
    pub text: String,
}

/// The estimated time left, as a range.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct Eta {
    /// The lower bound, in seconds.
    pub earliest_seconds: u64,
    /// The upper bound, in seconds.
    pub latest_seconds: u64,
    /// The range as text.
    pub text: String,
}

/// The sign by which a stall is recognized.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub enum StallKind {
    /// The batch has been in its status for much longer than observed.
    LongStatus,
    /// According to the samples, no request has finished for a long time.
    NoProgress,
    /// The deadline has passed, but the batch has not ended.
    Overdue,
}

/// A sign that the batch takes longer than usual. The batch may still complete.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct Stall {
    /// The sign that was found.
    pub kind: StallKind,
    /// The seconds in the status, since the last finished request, or since the deadline, depending on the
    /// kind.
    pub seconds: u64,
    /// The stall as text.
    pub text: String,
}

/// The seconds in a status after which a batch counts as stalled: about twice the longest observed time.
const fn long_status_seconds(status: BatchStatus) -> Option<u64> {
    match status {
        // Observed: up to 15 minutes of validating and up to 10 minutes of finalizing. Incidents of providers
        // have taken hours.
        BatchStatus::Validating | BatchStatus::Finalizing => Some(30 * 60),
        // Observed: up to 47 minutes at OpenAI, see CANCELLING_SECONDS, and 52 minutes at DashScope.
        BatchStatus::Cancelling => Some(2 * 3600),
        _ => None,
    }
}

/// The seconds without a finished request after which a batch counts as stalled.
const NO_PROGRESS_SECONDS: u64 = 2 * 3600;

/// The seconds after the deadline from which a batch is overdue. Most observed batches expired up to 10
/// minutes late, one half an hour late, and one more than a day late.
const OVERDUE_SECONDS: u64 = 3600;

/// The minimum number of finished requests for a rate.
const MIN_FINISHED: u64 = 20;

/// The minimum time for a rate, in seconds.
const MIN_SECONDS: u64 = 60;

/// The numbers of a [`Timing`], in seconds. The advice on polling needs them without their texts.
pub(super) struct Durations {
    pub elapsed: Option<u64>,
    pub deadline: Option<DeadlineDistance>,
    pub eta: Option<EtaRange>,
    pub stall: Option<(StallKind, u64)>,
}

/// The deadline, and the time until it or since it.
#[derive(Clone, Copy)]
pub(super) struct DeadlineDistance {
    /// The deadline, in Unix seconds.
    at: u64,
    /// The seconds until the deadline, or since it if it has passed.
    seconds: u64,
    has_passed: bool,
}

/// The lower and the upper bound of the estimated time left, in seconds.
#[derive(Clone, Copy)]
pub(super) struct EtaRange {
    pub earliest: u64,
    pub latest: u64,
}

impl Durations {
    /// Computes the durations of a snapshot at the time `now`.
    pub fn of(snapshot: &Snapshot<'_>, now: u64, history: &[ProgressSample]) -> Self {
        let timestamps = &snapshot.timestamps;
        let terminal = snapshot.status.is_some_and(BatchStatus::is_terminal);
        let end = if terminal {
            snapshot
                .status
                .and_then(|status| timestamps.get(status.timestamp_field()))
                .or(timestamps.latest())
        } else {
            Some(now)
        };
        let created = timestamps.get(TimestampField::Created);
        let expires = timestamps.get(TimestampField::Expires).filter(|_| !terminal);
        Self {
            elapsed: created.zip(end).map(|(created, end)| end.saturating_sub(created)),
            deadline: expires.map(|at| DeadlineDistance {
                at,
                seconds: at.abs_diff(now),
                has_passed: at < now,
            }),
            eta: eta(snapshot, now, history),
            stall: if terminal { None } else { stall(snapshot, now, history) },
        }
    }

    /// The durations with their texts.
    pub fn timing(&self, messages: &Catalog) -> Timing {
        Timing {
            elapsed_seconds: self.elapsed,
            elapsed: self.elapsed.map(|seconds| messages.duration(seconds)),
            deadline: self.deadline.map(|deadline| deadline.view(messages)),
            eta: self.eta.map(|eta| eta.view(messages)),
            stall: self.stall.map(|(kind, seconds)| {
                let message = match kind {
                    StallKind::LongStatus => Message::StallStatus,
                    StallKind::NoProgress => Message::StallProgress,
                    StallKind::Overdue => Message::StallOverdue,
                };
                let text = messages.format(message, &[("duration", MessageValue::Duration(seconds))]);
                Stall { kind, seconds, text }
            }),
        }
    }
}

impl DeadlineDistance {
    /// The seconds until the deadline, or `None` after it.
    pub fn seconds_left(self) -> Option<u64> {
        (!self.has_passed).then_some(self.seconds)
    }

    fn view(self, messages: &Catalog) -> Deadline {
        let message = if self.has_passed { Message::DeadlinePassed } else { Message::DeadlineAhead };
        let text = messages.format(message, &[("duration", MessageValue::Duration(self.seconds))]);
        let seconds = i64::try_from(self.seconds).unwrap_or(i64::MAX);
        Deadline { at: self.at, seconds_left: if self.has_passed { -seconds } else { seconds }, text }
    }
}

impl EtaRange {
    fn view(self, messages: &Catalog) -> Eta {
        let Self { earliest, latest } = self;
        let message = if earliest == 0 { Message::EtaSoon } else { Message::EtaRange };
        let values =
            [("earliest", MessageValue::Duration(earliest)), ("latest", MessageValue::Duration(latest))];
        Eta { earliest_seconds: earliest, latest_seconds: latest, text: messages.format(message, &values) }
    }
}

/// The seconds for which the batch has been in its status, or `None` without the timestamp.
pub(super) fn seconds_in_status(snapshot: &Snapshot<'_>, now: u64) -> Option<u64> {
    let entered = snapshot.timestamps.get(snapshot.status?.timestamp_field())?;
    Some(now.saturating_sub(entered))
}

/// Estimates the time left from the rate since the start and, if there are samples, from the rate since the
/// oldest one. The range covers both estimates and is wider for fewer finished requests.
fn eta(snapshot: &Snapshot<'_>, now: u64, history: &[ProgressSample]) -> Option<EtaRange> {
    if snapshot.status != Some(BatchStatus::InProgress) {
        return None;
    }
    let counts = snapshot.counts.complete()?;
    let finished = counts.finished();
    let left = counts.total.checked_sub(finished).filter(|&left| left > 0)?;
    let started = snapshot.timestamps.get(TimestampField::InProgress)?;
    let oldest = history
        .iter()
        .filter(|sample| sample.at >= started && sample.at < now)
        .min_by_key(|sample| sample.at)
        .map(|sample| (sample.at, sample.completed.saturating_add(sample.failed)));
    let mut range: Option<(f64, f64)> = None;
    for (since, before) in [Some((started, 0)), oldest].into_iter().flatten() {
        let (seconds, done) = (now.saturating_sub(since), finished.saturating_sub(before));
        if seconds < MIN_SECONDS || done < MIN_FINISHED {
            // The batch may have slowed down: without enough data since the oldest sample, there is no
            // estimate.
            if before > 0 && seconds >= MIN_SECONDS {
                return None;
            }
            continue;
        }
        #[expect(clippy::cast_precision_loss, reason = "counts and seconds are far below 2^53")]
        let (seconds, done, left) = (seconds as f64, done as f64, left as f64);
        let (middle, spread) = (left * seconds / done, 2.0 / done.sqrt());
        let (low, high) = (middle / (1.0 + spread), middle * (1.0 + spread));
        range = Some(range.map_or((low, high), |(l, h): (f64, f64)| (l.min(low), h.max(high))));
    }
    let (low, high) = range?;
    let (earliest, latest) = (round(low, false), round(high, true));
    // The rates differ too much for an estimate.
    if latest > earliest.saturating_mul(6).max(120) {
        return None;
    }
    Some(EtaRange { earliest, latest })
}

/// Rounds seconds to minutes, steps of five minutes, or half hours, so that an estimate does not look exact.
fn round(seconds: f64, up: bool) -> u64 {
    let step = match seconds {
        ..600.0 => 60.0,
        ..7200.0 => 300.0,
        _ => 1800.0,
    };
    let steps = seconds / step;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates")]
    return ((if up { steps.ceil() } else { steps.floor() }) * step) as u64;
}

fn stall(snapshot: &Snapshot<'_>, now: u64, history: &[ProgressSample]) -> Option<(StallKind, u64)> {
    let status = snapshot.status?;
    let overdue = snapshot.timestamps.get(TimestampField::Expires).map(|at| now.saturating_sub(at));
    if let Some(seconds) = overdue.filter(|&seconds| seconds > OVERDUE_SECONDS) {
        return Some((StallKind::Overdue, seconds));
    }
    let is_long = |&seconds: &u64| long_status_seconds(status).is_some_and(|long| seconds > long);
    if let Some(seconds) = seconds_in_status(snapshot, now).filter(is_long) {
        return Some((StallKind::LongStatus, seconds));
    }
    let seconds = seconds_without_progress(snapshot, now, history)?;
    (seconds > NO_PROGRESS_SECONDS).then_some((StallKind::NoProgress, seconds))
}

/// The seconds since the oldest sample with the current counts.
fn seconds_without_progress(snapshot: &Snapshot<'_>, now: u64, history: &[ProgressSample]) -> Option<u64> {
    let counts = snapshot.counts.complete().filter(|_| snapshot.status == Some(BatchStatus::InProgress))?;
    let same =
        |sample: &&ProgressSample| sample.completed == counts.completed && sample.failed == counts.failed;
    let since = history.iter().filter(same).map(|sample| sample.at).min()?;
    Some(now.saturating_sub(since))
}
