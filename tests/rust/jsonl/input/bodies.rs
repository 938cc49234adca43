//! The rules of endpoints for bodies.

use crate::support::inputs::check;
use batchlight::jsonl::{
    BodyField, CheckOptions, ENDPOINTS, EndpointRules, InputReport, endpoint_rules, is_within,
};
use batchlight::model::EXAMPLE_MODEL;
use batchlight::{Level, ProfileName};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// Checks a request.
fn report(endpoint: &str, body: &Value) -> InputReport {
    let line = json!({"custom_id": "a", "method": "POST", "url": endpoint, "body": body});
    let mut report = check(format!("{line}\n"), CheckOptions::default());
    report.issues.retain(|issue| issue.code != "endpoint_shutdown");
    report
}

/// A value that endpoints accept for a field.
fn valid_value(field: BodyField) -> Value {
    match field {
        BodyField::Model => json!(EXAMPLE_MODEL),
        BodyField::Messages => json!([{"role": "user", "content": "x"}]),
        _ => json!("x"),
    }
}

/// The smallest body that an endpoint accepts.
fn minimal(rules: &EndpointRules) -> Map<String, Value> {
    let fields = rules.required.iter().map(|required| required.any_of[0]);
    fields.map(|field| (field.name().to_owned(), valid_value(field))).collect()
}

#[test]
fn the_table_has_every_endpoint_of_batches_once() {
    let endpoints = ProfileName::Openai.profile().endpoints;
    for endpoint in endpoints {
        assert_eq!(ENDPOINTS.iter().filter(|rules| rules.endpoint == *endpoint).count(), 1, "{endpoint}");
        assert_eq!(endpoint_rules(&endpoint["/v1".len()..]).unwrap().endpoint, *endpoint);
    }
    assert_eq!(ENDPOINTS.len(), endpoints.len());
    assert!(endpoint_rules("/v1/audio").is_none());
}

#[test]
fn every_field_is_found_by_its_name() {
    const { assert!(BodyField::COUNT <= 32, "fields are stored as bits") };
    for &field in BodyField::ALL {
        assert_eq!(BodyField::of(field.name().as_bytes()), Some(field));
    }
    assert_eq!(BodyField::of(b"Model"), None);
}

#[test]
fn missing_required_fields_are_reported() {
    for rules in &ENDPOINTS {
        let whole = minimal(rules);
        let issues = report(rules.endpoint, &Value::Object(whole.clone())).issues;
        assert!(issues.is_empty(), "{}: {issues:?}", rules.endpoint);
        for required in rules.required {
            let name = required.any_of[0].name();
            for absent in [None, Some(Value::Null)] {
                let mut part = whole.clone();
                part.remove(name);
                part.extend(absent.map(|null| (name.to_owned(), null)));
                let report = report(rules.endpoint, &Value::Object(part));
                let [issue] = report.issues.as_slice() else { panic!("{report:?}") };
                assert_eq!(issue.code, "missing_required_parameter");
                assert_eq!(issue.param.as_deref(), Some(format!("body.{name}").as_str()));
                let level =
                    if rules.endpoint == "/v1/chat/completions" { Level::Error } else { Level::Warning };
                assert_eq!((issue.level, report.ok), (level, level == Level::Warning));
            }
            for other in &required.any_of[1..] {
                let mut part = whole.clone();
                part.remove(name);
                part.insert(other.name().to_owned(), json!("x"));
                assert_eq!(report(rules.endpoint, &Value::Object(part)).issues, [], "{}", other.name());
            }
        }
    }
}

#[test]
fn fields_of_an_invalid_kind_are_reported_once_as_a_warning() {
    for rules in &ENDPOINTS {
        for required in rules.required.iter().filter(|required| required.any_of[0] != BodyField::Image) {
            let mut invalid = minimal(rules);
            let name = required.any_of[0].name();
            invalid.insert(name.to_owned(), json!(true));
            let report = report(rules.endpoint, &Value::Object(invalid));
            let [issue] = report.issues.as_slice() else { panic!("{report:?}") };
            assert_eq!((issue.code, issue.level), ("wrong_kind", Level::Warning));
            assert_eq!(issue.pointer, format!("/body/{name}"));
            assert!(report.ok);
        }
    }
}

#[test]
fn the_documented_ranges_are_checked() {
    let chat = |member: &str, value: Value| {
        let mut body = minimal(endpoint_rules("/v1/chat/completions").unwrap());
        body.insert(member.to_owned(), value);
        report("/v1/chat/completions", &Value::Object(body)).issues.len()
    };
    for (member, least, greatest) in
        [("temperature", 0, 2), ("top_p", 0, 1), ("frequency_penalty", -2, 2), ("top_logprobs", 0, 20)]
    {
        assert_eq!((chat(member, json!(least)), chat(member, json!(greatest))), (0, 0), "{member}");
        assert_eq!((chat(member, json!(least - 1)), chat(member, json!(greatest + 1))), (1, 1), "{member}");
        assert_eq!(chat(member, Value::Null), 0);
    }
    let images = |n: i32| report("/v1/images/generations", &json!({"prompt": "x", "n": n})).issues.len();
    assert_eq!((images(0), images(1), images(10), images(11)), (1, 0, 0, 1));
    assert_eq!(chat("n", json!(100)), 0, "no range is documented for chat");
}

#[test]
fn embedding_inputs_are_counted() {
    let inputs = |input: Value| {
        report("/v1/embeddings", &json!({"model": "text-embedding-3-small", "input": input})).embedding_inputs
    };
    assert_eq!(inputs(json!("x")), 1);
    assert_eq!(inputs(json!([1, 2, 3])), 1);
    assert_eq!(inputs(json!(["x", "y"])), 2);
    assert_eq!(inputs(json!([[1, 2], [3], [4]])), 3);
    assert_eq!(inputs(json!({})), 0);
    assert_eq!(report("/v1/moderations", &json!({"input": ["x", "y"]})).embedding_inputs, 0);
}

// 2000 cases: each compares one short number, so many are affordable.
proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

    #[test]
    fn the_range_check_agrees_with_integer_arithmetic(
        thousandths in -5000i32..5000, least in -3i16..3, width in 0i16..4
    ) {
        let range = (least, least + width);
        let text = format!("{}", f64::from(thousandths) / 1000.0);
        let bounds = i32::from(range.0) * 1000..=i32::from(range.1) * 1000;
        let inside = bounds.contains(&thousandths);
        prop_assert_eq!(is_within(text.as_bytes(), range), inside, "{} in {:?}", text, range);
    }
}
