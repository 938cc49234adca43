//! The outcome and its presentation for every status, with every combination of counts and files.

use crate::support::rows::row;
use crate::support::samples::{CREATED, sample_counting};
use crate::support::views::view_at;
use batchlight::model::{Counts, FileRole};
use batchlight::view::{BatchView, DisplayState, Group, PRESENTATIONS, RetryScope, Tone};
use batchlight::{BatchOutcome, BatchStatus, Snapshot, outcome};
use serde_json::Value;

use BatchOutcome as O;
use BatchStatus::{Cancelled, Cancelling, Completed, Expired, Failed, Finalizing, InProgress, Validating};

/// The request counts: completed, failed and total. `-` means null, `none` means no counts.
const COUNTS: [&str; 11] =
    ["none", "- - -", "0 0 0", "0 0 9", "9 0 9", "6 3 9", "0 9 9", "4 0 9", "4 2 9", "15 0 9", "0 15 9"];

/// The outcome for each of [`COUNTS`], or `None` while the batch runs.
type Cells = [Option<O>; 11];

// Short names keep the table readable.
const EMPTY: Option<O> = Some(O::Empty);
const UNSURE: Option<O> = Some(O::Unverified);
const GOOD: Option<O> = Some(O::Succeeded);
const MIXED: Option<O> = Some(O::PartiallyFailed);
const BAD: Option<O> = Some(O::AllFailed);
const REJECT: Option<O> = Some(O::Rejected);
const FAIL: Option<O> = Some(O::Failed);
const LATE_SOME: Option<O> = Some(O::ExpiredPartial);
const LATE: Option<O> = Some(O::Expired);
const STOP_SOME: Option<O> = Some(O::CancelledPartial);
const STOP: Option<O> = Some(O::Cancelled);

/// The outcome for each of [`COUNTS`], without result files and with both.
///
/// Files matter if the counts are missing or report nothing, and an output file is never nothing.
const TABLE: [(BatchStatus, Cells, Cells); 8] = [
    (Validating, [None; 11], [None; 11]),
    (InProgress, [None; 11], [None; 11]),
    (Finalizing, [None; 11], [None; 11]),
    (Cancelling, [None; 11], [None; 11]),
    (
        Completed,
        [EMPTY, EMPTY, EMPTY, EMPTY, GOOD, MIXED, BAD, MIXED, MIXED, UNSURE, UNSURE],
        [UNSURE, UNSURE, UNSURE, UNSURE, GOOD, MIXED, BAD, MIXED, MIXED, UNSURE, UNSURE],
    ),
    (Failed, [REJECT, REJECT, REJECT, REJECT, FAIL, FAIL, FAIL, FAIL, FAIL, FAIL, FAIL], [FAIL; 11]),
    (
        Expired,
        [LATE, LATE, LATE, LATE, LATE_SOME, LATE_SOME, LATE, LATE_SOME, LATE_SOME, LATE_SOME, LATE],
        [LATE_SOME; 11],
    ),
    (
        Cancelled,
        [STOP, STOP, STOP, STOP, STOP_SOME, STOP_SOME, STOP, STOP_SOME, STOP_SOME, STOP_SOME, STOP],
        [STOP_SOME; 11],
    ),
];

/// The presentation of each outcome: label, tone, group, advice, and what to retry.
const SHOWN: [(O, &str, Tone, Group, &str, RetryScope); 11] = [
    (O::Succeeded, "Completed", Tone::Success, Group::Done, "Download the output file.", RetryScope::None),
    (
        O::PartiallyFailed,
        "Completed with errors",
        Tone::Warning,
        Group::Attention,
        "Download both files and retry the failed requests.",
        RetryScope::Failed,
    ),
    (
        O::AllFailed,
        "Completed, all failed",
        Tone::Danger,
        Group::Attention,
        "Check the error file, then retry the requests.",
        RetryScope::All,
    ),
    (
        O::Empty,
        "Completed, no results",
        Tone::Warning,
        Group::Attention,
        "Check that the input file contains requests.",
        RetryScope::None,
    ),
    (
        O::Unverified,
        "Completed, counts unknown",
        Tone::Neutral,
        Group::Attention,
        "Download the files and compare them with the input file.",
        RetryScope::None,
    ),
    (
        O::Rejected,
        "Rejected",
        Tone::Danger,
        Group::Attention,
        "Fix the input file and create a new batch.",
        RetryScope::All,
    ),
    (
        O::Failed,
        "Failed",
        Tone::Danger,
        Group::Attention,
        "Read the errors, download the available results, and create a new batch.",
        RetryScope::All,
    ),
    (
        O::ExpiredPartial,
        "Expired, partial results",
        Tone::Serious,
        Group::Attention,
        "Download the finished results and retry the rest.",
        RetryScope::Unfinished,
    ),
    (
        O::Expired,
        "Expired",
        Tone::Serious,
        Group::Attention,
        "Create a new batch with the same input file.",
        RetryScope::All,
    ),
    (
        O::CancelledPartial,
        "Cancelled, partial results",
        Tone::Neutral,
        Group::Done,
        "Download the finished results; retry the rest if you need it.",
        RetryScope::Unfinished,
    ),
    (
        O::Cancelled,
        "Cancelled",
        Tone::Neutral,
        Group::Done,
        "Create a new batch if you still need the results.",
        RetryScope::All,
    ),
];

