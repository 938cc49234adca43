//! The progress of a batch. A fraction is never NaN, never 0 for an unknown total, and never 1 before the
//! batch has ended.

use serde::{Deserialize, Serialize};

use crate::model::{BatchStatus, Snapshot};

use super::messages::{Catalog, Message, MessageValue};

/// The progress of a batch.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct BatchProgress {
    /// The number of requests that succeeded; absent if the server does not report it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub completed: Option<u64>,
    /// The number of requests that failed; absent if the server does not report it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failed: Option<u64>,
    /// The number of requests; absent until the server has counted them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<u64>,
    /// The fraction of requests that have finished, from 0 to 1, and below 1 until the batch has ended.
    /// Absent if the total is unknown or lower than the number of finished requests; show an indeterminate
    /// progress bar then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fraction: Option<f64>,
    /// The fraction of requests that succeeded, from 0 to `fraction`; absent if `fraction` is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub succeeded_fraction: Option<f64>,
    /// The progress as text, for `aria-valuetext`.
    pub text: String,
}

/// The request counts of an earlier poll. The rate, the ETA and stalls are computed from such samples.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
pub struct ProgressSample {
    /// When the poll was made, in Unix seconds.
    pub at: u64,
    /// The number of requests that had succeeded.
    pub completed: u64,
    /// The number of requests that had failed.
    pub failed: u64,
}

/// The maximum fraction before the batch has ended.
const MAX_RUNNING_FRACTION: f64 = 0.99;

/// Computes the progress of a snapshot.
#[must_use]
pub(super) fn progress(snapshot: &Snapshot<'_>, messages: &Catalog) -> BatchProgress {
    let counts = snapshot.counts;
    let total = counts.total.filter(|&total| total > 0);
    let terminal = snapshot.status.is_some_and(BatchStatus::is_terminal);
    let (completed, failed) = (counts.completed.unwrap_or(0), counts.failed.unwrap_or(0));
    let finished = counts.finished();
    let known = total.filter(|_| counts.completed.is_some() || counts.failed.is_some());
    let measurable = known.filter(|_| !counts.are_contradictory());
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
    let fraction_of = |count: u64| {
        measurable
            .map(|total| (count as f64 / total as f64).min(if terminal { 1.0 } else { MAX_RUNNING_FRACTION }))
    };
    let fraction = fraction_of(finished);
    BatchProgress {
        completed: counts.completed,
        failed: counts.failed,
        total,
        fraction,
        succeeded_fraction: fraction_of(completed).zip(fraction).map(|(succeeded, all)| succeeded.min(all)),
        text: match known {
            None => messages.format(Message::ProgressUnknown, &[]),
            Some(total) => {
                let message = match failed {
                    _ if measurable.is_none() => Message::ProgressContradictory,
                    0 => Message::ProgressValue,
                    _ => Message::ProgressValueFailed,
                };
                messages.format(
                    message,
                    &[
                        ("finished", MessageValue::Number(finished)),
                        ("total", MessageValue::Number(total)),
                        ("failed", MessageValue::Number(failed)),
                    ],
                )
            }
        },
    }
}
