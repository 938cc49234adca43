//! Answers that the server calls completed although they are not what was asked for.

use std::slice;

use batchlight::json::Tape;
use batchlight::jsonl::{
    CauseVerdict, FileRole, IncompleteReason, RESULT_DEPTH, Reconciler, Reconciliation, ResultLine, Retry,
    RetryFilter, Verdict,
};
use batchlight::model::{BatchStatus, Counts, Snapshot};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::files::write_chunks;

fn line(custom_id: &str, body: &Value) -> String {
    let response = json!({"status_code": 200, "request_id": "q", "body": body});
    json!({"id": "r", "custom_id": custom_id, "response": response, "error": null}).to_string()
}

fn chat(choices: &Value) -> Value {
    json!({"object": "chat.completion", "model": "m", "choices": choices, "usage": {"total_tokens": 1}})
}

fn choice(finish_reason: &str, refusal: Option<&str>) -> Value {
    let message = json!({"role": "assistant", "content": "finish_reason: \"length\"", "refusal": refusal});
    json!({"index": 0, "message": message, "logprobs": null, "finish_reason": finish_reason})
}

fn answer(choices: &[Value]) -> Value {
    chat(&json!(choices))
}

/// The reason, how many answers are incomplete, and how many there are.
fn reason(body: &Value) -> Option<(IncompleteReason, u32, u32)> {
    let text = line("a", body);
    let mut tape = Tape::new(RESULT_DEPTH);
    tape.read(text.as_bytes()).unwrap();
    let found = ResultLine::new(text.as_bytes(), &tape).unwrap().incomplete();
    found.map(|found| (found.reason, found.answers, found.of))
}

#[test]
fn answers_that_are_cut_off_filtered_refused_or_empty_are_incomplete() {
    use IncompleteReason::{ContentFilter, Empty, MaxOutputTokens, Other, Refusal};
    let response = |status: &str, details: Value| {
        let text =
            json!([{"type": "message", "content": [{"type": "output_text", "text": "status: incomplete"}]}]);
        json!({"object": "response", "status": status, "incomplete_details": details, "output": text})
    };
    let refused =
        json!([{"type": "message", "content": [{"type": "refusal", "refusal": "I can't help with that."}]}]);
    let data = |data: Value| json!({"object": "list", "model": "m", "data": data});
    let [stop, length] = [choice("stop", None), choice("length", None)];
    // The shapes are those of the types of openai 7.59.0.
    for (body, expected) in [
        (answer(slice::from_ref(&stop)), None),
        (answer(&[choice("tool_calls", None)]), None),
        (answer(&[choice("stop", Some(""))]), None),
        (answer(slice::from_ref(&length)), Some((MaxOutputTokens, 1, 1))),
        (answer(&[stop.clone(), length.clone(), stop.clone()]), Some((MaxOutputTokens, 1, 3))),
        (answer(&[length.clone(), choice("content_filter", None)]), Some((MaxOutputTokens, 2, 2))),
        (answer(&[choice("content_filter", None)]), Some((ContentFilter, 1, 1))),
        (answer(&[choice("stop", Some("I can't help with that."))]), Some((Refusal, 1, 1))),
        (
            answer(&[stop.clone(), choice("content_filter", Some("No.")), stop.clone()]),
            Some((ContentFilter, 1, 3)),
        ),
        (answer(&[]), Some((Empty, 1, 1))),
        (
            json!({"object": "text_completion", "choices": [{"text": "a", "finish_reason": "length"}]}),
            Some((MaxOutputTokens, 1, 1)),
        ),
        (response("completed", Value::Null), None),
        (response("incomplete", json!({"reason": "max_output_tokens"})), Some((MaxOutputTokens, 1, 1))),
        (response("incomplete", json!({"reason": "content_filter"})), Some((ContentFilter, 1, 1))),
        (response("incomplete", json!({"reason": "max_messages"})), Some((Other, 1, 1))),
        (response("incomplete", Value::Null), Some((Other, 1, 1))),
        (json!({"object": "response", "status": "completed", "output": refused}), Some((Refusal, 1, 1))),
        (data(json!([{"object": "embedding", "index": 0, "embedding": [0.25]}])), None),
        (data(json!([{"object": "embedding", "index": 0, "embedding": "AACAPg=="}])), None),
        (data(json!([{"object": "score", "index": 0, "score": 0.25}])), None),
        (data(json!([])), Some((Empty, 1, 1))),
        (
            data(
                json!([{"object": "embedding", "embedding": [1]}, {"object": "embedding", "embedding": []}]),
            ),
            Some((Empty, 1, 2)),
        ),
        (json!({"id": "modr-1", "results": [{"flagged": false}]}), None),
    ] {
        assert_eq!(reason(&body), expected, "{body}");
    }
}

