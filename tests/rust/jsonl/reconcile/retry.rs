//! Retries: the exact bytes of the selected input lines.

use crate::support::files::{write_chunks, written};
use batchlight::jsonl::{FileRange, FileRole, Reconciler, Reconciliation, Retry, RetryFilter, Verdict};
use proptest::prelude::*;

const FIRST: &str = "\u{feff}{\"custom_id\":\"a\", \"n\" : \
    1.0}\r\n{\"custom_id\":\"b\"}\n\n{\"custom_id\":\"c\"}\n{\"custom_id\":\"d\"}\n{\"custom_id\":\"d\"}\n";
const SECOND: &str = "{\"custom_id\":\"e\"}\n{\"custom_id\":\"f\"}";
const ERRORS: &str = r#"{"custom_id":"a","response":null,"error":{"code":"batch_expired","message":"late"}}
{"custom_id":"b","response":{"status_code":400,"body":{"error":{"message":"wrong"}}},"error":null}
{"custom_id":"c","response":{"status_code":0,"body":null},"error":null}
"#;
const OUTPUT: &str = r#"{"custom_id":"e","response":{"status_code":200,"body":{}},"error":null}"#;

/// Every request that failed or is missing.
const ALL: RetryFilter<'static> = RetryFilter { verdicts: &[], retry: None, causes: &[], all: true };

fn reconcile(size: usize) -> (Reconciliation, [(FileRole, u16, &'static str); 4]) {
    let files = [
        (FileRole::Input, 0, FIRST),
        (FileRole::Input, 1, SECOND),
        (FileRole::Output, 0, OUTPUT),
        (FileRole::Error, 0, ERRORS),
    ];
    let mut reconciler = Reconciler::new(2);
    for (role, index, text) in files {
        write_chunks(text.as_bytes(), size, reconciler.file(role, index));
    }
    (reconciler.finish(&[]), files)
}

fn retry(filter: &RetryFilter<'_>) -> String {
    let (reconciliation, files) = reconcile(10);
    written(&reconciliation.retry(filter), &files)
}

#[test]
fn failed_and_missing_requests_are_retried_byte_for_byte() {
    let expected = "{\"custom_id\":\"a\", \"n\" : \
        1.0}\r\n{\"custom_id\":\"b\"}\n{\"custom_id\":\"c\"}\n{\"custom_id\":\"f\"}\n";
    assert_eq!(retry(&ALL), expected);
}

#[test]
fn by_default_only_missing_and_transient_failures_are_retried() {
    let careful = RetryFilter { retry: Some(Retry::Transient), ..RetryFilter::default() };
    assert_eq!(retry(&RetryFilter::default()), retry(&careful));
}

#[test]
fn adjacent_lines_are_one_range() {
    let (reconciliation, _) = reconcile(10);
    let range =
        |index, offset, length, ended| FileRange { file: FileRole::Input, index, offset, length, ended };
    let second = u64::try_from(SECOND.find('\n').unwrap() + 1).unwrap();
    assert_eq!(
        reconciliation.retry(&ALL),
        [range(0, 3, 48, true), range(0, 52, 18, true), range(1, second, 17, false)],
        "a blank line is not copied"
    );
}

#[test]
fn requests_are_selected_by_retry_advice() {
    let by = |retry| RetryFilter { retry: Some(retry), ..RetryFilter::default() };
    assert_eq!(retry(&by(Retry::Transient)), "{\"custom_id\":\"a\", \"n\" : 1.0}\r\n{\"custom_id\":\"f\"}\n");
    assert_eq!(retry(&by(Retry::Permanent)), "{\"custom_id\":\"b\"}\n");
    assert_eq!(retry(&by(Retry::Unknown)), "{\"custom_id\":\"c\"}\n");
}

#[test]
fn requests_are_selected_by_verdict() {
    let by = |verdicts: &[Verdict]| retry(&RetryFilter { verdicts, ..RetryFilter::default() });
    assert_eq!(by(&[Verdict::Missing]), "{\"custom_id\":\"f\"}\n");
    assert_eq!(by(&[Verdict::Duplicate]), "{\"custom_id\":\"d\"}\n{\"custom_id\":\"d\"}\n");
    assert_eq!(by(&[Verdict::Succeeded]), "{\"custom_id\":\"e\"}\n");
    assert_eq!(by(&[Verdict::Conflicting]), "");
    let (reconciliation, files) = reconcile(1000);
    let everything = reconciliation.retry(&RetryFilter { verdicts: &Verdict::ALL, ..RetryFilter::default() });
    let expected = [FIRST, SECOND, "\n"].concat().replace("\n\n", "\n").replace('\u{feff}', "");
    assert_eq!(written(&everything, &files), expected);
}

#[test]
fn failed_requests_are_selected_by_cause() {
    let (reconciliation, files) = reconcile(1000);
    let cause = reconciliation.verdicts().find(|row| row.custom_id == "b").unwrap().cause.unwrap();
    let by = |verdicts| {
        written(
            &reconciliation.retry(&RetryFilter { verdicts, causes: &[cause], ..RetryFilter::default() }),
            &files,
        )
    };
    assert_eq!(by(&[]), "{\"custom_id\":\"b\"}\n");
    assert_eq!(by(&[Verdict::Failed, Verdict::Missing]), "{\"custom_id\":\"b\"}\n{\"custom_id\":\"f\"}\n");
}

#[test]
fn requests_are_selected_by_a_function() {
    let (reconciliation, files) = reconcile(1000);
    let odd = reconciliation.input_ranges(|at, row| at % 2 == 1 && row.verdict == Verdict::Failed);
    assert_eq!(written(&odd, &files), "{\"custom_id\":\"b\"}\n");
}

#[test]
fn without_an_input_file_nothing_is_retried() {
    let mut reconciler = Reconciler::new(0);
    reconciler.read(FileRole::Error, 0, ERRORS.as_bytes()).unwrap();
    let reconciliation = reconciler.finish(&[]);
    assert_eq!(reconciliation.report().failed, 3);
    assert_eq!(reconciliation.retry(&RetryFilter::default()), []);
}

// 256 cases, proptest's default: each reads one file of up to 40 lines.
proptest! {
    #[test]
    fn ranges_contain_exactly_the_selected_lines(
        lines in prop::collection::vec(
            ("[a-z ]{0,9}", prop::sample::select(vec!["\n", "\r\n", "\n\n"]), any::<bool>()), 0..40
        ),
        last_is_open: bool,
        size in 1usize..50,
    ) {
        let (mut file, mut expected, mut selected) = (String::new(), String::new(), Vec::new());
        for (at, (filling, end, is_selected)) in lines.iter().enumerate() {
            let line = format!("{{\"x\":\"{filling}\", \"custom_id\": \"{at}\"}}");
            let end = if last_is_open && at + 1 == lines.len() { "" } else { end };
            file.push_str(&line);
            file.push_str(end);
            selected.push(*is_selected);
            if *is_selected {
                expected.push_str(&line);
                expected.push_str(if end == "\r\n" { end } else { "\n" });
            }
        }
        let mut reconciler = Reconciler::new(1);
        write_chunks(file.as_bytes(), size, reconciler.file(FileRole::Input, 0));
        let ranges = reconciler.finish(&[]).input_ranges(|at, _| selected[at]);
        prop_assert_eq!(written(&ranges, &[(FileRole::Input, 0, &file)]), expected);
        prop_assert!(ranges.len() <= selected.iter().filter(|selected| **selected).count());
    }
}
