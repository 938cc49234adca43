//! Deviations of servers from the published interface. Each is reported, and none is an error under the
//! server's profile.
//!
//! Each deviation was observed in a real batch. If the batch is not among the fixtures, the deviation is
//! added to a sample.

mod sense;
mod shape;

use crate::support::rows::rows;
use crate::support::samples::{CREATED, sample_with};
use batchlight::check::BatchIssue;
use batchlight::{BatchStatus, Level, ProfileName, parse_as};
use serde_json::{Value, json};

/// A deviation of a server from the published interface or from OpenAI's behaviour.
pub struct Deviation {
    /// The deviation and the server.
    pub what: &'static str,
    /// A batch with the deviation.
    pub object: Value,
    /// The server's profile, under which it is not an error.
    pub profile: ProfileName,
    /// The code of the rule that reports it.
    pub code: &'static str,
    /// The path of the issue.
    pub at: &'static str,
    /// Its level under the server's profile; `None` if it is not reported.
    pub there: Option<Level>,
    /// Its level under `openai`.
    pub at_openai: Option<Level>,
}

/// Makes a deviation.
pub fn deviation(
    what: &'static str,
    object: Value,
    profile: ProfileName,
    (code, at): (&'static str, &'static str),
    (there, at_openai): (impl Into<Option<Level>>, impl Into<Option<Level>>),
) -> Deviation {
    Deviation { what, object, profile, code, at, there: there.into(), at_openai: at_openai.into() }
}

/// Timestamps in milliseconds, two of them for "not set", as a gateway sends them.
pub fn milliseconds() -> Value {
    json!({
        "created_at": CREATED * 1000, "in_progress_at": CREATED * 1000 + 60_000,
        "expires_at": 946_656_000_000_u64, "cancelled_at": 946_656_000_000_u64,
        "expired_at": (CREATED + 3000) * 1000, "finalizing_at": (CREATED + 3270) * 1000,
    })
}

#[test]
fn deviations_are_reported_and_not_errors() {
    let level_of = |object: &Value, profile, code, at: &str| {
        let issues = issues_under(object, profile);
        let found = issues.iter().find(|issue| issue.code == code && path_of(issue) == at);
        (found.map(|issue| issue.level), issues)
    };
    for Deviation { what, object, profile, code, at, there, at_openai } in
        shape::deviations().into_iter().chain(sense::deviations())
    {
        let (level, issues) = level_of(&object, profile, code, at);
        assert_eq!(level, there, "{what}: {code} under {}", profile.as_str());
        let read = row_is_partial(&object) || issues.iter().all(|issue| issue.level != Level::Error);
        assert!(read, "{what}: {issues:?}");
        assert_eq!(
            level_of(&object, ProfileName::Openai, code, at).0,
            at_openai,
            "{what}: {code} under openai"
        );
    }
}

fn row_is_partial(object: &Value) -> bool {
    rows().iter().any(|row| row.partial && row.batch == *object)
}

fn path_of(issue: &BatchIssue) -> String {
    let path = serde_json::to_value(&issue.path).unwrap();
    let names: Vec<_> = path.as_array().unwrap().iter().map(|segment| segment.as_str().unwrap()).collect();
    names.join(".")
}

fn issues_under(json: &Value, profile: ProfileName) -> Vec<BatchIssue> {
    match parse_as(&serde_json::to_vec(json).unwrap(), profile) {
        Ok(parsed) => parsed.issues,
        Err(invalid) => invalid.issues,
    }
}

#[test]
fn an_empty_string_among_errors_is_an_entry_without_message() {
    let failed = sample_with(BatchStatus::Failed, &json!({ "errors": ["", "too large"] }));
    let parsed = parse_as(failed.to_string().as_bytes(), ProfileName::Together).unwrap();
    let errors = serde_json::to_value(parsed.batch.errors).unwrap();
    assert_eq!(errors["data"], json!([{}, { "message": "too large" }]));
}

#[test]
fn the_message_of_a_nested_error_is_read() {
    let text_of = |errors: Value| {
        let object = sample_with(BatchStatus::Failed, &json!({ "errors": errors }));
        let issues = issues_under(&object, ProfileName::Compatible);
        let view = crate::support::views::view_at(&object, 1_764_000_000);
        let is_nested = issues.iter().any(|issue| issue.code == "errors_shape");
        (view.errors.first().map(|error| (error.code.clone(), error.text.clone())), is_nested)
    };
    let read = |code: Option<&str>, text: &str| Some((code.map(str::to_owned), text.to_owned()));
    let inner = json!({ "code": "bad", "message": "Bad.", "param": null, "type": "t" });
    for (errors, expected, is_nested) in [
        (
            json!({ "data": [{ "code": null, "message": { "error": inner } }] }),
            read(Some("bad"), "Bad."),
            true,
        ),
        (json!({ "data": [{ "line": 3, "message": inner }] }), read(Some("bad"), "Line 3: Bad."), true),
        (json!({ "data": [{ "error": { "message": "Bad." } }] }), read(None, "Bad."), true),
        (json!({ "error": { "message": "Bad." } }), read(None, "Bad."), true),
        (json!([{ "error": { "message": "Bad." } }]), read(None, "Bad."), true),
        // The own fields of an entry stay where the nested error has none.
        (
            json!({ "data": [{ "code": "own", "error": { "message": "Bad." } }] }),
            read(Some("own"), "Bad."),
            true,
        ),
        (json!({ "data": [{ "message": "Bad.", "error": "other" }] }), read(None, "Bad."), false),
        (json!({ "error": { "type": "t" } }), None, false),
        (json!({ "error": "text" }), None, false),
    ] {
        assert_eq!(text_of(errors.clone()), (expected, is_nested), "{errors}");
    }
}

#[test]
fn of_duplicate_keys_the_last_nested_error_counts() {
    let base = sample_with(BatchStatus::Failed, &json!({ "errors": "ERRORS" })).to_string();
    for (errors, expected) in [
        (r#"{"data":[{"message":{"message":"First."},"message":"Last."}]}"#, "Last."),
        (r#"{"data":[{"message":"First.","message":{"message":"Last."}}]}"#, "Last."),
        (r#"{"data":[{"error":{"message":"First."},"error":null,"code":"Last."}]}"#, "Last."),
        (r#"{"error":{"message":"First."},"error":{"message":"Last."}}"#, "Last."),
    ] {
        let json = base.replace(r#""ERRORS""#, errors);
        let parsed = parse_as(json.as_bytes(), ProfileName::Compatible).unwrap();
        let data = parsed.batch.errors.and_then(|errors| errors.data).unwrap();
        let shown = data[0].message.as_deref().or(data[0].code.as_deref());
        assert_eq!(shown, Some(expected), "{errors}");
    }
}
