//! The summary: one sentence with the counts of the requests.

use crate::support::samples::{CREATED, sample_counting};
use crate::support::views::view_at;
use batchlight::model::CANCELLING_SECONDS;
use batchlight::{BatchOutcome, BatchStatus};

use BatchStatus::{Cancelled, Cancelling, Completed, Expired, Failed, Finalizing, InProgress, Validating};

#[test]
fn summaries_contain_the_counts() {
    for (status, counts, files, summary) in [
        (Validating, "0 0 0", false, "The input file is being checked; no request has run yet."),
        (InProgress, "0 0 0", false, "No request has finished yet."),
        (InProgress, "0 0 9", false, "0 of 9 requests finished."),
        (InProgress, "4 0 9", false, "4 of 9 requests finished."),
        (InProgress, "4 2 9", false, "6 of 9 requests finished, 2 failed."),
        (InProgress, "15 0 10", false, "The counts contradict each other: 15 finished, 10 in total."),
        (InProgress, "5 0 0", false, "5 requests finished; the total is unknown."),
        (InProgress, "5 - -", false, "5 requests finished; the total is unknown."),
        (Finalizing, "none", false, "The result files are being written."),
        // The counts of recorded batches were outdated while they were finalizing after the deadline.
        (Finalizing, "0 0 1", false, "The result files are being written."),
        (Finalizing, "4 0 9", false, "4 of 9 requests finished; the result files are being written."),
        (Finalizing, "9 9 9", false, "The counts contradict each other: 18 finished, 9 in total."),
        (Finalizing, "6 3 9", false, "All requests have finished; the result files are being written."),
        (
            Cancelling,
            "none",
            false,
            "The batch is being cancelled; this takes at least 10 minutes and up to 47.",
        ),
        (
            Cancelling,
            "4 2 9",
            false,
            "6 of 9 requests finished; cancelling takes at least 10 minutes and up to 47.",
        ),
        (Cancelling, "9 9 9", false, "The counts contradict each other: 18 finished, 9 in total."),
        (Completed, "9 0 9", true, "All 9 requests succeeded."),
        (Completed, "1 0 1", true, "The request succeeded."),
        (Completed, "1200 0 1200", true, "All 1,200 requests succeeded."),
        (Completed, "6 3 9", true, "6 of 9 requests succeeded, 3 failed."),
        (Completed, "4 2 9", true, "4 of 9 requests succeeded, 2 failed, 3 did not finish."),
        (Completed, "0 9 9", true, "All 9 requests failed."),
        (Completed, "0 1 1", true, "The request failed."),
        (Completed, "none", false, "The batch completed without results."),
        (Completed, "none", true, "The batch completed; its counts do not say how many requests succeeded."),
        (
            Completed,
            "15 0 10",
            true,
            "The batch completed; its counts do not say how many requests succeeded.",
        ),
        (Completed, "0 2 9", true, "0 of 9 requests succeeded, 2 failed, 7 did not finish."),
        (Failed, "0 0 0", false, "The input file was rejected; no request ran."),
        (Failed, "4 2 9", true, "The batch failed after some requests had run."),
        (Expired, "4 2 9", true, "4 of 9 requests succeeded before the deadline."),
        (Expired, "4 9 9", true, "Some requests succeeded before the deadline."),
        (
            Expired,
            "0 0 9",
            true,
            "The counts report no success, but there is an output file, which can contain results.",
        ),
        (Expired, "none", true, "Some requests succeeded before the deadline."),
        (Expired, "0 0 9", false, "The deadline passed before any request succeeded."),
        (Cancelled, "4 0 9", true, "4 of 9 requests succeeded before the batch was cancelled."),
        (Cancelled, "4 9 9", true, "Some requests succeeded before the batch was cancelled."),
        (
            Cancelled,
            "0 0 9",
            true,
            "The counts report no success, but there is an output file, which can contain results.",
        ),
        (Cancelled, "none", true, "Some requests succeeded before the batch was cancelled."),
        (Cancelled, "0 0 9", false, "The batch was cancelled before any request succeeded."),
    ] {
        assert_eq!(
            view_at(&sample_counting(status, counts, files), CREATED + 700).summary,
            summary,
            "{status}, counts {counts}"
        );
    }
}

#[test]
fn no_text_says_that_more_requests_finished_than_there_are() {
    let counts = ["15 0 10", "0 15 10", "9 9 10", "5 0 0", "0 5 0", "11 - 10", "- 11 10"];
    for (status, counts) in
        BatchStatus::ALL.into_iter().flat_map(|status| counts.map(|counts| (status, counts)))
    {
        for files in [false, true] {
            let view = view_at(&sample_counting(status, counts, files), CREATED + 700);
            let shown = format!("{status}, counts {counts}: {} {}", view.summary, view.progress.text);
            for text in [&view.summary, &view.progress.text] {
                let after_number = |(at, _): (usize, _)| text[..at].ends_with(|c: char| c.is_ascii_digit());
                assert!(!text.match_indices(" of ").any(after_number), "{shown}");
            }
            assert_eq!((view.progress.fraction, view.progress.succeeded_fraction), (None, None), "{shown}");
            assert_ne!(view.outcome, Some(BatchOutcome::Succeeded), "{shown}");
            assert!(view.issues.iter().any(|issue| issue.code == "counts_exceed_total"), "{shown}");
        }
    }
}

#[test]
fn the_time_that_cancelling_takes_is_the_recorded_one() {
    let [shortest, _, longest] = CANCELLING_SECONDS.map(|seconds| (seconds + 30) / 60);
    for counts in ["none", "4 2 9"] {
        let summary = view_at(&sample_counting(Cancelling, counts, false), CREATED + 700).summary;
        assert!(summary.contains(&format!("at least {shortest} minutes")), "{summary}");
        assert!(summary.contains(&format!("up to {longest}.")), "{summary}");
    }
}
