//! Each rule for a batch: an object that breaks it, and the issue that reports it.

use crate::support::breaches::{Breach, breach, breaches, metadata};
use crate::support::samples::{CREATED, sample, sample_with, sample_without};
use batchlight::check::{
    BatchIssue, HeaderCell, RULES, RawBatch, RawCell, RawKind, Rule, Violations, interpret, issues_from,
    read_json,
};
use batchlight::diagnostics::PathSegment;
use batchlight::model::{
    Field, MAX_METADATA_KEY_LENGTH, MAX_METADATA_PAIRS, MAX_METADATA_VALUE_LENGTH, Profile,
};
use batchlight::{BatchStatus, Level, ProfileName, parse_as};
use serde_json::{Value, json};

use BatchStatus::InProgress;
use Level::{Error, Note};

/// Rules that no JSON object breaks under `openai`. Each has its own test below.
const TESTED_SEPARATELY: [Rule; 3] = [Rule::InvalidJson, Rule::Unreadable, Rule::TimestampSentinel];

fn issues_of_value(object: &Value, profile: ProfileName) -> Vec<BatchIssue> {
    issues_of_json(&serde_json::to_vec(object).unwrap(), profile)
}

fn issues_of_json(json: &[u8], profile: ProfileName) -> Vec<BatchIssue> {
    match parse_as(json, profile) {
        Ok(parsed) => parsed.issues,
        Err(invalid) => invalid.issues,
    }
}

/// The path as JavaScript property access.
fn path_of(issue: &BatchIssue) -> String {
    issue.path.iter().fold(String::new(), |path, segment| match segment {
        PathSegment::Index(index) => format!("{path}[{index}]"),
        PathSegment::Key(key) if key.contains(' ') => format!("{path}[\"{key}\"]"),
        PathSegment::Key(key) if path.is_empty() => key.clone(),
        PathSegment::Key(key) => format!("{path}.{key}"),
    })
}

/// Checks the conventions of all messages.
fn assert_message_conventions(issue: &BatchIssue) {
    let message = &issue.message;
    assert!(message.starts_with(|c: char| c.is_lowercase()), "{message}");
    assert!(!message.ends_with('.'), "{message}");
    assert!(message.contains(&issue.expected) && message.contains(&issue.found), "{message}");
    assert!(issue.path.is_empty() || message.ends_with(&format!(" at {}", path_of(issue))), "{message}");
    assert!(!issue.help.is_empty() && !issue.help.ends_with('.'), "{}", issue.help);
    for word in ["{a}", "Option", "f64", "u64", "serde"] {
        assert!(!message.contains(word), "{message}");
    }
}

#[test]
fn each_breach_is_reported() {
    for Breach { rule, object, level, at, message } in breaches() {
        let issues = issues_of_value(&object, ProfileName::Openai);
        let code = rule.info().code;
        let issue = issues.iter().find(|issue| issue.code == code && path_of(issue) == at);
        let issue = issue.unwrap_or_else(|| panic!("{code} at {at:?}: {issues:?}"));
        assert_eq!((issue.level, issue.message.as_str()), (level, message), "{code}");
        assert_eq!(issue.level, rule.info().level, "{code}: openai accepts no deviation");
    }
}

#[test]
fn every_rule_has_a_breach() {
    let rules: Vec<_> = breaches().iter().map(|breach| breach.rule).chain(TESTED_SEPARATELY).collect();
    for info in RULES {
        assert!(rules.iter().any(|rule| rule.info().code == info.code), "{} has no breach", info.code);
    }
}

#[test]
fn every_message_keeps_the_conventions() {
    for profile in Profile::ALL {
        for object in breaches().iter().map(|breach| &breach.object) {
            issues_of_value(object, profile.name).iter().for_each(assert_message_conventions);
        }
    }
}

#[test]
fn samples_break_no_rule() {
    for status in BatchStatus::ALL {
        assert_eq!(issues_of_value(&sample(status), ProfileName::Openai), [], "{status}");
    }
}

