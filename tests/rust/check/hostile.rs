//! Hostile input: any bytes lead to issues, never to a panic, and never to a message that disturbs the page
//! around it.

use crate::support::samples::{CREATED, sample, sample_with};
use batchlight::diagnostics::quoted;
use batchlight::view::{BatchView, Catalog, DescribeOptions, describe_json};
use batchlight::{BatchStatus, ProfileName, parse, parse_as};
use serde_json::json;

use BatchStatus::InProgress;

fn describe(json: &[u8]) -> BatchView {
    let messages = Catalog::default();
    describe_json(
        json,
        ProfileName::Compatible,
        DescribeOptions { now: CREATED, history: &[], seed: 0, messages: &messages },
    )
}

/// The sample in progress with an additional field. `json` is its value.
fn with_field(name: &str, json: &str) -> String {
    let sample = sample(InProgress).to_string();
    let (body, _) = sample.rsplit_once('}').unwrap();
    format!("{body},\"{name}\":{json}}}")
}

#[test]
fn nesting_beyond_the_limit_is_an_issue() {
    let arrays = "[".repeat(100_000);
    let objects = "{\"a\":".repeat(100_000);
    let closed = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    for deep in [&arrays, &objects, &closed] {
        for json in [
            deep.clone(),
            with_field("unknown", deep),
            with_field("metadata", deep),
            with_field("errors", deep),
            with_field("request_counts", deep),
        ] {
            let invalid = parse(json.as_bytes()).unwrap_err();
            assert_eq!(invalid.issues[0].code, "invalid_json");
            assert_eq!(invalid.issues[0].expected, "at most 512 levels of nesting");
            assert!(!describe(json.as_bytes()).valid);
        }
    }
}

#[test]
fn deep_nesting_within_the_limit_is_valid() {
    let deep = format!("{}{}", "[".repeat(500), "]".repeat(500));
    assert!(parse(with_field("unknown", &deep).as_bytes()).is_ok());
}

#[test]
fn a_string_of_ten_megabytes_is_parsed_and_cut_in_messages() {
    let long = "a".repeat(10_000_000);
    let batch =
        parse(sample_with(InProgress, &json!({ "model": long })).to_string().as_bytes()).unwrap().batch;
    assert_eq!(batch.model.map(|model| model.len()), Some(10_000_000));
    let view = describe(sample_with(InProgress, &json!({ "status": long })).to_string().as_bytes());
    assert_eq!(view.status.len(), 10_000_000, "the status is unchanged");
    assert!(view.label.chars().count() < 600 && view.summary.chars().count() < 600);
    let issue = view.issues.iter().find(|issue| issue.code == "unknown_status").unwrap();
    assert!(issue.message.chars().count() < 300 && issue.found.ends_with("…\""), "{}", issue.message);
}

#[test]
fn ten_thousand_unknown_fields_are_one_short_issue() {
    let mut batch = sample(InProgress);
    for index in 0..10_000 {
        batch[format!("x{index}")] = json!(index);
    }
    let issues = parse(batch.to_string().as_bytes()).unwrap().issues;
    assert_eq!(issues.len(), 1);
    assert!(issues[0].found.ends_with(" and 9992 more"), "{}", issues[0].found);
}

#[test]
fn a_lone_surrogate_becomes_the_replacement_character() {
    for (escape, text) in [
        (r"\ud800", "\u{fffd}"),
        (r"\udc00", "\u{fffd}"),
        (r"\ud83d\ude00", "😀"),
        (r"\ude00\ud83d", "\u{fffd}\u{fffd}"),
        (r"\ud83dx", "\u{fffd}x"),
        (r"\ud83d\u0041", "\u{fffd}A"),
        (r"\ud83d\ud83d\ude00", "\u{fffd}😀"),
    ] {
        let batch = parse(with_field("model", &format!("\"{escape}\"")).as_bytes()).unwrap().batch;
        assert_eq!(batch.model.as_deref(), Some(text), "{escape}");
    }
}

