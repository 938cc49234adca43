//! Files with arbitrary bytes: the totals of a reconciliation add up, and its report stays small.

use crate::support::files::write_chunks;
use batchlight::Snapshot;
use batchlight::jsonl::{FileRole, Reconciler, RetryFilter, Verdict};
use batchlight::model::Counts;
use proptest::prelude::*;
use serde_json::Value;

use FileRole::{Error, Input, Output};

/// Lines of all kinds, most of them invalid.
fn hostile_line() -> impl Strategy<Value = Vec<u8>> {
    let id = prop_oneof!["[a-c]", "\\PC{0,3}", Just("x".repeat(2000))];
    let value = prop_oneof![
        Just("null".to_owned()),
        Just("{}".to_owned()),
        Just("[]".to_owned()),
        Just("-1e9".to_owned()),
        Just("200".to_owned()),
        Just(r#""\\ud800""#.to_owned()),
        Just(
            r#"{"status_code":200,"body":{"usage":{"prompt_tokens":18446744073709551615,"total_tokens":1}}}"#
                .to_owned()
        ),
        Just(r#"{"status_code":500,"body":{"error":{"message":"'1' 22 \"3\""}}}"#.to_owned()),
        Just(r#"{"code":"batch_expired"}"#.to_owned()),
    ];
    let line = (id, value.clone(), value).prop_map(|(id, response, error)| {
        let id = Value::from(id);
        format!("{{\"custom_id\":{id},\"response\":{response},\"error\":{error}}}").into_bytes()
    });
    let damaged =
        (line.clone(), any::<prop::sample::Index>(), any::<u8>()).prop_map(|(mut line, at, byte)| {
            let at = at.index(line.len());
            line[at] = byte;
            line
        });
    prop_oneof![4 => line, 2 => damaged, 1 => prop::collection::vec(any::<u8>(), 0..60)]
}

// 256 cases, proptest's default: each reads up to six files of up to 40 lines.
proptest! {
    #[test]
    fn reports_add_up_and_stay_small(
        files in prop::collection::vec((0u8..3, 0u16..4, prop::collection::vec(hostile_line(), 0..40)), 0..6),
        inputs in 0u16..4,
        size in 1usize..200,
    ) {
        let role = |number: u8| [Input, Output, Error][usize::from(number)];
        let mut reconciler = Reconciler::new(inputs);
        let mut written = Vec::new();
        for (number, index, lines) in &files {
            let file = lines.join(&b'\n');
            write_chunks(&file, size, reconciler.file(role(*number), *index));
            written.push((role(*number), *index, file.len() as u64));
        }
        let counts = Counts { completed: Some(u64::MAX), failed: Some(0), total: Some(u64::MAX) };
        let batches = [Snapshot { counts, ..Snapshot::default() }, Snapshot::default()];
        let reconciliation = reconciler.finish(&batches);
        let report = reconciliation.report();
        let answered = report.succeeded + report.incomplete + report.failed;
        let all = answered + report.missing + report.duplicate + report.conflicting;
        prop_assert_eq!(report.requests, all);
        prop_assert_eq!(report.requests, reconciliation.verdicts().count() as u64);
        let with_cause = report.causes.iter().map(|cause| cause.count).sum::<u64>();
        prop_assert_eq!(with_cause, report.failed + report.incomplete);
        let issues = [&report.malformed, &report.without_custom_id];
        for list in issues.into_iter().chain([&report.duplicates, &report.conflicts, &report.unknown_lines]) {
            prop_assert!(list.lines.len() <= 20 && list.count >= list.lines.len() as u64);
            for line in &list.lines {
                prop_assert!(line.message.len() < 1000 && line.line > 0 && line.column > 0);
            }
        }
        let max_end = |role, index| {
            written.iter().filter(|file| (file.0, file.1) == (role, index)).map(|file| file.2).max()
        };
        let everything = RetryFilter { verdicts: &Verdict::ALL, ..RetryFilter::default() };
        let ranges = reconciliation.retry(&everything).into_iter();
        for range in ranges.chain(reconciliation.merge()) {
            prop_assert!(Some(range.offset + range.length) <= max_end(range.file, range.index));
        }
    }
}
