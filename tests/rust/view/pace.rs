//! The estimated time left, which needs enough data, and stalls, which take longer than was ever observed.

use crate::support::rows::rows;
use crate::support::samples::{CREATED, DAY, sample, sample_with, sample_without};
use crate::support::views::{HOUR, view_at, view_of};
use batchlight::BatchStatus::{self, Cancelling, Completed, Finalizing, InProgress, Validating};
use batchlight::model::TimestampField;
use batchlight::view::{Catalog, Eta, ProgressSample, StallKind};
use batchlight::{Snapshot, parse_as};
use serde_json::{Value, json};

fn finished(at: u64, completed: u64) -> ProgressSample {
    ProgressSample { at, completed, failed: 0 }
}

/// The estimated time left of a run of 1000 requests that started at `CREATED`.
fn eta(finished: u64, seconds: u64, history: &[ProgressSample]) -> Option<Eta> {
    let running = json!({
        "in_progress_at": CREATED,
        "request_counts": { "completed": finished, "failed": 0, "total": 1000 },
    });
    let object = sample_with(InProgress, &running);
    view_of(&object, CREATED + seconds, history, &Catalog::default()).timing.eta
}

#[test]
fn the_eta_is_a_range_around_the_rate() {
    for done in [50, 100, 300, 500, 900, 999] {
        let eta = eta(done, 2 * done, &[]).unwrap_or_else(|| panic!("{done} finished"));
        let exact = 2 * (1000 - done);
        assert!(eta.earliest_seconds <= exact && exact <= eta.latest_seconds, "{done}: {eta:?}");
        assert!(eta.latest_seconds <= (6 * eta.earliest_seconds).max(120), "{done}: {eta:?}");
    }
    assert_eq!(eta(900, 1800, &[]).unwrap().text, "About 3 minutes to 4 minutes left");
    assert_eq!(eta(999, 1998, &[]).unwrap().text, "Less than 1 minute left");
}

#[test]
fn there_is_no_eta_without_enough_data() {
    for (what, none) in [
        ("nothing finished", eta(0, HOUR, &[])),
        ("too little finished", eta(19, HOUR, &[])),
        ("too little time", eta(500, 59, &[])),
        ("all finished", eta(1000, HOUR, &[])),
        ("more finished than there are", eta(1001, HOUR, &[])),
        // A fast start, and almost no progress since.
        ("a slow end", eta(900, 10 * HOUR, &[finished(CREATED + 600, 890)])),
        // Two rates that differ too much.
        ("a rate that changed", eta(900, 2 * HOUR, &[finished(CREATED + 300, 800)])),
    ] {
        assert_eq!(none, None, "{what}");
    }
    assert!(eta(20, 60, &[finished(CREATED + 120, 0)]).is_some(), "a sample from the future is ignored");
    for status in [Validating, Finalizing, Cancelling, Completed] {
        assert_eq!(view_at(&sample(status), CREATED + HOUR).timing.eta, None, "{status}");
    }
    let without_start = view_at(&sample_without(InProgress, &["in_progress_at"]), CREATED + HOUR);
    assert_eq!(without_start.timing.eta, None);
}

fn stall(object: &Value, now: u64, history: &[ProgressSample]) -> Option<(StallKind, u64)> {
    let stall = view_of(object, now, history, &Catalog::default()).timing.stall?;
    assert!(stall.text.contains(|c: char| c.is_ascii_digit()), "{}", stall.text);
    Some((stall.kind, stall.seconds))
}

