//! Progress that is never NaN, never unknown as zero, and never full before the batch has ended.

use serde::{Deserialize, Serialize};

use crate::model::Snapshot;

use super::messages::{Catalog, Message};

/// How far a batch is.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct BatchProgress {
    /// Requests that succeeded; absent when the server does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub completed: Option<u64>,
    /// Requests that failed; absent when the server does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failed: Option<u64>,
    /// All requests; absent until they are counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<u64>,
    /// The part of the requests that has finished, from 0 to 1, and below 1 until the batch has ended.
    /// Absent when the total is not known: show the bar as indeterminate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fraction: Option<f64>,
    /// The part that succeeded, from 0 to `fraction`; absent like it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub succeeded_fraction: Option<f64>,
    /// Progress in messages, for `aria-valuetext`.
    pub text: String,
}

/// How many requests had finished at some moment: a poll remembered, for rate, ETA and stall.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct ProgressSample {
    /// The moment, in Unix seconds.
    pub at: u64,
    /// Requests that had succeeded.
    pub completed: u64,
    /// Requests that had failed.
    pub failed: u64,
}

/// The most that is shown before the batch has ended.
const ALMOST: f64 = 0.99;

/// Progress of a snapshot.
#[must_use]
pub(super) fn progress(snapshot: &Snapshot<'_>, messages: &Catalog) -> BatchProgress {
    let counts = snapshot.counts;
    let total = counts.total.filter(|&total| total > 0);
    let terminal = snapshot.status.is_some_and(crate::model::BatchStatus::is_terminal);
    let (completed, failed) = (counts.completed.unwrap_or(0), counts.failed.unwrap_or(0));
    let finished = completed.saturating_add(failed);
    let known = total.filter(|_| counts.completed.is_some() || counts.failed.is_some());
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
    let part =
        |of: u64| known.map(|total| (of as f64 / total as f64).min(if terminal { 1.0 } else { ALMOST }));
    let fraction = part(finished);
    BatchProgress {
        completed: counts.completed,
        failed: counts.failed,
        total,
        fraction,
        succeeded_fraction: part(completed).zip(fraction).map(|(succeeded, all)| succeeded.min(all)),
        text: match known {
            None => messages.format(Message::ProgressUnknown, &[]),
            Some(total) => {
                let message = if failed > 0 { Message::ProgressValueFailed } else { Message::ProgressValue };
                messages.format(
                    message,
                    &[
                        ("finished", &messages.number(finished)),
                        ("total", &messages.number(total)),
                        ("failed", &messages.number(failed)),
                    ],
                )
            }
        },
    }
}
