//! The parameters of endpoints: typos, invalid values, and what is not reported.

use batchlight::jsonl::{BodyField, CheckOptions, Constraint, InputIssue, Parameters, endpoint_bit};
use batchlight::model::{EXAMPLE_MODEL, OPENAI_ENDPOINTS, model_shutdown, model_shutdowns};
use batchlight::{Level, ProfileName};
use serde_json::{Value, json};

use crate::support::inputs::check;

/// The issues of one request with these members in its body.
fn issues(profile: ProfileName, url: &str, body: &Value) -> Vec<InputIssue> {
    let line = json!({"custom_id": "a", "method": "POST", "url": url, "body": body});
    check(format!("{line}\n"), CheckOptions { profile, ..CheckOptions::default() }).issues
}

/// A chat request with one more parameter.
fn chat(name: &str, value: &Value) -> Value {
    let mut body = json!({"model": EXAMPLE_MODEL, "messages": [{"role": "user", "content": "x"}]});
    body[name] = value.clone();
    body
}

const CHAT: &str = "/v1/chat/completions";

#[test]
fn a_typo_suggests_the_intended_parameter() {
    // Typos from the reports that asked for this check, and names in camel case.
    for (name, meant) in [
        ("max_token", "max_tokens"),
        ("temprature", "temperature"),
        ("respone_format", "response_format"),
        ("Temperature", "temperature"),
        ("maxTokens", "max_tokens"),
        ("maxCompletionTokens", "max_completion_tokens"),
        ("responseFormat", "response_format"),
        ("frequencyPenalty", "frequency_penalty"),
        ("reasoningEffort", "reasoning_effort"),
        ("tool", "tools"),
        ("sede", "seed"),
    ] {
        for profile in [ProfileName::Openai, ProfileName::Azure, ProfileName::Groq] {
            let found = issues(profile, CHAT, &chat(name, &json!(1)));
            if profile != ProfileName::Openai && name.len() < 6 {
                assert_eq!(found, [], "{name}: may be a parameter of the server");
                continue;
            }
            let [issue] = found.as_slice() else { panic!("{name}: {found:#?}") };
            assert_eq!((issue.code, issue.level), ("unknown_parameter", Level::Warning));
            assert_eq!(issue.message, format!("unknown parameter \"{name}\", did you mean \"{meant}\"?"));
            assert_eq!(
                (issue.pointer.as_str(), issue.length),
                (&*format!("/body/{name}"), Some(name.len() as u64 + 2))
            );
        }
        assert_eq!(issues(ProfileName::Compatible, CHAT, &chat(name, &json!(1))), []);
    }
}

#[test]
fn names_unlike_any_parameter_have_no_suggestion() {
    // Parameters of other servers, from their documentation; none is a typo.
    for name in [
        "top_k",
        "min_p",
        "repetition_penalty",
        "enable_thinking",
        "reasoning_format",
        "guided_json",
        "safe_prompt",
    ] {
        let found = issues(ProfileName::Openai, CHAT, &chat(name, &json!(1)));
        let [issue] = found.as_slice() else { panic!("{name}: {found:#?}") };
        assert_eq!(issue.message, format!("unknown parameter \"{name}\" of {CHAT}"));
        for profile in [ProfileName::Azure, ProfileName::Groq, ProfileName::Dashscope, ProfileName::Together]
        {
            assert_eq!(issues(profile, CHAT, &chat(name, &json!(1))), [], "{name} for {profile}");
        }
    }
    for name in ["x-request-source", "x_trace", "X-Team"] {
        assert_eq!(issues(ProfileName::Openai, CHAT, &chat(name, &json!(1))), []);
    }
}

#[test]
fn a_parameter_of_another_endpoint_is_unknown() {
    let body = json!({"model": EXAMPLE_MODEL, "input": "x", "max_tokens": 5});
    let found = issues(ProfileName::Openai, "/v1/responses", &body);
    assert_eq!(found[0].message, "unknown parameter \"max_tokens\" of /v1/responses");
    assert_eq!(issues(ProfileName::Openai, CHAT, &chat("max_tokens", &json!(5))), []);
}