fn reconcile(files: &[(FileRole, u16, String)], batches: &[Snapshot<'_>]) -> Reconciliation {
    let mut reconciler = Reconciler::new(1);
    for (role, index, text) in files {
        write_chunks(text.as_bytes(), 64, reconciler.file(*role, *index));
    }
    reconciler.finish(batches)
}

fn input(ids: &[&str]) -> (FileRole, u16, String) {
    let lines: Vec<String> = ids.iter().map(|id| json!({"custom_id": id}).to_string() + "\n").collect();
    (FileRole::Input, 0, lines.concat())
}

fn failure(custom_id: &str) -> String {
    json!({"custom_id": custom_id, "response": null, "error": {"code": "batch_expired"}}).to_string()
}

#[test]
fn an_incomplete_answer_is_a_verdict_with_a_cause_and_is_not_retried_by_default() {
    let cut = answer(&[choice("length", None)]);
    let output = [line("a", &answer(&[choice("stop", None)])), line("b", &cut)].join("\n");
    let files =
        [input(&["a", "b", "c", "d"]), (FileRole::Output, 0, output), (FileRole::Error, 0, failure("c"))];
    let reconciliation = reconcile(&files, &[]);
    let report = reconciliation.report();
    assert_eq!((report.succeeded, report.incomplete, report.failed, report.missing), (1, 1, 1, 1));
    let cause = report.causes.iter().find(|cause| cause.verdict == CauseVerdict::Incomplete).unwrap();
    assert_eq!((cause.code.as_deref(), cause.status_code), (Some("max_output_tokens"), Some(200)));
    assert_eq!((cause.retry, cause.count, &cause.examples[..]), (Retry::Permanent, 1, &["b".to_owned()][..]));
    assert!(cause.advice.contains("raise max_output_tokens"), "{}", cause.advice);
    let row = reconciliation.verdict(1).unwrap();
    assert_eq!((row.verdict, row.cause), (Verdict::Incomplete, Some(cause.id)));
    // All input lines have the same length.
    let length = files[0].2.len() as u64 / 4;
    let chosen = |filter: &RetryFilter<'_>| {
        reconciliation.retry(filter).iter().map(|range| range.length).sum::<u64>() / length
    };
    assert_eq!(chosen(&RetryFilter::default()), 2);
    assert_eq!(chosen(&RetryFilter { all: true, ..RetryFilter::default() }), 2);
    assert_eq!(chosen(&RetryFilter { verdicts: &[Verdict::Incomplete], ..RetryFilter::default() }), 1);
    assert_eq!(chosen(&RetryFilter { causes: &[cause.id], ..RetryFilter::default() }), 1);
}

#[test]
fn a_later_attempt_repairs_an_incomplete_answer_and_one_attempt_cannot_have_two() {
    let [stop, length] = ["stop", "length"].map(|reason| line("a", &answer(&[choice(reason, None)])));
    let verdict = |results: &[(FileRole, u16, &String)]| {
        let results = results.iter().map(|&(role, index, text)| (role, index, text.clone()));
        let files: Vec<_> = std::iter::once(input(&["a"])).chain(results).collect();
        reconcile(&files, &[]).verdict(0).unwrap().verdict
    };
    let (output, error) = (FileRole::Output, FileRole::Error);
    let failed = failure("a");
    for (results, expected) in [
        (vec![(output, 0, &length), (output, 1, &stop)], Verdict::Succeeded),
        (vec![(output, 0, &stop), (output, 1, &length)], Verdict::Succeeded),
        (vec![(output, 0, &length), (output, 1, &length)], Verdict::Incomplete),
        (vec![(output, 0, &length), (error, 1, &failed)], Verdict::Incomplete),
        (vec![(error, 0, &failed), (output, 1, &length)], Verdict::Incomplete),
        (vec![(output, 0, &length), (output, 0, &stop)], Verdict::Conflicting),
        (vec![(output, 0, &length), (error, 0, &failed)], Verdict::Conflicting),
    ] {
        assert_eq!(verdict(&results), expected, "{results:?}");
    }
}

