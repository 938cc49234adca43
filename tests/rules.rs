//! The rule catalogue: an object that breaks each rule, and what is said of it.

#[path = "fixtures/samples.rs"]
mod samples;

use batchlight::check::{
    BatchIssue, Cell, Draft, Findings, Fixed, MOST_ENTRIES, PathSegment, RULES, Rule, Tag, examine,
    issues_of, read_json,
};
use batchlight::model::{METADATA_KEY, METADATA_PAIRS, METADATA_VALUE, Member, Profile};
use batchlight::{BatchStatus, Level, ProfileName, parse_as};
use samples::{CREATED, DAY, sample, sample_with, sample_without};
use serde_json::{Value, json};

use BatchStatus::{Cancelling, Completed, Failed, InProgress, Validating};
use Level::{Error, Note, Warning};

/// An object that breaks a rule, and the issue that says so.
struct Breach {
    rule: Rule,
    object: Value,
    level: Level,
    at: &'static str,
    message: &'static str,
}

fn breach(rule: Rule, object: Value, level: Level, at: &'static str, message: &'static str) -> Breach {
    Breach { rule, object, level, at, message }
}

fn usage(input: u64, cached: u64, output: u64, reasoning: u64, total: u64) -> Value {
    json!({ "usage": {
        "input_tokens": input, "input_tokens_details": { "cached_tokens": cached }, "output_tokens": output,
        "output_tokens_details": { "reasoning_tokens": reasoning }, "total_tokens": total,
    } })
}

fn counts(completed: u64, failed: u64, total: u64) -> Value {
    json!({ "request_counts": { "completed": completed, "failed": failed, "total": total } })
}

fn metadata(pairs: impl IntoIterator<Item = (String, String)>) -> Value {
    json!({ "metadata": pairs.into_iter().collect::<std::collections::BTreeMap<_, _>>() })
}