#[test]
fn quoted_strings_cannot_disturb_the_text_around_them() {
    let disturbing = "\u{202e}drowssap\u{2066}\u{200f}\u{061c}\u{0}\u{1b}[31m\"\\\n\u{9b}";
    let issues = parse(sample_with(InProgress, &json!({ "status": disturbing })).to_string().as_bytes())
        .unwrap_err()
        .issues;
    let message = &issues[0].message;
    let disturbs = |c: char| {
        c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    assert!(!message.chars().any(disturbs), "{message:?}");
    assert!(
        message.contains(r#""\u202edrowssap\u2066\u200f\u061c\u0000\u001b[31m\"\\\n\u009b""#),
        "{message}"
    );
    let key = json!({ "metadata": { "a\u{202e}b": 7 } });
    let issues = parse(sample_with(InProgress, &key).to_string().as_bytes()).unwrap_err().issues;
    assert!(issues[0].message.ends_with(r#"at metadata["a\u202eb"]"#), "{}", issues[0].message);
}

#[test]
fn quoted_strings_are_cut_to_eighty_code_points() {
    assert_eq!(quoted(&"🕯".repeat(80)), format!("\"{}\"", "🕯".repeat(80)));
    assert_eq!(quoted(&"🕯".repeat(81)), format!("\"{}…\"", "🕯".repeat(80)));
}

#[test]
fn keys_of_javascript_prototypes_are_ordinary_keys() {
    for key in ["__proto__", "constructor", "toString", ""] {
        let issues = parse(with_field(key, "{}").as_bytes()).unwrap().issues;
        let [issue] = &issues[..] else { panic!("{issues:?}") };
        assert_eq!((issue.code, issue.found.as_str()), ("unknown_field", quoted(key).as_str()));
        let metadata = sample_with(InProgress, &json!({ "metadata": { key: "v" } }));
        let batch = parse(metadata.to_string().as_bytes()).unwrap().batch;
        assert_eq!(batch.metadata, Some(json!({ key: "v" })));
    }
}

#[test]
fn numbers_out_of_range_are_reported() {
    for number in ["1e400", "-1e400", "18446744073709551616", "9007199254740993", "1e-400", "0.1", "-0.5"] {
        let json = sample(InProgress).to_string().replace(&(CREATED + 60).to_string(), number);
        let codes: Vec<_> = match parse(json.as_bytes()) {
            Ok(parsed) => parsed.issues,
            Err(invalid) => invalid.issues,
        }
        .iter()
        .map(|issue| issue.code)
        .collect();
        // 1e-400 is zero as a double-precision number.
        let expected: &[_] = if number == "1e-400" {
            &["timestamp_order"]
        } else {
            &["timestamp_invalid", "timestamp_missing"]
        };
        assert_eq!(codes, expected, "{number}");
    }
    assert!(parse(with_field("model", "null").replace("1736489775", "-0").as_bytes()).is_ok());
}

#[test]
fn an_unknown_status_is_shown_unchanged() {
    for status in ["paused", "COMPLETED?", "{total} <b>", " completed"] {
        let json = sample_with(InProgress, &json!({ "status": status })).to_string();
        let view = describe(json.as_bytes());
        assert_eq!((view.status.as_str(), view.label.as_str()), (status, status));
        assert_eq!((view.known_status, view.terminal, view.outcome), (None, false, None));
        assert!(parse_as(json.as_bytes(), ProfileName::Compatible).is_err());
    }
}

#[test]
fn unescaped_control_characters_in_a_string_are_invalid() {
    for byte in 0..=0x7f_u8 {
        let json = with_field("unknown", &format!("\"a{}b\"", char::from(byte)));
        // A quote ends the string, and a backslash makes the b an escape sequence.
        assert_eq!(parse(json.as_bytes()).is_ok(), byte >= 0x20 && byte != b'"', "{byte:#04x}");
    }
}