/// The presentation of each running status, by the number of finished requests.
const RUNNING: [(BatchStatus, &str, Tone); 4] = [
    (Validating, "Checking file", Tone::Info),
    (InProgress, "Running", Tone::Info),
    (Finalizing, "Writing results", Tone::Info),
    (Cancelling, "Cancelling", Tone::Active),
];

fn view(object: &Value) -> BatchView {
    view_at(object, CREATED + 700)
}

/// Every cell of [`TABLE`] with its expected outcome.
fn cells() -> Vec<(BatchStatus, &'static str, bool, Option<O>)> {
    let mut cells = Vec::new();
    for (status, without, with) in TABLE {
        for (index, counts) in COUNTS.into_iter().enumerate() {
            cells.push((status, counts, false, without[index]));
            cells.push((status, counts, true, with[index]));
        }
    }
    assert_eq!(cells.len(), 8 * COUNTS.len() * 2);
    cells
}

#[test]
fn each_combination_has_its_outcome() {
    for (status, counts, files, expected) in cells() {
        let view = view(&sample_counting(status, counts, files));
        assert_eq!(view.outcome, expected, "{status}, counts {counts}, files {files}");
        assert_eq!(view.terminal, expected.is_some(), "{status}");
    }
}

#[test]
fn each_combination_has_the_presentation_of_its_outcome() {
    for (status, counts, files, expected) in cells() {
        let view = view(&sample_counting(status, counts, files));
        let cell = format!("{status}, counts {counts}, files {files}");
        let (label, tone, group, advice, retry) = if let Some(outcome) = expected {
            let row = SHOWN.iter().find(|row| row.0 == outcome).unwrap();
            (row.1, row.2, row.3, Some(row.4), row.5)
        } else {
            let row = RUNNING.iter().find(|row| row.0 == status).unwrap();
            (row.1, row.2, Group::Active, None, RetryScope::None)
        };
        assert_eq!((view.label.as_str(), view.tone, view.group), (label, tone, group), "{cell}");
        assert_eq!((view.advice.as_deref(), view.retry), (advice, retry), "{cell}");
        let files: &[_] =
            if files && expected.is_some() { &[FileRole::Output, FileRole::Error] } else { &[] };
        assert_eq!(view.downloads, files, "{cell}");
        assert!(
            view.summary.ends_with('.') && !view.summary.contains(['{', '}']),
            "{cell}: {}",
            view.summary
        );
    }
}

#[test]
fn the_success_tone_means_that_every_request_succeeded() {
    for (status, counts, files, _) in cells() {
        let view = view(&sample_counting(status, counts, files));
        let all = status == Completed && counts == "9 0 9";
        assert_eq!(view.tone == Tone::Success, all, "{status}, counts {counts}, files {files}");
    }
}

#[test]
fn each_display_state_has_one_presentation() {
    for (index, row) in PRESENTATIONS.iter().enumerate() {
        assert_eq!(row.state.presentation().state, row.state);
        assert!(!PRESENTATIONS[..index].iter().any(|other| other.state == row.state), "{:?}", row.state);
    }
    for outcome in O::ALL {
        assert_eq!(DisplayState::Ended(outcome).presentation().state, DisplayState::Ended(outcome));
    }
    assert_eq!(SHOWN.map(|row| row.0), O::ALL);
}

#[test]
fn result_files_decide_without_counts() {
    let outcome_of = |status, output: Option<&str>, error: Option<&str>| {
        outcome(&Snapshot {
            status: Some(status),
            output_file_id: output,
            error_file_id: error,
            counts: Counts::default(),
            ..Snapshot::default()
        })
    };
    for (status, output, error, expected) in [
        (Completed, Some("o"), None, O::Unverified),
        (Completed, None, Some("e"), O::AllFailed),
        (Expired, Some("o"), None, O::ExpiredPartial),
        (Expired, None, Some("e"), O::Expired),
        (Cancelled, Some("o"), None, O::CancelledPartial),
        (Cancelled, None, Some("e"), O::Cancelled),
        (Failed, Some("o"), None, O::Failed),
        (Failed, None, Some("e"), O::Failed),
    ] {
        assert_eq!(outcome_of(status, output, error), Some(expected), "{status} {output:?} {error:?}");
    }
}

#[test]
fn recorded_batches_have_their_documented_outcome() {
    for (line, expected) in [
        (5, Some(O::Succeeded)),
        (11, None),
        (18, Some(O::PartiallyFailed)),
        (27, Some(O::Cancelled)),
        (29, Some(O::Rejected)),
        (39, Some(O::PartiallyFailed)),
        (44, Some(O::Succeeded)),
        (50, Some(O::Succeeded)),
        (51, Some(O::Failed)),
        (53, Some(O::Succeeded)),
        (58, Some(O::AllFailed)),
        (59, Some(O::CancelledPartial)),
        (61, Some(O::AllFailed)),
        (69, Some(O::ExpiredPartial)),
    ] {
        let row = row(line);
        assert_eq!(view(&row.batch).outcome, expected, "{}", row.name());
    }
}