/// The rules that a JSON object can break under the profile `openai`.
fn breaches() -> Vec<Breach> {
    let running = |members: Value| sample_with(InProgress, &members);
    vec![
        breach(Rule::NotABatch, json!([1, 2]), Error, "", "expected a batch object, found an array of 2"),
        breach(Rule::NotABatch, json!("batch"), Error, "", "expected a batch object, found \"batch\""),
        breach(Rule::NotABatch, Value::Null, Error, "", "expected a batch object, found null"),
        breach(
            Rule::ApiError,
            json!({ "error": { "message": "No batch found with id 'batch_1'." } }),
            Error,
            "",
            "expected a batch object, found an API error",
        ),
        breach(
            Rule::BatchList,
            json!({ "object": "list", "data": [], "has_more": false }),
            Error,
            "",
            "expected one batch, found a list",
        ),
        breach(
            Rule::MissingMember,
            sample_without(InProgress, &["id"]),
            Error,
            "id",
            "expected a string, found nothing at id",
        ),
        breach(
            Rule::MissingMember,
            running(json!({ "endpoint": "" })),
            Error,
            "endpoint",
            "expected a string, found \"\" at endpoint",
        ),
        breach(
            Rule::MissingMember,
            running(json!({ "request_counts": { "completed": 0, "failed": 0 } })),
            Error,
            "request_counts.total",
            "expected a whole number, found nothing at request_counts.total",
        ),
        breach(
            Rule::WrongKind,
            running(json!({ "id": 7 })),
            Error,
            "id",
            "expected a string, found number 7 at id",
        ),
        breach(
            Rule::WrongKind,
            running(json!({ "created_at": true })),
            Error,
            "created_at",
            "expected whole Unix seconds, found true at created_at",
        ),
        breach(
            Rule::WrongKind,
            sample_with(Failed, &json!({ "errors": { "data": [{ "code": "a" }, { "code": 7 }] } })),
            Error,
            "errors.data[1].code",
            "expected a string, found number 7 at errors.data[1].code",
        ),
        breach(
            Rule::WrongKind,
            sample_with(Failed, &json!({ "errors": { "data": [7] } })),
            Error,
            "errors.data[0]",
            "expected an object, found number 7 at errors.data[0]",
        ),
        breach(
            Rule::WrongKind,
            sample_with(Failed, &json!({ "errors": { "data": "bad" } })),
            Error,
            "errors.data",
            "expected a list, found \"bad\" at errors.data",
        ),
        breach(
            Rule::WrongObject,
            running(json!({ "object": "file" })),
            Error,
            "object",
            "expected \"batch\", found \"file\" at object",
        ),
        breach(
            Rule::UnknownStatus,
            running(json!({ "status": "queued" })),
            Error,
            "status",
            "expected one of validating, failed, in_progress, finalizing, completed, expired, cancelling, \
             cancelled, found \"queued\" at status",
        ),
        breach(
            Rule::StatusSpelling,
            running(json!({ "status": "Canceled" })),
            Error,
            "status",
            "expected \"cancelled\", found \"Canceled\" at status",
        ),
        breach(
            Rule::StampInvalid,
            running(json!({ "created_at": -1 })),
            Error,
            "created_at",
            "expected whole Unix seconds, 0 or more, found number -1 at created_at",
        ),
        breach(
            Rule::StampInvalid,
            running(json!({ "in_progress_at": 1_736_489_775.5 })),
            Error,
            "in_progress_at",
            "expected whole Unix seconds, 0 or more, found number 1736489775.5 at in_progress_at",
        ),
        breach(
            Rule::StampMilliseconds,
            running(json!({ "in_progress_at": 1_736_489_835_123_u64 })),
            Error,
            "in_progress_at",
            "expected Unix seconds, found number 1736489835123 at in_progress_at",
        ),
        breach(
            Rule::StampText,
            running(json!({ "in_progress_at": "2025-01-10T06:17:15Z" })),
            Error,
            "in_progress_at",
            "expected whole Unix seconds, found \"2025-01-10T06:17:15Z\" at in_progress_at",
        ),
        breach(
            Rule::StampOrder,
            running(json!({ "in_progress_at": CREATED - 5 })),
            Warning,
            "in_progress_at",
            "expected 1736489775 or later, found number 1736489770 at in_progress_at",
        ),
        breach(
            Rule::StampMissing,
            sample_without(Cancelling, &["cancelling_at"]),
            Warning,
            "cancelling_at",
            "expected the time at which the batch became cancelling, found nothing at cancelling_at",
        ),
        breach(
            Rule::StampUnreached,
            running(json!({ "completed_at": CREATED + 90 })),
            Warning,
            "completed_at",
            "expected no value while the status is in_progress, found number 1736489865 at completed_at",
        ),
        breach(
            Rule::StampSkipped,
            sample_without(Completed, &["finalizing_at"]),
            Note,
            "finalizing_at",
            "expected a time, as a batch that is completed has passed here, found nothing at finalizing_at",
        ),
        breach(
            Rule::ExpiryWindow,
            running(json!({ "expires_at": CREATED + DAY + 1 })),
            Warning,
            "expires_at",
            "expected 1736576175, created_at plus the completion window, found number 1736576176 at expires_at",
        ),
        breach(
            Rule::ExpiryMissing,
            sample_without(InProgress, &["expires_at"]),
            Note,
            "expires_at",
            "expected the deadline in Unix seconds, found nothing at expires_at",
        ),
        breach(
            Rule::CountInvalid,
            running(json!({ "request_counts": { "completed": 1.5, "failed": 0, "total": 3 } })),
            Error,
            "request_counts.completed",
            "expected a whole number, 0 or more, found number 1.5 at request_counts.completed",
        ),
        breach(
            Rule::CountInvalid,
            sample_with(Failed, &json!({ "errors": { "data": [{ "line": -1 }] } })),
            Error,
            "errors.data[0].line",
            "expected a whole number, 0 or more, found number -1 at errors.data[0].line",
        ),
        breach(
            Rule::CountsMissing,
            sample_without(InProgress, &["request_counts"]),
            Note,
            "request_counts",
            "expected an object with completed, failed and total, found nothing at request_counts",
        ),
        breach(
            Rule::CountsExceedTotal,
            running(counts(99, 2, 100)),
            Error,
            "request_counts",
            "expected at most 100, the total, found completed number 99 and failed number 2 at request_counts",
        ),
        breach(
            Rule::CountsUnfinished,
            sample_with(Completed, &counts(97, 2, 100)),
            Warning,
            "request_counts",
            "expected 100 finished, as the batch is completed, found completed number 97 and failed number 2 at \
             request_counts",
        ),
        breach(
            Rule::CountsEarly,
            sample_with(Validating, &counts(0, 0, 3)),
            Note,
            "request_counts.total",
            "expected 0 while the status is validating, found number 3 at request_counts.total",
        ),
        breach(
            Rule::OutputFileMissing,
            sample_without(Completed, &["output_file_id"]),
            Warning,
            "output_file_id",
            "expected a file id, as request_counts.completed is 98, found nothing at output_file_id",
        ),
        breach(
            Rule::OutputFileUnexpected,
            sample_with(Completed, &counts(0, 2, 2)),
            Note,
            "output_file_id",
            "expected no value, as no request succeeded, found \"file-output\" at output_file_id",
        ),
        breach(
            Rule::ErrorFileMissing,
            sample_without(Completed, &["error_file_id"]),
            Warning,
            "error_file_id",
            "expected a file id, as request_counts.failed is 2, found nothing at error_file_id",
        ),
        breach(
            Rule::ErrorFileUnexpected,
            sample_with(Completed, &counts(2, 0, 2)),
            Note,
            "error_file_id",
            "expected no value, as no request failed, found \"file-error\" at error_file_id",
        ),
        breach(
            Rule::FileEarly,
            running(json!({ "output_file_id": "file-1" })),
            Warning,
            "output_file_id",
            "expected no value while the status is in_progress, found \"file-1\" at output_file_id",
        ),
        breach(
            Rule::ErrorsMissing,
            sample_without(Failed, &["errors"]),
            Warning,
            "errors",
            "expected the reasons for the failure, found nothing at errors",
        ),
        breach(
            Rule::ErrorsUnexpected,
            running(json!({ "errors": { "object": "list", "data": [{ "code": "a" }] } })),
            Warning,
            "errors",
            "expected no errors while the status is in_progress, found an object at errors",
        ),
        breach(
            Rule::ErrorsShape,
            sample_with(Failed, &json!({ "errors": ["bad"] })),
            Error,
            "errors",
            "expected an object with a list in data, found an array of 1 at errors",
        ),
        breach(
            Rule::ErrorsShape,
            sample_with(Failed, &json!({ "errors": { "message": "bad" } })),
            Error,
            "errors",
            "expected an object with a list in data, found an object at errors",
        ),
        breach(
            Rule::ErrorsShape,
            sample_with(Failed, &json!({ "errors": "bad" })),
            Error,
            "errors",
            "expected an object with a list in data, found \"bad\" at errors",
        ),
        breach(
            Rule::ErrorsCut,
            sample_with(Failed, &json!({ "errors": { "data": vec![json!({}); MOST_ENTRIES + 1] } })),
            Note,
            "errors.data",
            "expected at most 100000 errors, found 100001 errors at errors.data",
        ),
        breach(
            Rule::MetadataKind,
            running(json!({ "metadata": { "tags": ["a", "b"] } })),
            Error,
            "metadata.tags",
            "expected a string, found an array of 2 at metadata.tags",
        ),
        breach(
            Rule::MetadataKind,
            running(json!({ "metadata": "team=blue" })),
            Error,
            "metadata",
            "expected an object of strings, found \"team=blue\" at metadata",
        ),
        breach(
            Rule::MetadataPairs,
            running(metadata((0..=METADATA_PAIRS).map(|key| (key.to_string(), String::new())))),
            Warning,
            "metadata",
            "expected at most 16 pairs, found 17 pairs at metadata",
        ),
        breach(
            Rule::MetadataKey,
            running(metadata([("k".repeat(METADATA_KEY + 1), "v".into())])),
            Warning,
            "metadata.kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk",
            "expected a key of at most 64 code points, found 65 code points at \
             metadata.kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk",
        ),
        breach(
            Rule::MetadataValue,
            running(metadata([("a key".into(), "v".repeat(METADATA_VALUE + 1))])),
            Warning,
            "metadata[\"a key\"]",
            "expected a value of at most 512 code points, found 513 code points at metadata[\"a key\"]",
        ),
        breach(
            Rule::EndpointUnknown,
            running(json!({ "endpoint": "/v1/messages" })),
            Warning,
            "endpoint",
            "expected an endpoint known to the profile: /v1/responses, /v1/chat/completions, /v1/embeddings, \
             /v1/completions, /v1/moderations, /v1/images/generations, /v1/images/edits, /v1/videos, found \
             \"/v1/messages\" at endpoint",
        ),
        breach(
            Rule::WindowUnknown,
            running(json!({ "completion_window": "48h", "expires_at": CREATED + 2 * DAY })),
            Warning,
            "completion_window",
            "expected \"24h\", found \"48h\" at completion_window",
        ),
        breach(
            Rule::IdShape,
            running(json!({ "id": "msgbatch_1" })),
            Warning,
            "id",
            "expected an id that begins with \"batch\" and has no white space, found \"msgbatch_1\" at id",
        ),
        breach(
            Rule::FileIdShape,
            running(json!({ "input_file_id": "input 1" })),
            Note,
            "input_file_id",
            "expected an id that begins with \"file-\" and has no white space, found \"input 1\" at input_file_id",
        ),
        breach(
            Rule::UsageSum,
            running(usage(3, 0, 4, 0, 8)),
            Warning,
            "usage.total_tokens",
            "expected 7, input_tokens plus output_tokens, found number 8 at usage.total_tokens",
        ),
        breach(
            Rule::UsageDetails,
            running(usage(3, 4, 4, 0, 7)),
            Warning,
            "usage.input_tokens_details.cached_tokens",
            "expected at most 3, found number 4 at usage.input_tokens_details.cached_tokens",
        ),
        breach(
            Rule::UsageDetails,
            running(usage(3, 0, 4, 5, 7)),
            Warning,
            "usage.output_tokens_details.reasoning_tokens",
            "expected at most 4, found number 5 at usage.output_tokens_details.reasoning_tokens",
        ),
        breach(
            Rule::NullMember,
            running(json!({ "model": null, "error_file_id": "" })),
            Note,
            "",
            "expected absent members to be left out, found null or empty text for model, error_file_id",
        ),
        breach(
            Rule::UnknownMember,
            running(json!({ "analytics": {} })),
            Note,
            "",
            "expected members of the published interface, found \"analytics\"",
        ),
    ]
}

