//! When to poll again: within bounds, spread by the seed, and never after the end.

use crate::support::samples::{CREATED, DAY, batch_in};
use batchlight::view::{Catalog, PollAdvice, PollReason, ProgressSample, next_poll};
use batchlight::{Batch, BatchStatus, Snapshot};

use BatchStatus::{Cancelling, Finalizing, InProgress, Validating};

const HOUR: u64 = 3600;

/// The minimum and maximum wait of each status in seconds, before the spread.
const BOUNDS: [(BatchStatus, f64, f64); 4] =
    [(Validating, 5.0, 60.0), (InProgress, 10.0, 120.0), (Finalizing, 5.0, 60.0), (Cancelling, 10.0, 60.0)];

fn poll(batch: &Batch, now: u64, history: &[ProgressSample], seed: u64) -> PollAdvice {
    next_poll(&batch.into(), now, history, seed, &Catalog::default())
}

fn entered(batch: &Batch) -> u64 {
    Snapshot::from(batch).timestamps.get(batch.status.timestamp_field()).unwrap()
}

/// The middle of the waits over many seeds, and the largest relative distance from it.
fn spread(batch: &Batch, now: u64) -> (f64, f64) {
    let waits: Vec<_> = (0..500).map(|seed| poll(batch, now, &[], seed).seconds().unwrap()).collect();
    let least = waits.iter().copied().fold(f64::INFINITY, f64::min);
    let most = waits.iter().copied().fold(0.0, f64::max);
    (f64::midpoint(least, most), (most - least) / 2.0)
}

#[test]
fn waits_are_within_bounds_and_spread_by_a_tenth() {
    for (status, shortest, longest) in BOUNDS {
        let batch = batch_in(status);
        for age in [0, 1, 30, 120, 600, 1700] {
            let (middle, deviation) = spread(&batch, entered(&batch) + age);
            // With 500 seeds, the spread is close to its limits.
            assert!(middle > shortest * 0.99 && middle < longest * 1.01, "{status} after {age} s: {middle}");
            assert!(
                deviation <= middle * 0.101 && deviation > middle * 0.09,
                "{status} after {age} s: {deviation} of {middle}"
            );
        }
    }
}

#[test]
fn waits_grow_with_the_time_in_a_status() {
    for (status, shortest, longest) in BOUNDS {
        let batch = batch_in(status);
        let wait = |age| poll(&batch, entered(&batch) + age, &[], 7).seconds().unwrap();
        let waits = [0, 60, 300, 900, 1700].map(wait);
        assert!(waits.windows(2).all(|pair| pair[0] <= pair[1]), "{status}: {waits:?}");
        assert!((waits[0] / shortest - 1.0).abs() <= 0.1, "{status}: {waits:?}");
        // The wait of a running batch also depends on its progress.
        let reaches_longest = (waits[4] / longest - 1.0).abs() <= 0.1 || status == InProgress;
        assert!(reaches_longest, "{status}: {waits:?}");
    }
}

#[test]
fn the_same_seed_gives_the_same_wait() {
    let batch = batch_in(InProgress);
    for seed in [0, 1, 42, u64::MAX] {
        let (once, again) =
            (poll(&batch, CREATED + HOUR, &[], seed), poll(&batch, CREATED + HOUR, &[], seed));
        assert_eq!(once, again);
    }
    assert_ne!(
        poll(&batch, CREATED + HOUR, &[], 1).seconds(),
        poll(&batch, CREATED + HOUR, &[], 2).seconds()
    );
}

#[test]
fn an_ended_batch_is_not_polled() {
    for status in BatchStatus::ALL {
        let advice = poll(&batch_in(status), CREATED + HOUR, &[], 0);
        assert_eq!(matches!(advice, PollAdvice::Stop { .. }), status.is_terminal(), "{status}");
        assert_eq!(advice.seconds().is_none(), status.is_terminal(), "{status}");
        assert_eq!(advice.reason().is_none(), status.is_terminal(), "{status}");
    }
}

#[test]
fn a_stalled_batch_is_polled_rarely() {
    let advice = poll(&batch_in(Validating), CREATED + 2 * HOUR, &[], 0);
    assert_eq!(advice.reason(), Some(PollReason::Stalled));
    assert!((270.0..=330.0).contains(&advice.seconds().unwrap()), "{advice:?}");
}

#[test]
fn an_unknown_status_is_polled_every_minute() {
    let unknown = Snapshot { status_text: Some("queued"), ..Snapshot::default() };
    let advice = next_poll(&unknown, CREATED, &[], 0, &Catalog::default());
    assert_eq!(advice.reason(), Some(PollReason::UnknownStatus));
    assert!((54.0..=66.0).contains(&advice.seconds().unwrap()), "{advice:?}");
}

#[test]
fn a_nearly_completed_batch_is_polled_sooner() {
    let mut batch = batch_in(InProgress);
    let now = CREATED + 60 + 2 * HOUR;
    let by_age = poll(&batch, now, &[], 0);
    assert_eq!(by_age.reason(), Some(PollReason::Age));
    batch.request_counts.as_mut().unwrap().completed = 97;
    let nearly = poll(&batch, now, &[], 0);
    assert_eq!(nearly.reason(), Some(PollReason::NearlyDone));
    assert!(nearly.seconds() < by_age.seconds() && nearly.seconds().unwrap() >= 9.0, "{nearly:?}");
}

#[test]
fn the_next_poll_is_just_after_the_deadline() {
    let batch = batch_in(InProgress);
    let advice = poll(&batch, CREATED + DAY - 30, &[], 0);
    assert_eq!(advice.reason(), Some(PollReason::Deadline));
    assert!((36.0..=44.0).contains(&advice.seconds().unwrap()), "30 seconds plus a margin: {advice:?}");
    assert_eq!(poll(&batch, CREATED + DAY + 30, &[], 0).reason(), Some(PollReason::Age), "it has passed");
}

#[test]
fn the_advice_has_a_text() {
    let advice = poll(&batch_in(InProgress), CREATED + 60, &[], 0);
    let seconds = advice.seconds().unwrap().ceil();
    assert_eq!(advice.text(), format!("Check again in {seconds} seconds."));
    let ended = poll(&batch_in(BatchStatus::Completed), CREATED, &[], 0);
    assert_eq!(ended.text(), "The batch has ended; no more polls are needed.");
}
