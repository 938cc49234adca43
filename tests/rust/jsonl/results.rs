//! The classification of result lines, for every line that servers are known to send.

mod digest;
mod incomplete;

use batchlight::json::Tape;
use batchlight::jsonl::{
    FAILURE_CATALOGUE, FAILURE_SOURCES, FailureReason, IncompleteReason, RESULT_DEPTH, Responsibility,
    ResultLine, Retry, Tokens, failure_advice,
};
use serde_json::{Value, json};

/// The parts of a line that the tests compare.
#[derive(Debug, PartialEq)]
struct Outcome {
    custom_id: Option<String>,
    failure_reason: Option<FailureReason>,
    incomplete: Option<IncompleteReason>,
    status_code: Option<u16>,
    code: Option<String>,
    message: Option<String>,
}

fn with_line<T>(text: &str, look: impl FnOnce(Option<ResultLine<'_>>) -> T) -> T {
    let mut tape = Tape::new(RESULT_DEPTH);
    tape.read(text.as_bytes()).unwrap();
    look(ResultLine::new(text.as_bytes(), &tape))
}

fn outcome_of(text: &str) -> Outcome {
    with_line(text, |line| {
        let line = line.unwrap();
        let failure = line.failure();
        assert_eq!(failure.is_some(), line.failure_reason().is_some() || line.incomplete().is_some());
        Outcome {
            custom_id: line.custom_id().map(Into::into),
            failure_reason: line.failure_reason(),
            incomplete: line.incomplete().map(|incomplete| incomplete.reason),
            status_code: line.status_code(),
            code: failure.as_ref().and_then(|failure| failure.code.as_deref().map(str::to_owned)),
            message: failure.map(|failure| failure.message.into_owned()),
        }
    })
}

fn failure_reason(line: &Value) -> Option<FailureReason> {
    outcome_of(&line.to_string()).failure_reason
}

fn tokens(body: &Value) -> Option<Tokens> {
    let line = json!({"custom_id": "a", "response": {"status_code": 200, "body": body}});
    with_line(&line.to_string(), |line| line.unwrap().tokens())
}

#[test]
fn recorded_lines_succeed_or_fail_by_their_status() {
    let mut seen = [0; 2];
    for row in include_str!("../../fixtures/output_lines.jsonl").lines() {
        let row: Value = serde_json::from_str(row).unwrap();
        let (line, succeeds) = (&row["line"], row["line"]["response"]["status_code"] == 200);
        let outcome = outcome_of(&line.to_string());
        assert_eq!(outcome.failure_reason.is_none(), succeeds, "{line}");
        assert_eq!(outcome.custom_id.as_deref(), line["custom_id"].as_str());
        assert_eq!(outcome.status_code.map(u64::from), line["response"]["status_code"].as_u64());
        seen[usize::from(succeeds)] += 1;
    }
    assert_eq!(seen, [5, 18]);
}

#[test]
fn an_http_failure_has_the_error_of_its_body() {
    let code = "context_length_exceeded";
    let error = json!({"message": "too long", "type": "invalid_request_error", "param": null, "code": code});
    let response = json!({"status_code": 400, "request_id": "q", "body": {"error": error}});
    let line = json!({"id": "r", "custom_id": "a", "error": null, "response": response});
    let expected = Outcome {
        custom_id: Some("a".into()),
        failure_reason: Some(FailureReason::Status),
        incomplete: None,
        status_code: Some(400),
        code: Some("context_length_exceeded".into()),
        message: Some("too long".into()),
    };
    assert_eq!(outcome_of(&line.to_string()), expected);
}

#[test]
fn only_a_success_status_with_a_body_and_without_error_is_a_success() {
    let body = json!({"id": "x"});
    let response = |response: Value| json!({"custom_id": "a", "response": response, "error": null});
    let status = |code: Value| response(json!({"status_code": code, "body": body}));
    for (line, expected) in [
        (status(json!(200)), None),
        (status(json!(299)), None),
        (status(json!(199)), Some(FailureReason::Status)),
        (status(json!(300)), Some(FailureReason::Status)),
        (status(json!(0)), Some(FailureReason::Status)),
        (status(json!(500)), Some(FailureReason::Status)),
        (status(json!("200")), Some(FailureReason::NoStatus)),
        (status(json!(200.5)), Some(FailureReason::NoStatus)),
        (status(json!(-200)), Some(FailureReason::NoStatus)),
        (status(json!(65736)), Some(FailureReason::NoStatus)), // 200 in 16 bits
        (response(json!({"body": body})), Some(FailureReason::NoStatus)),
        (response(json!({"status_code": 200})), Some(FailureReason::NoBody)),
        (response(json!({"status_code": 200, "body": null})), Some(FailureReason::NoBody)),
        (response(json!({"status_code": 200, "body": ""})), None),
        (
            response(json!({"status_code": 200, "body": {"error": {"code": "server_error"}}})),
            Some(FailureReason::BodyError),
        ),
        (response(json!({"status_code": 200, "body": {"error": null, "id": "resp_1"}})), None),
        (response(json!(null)), Some(FailureReason::NoResponse)),
        (json!({"custom_id": "a", "response": {"status_code": 200, "body": body}}), None),
        (
            json!({"custom_id": "a", "response": {"status_code": 200, "body": body}, "error": {"code": "x"}}),
            Some(FailureReason::Error),
        ),
        (json!({"custom_id": "a", "response": null, "error": "too bad"}), Some(FailureReason::Error)),
        (json!({"custom_id": "a", "response": null, "error": ""}), Some(FailureReason::NoResponse)),
        (json!({}), Some(FailureReason::NoResponse)),
    ] {
        assert_eq!(failure_reason(&line), expected, "{line}");
    }
}

#[test]
fn missing_messages_and_codes_are_replaced() {
    let line = r#"{"custom_id":"x","response":null,"error":{"message":"no code here"}}"#;
    let outcome = outcome_of(line);
    assert_eq!((outcome.code, outcome.message.as_deref()), (None, Some("no code here")));
    let line = r#"{"custom_id":"x","response":{"status_code":503,"body":"<html>"},"error":null}"#;
    assert_eq!(outcome_of(line).message.as_deref(), Some("the server gave no message"));
    let line = r#"{"custom_id":"x","response":{"status_code":500,"body":{"error":{"code":500,"type":"t"}}}}"#;
    assert_eq!(outcome_of(line).code.as_deref(), Some("500"));
    let line =
        r#"{"custom_id":"x","response":{"status_code":500,"body":{"error":{"code":null,"type":"t"}}}}"#;
    assert_eq!(outcome_of(line).code.as_deref(), Some("t"));
    let line = r#"{"custom_id":"x","response":null,"error":"bare"}"#;
    assert_eq!(outcome_of(line).message.as_deref(), Some("bare"));
}

#[test]
fn ids_are_decoded_strings() {
    assert_eq!(outcome_of(r#"{"custom_id":"\u0061\n"}"#).custom_id.as_deref(), Some("a\n"));
    assert_eq!(outcome_of(r#"{"\u0063ustom_id":"b"}"#).custom_id.as_deref(), Some("b"));
    for line in [r#"{"custom_id":null}"#, r#"{"custom_id":7}"#, r#"{"id":"r"}"#] {
        assert_eq!(outcome_of(line).custom_id, None, "{line}");
    }
    for text in ["[]", "null", "\"text\"", "7"] {
        assert!(with_line(text, |line| line.is_none()), "{text}");
    }
}

#[test]
fn the_last_of_repeated_keys_counts() {
    let line = r#"{"custom_id":"a","custom_id":"b",
        "response":{"status_code":400,"body":{"error":{"code":"x"}}},
        "response":{"body":{"model":"m"},"status_code":200}}"#;
    let outcome = outcome_of(line);
    assert_eq!(
        (outcome.custom_id.as_deref(), outcome.failure_reason, outcome.status_code),
        (Some("b"), None, Some(200))
    );
    assert_eq!(failure_reason(&json!({"response": {"status_code": 200, "body": {}}})), None);
    let empty_at_last = r#"{"response":{"status_code":200,"body":{}},"response":{"status_code":200}}"#;
    assert_eq!(with_line(empty_at_last, |line| line.unwrap().failure_reason()), Some(FailureReason::NoBody));
}

#[test]
fn tokens_are_read_by_both_names_and_counted_once() {
    let chat = json!({"usage": {"prompt_tokens": 9, "completion_tokens": 75, "total_tokens": 84,
        "prompt_tokens_details": {"cached_tokens": 3, "audio_tokens": 0},
        "completion_tokens_details": {"reasoning_tokens": 4, "audio_tokens": 0}}});
    let all =
        Tokens { input: 9, cached: Some(3), cache_write: None, output: 75, reasoning: Some(4), total: 84 };
    assert_eq!(tokens(&chat), Some(all));
    let responses = json!({"usage": {"input_tokens": 9, "input_tokens_details": {"cached_tokens": 3},
        "output_tokens": 75, "output_tokens_details": {"reasoning_tokens": 4}, "total_tokens": 84}});
    assert_eq!(tokens(&responses), Some(all));
    let embeddings = json!({"usage": {"prompt_tokens": 8, "total_tokens": 8}});
    assert_eq!(tokens(&embeddings), Some(Tokens { input: 8, total: 8, ..Tokens::default() }));
    let both =
        json!({"usage": {"prompt_tokens": 8, "input_tokens": 8, "completion_tokens": 2, "output_tokens": 2}});
    assert_eq!(tokens(&both), Some(Tokens { input: 8, output: 2, total: 10, ..Tokens::default() }));
    let odd = json!({"usage": {"prompt_tokens": 1.5, "completion_tokens": -2, "total_tokens": "9"}});
    assert_eq!(tokens(&odd), Some(Tokens::default()));
    let huge = r#"{"response":{"status_code":200,"body":
        {"usage":{"prompt_tokens":99999999999999999999999,"completion_tokens":1}}}}"#;
    let huge = with_line(huge, |line| line.unwrap().tokens()).unwrap();
    assert_eq!((huge.input, huge.total), (u64::MAX, u64::MAX));
    for none in [json!({}), json!({"usage": null}), json!({"usage": 7})] {
        assert_eq!(tokens(&none), None);
    }
}

#[test]
fn codes_in_the_failure_catalogue_precede_statuses_and_have_sources() {
    let of = |status, code| {
        let advice = failure_advice(status, code);
        (advice.retry, advice.responsibility)
    };
    assert_eq!(of(None, Some("batch_expired")), (Retry::Transient, Responsibility::Batch));
    assert_eq!(of(None, Some("batch_cancelled")), (Retry::Transient, Responsibility::Batch));
    assert_eq!(of(Some(400), Some("context_length_exceeded")), (Retry::Permanent, Responsibility::Request));
    assert_eq!(of(Some(429), Some("insufficient_something")), (Retry::Transient, Responsibility::Account));
    assert_eq!(of(Some(429), Some("invalid_request_error")), (Retry::Transient, Responsibility::Account));
    assert_eq!(of(Some(404), Some("invalid_request_error")), (Retry::Permanent, Responsibility::Request));
    assert_eq!(of(Some(599), None), (Retry::Transient, Responsibility::Server));
    assert_eq!(of(Some(418), None), (Retry::Permanent, Responsibility::Request));
    assert_eq!(of(None, Some("invalid_request_error")), (Retry::Permanent, Responsibility::Request));
    for (status, code) in [(Some(0), None), (None, Some("new_code")), (None, None), (Some(302), None)] {
        assert_eq!(of(status, code), (Retry::Unknown, Responsibility::Unknown));
    }
    assert_eq!(FAILURE_CATALOGUE.len(), FAILURE_SOURCES.len());
    for row in FAILURE_CATALOGUE {
        for text in [row.meaning, row.help] {
            assert!(
                !text.is_empty() && !text.ends_with('.') && !text.starts_with(char::is_uppercase),
                "{text}"
            );
        }
    }
}