/// The rules that take more than a JSON object under `openai` to break; each has a test of its own below.
const ELSEWHERE: [Rule; 3] = [Rule::InvalidJson, Rule::Unreadable, Rule::StampSentinel];

fn issues_of_value(object: &Value, profile: ProfileName) -> Vec<BatchIssue> {
    issues_of_json(&serde_json::to_vec(object).unwrap(), profile)
}

fn issues_of_json(json: &[u8], profile: ProfileName) -> Vec<BatchIssue> {
    match parse_as(json, profile) {
        Ok(parsed) => parsed.issues,
        Err(invalid) => invalid.issues,
    }
}

/// The path in the manner of JavaScript.
fn path_of(issue: &BatchIssue) -> String {
    issue.path.iter().fold(String::new(), |path, segment| match segment {
        PathSegment::Index(index) => format!("{path}[{index}]"),
        PathSegment::Key(key) if key.contains(' ') => format!("{path}[\"{key}\"]"),
        PathSegment::Key(key) if path.is_empty() => key.clone(),
        PathSegment::Key(key) => format!("{path}.{key}"),
    })
}

/// What every message of the house keeps to.
fn assert_voice(issue: &BatchIssue) {
    let message = &issue.message;
    assert!(message.starts_with(|c: char| c.is_lowercase()), "{message}");
    assert!(!message.ends_with('.'), "{message}");
    assert!(message.contains(&issue.expected) && message.contains(&issue.found), "{message}");
    assert!(issue.path.is_empty() || message.ends_with(&format!(" at {}", path_of(issue))), "{message}");
    assert!(!issue.remedy.is_empty() && !issue.remedy.ends_with('.'), "{}", issue.remedy);
    for word in ["{a}", "Option", "f64", "u64", "serde"] {
        assert!(!message.contains(word), "{message}");
    }
}