#[test]
fn a_batch_counts_incomplete_answers_as_completed() {
    let output = [line("a", &answer(&[choice("length", None)])), line("b", &answer(&[choice("stop", None)]))];
    let files = [input(&["a", "b"]), (FileRole::Output, 0, output.join("\n"))];
    let counts = Counts { total: Some(2), completed: Some(2), failed: Some(0) };
    let batch = Snapshot {
        status: Some(BatchStatus::Completed),
        counts,
        output_file_id: Some("f"),
        ..Snapshot::default()
    };
    let reconciliation = reconcile(&files, &[batch]);
    let report = reconciliation.report();
    assert_eq!(report.count_issues, []);
    assert!(report.complete);
}

#[test]
fn each_recorded_line_of_other_servers_is_read() {
    let mut seen = Vec::new();
    for row in include_str!("../../../fixtures/output_lines_2.jsonl").lines() {
        let row: Value = serde_json::from_str(row).unwrap();
        let text = row["line"].to_string();
        let mut tape = Tape::new(RESULT_DEPTH);
        tape.read(text.as_bytes()).unwrap();
        let line = ResultLine::new(text.as_bytes(), &tape).unwrap();
        assert_eq!(line.custom_id().as_deref(), row["line"]["custom_id"].as_str());
        assert_eq!(line.incomplete(), None, "{text}");
        let Some(failure) = line.failure() else { continue };
        let provider = row["provider"].as_str().unwrap().to_owned();
        seen.push((provider, failure.code.unwrap_or_default().into_owned(), failure.message.into_owned()));
    }
    let azure = ("azure", "BadRequest", "Value of max_tokens must be less than or equal to 4096.");
    let expected = [
        azure,
        azure,
        azure,
        ("groq", "json_validate_failed", "Failed to validate JSON. Please adjust your prompt."),
        ("vllm", "400", "No handler for /v1/score"),
        ("unknown-gateway", "failed", "…"),
    ];
    assert_eq!(
        seen,
        expected.map(|(provider, code, message)| (provider.into(), code.into(), message.into()))
    );
}

proptest! {
    /// Whatever results come in whatever attempts, each request has exactly one verdict.
    #[test]
    fn verdicts_add_up_to_the_requests(
        results in prop::collection::vec((0..5usize, 0..4usize, 0..3u16), 0..40),
    ) {
        let ids = ["a", "b", "c", "d"];
        let mut files = vec![input(&ids)];
        for (kind, id, index) in results {
            let id = ids[id];
            files.push(match kind {
                0 => (FileRole::Output, index, line(id, &answer(&[choice("stop", None)]))),
                1 => (FileRole::Output, index, line(id, &answer(&[choice("length", None)]))),
                2 => (FileRole::Output, index, line(id, &answer(&[choice("stop", Some("no"))]))),
                3 => (FileRole::Error, index, failure(id)),
                _ => (FileRole::Output, index, "{\"custom_id\": 1}".to_owned()),
            });
        }
        let reconciliation = reconcile(&files, &[]);
        let report = reconciliation.report();
        let sum = report.succeeded + report.incomplete + report.failed + report.missing + report.conflicting;
        prop_assert_eq!(sum + report.duplicate, report.requests);
        let caused: u64 = report.causes.iter().map(|cause| cause.count).sum();
        prop_assert_eq!(caused, report.failed + report.incomplete);
    }
}
