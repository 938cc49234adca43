//! Progress: the fraction is absent without a total and only 1 at the end.

use crate::support::samples::{CREATED, sample_with, sample_without};
use crate::support::views::{HOUR, view_at};
use batchlight::BatchStatus::{
    Cancelled, Cancelling, Completed, Expired, Finalizing, InProgress, Validating,
};
use serde_json::{Value, json};

fn counts(completed: impl Into<Value>, failed: impl Into<Value>, total: impl Into<Value>) -> Value {
    let (completed, failed, total) = (completed.into(), failed.into(), total.into());
    json!({ "request_counts": { "completed": completed, "failed": failed, "total": total } })
}

#[test]
fn the_fraction_is_absent_without_a_total() {
    let null = Value::Null;
    for (status, counts, fraction, succeeded, text) in [
        (Validating, counts(0, 0, 0), None, None, "Number of requests unknown"),
        (InProgress, counts(0, 0, 0), None, None, "Number of requests unknown"),
        (
            InProgress,
            counts(null.clone(), null.clone(), null.clone()),
            None,
            None,
            "Number of requests unknown",
        ),
        (InProgress, counts(null.clone(), null.clone(), 3), None, None, "Number of requests unknown"),
        (InProgress, counts(1, null.clone(), 4), Some(0.25), Some(0.25), "1 of 4 requests finished"),
        (InProgress, counts(1, 0, null), None, None, "Number of requests unknown"),
        (InProgress, counts(0, 0, 4), Some(0.0), Some(0.0), "0 of 4 requests finished"),
        (InProgress, counts(2, 1, 4), Some(0.75), Some(0.5), "3 of 4 requests finished, 1 failed"),
        (InProgress, counts(4, 0, 4), Some(0.99), Some(0.99), "4 of 4 requests finished"),
        (InProgress, counts(3, 3, 4), None, None, "Contradictory counts: 6 finished, 4 in total"),
        (Finalizing, counts(4, 0, 4), Some(0.99), Some(0.99), "4 of 4 requests finished"),
        (Cancelling, counts(0, 4, 4), Some(0.99), Some(0.0), "4 of 4 requests finished, 4 failed"),
        (Completed, counts(4, 0, 4), Some(1.0), Some(1.0), "4 of 4 requests finished"),
        (Completed, counts(1, 3, 4), Some(1.0), Some(0.25), "4 of 4 requests finished, 3 failed"),
        (Completed, counts(9, 0, 4), None, None, "Contradictory counts: 9 finished, 4 in total"),
        (Cancelled, counts(1, 0, 4), Some(0.25), Some(0.25), "1 of 4 requests finished"),
        (Expired, counts(1000, 0, 4000), Some(0.25), Some(0.25), "1,000 of 4,000 requests finished"),
    ] {
        let progress = view_at(&sample_with(status, &counts), CREATED + HOUR).progress;
        assert_eq!(
            (progress.fraction, progress.succeeded_fraction),
            (fraction, succeeded),
            "{status} {counts}"
        );
        assert_eq!(progress.text, text, "{status} {counts}");
    }
}

#[test]
fn progress_without_counts_is_unknown() {
    let progress = view_at(&sample_without(InProgress, &["request_counts"]), CREATED).progress;
    assert_eq!(
        (progress.completed, progress.failed, progress.total, progress.fraction),
        (None, None, None, None)
    );
}