#[test]
fn each_rule_is_broken_by_an_object() {
    for Breach { rule, object, level, at, message } in breaches() {
        let issues = issues_of_value(&object, ProfileName::Openai);
        let code = rule.info().code;
        let issue = issues.iter().find(|issue| issue.code == code && path_of(issue) == at);
        let issue = issue.unwrap_or_else(|| panic!("{code} at {at:?}: {issues:?}"));
        assert_eq!((issue.level, issue.message.as_str()), (level, message), "{code}");
        assert_eq!(issue.level, rule.info().level, "{code}: openai reads nothing through");
    }
}

#[test]
fn no_rule_is_without_an_object() {
    let rules: Vec<_> = breaches().iter().map(|breach| breach.rule).chain(ELSEWHERE).collect();
    for info in RULES {
        assert!(rules.iter().any(|rule| rule.info().code == info.code), "{} has no row", info.code);
    }
}

#[test]
fn every_message_speaks_the_readers_language() {
    for profile in Profile::ALL {
        for object in breaches().iter().map(|breach| &breach.object) {
            issues_of_value(object, profile.name).iter().for_each(assert_voice);
        }
    }
}

#[test]
fn each_sample_breaks_no_rule() {
    for status in BatchStatus::ALL {
        assert_eq!(issues_of_value(&sample(status), ProfileName::Openai), [], "{status}");
    }
}

