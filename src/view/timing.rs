//! The timing of a batch: elapsed time, deadline, estimated time left, and stalls.

use serde::{Deserialize, Serialize};

use crate::model::{BatchStatus, Snapshot, TimestampField};

use super::messages::{Catalog, Message};
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

/// Computes the timing of a snapshot at the time `now`.
#[must_use]
pub(super) fn timing(
    snapshot: &Snapshot<'_>,
    now: u64,
    history: &[ProgressSample],
    messages: &Catalog,
) -> Timing {
    let timestamps = &snapshot.timestamps;
    let terminal = snapshot.status.is_some_and(BatchStatus::is_terminal);
    let end = if terminal {
        snapshot.status.and_then(|status| timestamps.get(status.timestamp_field())).or(timestamps.latest())
    } else {
        Some(now)
    };
    let elapsed_seconds =
        timestamps.get(TimestampField::Created).zip(end).map(|(created, end)| end.saturating_sub(created));
    Timing {
        elapsed_seconds,
        elapsed: elapsed_seconds.map(|seconds| messages.duration(seconds)),
        deadline: timestamps
            .get(TimestampField::Expires)
            .filter(|_| !terminal)
            .map(|at| deadline(at, now, messages)),
        eta: eta(snapshot, now, history, messages),
        stall: if terminal { None } else { stall(snapshot, now, history, messages) },
    }
}

fn deadline(at: u64, now: u64, messages: &Catalog) -> Deadline {
    let message = if at >= now { Message::DeadlineAhead } else { Message::DeadlinePassed };
    let text = messages.format(message, &[("duration", &messages.duration(at.abs_diff(now)))]);
    let seconds_left = i64::try_from(at.abs_diff(now)).unwrap_or(i64::MAX);
    Deadline { at, seconds_left: if at >= now { seconds_left } else { -seconds_left }, text }
}

/// The seconds for which the batch has been in its status, or `None` without the timestamp.
pub(super) fn seconds_in_status(snapshot: &Snapshot<'_>, now: u64) -> Option<u64> {
    let entered = snapshot.timestamps.get(snapshot.status?.timestamp_field())?;
    Some(now.saturating_sub(entered))
}

/// Estimates the time left from the rate since the start and, if there are samples, from the rate since the
/// oldest one. The range covers both estimates and is wider for fewer finished requests.
fn eta(snapshot: &Snapshot<'_>, now: u64, history: &[ProgressSample], messages: &Catalog) -> Option<Eta> {
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
    let (earliest_seconds, latest_seconds) = (round(low, false), round(high, true));
    // The rates differ too much for an estimate.
    if latest_seconds > earliest_seconds.saturating_mul(6).max(120) {
        return None;
    }
    let (earliest, latest) = (messages.duration(earliest_seconds), messages.duration(latest_seconds));
    let message = if earliest_seconds == 0 { Message::EtaSoon } else { Message::EtaRange };
    let text = messages.format(message, &[("earliest", &earliest), ("latest", &latest)]);
    Some(Eta { earliest_seconds, latest_seconds, text })
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

fn stall(snapshot: &Snapshot<'_>, now: u64, history: &[ProgressSample], messages: &Catalog) -> Option<Stall> {
    let status = snapshot.status?;
    let overdue = snapshot.timestamps.get(TimestampField::Expires).map(|at| now.saturating_sub(at));
    let found = if let Some(seconds) = overdue.filter(|&seconds| seconds > OVERDUE_SECONDS) {
        (StallKind::Overdue, seconds, Message::StallOverdue)
    } else if let Some(seconds) = seconds_in_status(snapshot, now)
        .filter(|&seconds| long_status_seconds(status).is_some_and(|long| seconds > long))
    {
        (StallKind::LongStatus, seconds, Message::StallStatus)
    } else {
        let seconds = seconds_without_progress(snapshot, now, history)
            .filter(|&seconds| seconds > NO_PROGRESS_SECONDS)?;
        (StallKind::NoProgress, seconds, Message::StallProgress)
    };
    let (kind, seconds, message) = found;
    Some(Stall {
        kind,
        seconds,
        text: messages.format(message, &[("duration", &messages.duration(seconds))]),
    })
}

/// The seconds since the oldest sample with the current counts.
fn seconds_without_progress(snapshot: &Snapshot<'_>, now: u64, history: &[ProgressSample]) -> Option<u64> {
    let counts = snapshot.counts.complete().filter(|_| snapshot.status == Some(BatchStatus::InProgress))?;
    let same =
        |sample: &&ProgressSample| sample.completed == counts.completed && sample.failed == counts.failed;
    let since = history.iter().filter(same).map(|sample| sample.at).min()?;
    Some(now.saturating_sub(since))
}
