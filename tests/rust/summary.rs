//! The summary: one sentence with the counts of the requests.

use crate::support::samples::{CREATED, sample_counting};
use crate::support::views::view_at;
use batchlight::BatchStatus::{
    Cancelled, Cancelling, Completed, Expired, Failed, Finalizing, InProgress, Validating,
};

#[test]
fn summaries_contain_the_counts() {
    for (status, counts, files, summary) in [
        (Validating, "0 0 0", false, "The input file is being checked; no request has run yet."),
        (InProgress, "0 0 0", false, "No request has finished yet."),
        (InProgress, "0 0 9", false, "0 of 9 requests finished."),
        (InProgress, "4 0 9", false, "4 of 9 requests finished."),
        (InProgress, "4 2 9", false, "6 of 9 requests finished, 2 failed."),
        (Finalizing, "6 3 9", false, "All requests have finished; the result files are being written."),
        (Cancelling, "none", false, "The batch is being cancelled; this can take up to 10 minutes."),
        (Cancelling, "4 2 9", false, "6 of 9 requests finished; cancelling can take up to 10 minutes."),
        (Completed, "9 0 9", true, "All 9 requests succeeded."),
        (Completed, "1 0 1", true, "The request succeeded."),
        (Completed, "1200 0 1200", true, "All 1,200 requests succeeded."),
        (Completed, "6 3 9", true, "6 of 9 requests succeeded, 3 failed."),
        (Completed, "4 2 9", true, "4 of 9 requests succeeded, 2 failed, 3 did not finish."),
        (Completed, "0 9 9", true, "All 9 requests failed."),
        (Completed, "0 1 1", true, "The request failed."),
        (Completed, "none", false, "The batch completed without results."),
        (
            Completed,
            "none",
            true,
            "The batch completed; the server did not report how many requests succeeded.",
        ),
        (Failed, "0 0 0", false, "The input file was rejected; no request ran."),
        (Failed, "4 2 9", true, "The batch failed after some requests had run."),
        (Expired, "4 2 9", true, "4 of 9 requests succeeded before the deadline."),
        (Expired, "none", true, "Some requests succeeded before the deadline."),
        (Expired, "0 0 9", false, "The deadline passed before any request succeeded."),
        (Cancelled, "4 0 9", true, "4 of 9 requests succeeded before the batch was cancelled."),
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