#[test]
fn a_level_is_the_rules_own_or_a_note_where_the_profile_reads_through() {
    use ProfileName::{Azure, Compatible, Together};
    let read_through = |rule, at: &str| -> &[ProfileName] {
        match rule {
            Rule::MissingMember if matches!(at, "id" | "status" | "created_at") => &[],
            Rule::MissingMember if matches!(at, "object" | "completion_window") => &[Together, Compatible],
            Rule::MissingMember | Rule::StatusSpelling | Rule::StampText | Rule::MetadataKind => {
                &[Azure, Together, Compatible]
            }
            Rule::StampMilliseconds => &[Compatible],
            Rule::ErrorsShape => &[Together, Compatible],
            _ => &[],
        }
    };
    let more = ["object", "completion_window", "input_file_id", "status", "created_at"].map(|name| {
        let at = Member::named(None, name).unwrap().name();
        breach(Rule::MissingMember, sample_without(InProgress, &[name]), Error, at, "")
    });
    let quiet =
        [Rule::EndpointUnknown, Rule::WindowUnknown, Rule::IdShape, Rule::FileIdShape, Rule::ExpiryWindow];
    for Breach { rule, object, at, .. } in breaches().into_iter().chain(more) {
        for profile in Profile::ALL {
            let info = rule.info();
            let issues = issues_of_value(&object, profile.name);
            let issue = issues.iter().find(|issue| issue.code == info.code && path_of(issue) == at);
            let Some(issue) = issue else {
                let may_be_quiet = quiet.contains(&rule) && profile.name != ProfileName::Openai;
                assert!(may_be_quiet, "{} at {at:?} under {}: {issues:?}", info.code, profile.name.as_str());
                continue;
            };
            let through = read_through(rule, at).contains(&profile.name);
            let expected = if through { Note } else { info.level };
            assert_eq!(issue.level, expected, "{} at {at:?} under {}", info.code, profile.name.as_str());
            let remedy = if through { "nothing: the profile reads it through" } else { info.remedy };
            assert_eq!(issue.remedy, remedy, "{} under {}", info.code, profile.name.as_str());
        }
    }
}

