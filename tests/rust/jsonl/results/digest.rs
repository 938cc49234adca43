//! Digests of result files.

use crate::support::files::write_chunks;
use batchlight::jsonl::{Digester, FileRole, ResultsDigest, Retry};
use serde_json::{Value, json};

fn digest(file: &[u8], size: usize) -> ResultsDigest {
    let mut digester = Digester::new();
    write_chunks(file, size, digester.file(FileRole::Error, 2));
    digester.finish()
}

fn lines(lines: impl IntoIterator<Item = Value>) -> Vec<u8> {
    lines.into_iter().flat_map(|line| format!("{line}\n").into_bytes()).collect()
}

fn failed(id: usize, status: u16, code: &str, message: &str) -> Value {
    json!({"custom_id": format!("r{id}"), "error": null,
        "response": {"status_code": status, "body": {"error": {"code": code, "message": message}}}})
}

#[test]
fn recorded_results_are_counted_by_status_code_and_model() {
    let rows = include_str!("../../../fixtures/output_lines.jsonl").lines();
    let file = lines(rows.map(|row| serde_json::from_str::<Value>(row).unwrap()["line"].take()));
    let whole = digest(&file, file.len());
    assert_eq!((whole.lines, whole.succeeded, whole.incomplete, whole.failed), (23, 16, 2, 5));
    assert_eq!(whole.malformed.count, 0);
    let statuses: Vec<_> = whole.status_codes.iter().map(|row| (row.status_code, row.count)).collect();
    assert_eq!(statuses, [(200, 18), (400, 2)]);
    let codes: Vec<_> = whole.error_codes.iter().map(|row| (row.code.as_str(), row.count)).collect();
    assert_eq!(codes, [("batch_expired", 2), ("context_length_exceeded", 1)]);
    let expired = whole.causes.iter().find(|cause| cause.code.as_deref() == Some("batch_expired")).unwrap();
    assert_eq!(expired.examples, ["request-3", "request-7"]);
    assert_eq!(expired.retry, Retry::Transient);
    let models: Vec<_> =
        whole.usage.iter().map(|row| (row.model.as_deref().unwrap(), row.requests)).collect();
    let expected = [
        ("gpt-3.5-turbo-0125", 13),
        ("gpt-4o-mini", 1),
        ("gpt-4o-mini-2024-07-18", 2),
        ("gpt-4o-2024-05-13", 1),
        ("glm-4", 1),
    ];
    assert_eq!(models, expected);
    let zhipu = &whole.usage[4];
    assert_eq!((zhipu.input_tokens, zhipu.output_tokens, zhipu.total_tokens), (373, 38, 411));
    assert_eq!((zhipu.cached_tokens, zhipu.reasoning_tokens), (None, None));
    for size in [1, 7, 64, 1000] {
        assert_eq!(digest(&file, size), whole, "in chunks of {size}");
    }
}

#[test]
fn malformed_lines_are_reported_and_skipped() {
    let file = "\u{feff}{\"custom_id\":\"a\",\"response\":{\"status_code\":200,\"body\":{}}}\n\n\
        {\"é🎉\":tru}\r\n[]\n{\"custom_id\":null}";
    let digested = digest(file.as_bytes(), 5);
    assert_eq!((digested.lines, digested.succeeded, digested.failed, digested.malformed.count), (4, 1, 1, 2));
    let first = &digested.malformed.lines[0];
    assert_eq!(
        (first.code, first.file, first.index, first.line, first.column),
        ("invalid_json_line", FileRole::Error, 2, 3, 8)
    );
    assert_eq!(file.as_bytes()[usize::try_from(first.offset).unwrap()], b't');
    assert_eq!(first.message, "expected a value, found \"t\"");
    assert_eq!((digested.malformed.lines[1].code, digested.malformed.lines[1].line), ("not_an_object", 4));
    assert_eq!((digested.without_custom_id.count, digested.without_custom_id.lines[0].line), (1, 5));
}

#[test]
fn messages_that_differ_only_in_values_are_one_cause() {
    let context = |id: usize, tokens: usize| {
        failed(
            id,
            400,
            "context_length_exceeded",
            &format!("This model's limit is 128000 tokens, not {tokens}."),
        )
    };
    let digested = digest(
        &lines([context(1, 5), context(2, 6), failed(3, 500, "x", "Oh 7"), failed(4, 500, "x", "Oh 7")]),
        100,
    );
    let causes: Vec<_> =
        digested.causes.iter().map(|cause| (cause.id, cause.count, cause.message.as_str())).collect();
    assert_eq!(causes, [(1, 2, "This model's limit is … tokens, not …."), (2, 2, "Oh 7")]);
    assert_eq!(digested.causes[0].status_code, Some(400));
    // What a report on other lines may show of the same cause.
    let normalized: Vec<_> = digested.causes.iter().map(|cause| cause.normalized_message.as_str()).collect();
    assert_eq!(normalized, ["This model's limit is … tokens, not ….", "Oh …"]);
}

#[test]
fn the_number_and_size_of_causes_are_bounded_and_all_failures_are_counted() {
    let letters =
        |id: usize| (0..12).map(|bit| if id >> bit & 1 == 1 { 'a' } else { 'b' }).collect::<String>();
    let many = (0..4000)
        .map(|id| failed(id, 400 + u16::try_from(id % 3).unwrap(), &letters(id), &letters(id).repeat(100)));
    let digested = digest(&lines(many), 1 << 16);
    assert_eq!(digested.causes.len(), 503);
    assert_eq!(digested.causes.iter().map(|cause| cause.count).sum::<u64>(), 4000);
    assert_eq!(digested.status_codes.iter().map(|row| row.count).collect::<Vec<_>>(), [1334, 1333, 1333]);
    assert!(
        digested.causes.iter().all(|cause| cause.message.chars().count() <= 500 && cause.examples.len() <= 5)
    );
    assert!(digested.causes.is_sorted_by(|one, other| one.count >= other.count));
}

#[test]
fn models_beyond_the_limit_are_summed_together_and_sums_saturate() {
    let result = |model: usize| {
        json!({"custom_id": "a", "response": {"status_code": 200, "body":
        {"model": format!("m{model}"), "usage": {"total_tokens": u64::MAX}}}})
    };
    let digested = digest(&lines((0..300).chain(0..300).map(result)), 1 << 16);
    assert_eq!(digested.usage.len(), 257);
    assert_eq!(digested.usage.iter().map(|row| row.requests).sum::<u64>(), 600);
    assert!(digested.usage.iter().all(|row| row.total_tokens == u64::MAX));
    assert_eq!(digested.usage.iter().find(|row| row.model.is_none()).unwrap().requests, 88);
}

#[test]
fn the_keys_of_the_digest_are_in_camel_case() {
    let digested = serde_json::to_value(digest(&lines([failed(1, 429, "slow", "Wait")]), 9)).unwrap();
    assert_eq!(digested["statusCodes"], json!([{"statusCode": 429, "count": 1}]));
    assert_eq!(digested["causes"][0]["retry"], "transient");
    assert_eq!(digested["withoutCustomId"], json!({"count": 0, "lines": []}));
}