#[test]
fn every_line_with_a_cached_shape_is_reported() {
    let line = |at: u32, name: &str, verbosity: &str| {
        let body = json!({
            "model": EXAMPLE_MODEL, "messages": [{"role": "user", "content": "x"}],
            name: at, "verbosity": verbosity,
        });
        format!("{}\n", json!({"custom_id": at.to_string(), "method": "POST", "url": CHAT, "body": body}))
    };
    let typed: String = (0..50).map(|at| line(at, "temprature", "low")).collect();
    let counts = check(&typed, CheckOptions::default()).counts;
    assert_eq!(
        counts.iter().map(|row| (row.code, row.count)).collect::<Vec<_>>(),
        [("unknown_parameter", 50)]
    );
    let valued: String =
        (0..50).map(|at| line(at, "seed", if at % 2 == 0 { "low" } else { "lwo" })).collect();
    let counts = check(&valued, CheckOptions::default()).counts;
    assert_eq!(counts.iter().map(|row| (row.code, row.count)).collect::<Vec<_>>(), [("unknown_value", 25)]);
}

#[test]
fn values_are_those_of_the_types() {
    let parameters = Parameters::default();
    let (mut enumerations, mut ranges) = (0, 0);
    for (name, parameter) in parameters.iter() {
        for endpoint in OPENAI_ENDPOINTS {
            let Some(accepted) = parameter.at(endpoint_bit(endpoint).unwrap()) else { continue };
            match accepted.constraint {
                Constraint::OneOf(values) => {
                    enumerations += 1;
                    assert!(values.split('|').all(|value| !value.is_empty()), "{name}: {values}");
                }
                Constraint::Range(least, greatest) => {
                    ranges += 1;
                    // Where the table of bodies has a range, too, it is this one.
                    let known = BodyField::of(name.as_bytes()).and_then(BodyField::range);
                    assert!(known.is_none_or(|known| known == (least, greatest)), "{name}");
                }
                Constraint::None => {}
            }
            if let Some(member) = BodyField::of(name.as_bytes()) {
                assert_eq!(accepted.kinds & !member.kinds(), 0, "{name} at {endpoint}");
            }
        }
    }
    assert!(enumerations > 20 && ranges > 10, "{enumerations} {ranges}");
}

#[test]
fn values_and_kinds_are_checked() {
    for (name, value, message) in [
        (
            "reasoning_effort",
            json!("hihg"),
            "expected one of \"none\", \"minimal\", \"low\", \"medium\", \"high\", \"xhigh\", \"max\", \
             found \"hihg\" at body.reasoning_effort",
        ),
        (
            "tool_choice",
            json!("any"),
            "expected one of \"auto\", \"none\", \"required\", found \"any\" at body.tool_choice",
        ),
        ("tool_choice", json!(1), "expected a string or an object, found the number 1 at body.tool_choice"),
        ("response_format", json!("json"), "expected an object, found \"json\" at body.response_format"),
        ("seed", json!("1"), "expected a number, found \"1\" at body.seed"),
        ("stop", json!({}), "expected a string or a list, found an object at body.stop"),
    ] {
        let found = issues(ProfileName::Openai, CHAT, &chat(name, &value));
        let [issue] = found.as_slice() else { panic!("{name}: {found:#?}") };
        assert_eq!((issue.message.as_str(), issue.level), (message, Level::Warning));
        assert_eq!(issues(ProfileName::Groq, CHAT, &chat(name, &value)), []);
        assert_eq!(issues(ProfileName::Openai, CHAT, &chat(name, &Value::Null)), []);
    }
    let image = json!({"model": "gpt-image-2", "prompt": "x", "output_compression": 101});
    let found = issues(ProfileName::Openai, "/v1/images/generations", &image);
    assert_eq!(
        found[0].message,
        "expected a number from 0 to 100, found the number 101 at body.output_compression"
    );
    for value in [json!("high"), json!("max")] {
        assert_eq!(issues(ProfileName::Openai, CHAT, &chat("reasoning_effort", &value)), []);
    }
}