#[test]
fn text_that_is_no_json_is_refused_with_its_place() {
    let issues = issues_of_json(b"{\"id\": \"batch_1\",\n  \"status\": done}", ProfileName::Openai);
    let [issue] = &issues[..] else { panic!("{issues:?}") };
    assert_eq!((issue.code, issue.level), (Rule::InvalidJson.info().code, Error));
    assert_eq!(issue.message, "expected a value, found \"d\" at line 2, column 13");
    assert_voice(issue);
    let issues = issues_of_json(b"<html>", ProfileName::Openai);
    assert_eq!(issues[0].message, "expected a value, found \"<\" at line 1, column 1");
    let issues = issues_of_json("\u{feff}{}".as_bytes(), ProfileName::Openai);
    assert_eq!(issues[0].message, "expected a value, found a byte order mark at line 1, column 1");
    let issues = issues_of_json(b"{\"id\": \"\xff\"}", ProfileName::Openai);
    assert_eq!(issues[0].message, "expected UTF-8, found the byte 0xff, no UTF-8 at line 1, column 9");
}

#[test]
fn a_member_that_throws_is_refused() {
    // No JSON throws: only a reader of live objects fills such a cell.
    let mut draft = Draft::default();
    read_json(&serde_json::to_vec(&sample(InProgress)).unwrap(), &mut draft).unwrap();
    let start = u32::try_from(draft.text_len()).unwrap();
    draft.reserve(0, draft.text_len() + 5);
    draft.text_mut()[start as usize..].copy_from_slice(b"nope!");
    draft.cells_mut()[Fixed::COUNT + Member::Model as usize] = Cell::new(Tag::Unreadable, 0.0, start, 5);
    let (bytes, profile) = (draft.text_len(), ProfileName::Openai.profile());
    let mut findings = Findings::default();
    let _ = examine(&draft, bytes, profile, &mut findings);
    let issues = issues_of(findings.as_slice(), &draft, bytes, profile);
    let [issue] = &issues[..] else { panic!("{issues:?}") };
    assert_eq!((issue.code, issue.level), (Rule::Unreadable.info().code, Error));
    assert_eq!(
        issue.message,
        "expected a member that can be read, found a member that throws \"nope!\" at model"
    );
}

#[test]
fn the_year_2000_means_not_set_where_milliseconds_are_sent() {
    for moment in [946_656_000_000_u64, 946_684_800, 946_684_800_000] {
        let object = sample_with(InProgress, &json!({ "completed_at": moment }));
        let issues = issues_of_value(&object, ProfileName::Compatible);
        let [issue] = &issues[..] else { panic!("{issues:?}") };
        assert_eq!((issue.code, issue.level), (Rule::StampSentinel.info().code, Note));
        assert_eq!(path_of(issue), "completed_at");
        let parsed = parse_as(&serde_json::to_vec(&object).unwrap(), ProfileName::Compatible).unwrap();
        assert_eq!(parsed.batch.completed_at, None);
        let elsewhere = issues_of_value(&object, ProfileName::Openai);
        assert!(elsewhere.iter().all(|issue| issue.code != Rule::StampSentinel.info().code));
    }
}

#[test]
fn milliseconds_are_read_as_seconds() {
    let object = sample_with(InProgress, &json!({ "created_at": CREATED * 1000 + 999 }));
    let parsed = parse_as(&serde_json::to_vec(&object).unwrap(), ProfileName::Compatible).unwrap();
    assert_eq!(parsed.batch.created_at, CREATED);
}