#[test]
fn an_issue_has_the_level_of_its_rule_or_is_a_note_if_the_profile_accepts_it() {
    use ProfileName::{Azure, Compatible, Together};
    let accepting_profiles = |rule, at: &str| -> &[ProfileName] {
        match rule {
            Rule::MissingField if matches!(at, "id" | "status" | "created_at") => &[],
            Rule::MissingField if matches!(at, "object" | "completion_window") => &[Together, Compatible],
            Rule::MissingField | Rule::StatusSpelling | Rule::TimestampString | Rule::MetadataKind => {
                &[Azure, Together, Compatible]
            }
            Rule::TimestampMilliseconds => &[Compatible],
            Rule::ErrorsShape => &[Azure, Together, Compatible],
            _ => &[],
        }
    };
    let more = ["object", "completion_window", "input_file_id", "status", "created_at"].map(|name| {
        let at = Field::by_name(None, name).unwrap().name();
        breach(Rule::MissingField, sample_without(InProgress, &[name]), Error, at, "")
    });
    let profile_dependent =
        [Rule::EndpointUnknown, Rule::WindowUnknown, Rule::IdShape, Rule::FileIdShape, Rule::ExpiryWindow];
    for Breach { rule, object, at, .. } in breaches().into_iter().chain(more) {
        for profile in Profile::ALL {
            let info = rule.info();
            let issues = issues_of_value(&object, profile.name);
            let issue = issues.iter().find(|issue| issue.code == info.code && path_of(issue) == at);
            let Some(issue) = issue else {
                let may_be_valid = profile_dependent.contains(&rule) && profile.name != ProfileName::Openai;
                assert!(may_be_valid, "{} at {at:?} under {}: {issues:?}", info.code, profile.name.as_str());
                continue;
            };
            let is_accepted = accepting_profiles(rule, at).contains(&profile.name);
            let expected = if is_accepted { Note } else { info.level };
            assert_eq!(issue.level, expected, "{} at {at:?} under {}", info.code, profile.name.as_str());
            let help =
                if is_accepted { "no action needed: the profile accepts this deviation" } else { info.help };
            assert_eq!(issue.help, help, "{} under {}", info.code, profile.name.as_str());
        }
    }
}

#[test]
fn invalid_json_is_reported_with_its_position() {
    let issues = issues_of_json(b"{\"id\": \"batch_1\",\n  \"status\": done}", ProfileName::Openai);
    let [issue] = &issues[..] else { panic!("{issues:?}") };
    assert_eq!((issue.code, issue.level), (Rule::InvalidJson.info().code, Error));
    assert_eq!(issue.message, "expected a value, found \"d\" at line 2, column 13");
    assert_message_conventions(issue);
    let issues = issues_of_json(b"<html>", ProfileName::Openai);
    assert_eq!(issues[0].message, "expected a value, found \"<\" at line 1, column 1");
    let issues = issues_of_json("\u{feff}{}".as_bytes(), ProfileName::Openai);
    assert_eq!(issues[0].message, "expected a value, found a byte order mark at line 1, column 1");
    let issues = issues_of_json(b"{\"id\": \"\xff\"}", ProfileName::Openai);
    assert_eq!(issues[0].message, "expected UTF-8, found the byte 0xff at line 1, column 9");
}

#[test]
fn a_property_that_throws_is_an_error() {
    // JSON has no getters. Only the reader of live objects writes such a cell.
    let mut raw = RawBatch::default();
    read_json(&serde_json::to_vec(&sample(InProgress)).unwrap(), &mut raw).unwrap();
    let start = u32::try_from(raw.string_bytes()).unwrap();
    raw.reserve(0, raw.string_bytes() + 5);
    raw.strings_mut()[start as usize..].copy_from_slice(b"nope!");
    raw.cells_mut()[HeaderCell::COUNT + Field::Model as usize] =
        RawCell::new(RawKind::Unreadable, 0.0, start, 5);
    let (bytes, profile) = (raw.string_bytes(), ProfileName::Openai.profile());
    let mut violations = Violations::default();
    let _ = interpret(&raw, bytes, profile, &mut violations);
    let issues = issues_from(violations.as_slice(), &raw, bytes, profile);
    let [issue] = &issues[..] else { panic!("{issues:?}") };
    assert_eq!((issue.code, issue.level), (Rule::Unreadable.info().code, Error));
    assert_eq!(
        issue.message,
        "expected a property that can be read, found a property that throws \"nope!\" at model"
    );
}