#[test]
fn unknown_roles_are_reported() {
    let messages = json!([
        {"content": "a, \"role\": \"none\"", "role": "system"},
        {"role": "robot", "content": "[{\\"},
        7,
        {"role": 1},
    ]);
    let found = issues(ProfileName::Openai, CHAT, &chat("messages", &messages));
    let [issue] = found.as_slice() else { panic!("{found:#?}") };
    assert_eq!((issue.code, issue.pointer.as_str()), ("unknown_value", "/body/messages/1/role"));
    assert_eq!(issue.found, "\"robot\"");
    assert_eq!(issues(ProfileName::Groq, CHAT, &chat("messages", &messages)), []);
}

#[test]
fn empty_lists_are_reported() {
    for (url, body) in [
        (CHAT, chat("messages", &json!([]))),
        ("/v1/responses", json!({"model": EXAMPLE_MODEL, "input": []})),
        ("/v1/moderations", json!({"input": []})),
        ("/v1/embeddings", json!({"model": "text-embedding-3-small", "input": []})),
    ] {
        let found = issues(ProfileName::Openai, url, &body);
        assert_eq!(found.iter().map(|issue| issue.code).collect::<Vec<_>>(), ["empty_input"], "{url}");
    }
}

#[test]
fn the_shutdown_date_of_each_model_is_reported_once() {
    let line = |id: &str, model: &str| {
        let body = json!({"model": model, "messages": [{"role": "user", "content": "x"}]});
        format!("{}\n", json!({"custom_id": id, "method": "POST", "url": CHAT, "body": body}))
    };
    let file = [line("a", "gpt-4o-mini"), line("b", "gpt-4o-mini"), line("c", "gpt-4o-mini")].concat();
    let found = check(&file, CheckOptions::default()).issues;
    let [issue] = found.as_slice() else { panic!("{found:#?}") };
    assert_eq!((issue.message.as_str(), issue.line), ("\"gpt-4o-mini\" has the shutdown date 2027-01-14", 1));
    for profile in [ProfileName::Azure, ProfileName::Compatible] {
        assert_eq!(check(&file, CheckOptions { profile, ..CheckOptions::default() }).issues, [], "{profile}");
    }
    assert_eq!(model_shutdown("sora-2-pro"), Some("2026-09-24"));
    assert_eq!(model_shutdown("gpt-4o-mini-2024-07-18"), Some("2027-01-14"));
    assert_eq!(model_shutdown(EXAMPLE_MODEL), None);
    let is_date =
        |date: &str| date.len() == 10 && date.bytes().all(|byte| byte == b'-' || byte.is_ascii_digit());
    assert!(model_shutdowns().all(|(date, model)| is_date(date) && !model.is_empty()));
    assert!(model_shutdowns().count() > 80);
    let video = issues(ProfileName::Openai, "/v1/videos", &json!({"model": "sora-2", "prompt": "x"}));
    let messages: Vec<_> = video.iter().map(|issue| issue.message.as_str()).collect();
    assert_eq!(
        messages,
        ["/v1/videos was shut down on 2026-09-24", "\"sora-2\" has the shutdown date 2026-09-24"]
    );
}

#[test]
fn many_or_long_names_have_bounded_messages() {
    let name = |at: u32| format!("\"temprature{at}\": 1, ");
    let names = (0..5_000).map(name).collect::<Vec<_>>().concat();
    let long = "x".repeat(100_000).replacen('x', "y", 1);
    let line = format!(
        "{{\"custom_id\": \"a\", \"method\": \"POST\", \"url\": \"{CHAT}\", \"body\": {{{names}\
         \"{long}\": 1, \"a/~b\": 1, \
         \"model\": \"{EXAMPLE_MODEL}\", \"messages\": [{{}}]}}}}\n"
    );
    let report = check(&line, CheckOptions { max_issues: Some(10_000), ..CheckOptions::default() });
    assert_eq!(report.issues.len(), 5_002);
    assert!(report.issues.iter().all(|issue| issue.message.len() < 300));
    assert_eq!(report.issues.last().unwrap().pointer, "/body/a~1~0b");
}