#[test]
fn metadata_is_measured_in_code_points() {
    // Each of these is one code point, two UTF-16 units and four bytes.
    let within = |key: usize, value: usize| {
        let object = sample_with(InProgress, &metadata([("🕯".repeat(key), "🕯".repeat(value))]));
        issues_of_value(&object, ProfileName::Openai).iter().map(|issue| issue.code).collect::<Vec<_>>()
    };
    assert_eq!(within(METADATA_KEY, METADATA_VALUE), [] as [&str; 0]);
    assert_eq!(within(METADATA_KEY + 1, METADATA_VALUE), ["metadata_key"]);
    assert_eq!(within(METADATA_KEY, METADATA_VALUE + 1), ["metadata_value"]);
    let pairs = |count: usize| {
        let object =
            sample_with(InProgress, &metadata((0..count).map(|pair| (format!("key {pair}"), String::new()))));
        issues_of_value(&object, ProfileName::Openai).len()
    };
    assert_eq!((pairs(METADATA_PAIRS), pairs(METADATA_PAIRS + 1)), (0, 1));
}

#[test]
fn all_problems_are_named_at_once() {
    let object = json!({ "id": 1, "status": "queued", "created_at": "soon" });
    let invalid = parse_as(&serde_json::to_vec(&object).unwrap(), ProfileName::Openai).unwrap_err();
    let errors = invalid.issues.iter().filter(|issue| issue.level == Error).count();
    assert_eq!(errors, 7, "id, status, created_at, and four members that are missing: {invalid:?}");
    assert!(invalid.to_string().ends_with("(and 6 more problems)"), "{invalid}");
}

#[test]
fn rules_are_told_apart_by_their_codes() {
    let codes: Vec<_> = RULES.iter().map(|rule| rule.code).collect();
    for (index, rule) in RULES.iter().enumerate() {
        assert!(!codes[..index].contains(&rule.code), "{} stands twice", rule.code);
        assert!(rule.code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'), "{}", rule.code);
    }
}

#[test]
fn of_keys_that_stand_twice_the_last_counts() {
    let same = |json: String, alone: String| {
        let profile = ProfileName::Compatible;
        assert_eq!(parse_as(json.as_bytes(), profile), parse_as(alone.as_bytes(), profile), "{json}");
    };
    let inside = sample_without(InProgress, &["request_counts"]).to_string();
    let (body, _) = inside.rsplit_once('}').unwrap();
    let twice = |first: &str, last: &str| {
        same(format!("{body},{first},{last}}}"), format!("{body},{last}}}"));
    };
    let counts = r#""request_counts":{"completed":1,"failed":0,"total":2}"#;
    let metadata = r#""metadata":{"team":"blue"}"#;
    let errors = r#""errors":{"data":[{"code":"a"}],"message":"b"}"#;
    twice(counts, r#""request_counts":{"total":3}"#);
    twice(counts, r#""request_counts":null"#);
    twice(metadata, r#""metadata":{"week":"7"}"#);
    twice(metadata, r#""metadata":7"#);
    twice(
        r#""usage":{"input_tokens_details":{"cached_tokens":9}}"#,
        r#""usage":{"input_tokens_details":{}}"#,
    );
    for last in
        ["{}", "null", "[]", "\"c\"", "{\"data\":null}", "{\"code\":\"d\"}", "{\"data\":[{\"line\":4}]}"]
    {
        twice(errors, &format!("\"errors\":{last}"));
        twice("\"errors\":\"text\"", &format!("\"errors\":{last}"));
    }
    let data_twice = |first: &str, last: &str| {
        same(
            format!("{body},\"errors\":{{\"data\":{first},\"data\":{last}}}}}"),
            format!("{body},\"errors\":{{\"data\":{last}}}}}"),
        );
    };
    data_twice("[{}]", "null");
    data_twice("[{}, {}]", "[]");
    let status = parse_as(
        sample(InProgress).to_string().replacen('{', "{\"status\":7,", 1).as_bytes(),
        ProfileName::Openai,
    );
    assert_eq!(status.unwrap().batch.status, InProgress);
}
