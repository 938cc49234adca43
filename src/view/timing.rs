//! Time: how long it has run, how long it may, how long it may still take, and whether it stalls.

use serde::{Deserialize, Serialize};

use crate::model::{BatchStatus, Snapshot, Stamp};

use super::messages::{Catalog, Message};
use super::progress::ProgressSample;

/// A batch's time.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Timing {
    /// Seconds from creation to the end, or until now while it runs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub elapsed_seconds: Option<u64>,
    /// The same in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub elapsed: Option<String>,
    /// The deadline; absent once the batch has ended, and when the server sets none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Deadline>,
    /// The time left, when the rate so far supports saying one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub eta: Option<Eta>,
    /// That it takes longer than usual; absent while there is no reason to say so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stall: Option<Stall>,
}

/// A deadline.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Deadline {
    /// When, in Unix seconds.
    pub at: u64,
    /// Seconds until then; negative once it has passed.
    pub seconds_left: i64,
    /// The same in words.
    pub text: String,
}

/// The time left, as a range.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Eta {
    /// At least this many seconds.
    pub earliest_seconds: u64,
    /// At most this many seconds.
    pub latest_seconds: u64,
    /// The same in words.
    pub text: String,
}

/// What takes longer than usual.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum StallKind {
    /// The batch is in a step longer than was ever recorded.
    LongState,
    /// No request has finished for a long time, as the samples show.
    NoProgress,
    /// The deadline has passed and the batch has not ended.
    Overdue,
}

/// That something takes longer than usual. Says what is seen, not that anything is broken.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct Stall {
    /// What.
    pub kind: StallKind,
    /// For how many seconds.
    pub seconds: u64,
    /// The same in words.
    pub text: String,
}

/// From this many seconds on, a step has taken longer than any record of it: about twice the longest.
const fn long_state(status: BatchStatus) -> Option<u64> {
    match status {
        // Recorded: 20 seconds to 15 minutes for one, 0 seconds to 4 minutes for the other; providers
        // have had incidents of hours.
        BatchStatus::Validating | BatchStatus::Finalizing => Some(30 * 60),
        // Documented: up to 10 minutes; recorded: 52 minutes at DashScope.
        BatchStatus::Cancelling => Some(2 * 3600),
        _ => None,
    }
}

/// No finished request for this long, shown by samples, is worth saying.
const NO_PROGRESS: u64 = 2 * 3600;

/// Servers need a moment after the deadline: a batch was seen to expire half an hour late.
const OVERDUE: u64 = 3600;

/// Fewer finished requests than this tell nothing about the rate.
const LEAST_FINISHED: u64 = 20;

/// A shorter time than this tells nothing about the rate.
const LEAST_SECONDS: u64 = 60;

/// The time of a snapshot as of `now`.
#[must_use]
pub(super) fn timing(
    snapshot: &Snapshot<'_>,
    now: u64,
    history: &[ProgressSample],
    messages: &Catalog,
) -> Timing {
    let stamps = &snapshot.stamps;
    let terminal = snapshot.status.is_some_and(BatchStatus::is_terminal);
    let end = if terminal {
        snapshot.status.and_then(|status| stamps.get(status.stamp())).or(stamps.latest())
    } else {
        Some(now)
    };
    let elapsed_seconds =
        stamps.get(Stamp::Created).zip(end).map(|(created, end)| end.saturating_sub(created));
    Timing {
        elapsed_seconds,
        elapsed: elapsed_seconds.map(|seconds| messages.duration(seconds)),
        deadline: stamps.get(Stamp::Expires).filter(|_| !terminal).map(|at| deadline(at, now, messages)),
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

/// How many seconds the batch has been in its status; none without the stamp.
pub(super) fn in_state(snapshot: &Snapshot<'_>, now: u64) -> Option<u64> {
    let entered = snapshot.stamps.get(snapshot.status?.stamp())?;
    Some(now.saturating_sub(entered))
}

/// The rate over all of the run and, where samples reach back far enough, over the time since the
/// oldest of them. The range covers both, widened by what chance does to so few requests.
fn eta(snapshot: &Snapshot<'_>, now: u64, history: &[ProgressSample], messages: &Catalog) -> Option<Eta> {
    if snapshot.status != Some(BatchStatus::InProgress) {
        return None;
    }
    let counts = snapshot.counts.whole()?;
    let finished = counts.finished();
    let left = counts.total.checked_sub(finished).filter(|&left| left > 0)?;
    let started = snapshot.stamps.get(Stamp::InProgress)?;
    let oldest = history
        .iter()
        .filter(|sample| sample.at >= started && sample.at < now)
        .min_by_key(|sample| sample.at)
        .map(|sample| (sample.at, sample.completed.saturating_add(sample.failed)));
    let mut range: Option<(f64, f64)> = None;
    for (since, before) in [Some((started, 0)), oldest].into_iter().flatten() {
        let (seconds, done) = (now.saturating_sub(since), finished.saturating_sub(before));
        if seconds < LEAST_SECONDS || done < LEAST_FINISHED {
            // A slow end must not hide behind a quick start: where samples show too little, say nothing.
            if before > 0 && seconds >= LEAST_SECONDS {
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
    let (earliest_seconds, latest_seconds) = (rounded(low, false), rounded(high, true));
    // Two rates this far apart support no answer.
    if latest_seconds > earliest_seconds.saturating_mul(6).max(120) {
        return None;
    }
    let (earliest, latest) = (messages.duration(earliest_seconds), messages.duration(latest_seconds));
    let message = if earliest_seconds == 0 { Message::EtaSoon } else { Message::EtaRange };
    let text = messages.format(message, &[("earliest", &earliest), ("latest", &latest)]);
    Some(Eta { earliest_seconds, latest_seconds, text })
}

/// Seconds in steps that do not pretend to be exact: of a minute, of five, of half an hour.
fn rounded(seconds: f64, up: bool) -> u64 {
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
    let overdue = snapshot.stamps.get(Stamp::Expires).map(|at| now.saturating_sub(at));
    let found = if let Some(seconds) = overdue.filter(|&seconds| seconds > OVERDUE) {
        (StallKind::Overdue, seconds, Message::StallOverdue)
    } else if let Some(seconds) =
        in_state(snapshot, now).filter(|&seconds| long_state(status).is_some_and(|long| seconds > long))
    {
        (StallKind::LongState, seconds, Message::StallState)
    } else {
        let seconds = unchanged_for(snapshot, now, history).filter(|&seconds| seconds > NO_PROGRESS)?;
        (StallKind::NoProgress, seconds, Message::StallProgress)
    };
    let (kind, seconds, message) = found;
    Some(Stall {
        kind,
        seconds,
        text: messages.format(message, &[("duration", &messages.duration(seconds))]),
    })
}

/// For how long the samples show that no request has finished.
fn unchanged_for(snapshot: &Snapshot<'_>, now: u64, history: &[ProgressSample]) -> Option<u64> {
    let counts = snapshot.counts.whole().filter(|_| snapshot.status == Some(BatchStatus::InProgress))?;
    let same =
        |sample: &&ProgressSample| sample.completed == counts.completed && sample.failed == counts.failed;
    let since = history.iter().filter(same).map(|sample| sample.at).min()?;
    Some(now.saturating_sub(since))
}