#[test]
fn observed_durations_are_not_stalls() {
    for (status, seconds) in [
        // Cassettes: 0 to 63 seconds. Reported: 20 seconds to 15 minutes.
        (Validating, 0),
        (Validating, 63),
        (Validating, 15 * 60),
        // Cassettes: 0 to 4 seconds; Azure's examples take 4 minutes.
        (Finalizing, 4),
        (Finalizing, 252),
        // Documented: up to 10 minutes; others saw 11; DashScope took 3111 seconds.
        (Cancelling, 10 * 60),
        (Cancelling, 11 * 60),
        (Cancelling, 3111),
        // A window of 24 hours; one batch expired half an hour late.
        (InProgress, DAY - 60),
        (InProgress, DAY + 30 * 60 - 60),
    ] {
        let object = sample(status);
        let entered = object[status.timestamp_field().field().name()].as_u64().unwrap();
        assert_eq!(stall(&object, entered + seconds, &[]), None, "{status} for {seconds} s");
    }
}

#[test]
fn no_fixture_has_stalled() {
    let mut steps = 0;
    for row in rows().into_iter().filter(|row| !row.partial && row.kind != "synthetic") {
        let batch = parse_as(&row.json(), row.profile()).unwrap().batch;
        let timestamps = Snapshot::from(&batch).timestamps;
        let mut entered: Vec<_> = BatchStatus::ALL
            .into_iter()
            .filter_map(|status| timestamps.get(status.timestamp_field()).map(|at| (at, status)))
            .filter(|&(_, status)| {
                status == Validating || status.can_reach(batch.status, batchlight::Evidence::Observed)
            })
            .collect();
        entered.sort_by_key(|&(at, status)| (at, status.is_terminal(), status != Validating));
        for pair in entered.windows(2).filter(|pair| !pair[0].1.is_terminal()) {
            // The object just before the next step.
            let ((_, status), (next, _)) = (pair[0], pair[1]);
            // Without in_progress_at, validation seems to last until the end.
            if status == Validating && timestamps.get(TimestampField::InProgress).is_none() {
                continue;
            }
            let mut before = row.batch.clone();
            before["status"] = json!(status);
            assert_eq!(stall(&before, next, &[]), None, "{}, {status}", row.name());
            steps += 1;
        }
    }
    assert!(steps > 60, "{steps} steps were checked");
}

#[test]
fn longer_durations_than_observed_are_stalls() {
    let long = StallKind::LongStatus;
    for (status, limit) in [(Validating, 30 * 60), (Finalizing, 30 * 60), (Cancelling, 2 * HOUR)] {
        let object = sample(status);
        let entered = object[status.timestamp_field().field().name()].as_u64().unwrap();
        assert_eq!(stall(&object, entered + limit, &[]), None, "{status}");
        assert_eq!(stall(&object, entered + limit + 1, &[]), Some((long, limit + 1)), "{status}");
    }
    let deadline = CREATED + DAY;
    assert_eq!(stall(&sample(InProgress), deadline + HOUR, &[]), None);
    let overdue = Some((StallKind::Overdue, HOUR + 1));
    assert_eq!(stall(&sample(InProgress), deadline + HOUR + 1, &[]), overdue);
    // Batches of Azure continue after the deadline.
    assert_eq!(stall(&sample(Finalizing), deadline + HOUR + 1, &[]), overdue);
}

#[test]
fn samples_without_progress_are_a_stall() {
    let object = sample(InProgress);
    let same = |at| ProgressSample { at, completed: 40, failed: 2 };
    let now = CREATED + 5 * HOUR;
    assert_eq!(stall(&object, now, &[]), None, "without samples nobody knows");
    assert_eq!(stall(&object, now, &[same(now - 2 * HOUR)]), None);
    let still = Some((StallKind::NoProgress, 2 * HOUR + 1));
    assert_eq!(stall(&object, now, &[same(now - 60), same(now - 2 * HOUR - 1)]), still);
    assert_eq!(stall(&object, now, &[finished(now - 3 * HOUR, 39)]), None, "one more finished since");
    assert_eq!(stall(&sample(Finalizing), CREATED + 3660, &[same(CREATED)]), None);
}

#[test]
fn an_ended_batch_never_stalls() {
    for status in BatchStatus::ALL.into_iter().filter(|status| status.is_terminal()) {
        assert_eq!(stall(&sample(status), CREATED + 100 * DAY, &[finished(CREATED, 40)]), None, "{status}");
    }
}