#[test]
fn zero_and_the_year_2000_mean_not_set_under_profiles_that_say_so() {
    for timestamp in [0, 946_656_000_000_u64, 946_684_800, 946_684_800_000] {
        let object = sample_with(InProgress, &json!({ "completed_at": timestamp }));
        let issues = issues_of_value(&object, ProfileName::Compatible);
        let [issue] = &issues[..] else { panic!("{issues:?}") };
        assert_eq!((issue.code, issue.level), (Rule::TimestampSentinel.info().code, Note));
        assert_eq!(path_of(issue), "completed_at");
        let parsed = parse_as(&serde_json::to_vec(&object).unwrap(), ProfileName::Compatible).unwrap();
        assert_eq!(parsed.batch.completed_at, None);
        let elsewhere = issues_of_value(&object, ProfileName::Openai);
        assert!(elsewhere.iter().all(|issue| issue.code != Rule::TimestampSentinel.info().code));
    }
}

#[test]
fn milliseconds_are_converted_to_seconds() {
    let object = sample_with(InProgress, &json!({ "created_at": CREATED * 1000 + 999 }));
    let parsed = parse_as(&serde_json::to_vec(&object).unwrap(), ProfileName::Compatible).unwrap();
    assert_eq!(parsed.batch.created_at, CREATED);
}

#[test]
fn metadata_limits_are_in_code_points() {
    // This character is one code point, two UTF-16 code units and four bytes.
    let codes_of = |key: usize, value: usize| {
        let object = sample_with(InProgress, &metadata([("🕯".repeat(key), "🕯".repeat(value))]));
        issues_of_value(&object, ProfileName::Openai).iter().map(|issue| issue.code).collect::<Vec<_>>()
    };
    assert_eq!(codes_of(MAX_METADATA_KEY_LENGTH, MAX_METADATA_VALUE_LENGTH), [] as [&str; 0]);
    assert_eq!(codes_of(MAX_METADATA_KEY_LENGTH + 1, MAX_METADATA_VALUE_LENGTH), ["metadata_key"]);
    assert_eq!(codes_of(MAX_METADATA_KEY_LENGTH, MAX_METADATA_VALUE_LENGTH + 1), ["metadata_value"]);
    let pairs = |count: usize| {
        let object =
            sample_with(InProgress, &metadata((0..count).map(|pair| (format!("key {pair}"), String::new()))));
        issues_of_value(&object, ProfileName::Openai).len()
    };
    assert_eq!((pairs(MAX_METADATA_PAIRS), pairs(MAX_METADATA_PAIRS + 1)), (0, 1));
}

#[test]
fn all_problems_are_reported_at_once() {
    let object = json!({ "id": 1, "status": "queued", "created_at": "soon" });
    let invalid = parse_as(&serde_json::to_vec(&object).unwrap(), ProfileName::Openai).unwrap_err();
    let errors = invalid.issues.iter().filter(|issue| issue.level == Error).count();
    assert_eq!(errors, 7, "id, status, created_at, and four missing fields: {invalid:?}");
    assert!(invalid.to_string().ends_with("(and 6 more problems)"), "{invalid}");
}

#[test]
fn codes_are_unique() {
    let codes: Vec<_> = RULES.iter().map(|rule| rule.code).collect();
    for (index, rule) in RULES.iter().enumerate() {
        assert!(!codes[..index].contains(&rule.code), "duplicate code {}", rule.code);
        assert!(rule.code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'), "{}", rule.code);
    }
}

#[test]
fn the_last_of_duplicate_keys_counts() {
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
