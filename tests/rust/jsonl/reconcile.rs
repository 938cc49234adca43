//! Reconciliations: every verdict, and the lines that cannot be used.

mod counts;
mod distribution;
mod hostile;
mod merge;
mod retry;

use crate::support::files::write_chunks;
use batchlight::jsonl::{
    FileRole, Reconciler, Reconciliation, ReconciliationReport, Retry, Verdict, hash_lines,
};
use batchlight::model::Counts;
use batchlight::{BatchStatus, Snapshot};
use serde_json::json;

use FileRole::{Error, Input, Output};
use Verdict::{Conflicting, Duplicate, Failed, Missing, Succeeded};

type File = (FileRole, u16, String);

fn reconcile(
    files: &[File],
    size: usize,
    batches: &[Snapshot<'_>],
) -> (Reconciliation, ReconciliationReport) {
    let inputs = files.iter().filter(|file| file.0 == Input).count();
    let mut reconciler = Reconciler::new(u16::try_from(inputs).unwrap());
    for (role, index, text) in files {
        write_chunks(text.as_bytes(), size, reconciler.file(*role, *index));
    }
    let reconciliation = reconciler.finish(batches);
    let report = reconciliation.report().clone();
    (reconciliation, report)
}

fn verdicts(files: &[File]) -> Vec<(String, Verdict, u16)> {
    let (reconciliation, _) = reconcile(files, 1000, &[]);
    reconciliation.verdicts().map(|row| (row.custom_id.to_owned(), row.verdict, row.attempts)).collect()
}

fn file(role: FileRole, index: u16, lines: &[String]) -> File {
    (role, index, lines.iter().flat_map(|line| [line, "\n"]).collect())
}

fn request(id: &str) -> String {
    json!({"custom_id": id, "method": "POST", "url": "/v1/chat/completions", "body": {"model": "m"}})
        .to_string()
}

fn success(id: &str, answer: &str) -> String {
    let body = json!({"id": answer, "model": "m", "usage": {"total_tokens": 1}});
    json!({"id": "r", "custom_id": id, "response": {"status_code": 200, "body": body}, "error": null})
        .to_string()
}

fn failure(id: &str, status: u16) -> String {
    let response = json!({"status_code": status, "body": {"error": {"message": "no"}}});
    json!({"custom_id": id, "response": response, "error": null}).to_string()
}

fn expired(id: &str) -> String {
    json!({"custom_id": id, "response": null, "error": {"code": "batch_expired", "message": "Too late."}})
        .to_string()
}

fn row(id: &str, verdict: Verdict, attempts: u16) -> (String, Verdict, u16) {
    (id.to_owned(), verdict, attempts)
}

#[test]
fn verdicts_are_in_input_order_with_cause_and_place() {
    let files = [
        file(Input, 0, &[request("a"), request("b"), request("c"), request("d")]),
        file(Output, 0, &[success("d", "1"), success("a", "2")]),
        file(Error, 0, &[failure("c", 429)]),
    ];
    let (reconciliation, found) = reconcile(&files, 7, &[]);
    let expected =
        [row("a", Succeeded, 1), row("b", Missing, 0), row("c", Failed, 1), row("d", Succeeded, 1)];
    assert_eq!(verdicts(&files), expected);
    assert_eq!(
        (found.requests, found.succeeded, found.failed, found.missing, found.complete),
        (4, 2, 1, 1, false)
    );
    let failed = reconciliation.verdict(2).unwrap();
    assert_eq!((failed.status_code, failed.cause), (Some(429), Some(found.causes[0].id)));
    assert_eq!(
        (found.causes[0].retry, found.causes[0].count, found.causes[0].examples[0].as_str()),
        (Retry::Transient, 1, "c")
    );
    let result = reconciliation.verdict(0).unwrap().result.unwrap();
    assert_eq!((result.file, result.index, result.line), (Output, 0, 2));
    let text = &files[1].2[usize::try_from(result.offset).unwrap()..][..result.length as usize];
    assert_eq!(text, success("a", "2"));
    assert_eq!(found.usage[0].requests, 2);
    assert!(reconciliation.verdict(4).is_none());
}

#[test]
fn equal_results_do_not_conflict_and_their_tokens_count_once() {
    let files = [
        file(Input, 0, &[request("a")]),
        file(Output, 0, &[success("a", "1"), success("a", "1")]),
        file(Output, 1, &[success("a", "1")]),
    ];
    let (_, found) = reconcile(&files, 50, &[]);
    assert_eq!((found.succeeded, found.conflicting, found.repeated, found.complete), (1, 0, 2, true));
    assert_eq!((found.usage[0].requests, found.usage[0].total_tokens), (1, 1));
}

#[test]
fn conflicting_results_are_reported_with_both_lines() {
    let both = [
        file(Input, 0, &[request("a")]),
        file(Output, 0, &[success("a", "1")]),
        file(Error, 0, &[failure("a", 500)]),
    ];
    let (reconciliation, found) = reconcile(&both, 50, &[]);
    assert_eq!((found.conflicting, found.complete, found.conflicts.count), (1, false, 1));
    let issue = &found.conflicts.lines[0];
    assert_eq!((issue.file, issue.line, issue.custom_id.as_deref()), (Error, 1, Some("a")));
    assert_eq!(issue.related.unwrap().file, Output);
    assert_eq!(issue.message, "expected results that agree, found a success and a failure");
    assert_eq!(reconciliation.verdict(0).unwrap().result.unwrap().file, Output, "the success is kept");
    let failure_first = [both[0].clone(), both[2].clone(), both[1].clone()];
    assert_eq!(verdicts(&failure_first), [row("a", Conflicting, 1)]);
    let (reconciliation, _) = reconcile(&failure_first, 50, &[]);
    assert_eq!(reconciliation.verdict(0).unwrap().result.unwrap().file, Output);
    for index in [0, 1] {
        let two =
            [both[0].clone(), both[1].clone(), file(Output, index, &[success("a", "2"), success("a", "3")])];
        let (_, found) = reconcile(&two, 50, &[]);
        assert_eq!((found.conflicting, found.conflicts.count), (1, 1), "a request is reported once");
        assert!(found.conflicts.lines[0].message.ends_with("two different successes"));
    }
}

#[test]
fn later_attempts_replace_failures_and_never_a_success() {
    let input = file(Input, 0, &[request("a"), request("b"), request("c")]);
    let files = [
        input,
        file(Output, 0, &[success("b", "1")]),
        file(Error, 0, &[expired("a"), expired("c")]),
        file(Output, 1, &[success("a", "2")]),
        file(Error, 1, &[failure("c", 400), failure("b", 400)]),
    ];
    let (reconciliation, found) = reconcile(&files, 50, &[]);
    assert_eq!(verdicts(&files), [row("a", Succeeded, 2), row("b", Succeeded, 2), row("c", Failed, 2)]);
    assert_eq!(reconciliation.verdict(2).unwrap().status_code, Some(400), "the last failure counts");
    assert_eq!(reconciliation.verdict(1).unwrap().result.unwrap().index, 0);
    assert!(found.complete);
    assert_eq!(found.causes.len(), 1, "causes are of requests that stay failed");
}

#[test]
fn the_first_failure_of_an_attempt_is_kept() {
    let files = [file(Input, 0, &[request("a")]), file(Error, 0, &[failure("a", 429), failure("a", 400)])];
    let (reconciliation, found) = reconcile(&files, 50, &[]);
    assert_eq!(reconciliation.verdict(0).unwrap().status_code, Some(429));
    assert_eq!((found.failed, found.repeated), (1, 1));
}

#[test]
fn duplicate_ids_are_reported_with_both_lines() {
    let files = [
        file(Input, 0, &[request("a"), request("b"), request("a")]),
        file(Output, 0, &[success("a", "1"), success("b", "1")]),
    ];
    let (_, found) = reconcile(&files, 50, &[]);
    assert_eq!(verdicts(&files), [row("a", Duplicate, 1), row("b", Succeeded, 1), row("a", Duplicate, 1)]);
    assert_eq!((found.duplicate, found.duplicates.count, found.complete), (2, 1, false));
    let issue = &found.duplicates.lines[0];
    assert_eq!((issue.code, issue.line, issue.related.unwrap().line), ("duplicate_custom_id", 3, 1));
}

#[test]
fn the_same_line_in_another_input_file_is_the_same_request() {
    let shards = [
        file(Input, 0, &[request("a"), request("b")]),
        file(Input, 1, &[request("b")]),
        file(Input, 2, &[request("c")]),
    ];
    assert_eq!(verdicts(&shards), [row("a", Missing, 0), row("b", Missing, 0), row("c", Missing, 0)]);
    for end in ["", "\r\n"] {
        let ends_otherwise = [shards[0].clone(), (Input, 1, request("b") + end)];
        assert_eq!(verdicts(&ends_otherwise), [row("a", Missing, 0), row("b", Missing, 0)], "{end:?}");
    }
    let changed = [shards[0].clone(), file(Input, 1, &[request("b").replace("POST", "GET")])];
    assert_eq!(verdicts(&changed), [row("a", Missing, 0), row("b", Duplicate, 0), row("b", Duplicate, 0)]);
}

#[test]
fn results_without_a_request_are_unknown() {
    let files = [
        file(Input, 0, &[request("a")]),
        file(Output, 0, &[success("a", "1"), success("z", "1"), success("z", "1"), failure("y", 400)]),
    ];
    let (_, found) = reconcile(&files, 50, &[]);
    assert_eq!((found.unknown, found.unknown_lines.count, found.requests, found.complete), (3, 2, 1, true));
    let issue = &found.unknown_lines.lines[0];
    assert_eq!((issue.file, issue.line, issue.custom_id.as_deref()), (Output, 2, Some("z")));
    assert!(found.causes.is_empty(), "causes are of requests");
}

#[test]
fn malformed_lines_and_lines_without_an_id_are_reported_and_skipped() {
    let input = file(Input, 0, &[request("a"), "{oops".into(), "{}".into(), "[]".into(), String::new()]);
    let output = file(Output, 0, &[success("a", "1"), "{\"custom_id\":null}".into(), "{\"cut".into()]);
    let (_, found) = reconcile(&[input, output], 50, &[]);
    assert_eq!((found.requests, found.succeeded, found.complete), (1, 1, false));
    let malformed: Vec<_> =
        found.malformed.lines.iter().map(|line| (line.file, line.line, line.code)).collect();
    assert_eq!(
        malformed,
        [(Input, 2, "invalid_json_line"), (Input, 4, "not_an_object"), (Output, 3, "invalid_json_line")]
    );
    let without: Vec<_> = found.without_custom_id.lines.iter().map(|line| (line.file, line.line)).collect();
    assert_eq!(without, [(Input, 3), (Output, 2)]);
}

#[test]
fn without_an_input_file_results_are_compared_with_each_other() {
    let files = [
        file(Output, 0, &[success("b", "1"), success("a", "1")]),
        file(Error, 0, &[failure("c", 500), failure("a", 500)]),
    ];
    let (reconciliation, found) = reconcile(&files, 50, &[]);
    assert_eq!(verdicts(&files), [row("b", Succeeded, 1), row("a", Conflicting, 1), row("c", Failed, 1)]);
    assert_eq!((found.requests, found.unknown, found.complete), (3, 0, false));
    assert_eq!(reconciliation.verdict(0).unwrap().input, None);
    let of = |total| Snapshot {
        status: Some(BatchStatus::Completed),
        counts: Counts { completed: Some(1), failed: Some(1), total: Some(total) },
        ..Snapshot::default()
    };
    let agreeing = [files[0].clone(), file(Error, 0, &[failure("c", 500)])];
    assert!(reconcile(&agreeing, 50, &[of(3)]).1.complete);
    assert!(!reconcile(&agreeing, 50, &[of(4)]).1.complete);
    assert!(!reconcile(&agreeing, 50, &[]).1.complete, "there may be more requests");
    assert!(!reconcile(&[], 50, &[]).1.complete);
}

#[test]
fn ids_are_compared_decoded_and_completely() {
    let long = |end: char| format!("{}é{end}", "x".repeat(1023));
    let files = [
        file(
            Input,
            0,
            &[r#"{"custom_id":"\u0061\n"}"#.into(), request(&long('1')), request(&long('2')), request("")],
        ),
        file(Output, 0, &[success("a\n", "1"), success(&long('2'), "1"), success("", "1")]),
    ];
    let found = verdicts(&files);
    let long_ids: Vec<_> = reconcile(&files, 1000, &[]).0.long_ids().collect();
    assert_eq!(long_ids, [(1, hash_lines(long('1').as_bytes())), (2, hash_lines(long('2').as_bytes()))]);
    assert_eq!(found.iter().map(|row| row.1).collect::<Vec<_>>(), [Succeeded, Missing, Succeeded, Succeeded]);
    assert_eq!(found[1].0, "x".repeat(1023), "cut before a character that does not fit");
}

#[test]
fn a_verdict_has_the_locations_of_its_lines() {
    let files = [
        file(Input, 0, &[request("é🎉"), request("b")]),
        (Input, 1, format!("{}\r\n{}", request("c"), request("d"))),
        file(Output, 0, &[success("c", "1")]),
        file(Error, 0, &[failure("b", 500)]),
    ];
    let (reconciliation, _) = reconcile(&files, 50, &[]);
    let rows: Vec<_> = reconciliation.verdicts().collect();
    let places: Vec<_> =
        rows.iter().map(|row| row.input.unwrap()).map(|input| (input.index, input.line, input.end)).collect();
    assert_eq!(places, [(0, 1, 1), (0, 2, 1), (1, 1, 2), (1, 2, 0)]);
    let results: Vec<_> =
        rows.iter().map(|row| row.result.map(|result| (result.file, result.index, result.line))).collect();
    assert_eq!(results, [None, Some((Error, 0, 1)), Some((Output, 0, 1)), None]);
    let retry: Vec<_> = rows.iter().map(|row| reconciliation.retry_of(row)).collect();
    assert_eq!(retry, [Retry::Transient, Retry::Transient, Retry::Permanent, Retry::Transient]);
}

#[test]
fn a_request_that_is_twice_in_a_later_file_is_a_duplicate() {
    let [first, second] = [vec![request("a")], vec![request("a"), request("b"), request("a")]];
    let (_, found) = reconcile(&[file(Input, 0, &first), file(Input, 1, &second)], 50, &[]);
    assert_eq!((found.requests, found.duplicate, found.duplicates.count), (3, 2, 1));
    let (_, found) = reconcile(&[file(Input, 0, &first), file(Input, 1, &first)], 50, &[]);
    assert_eq!((found.requests, found.duplicate), (1, 0));
}

#[test]
fn whitespace_after_the_last_line_is_not_a_request() {
    let files =
        [(Input, 0, format!("{}\n   ", request("a"))), (Output, 0, format!("{}\n\r", success("a", "1")))];
    let (_, found) = reconcile(&files, 7, &[]);
    assert_eq!((found.requests, found.malformed.count, found.complete), (1, 0, true));
}
