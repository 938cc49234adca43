//! The objects of `batches-2.jsonl`: what is said of each.

use crate::support::rows::{Row, later_rows};
use batchlight::view::{BatchView, Catalog, DescribeOptions, describe_json};
use batchlight::{BatchOutcome as O, BatchStatus, Level};

use BatchStatus::{Cancelled, Cancelling, Completed, Expired, Failed, InProgress, Validating};

/// What is said of the object on a line: the status, the outcome, and the codes of its issues. An error
/// begins with `!` and a warning with `?`; of several issues with one code, `xN` is the number.
type Expected = (usize, Option<BatchStatus>, Option<O>, &'static str);

const EXPECTED: [Expected; 41] = [
    // OpenAI: the counts of an expired batch were outdated, because it has an output file.
    (1, Some(Expired), Some(O::ExpiredPartial), "null_field output_file_unexpected"),
    (2, Some(Expired), Some(O::Expired), "null_field"),
    (3, Some(Expired), Some(O::Expired), "null_field"),
    (4, Some(Validating), None, "null_field"),
    (5, Some(Cancelling), None, "null_field"),
    (6, Some(Cancelled), Some(O::Cancelled), "null_field"),
    (7, Some(Completed), Some(O::Succeeded), "null_field"),
    // Mistral
    (8, None, None, "!foreign_object"),
    (9, None, None, "!foreign_object"),
    (10, Some(InProgress), None, "null_field"),
    // xAI
    (11, None, None, "!foreign_object"),
    (12, None, None, "!foreign_object"),
    (13, Some(Validating), None, "null_field"),
    (14, Some(Completed), Some(O::Succeeded), "null_field"),
    (15, Some(Completed), Some(O::Succeeded), "null_field"),
    (16, Some(Completed), Some(O::Succeeded), "null_field"),
    (17, Some(Validating), None, "null_field"),
    (18, Some(Completed), Some(O::Succeeded), "null_field"),
    (19, Some(Completed), Some(O::Succeeded), "null_field"),
    (20, Some(Completed), Some(O::Succeeded), "null_field"),
    // Stored by a library that writes {} for null.
    (21, Some(Completed), Some(O::Succeeded), "!wrong_kind x5"),
    (22, Some(Completed), Some(O::Succeeded), "!wrong_kind x5 unknown_field"),
    (23, Some(Completed), Some(O::Succeeded), "!wrong_kind x5 unknown_field"),
    (24, Some(Completed), Some(O::Succeeded), "null_field"),
    (25, Some(Completed), Some(O::Succeeded), "null_field"),
    (26, Some(Failed), Some(O::Rejected), "null_field"),
    // aibrix, Maritaca, Novita, SiliconFlow
    (27, Some(Validating), None, "counts_missing null_field"),
    (28, Some(Validating), None, "null_field ?expiry_window"),
    (29, Some(Validating), None, "timestamp_string null_field unknown_field expiry_missing"),
    (30, Some(Validating), None, "status_spelling counts_missing null_field"),
    // Voyage
    (31, Some(Validating), None, "timestamp_string null_field unknown_field expiry_missing"),
    (32, Some(Cancelling), None, "timestamp_string x3 null_field unknown_field expiry_missing"),
    // Exa
    (33, None, None, "!foreign_object"),
    // Moonshot: 0 for timestamps that are not set.
    (34, Some(Completed), Some(O::PartiallyFailed), "timestamp_sentinel x3"),
    (
        35,
        Some(Validating),
        None,
        "status_spelling missing_field x3 timestamp_string null_field unknown_field expiry_missing \
         counts_early",
    ),
    // OpenRouter
    (
        36,
        Some(Failed),
        Some(O::Failed),
        "missing_field null_field unknown_field expiry_missing ?timestamp_missing ?errors_missing",
    ),
    // Zhipu: milliseconds, and counts of null.
    (37, Some(Validating), None, "timestamp_milliseconds missing_field x3 null_field expiry_missing"),
    (38, Some(Cancelling), None, "timestamp_milliseconds x2 missing_field x3 null_field expiry_missing"),
    (
        39,
        Some(Validating),
        None,
        "timestamp_milliseconds missing_field x2 null_field expiry_missing counts_early",
    ),
    (
        40,
        Some(Validating),
        None,
        "timestamp_milliseconds missing_field x2 null_field expiry_missing counts_early",
    ),
    (41, Some(InProgress), None, "null_field"),
];

fn view_of(row: &Row) -> BatchView {
    let messages = Catalog::default();
    let now = row.batch["created_at"].as_u64().unwrap_or(1_764_000_000) + 3_600;
    let options = DescribeOptions { now, history: &[], seed: 0, messages: &messages };
    describe_json(&row.json(), row.profile(), options)
}

/// The codes of the issues, as [`EXPECTED`] writes them.
fn codes_of(view: &BatchView) -> String {
    let mut codes: Vec<(String, usize)> = Vec::new();
    for issue in &view.issues {
        let mark = match issue.level {
            Level::Error => "!",
            Level::Warning => "?",
            Level::Note => "",
        };
        let code = format!("{mark}{}", issue.code);
        match codes.last_mut().filter(|last| last.0 == code) {
            Some(last) => last.1 += 1,
            None => codes.push((code, 1)),
        }
    }
    let write = |(code, count): (String, usize)| if count == 1 { code } else { format!("{code} x{count}") };
    codes.into_iter().map(write).collect::<Vec<_>>().join(" ")
}

#[test]
fn each_object_has_its_status_outcome_and_issues() {
    let rows = later_rows();
    assert!(rows.iter().map(|row| row.line).eq(EXPECTED.map(|expected| expected.0)));
    for (row, (_, status, outcome, codes)) in rows.iter().zip(EXPECTED) {
        let view = view_of(row);
        assert_eq!((view.known_status, view.outcome), (status, outcome), "{}", row.name());
        assert_eq!(codes_of(&view), codes, "{}", row.name());
        assert_eq!(view.valid, !codes.contains('!'), "{}", row.name());
    }
}

#[test]
fn objects_of_other_interfaces_are_named() {
    for (line, name) in
        [(8, "a Mistral batch job"), (9, "a Mistral batch job"), (12, "an xAI batch"), (33, "an Exa")]
    {
        let view = view_of(&later_rows()[line - 1]);
        let [issue] = &view.issues[..] else { panic!("{:?}", view.issues) };
        assert!(issue.found.starts_with(name) && view.summary.contains(name), "{issue:?}");
        assert_eq!((view.label.as_str(), view.poll.seconds().is_some()), ("Not a batch", true));
    }
}

#[test]
fn the_timeline_of_an_expired_batch_shows_when_its_results_were_written() {
    for row in &later_rows()[..3] {
        let statuses: Vec<_> = view_of(row).timeline.iter().map(|step| step.status).collect();
        assert_eq!(statuses, [Validating, InProgress, BatchStatus::Finalizing, Expired], "{}", row.name());
    }
}
