//! The files of a batch in comparison with its counts.

use super::File;
use super::FileRole::{Error, Input, Output};
use super::{expired, failure, file, reconcile, request, success};
use batchlight::model::Counts;
use batchlight::{BatchStatus, Snapshot};

fn batch(status: BatchStatus, counts: [u64; 3]) -> Snapshot<'static> {
    let [completed, failed, total] = counts.map(Some);
    Snapshot {
        status: Some(status),
        counts: Counts { completed, failed, total },
        output_file_id: (counts[0] > 0).then_some("file-out"),
        error_file_id: Some("file-err"),
        ..Snapshot::default()
    }
}

fn count_issues(files: &[File], batches: &[Snapshot<'_>]) -> Vec<(&'static str, u16, u64, u64)> {
    let (_, found) = reconcile(files, 50, batches);
    found.count_issues.iter().map(|issue| (issue.code, issue.batch, issue.expected, issue.found)).collect()
}

#[test]
fn totals_are_compared_with_the_counts_of_the_batch() {
    use BatchStatus::{Cancelled, Completed, Expired, InProgress};
    let input = file(Input, 0, &[request("a"), request("b"), request("c")]);
    let output = file(Output, 0, &[success("a", "1"), success("a", "1")]);
    let error = file(Error, 0, &[failure("b", 400), expired("c")]);
    let all = [input.clone(), output.clone(), error.clone()];
    assert_eq!(count_issues(&all, &[batch(Completed, [1, 2, 3])]), []);
    assert_eq!(
        count_issues(&all, &[batch(Completed, [2, 1, 4])]),
        [("completed_differs", 0, 2, 1), ("failed_differs", 0, 1, 2), ("total_differs", 0, 4, 3)]
    );
    for status in [Expired, Cancelled] {
        assert_eq!(
            count_issues(&all, &[batch(status, [1, 1, 3])]),
            [],
            "unfinished requests are in the error file, uncounted"
        );
        assert_eq!(count_issues(&all, &[batch(status, [1, 3, 3])]), [("failed_differs", 0, 3, 2)]);
    }
    assert_eq!(count_issues(&all, &[batch(InProgress, [9, 9, 9])])[0].0, "batch_running");
    let no_error = [input.clone(), output.clone()];
    assert_eq!(count_issues(&no_error, &[batch(Completed, [1, 2, 3])]), [("error_file_not_given", 0, 1, 0)]);
    assert_eq!(
        count_issues(&no_error, &[batch(Completed, [1, 0, 1])]),
        [("total_differs", 0, 1, 3)],
        "an empty error file is none"
    );
    assert_eq!(
        count_issues(&[input, error.clone()], &[batch(Completed, [1, 2, 3])]),
        [("output_file_not_given", 0, 1, 0)]
    );
    let retry = file(Output, 1, &[success("c", "2")]);
    let twice = [all[0].clone(), output, error, retry];
    assert_eq!(count_issues(&twice, &[batch(Completed, [1, 2, 3]), batch(Completed, [1, 0, 1])]), []);
    assert_eq!(
        count_issues(&twice, &[batch(Completed, [1, 2, 3]), batch(Completed, [2, 0, 2])]),
        [("completed_differs", 1, 2, 1)]
    );
    let message = &reconcile(&all, 9, &[batch(Completed, [2, 2, 3])]).1.count_issues[0].message;
    assert_eq!(message, "successes: the batch counts 2, the files contain 1");
}
