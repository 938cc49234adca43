//! Retry files: the exact bytes of the input lines chosen.

use crate::support::files::{feed, written};
use batchlight::jsonl::{FileRange, FileRole, Reconciler, Retry, RetryFilter, Verdict};
use proptest::prelude::*;

const FIRST: &str = "\u{feff}{\"custom_id\":\"a\", \"n\" : \
    1.0}\r\n{\"custom_id\":\"b\"}\n\n{\"custom_id\":\"c\"}\n{\"custom_id\":\"d\"}\n{\"custom_id\":\"d\"}\n";
const SECOND: &str = "{\"custom_id\":\"e\"}\n{\"custom_id\":\"f\"}";
const ERRORS: &str = r#"{"custom_id":"a","response":null,"error":{"code":"batch_expired","message":"late"}}
{"custom_id":"b","response":{"status_code":400,"body":{"error":{"message":"wrong"}}},"error":null}
{"custom_id":"c","response":{"status_code":0,"body":null},"error":null}
"#;
const OUTPUT: &str = r#"{"custom_id":"e","response":{"status_code":200,"body":{}},"error":null}"#;

fn reconciler(piece: usize) -> (Reconciler, [(FileRole, u16, &'static str); 4]) {
    let files = [
        (FileRole::Input, 0, FIRST),
        (FileRole::Input, 1, SECOND),
        (FileRole::Output, 0, OUTPUT),
        (FileRole::Error, 0, ERRORS),
    ];
    let mut reconciler = Reconciler::new(2);
    for (role, index, text) in files {
        reconciler.begin(role, index);
        feed(text.as_bytes(), piece, role.depth(), &mut |line, reading| reconciler.line(&line, reading));
    }
    reconciler.finish(&[]);
    (reconciler, files)
}

fn retry(choice: &RetryFilter<'_>) -> String {
    let (reconciler, files) = reconciler(10);
    written(&reconciler.retry(choice), &files)
}

#[test]
fn what_failed_or_is_missing_is_sent_again_byte_for_byte() {
    let expected = "{\"custom_id\":\"a\", \"n\" : \
        1.0}\r\n{\"custom_id\":\"b\"}\n{\"custom_id\":\"c\"}\n{\"custom_id\":\"f\"}\n";
    assert_eq!(retry(&RetryFilter::default()), expected);
}

#[test]
fn lines_that_follow_each_other_are_one_range() {
    let (reconciler, _) = reconciler(10);
    let range =
        |index, offset, length, ended| FileRange { file: FileRole::Input, index, offset, length, ended };
    let second = u64::try_from(SECOND.find('\n').unwrap() + 1).unwrap();
    assert_eq!(
        reconciler.retry(&RetryFilter::default()),
        [range(0, 3, 48, true), range(0, 52, 18, true), range(1, second, 17, false)],
        "a blank line is not copied"
    );
}

#[test]
fn kinds_of_causes_choose() {
    let by = |retry| RetryFilter { retry: Some(retry), ..RetryFilter::default() };
    assert_eq!(retry(&by(Retry::Transient)), "{\"custom_id\":\"a\", \"n\" : 1.0}\r\n{\"custom_id\":\"f\"}\n");
    assert_eq!(retry(&by(Retry::Permanent)), "{\"custom_id\":\"b\"}\n");
    assert_eq!(retry(&by(Retry::Unknown)), "{\"custom_id\":\"c\"}\n");
}

#[test]
fn verdicts_choose() {
    let by = |verdicts: &[Verdict]| retry(&RetryFilter { verdicts, ..RetryFilter::default() });
    assert_eq!(by(&[Verdict::Missing]), "{\"custom_id\":\"f\"}\n");
    assert_eq!(by(&[Verdict::Duplicate]), "{\"custom_id\":\"d\"}\n{\"custom_id\":\"d\"}\n");
    assert_eq!(by(&[Verdict::Succeeded]), "{\"custom_id\":\"e\"}\n");
    assert_eq!(by(&[Verdict::Conflicting]), "");
    let (reconciler, files) = reconciler(1000);
    let everything = reconciler.retry(&RetryFilter { verdicts: &Verdict::ALL, ..RetryFilter::default() });
    let expected = [FIRST, SECOND, "\n"].concat().replace("\n\n", "\n").replace('\u{feff}', "");
    assert_eq!(written(&everything, &files), expected);
}

#[test]
fn causes_choose_among_the_failed() {
    let (reconciler, files) = reconciler(1000);
    let cause = reconciler.verdicts().find(|row| row.custom_id == "b").unwrap().cause.unwrap();
    let by = |verdicts| {
        written(
            &reconciler.retry(&RetryFilter { verdicts, causes: &[cause], ..RetryFilter::default() }),
            &files,
        )
    };
    assert_eq!(by(&[]), "{\"custom_id\":\"b\"}\n");
    assert_eq!(by(&[Verdict::Failed, Verdict::Missing]), "{\"custom_id\":\"b\"}\n{\"custom_id\":\"f\"}\n");
}

#[test]
fn the_caller_can_choose_by_place_and_verdict() {
    let (reconciler, files) = reconciler(1000);
    let odd = reconciler.lines_of(|at, row| at % 2 == 1 && row.verdict == Verdict::Failed);
    assert_eq!(written(&odd, &files), "{\"custom_id\":\"b\"}\n");
}

#[test]
fn without_an_input_file_there_is_nothing_to_send() {
    let mut reconciler = Reconciler::new(0);
    reconciler.begin(FileRole::Error, 0);
    feed(ERRORS.as_bytes(), 99, FileRole::Error.depth(), &mut |line, reading| {
        reconciler.line(&line, reading);
    });
    assert_eq!(reconciler.finish(&[]).failed, 3);
    assert_eq!(reconciler.retry(&RetryFilter::default()), []);
}

// 256 cases, proptest's default: each reads one file of up to 40 lines.
proptest! {
    #[test]
    fn any_choice_gives_back_the_chosen_lines(
        lines in prop::collection::vec(
            ("[a-z ]{0,9}", prop::sample::select(vec!["\n", "\r\n", "\n\n"]), any::<bool>()), 0..40
        ),
        last_is_open: bool,
        piece in 1usize..50,
    ) {
        let (mut file, mut expected, mut chosen) = (String::new(), String::new(), Vec::new());
        for (at, (filling, end, is_chosen)) in lines.iter().enumerate() {
            let line = format!("{{\"x\":\"{filling}\", \"custom_id\": \"{at}\"}}");
            let end = if last_is_open && at + 1 == lines.len() { "" } else { end };
            file.push_str(&line);
            file.push_str(end);
            chosen.push(*is_chosen);
            if *is_chosen {
                expected.push_str(&line);
                expected.push_str(if end == "\r\n" { end } else { "\n" });
            }
        }
        let mut reconciler = Reconciler::new(1);
        reconciler.begin(FileRole::Input, 0);
        feed(file.as_bytes(), piece, 1, &mut |line, reading| reconciler.line(&line, reading));
        reconciler.finish(&[]);
        let ranges = reconciler.lines_of(|at, _| chosen[at]);
        prop_assert_eq!(written(&ranges, &[(FileRole::Input, 0, &file)]), expected);
        prop_assert!(ranges.len() <= chosen.iter().filter(|chosen| **chosen).count());
    }
}
