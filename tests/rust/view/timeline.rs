//! The timeline, the deadline and the elapsed time.

use crate::support::samples::{CREATED, DAY, sample, sample_with, sample_without};
use crate::support::views::{HOUR, view_at};
use batchlight::BatchStatus::{
    self, Cancelled, Cancelling, Completed, Expired, Failed, Finalizing, InProgress, Validating,
};
use batchlight::view::StepState::{Current, Done, Upcoming};
use serde_json::json;

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn the_timeline_has_past_and_upcoming_steps() {
    let created = (Validating, Done, Some(CREATED), None);
    let started = (InProgress, Done, Some(CREATED + 60), Some(60));
    let wrote = (Finalizing, Done, Some(CREATED + 3600), Some(3540));
    let ahead = |status| (status, Upcoming, None, None);
    for (object, expected) in [
        (
            sample(Validating),
            vec![
                (Validating, Current, Some(CREATED), None),
                ahead(InProgress),
                ahead(Finalizing),
                ahead(Completed),
            ],
        ),
        (
            sample(InProgress),
            vec![
                created,
                (InProgress, Current, Some(CREATED + 60), Some(60)),
                ahead(Finalizing),
                ahead(Completed),
            ],
        ),
        (
            sample(Finalizing),
            vec![created, started, (Finalizing, Current, Some(CREATED + 3600), Some(3540)), ahead(Completed)],
        ),
        // Finalizing after the deadline with unfinished requests leads to expired, as recorded.
        (
            sample_with(
                Finalizing,
                &json!({
                    "finalizing_at": CREATED + DAY + 1,
                    "request_counts": { "completed": 0, "failed": 0, "total": 1 },
                }),
            ),
            vec![
                created,
                started,
                (Finalizing, Current, Some(CREATED + DAY + 1), Some(DAY + 1 - 60)),
                ahead(Expired),
            ],
        ),
        (
            sample_with(
                Expired,
                &json!({ "finalizing_at": CREATED + DAY + 1, "expired_at": CREATED + DAY + 608 }),
            ),
            vec![
                created,
                started,
                (Finalizing, Done, Some(CREATED + DAY + 1), Some(DAY + 1 - 60)),
                (Expired, Done, Some(CREATED + DAY + 608), Some(607)),
            ],
        ),
        (sample(Completed), vec![created, started, wrote, (Completed, Done, Some(CREATED + 3660), Some(60))]),
        (sample(Failed), vec![created, (Failed, Done, Some(CREATED + 30), Some(30))]),
        (sample(Expired), vec![created, started, (Expired, Done, Some(CREATED + DAY), Some(DAY - 60))]),
        (
            sample(Cancelling),
            vec![created, started, (Cancelling, Current, Some(CREATED + 600), Some(540)), ahead(Cancelled)],
        ),
        (
            sample(Cancelled),
            vec![
                created,
                started,
                (Cancelling, Done, Some(CREATED + 600), Some(540)),
                (Cancelled, Done, Some(CREATED + 1200), Some(600)),
            ],
        ),
        // Cancelled before it ran.
        (
            sample_without(Cancelled, &["in_progress_at"]),
            vec![
                created,
                (Cancelling, Done, Some(CREATED + 600), Some(600)),
                (Cancelled, Done, Some(CREATED + 1200), Some(600)),
            ],
        ),
        // Azure omits timestamps, and sets none for failed: the step has no time.
        (
            sample_without(Completed, &["in_progress_at", "finalizing_at"]),
            vec![created, (Completed, Done, Some(CREATED + 3660), Some(3660))],
        ),
        (sample_without(Failed, &["failed_at"]), vec![created, (Failed, Done, None, None)]),
        // Timestamps out of order have no duration between them.
        (
            sample_with(InProgress, &json!({ "in_progress_at": CREATED - 1 })),
            vec![
                created,
                (InProgress, Current, Some(CREATED - 1), None),
                ahead(Finalizing),
                ahead(Completed),
            ],
        ),
    ] {
        let timeline = view_at(&object, CREATED + HOUR).timeline;
        let steps: Vec<_> =
            timeline.iter().map(|step| (step.status, step.state, step.at, step.seconds)).collect();
        assert_eq!(steps, expected, "{object}");
        for step in timeline {
            assert_eq!(step.duration.is_some(), step.seconds.is_some(), "{object}");
            assert!(!step.label.is_empty(), "{object}");
        }
    }
    assert_eq!(view_at(&sample_with(InProgress, &json!({ "status": "paused" })), CREATED).timeline, []);
}

#[test]
fn the_deadline_counts_down_until_the_end() {
    let deadline = |status, now| view_at(&sample(status), now).timing.deadline;
    let ahead = deadline(InProgress, CREATED + DAY - 2 * HOUR - 300).unwrap();
    assert_eq!((ahead.at, ahead.seconds_left), (CREATED + DAY, 7500));
    assert_eq!(ahead.text, "2 hours 5 minutes until the deadline");
    let passed = deadline(InProgress, CREATED + DAY + 60).unwrap();
    assert_eq!((passed.seconds_left, passed.text.as_str()), (-60, "The deadline passed 1 minute ago"));
    for status in BatchStatus::ALL {
        assert_eq!(deadline(status, CREATED).is_none(), status.is_terminal(), "{status}");
    }
    let unset = view_at(&sample_without(InProgress, &["expires_at"]), CREATED);
    assert_eq!(unset.timing.deadline, None);
}

#[test]
fn elapsed_time_ends_with_the_batch() {
    for (status, elapsed) in
        [(InProgress, 10 * DAY), (Completed, 3660), (Failed, 30), (Expired, DAY), (Cancelled, 1200)]
    {
        let timing = view_at(&sample(status), CREATED + 10 * DAY).timing;
        assert_eq!(timing.elapsed_seconds, Some(elapsed), "{status}");
    }
    let forgotten = view_at(&sample_without(Completed, &["completed_at"]), CREATED + 10 * DAY).timing;
    assert_eq!(forgotten.elapsed_seconds, Some(3600), "the latest timestamp");
    assert_eq!(
        view_at(&sample(InProgress), CREATED - 5).timing.elapsed_seconds,
        Some(0),
        "a clock that is behind"
    );
}
