//! Every rule for input files: a file that breaks only this rule, and its issue.

use crate::support::inputs::{chat, embed, under, with};
use batchlight::jsonl::{FILE_RULES, InputIssue};
use batchlight::model::EXAMPLE_MODEL;
use batchlight::{Level, ProfileName};

use Level::{Error, Note, Warning};

/// A file, the profile, and its issue: code, level, line, the text at the column (empty for the start and `$`
/// for the end of the line), pointer.
type Case = (String, ProfileName, &'static str, Level, u64, &'static str, &'static str);

#[expect(clippy::too_many_lines, reason = "a table")]
fn cases() -> Vec<Case> {
    use ProfileName::{Azure, Compatible, Dashscope, Openai};
    let missing = "missing_required_parameter";
    let (hello, model) = ("\"Hello\"}]", &*format!("\"{EXAMPLE_MODEL}\""));
    let more = |members: &str| with(hello, &format!("{hello}, {members}"));
    let two = |second: String| chat("b") + &second;
    // The 513th bracket of the line; four brackets are before the array.
    let bottom = "[".repeat(600 - 508) + "]";
    let bottom: &'static str = bottom.leak();
    let deep = with("\"Hello\"", &["[".repeat(600), "]".repeat(600)].concat());
    let responses = |body: &str| {
        format!(
            "{{\"custom_id\": \"a\", \"method\": \"POST\", \"url\": \"/v1/responses\", \"body\": {body}}}\n"
        )
    };
    vec![
        (with("\"custom_id\": \"a\", ", ""), Openai, missing, Error, 1, "", "/custom_id"),
        (with("\"method\": \"POST\", ", ""), Openai, missing, Error, 1, "", "/method"),
        (with("\"url\": \"/v1/chat/completions\", ", ""), Openai, missing, Error, 1, "", "/url"),
        (with("\"POST\"", "null"), Openai, missing, Error, 1, "", "/method"),
        (
            with(&format!("\"model\": {model}, "), ""),
            Openai,
            missing,
            Error,
            1,
            "{\"messages\"",
            "/body/model",
        ),
        (with("\"messages\"", "\"x-messages\""), Openai, missing, Error, 1, "{\"model\"", "/body/messages"),
        (
            responses(&format!("{{\"model\": {model}}}")),
            Openai,
            missing,
            Warning,
            1,
            "{\"model\"",
            "/body/input",
        ),
        (responses("{\"input\": \"x\"}"), Openai, missing, Warning, 1, "{\"input\"", "/body/model"),
        (with("\"POST\"", "\"post\""), Openai, "wrong_method", Error, 1, "\"post\"", "/method"),
        (with("\"a\"", "7"), Openai, "custom_id_invalid", Error, 1, "7, \"method\"", "/custom_id"),
        (with("\"a\"", "\"\""), Openai, "custom_id_invalid", Error, 1, "\"\", \"method\"", "/custom_id"),
        (two(chat("b")), Openai, "duplicate_custom_id", Error, 2, "\"b\"", "/custom_id"),
        (
            with("/v1/chat/completions", "/v1/chat/completion"),
            Openai,
            "invalid_url",
            Error,
            1,
            "\"/v1/",
            "/url",
        ),
        (with("/v1/chat/completions", "/v1/audio"), Azure, "invalid_url", Warning, 1, "\"/v1/", "/url"),
        (with("/v1/chat/completions", "/v1/x"), Dashscope, "url_not_found", Warning, 1, "\"/v1/", "/url"),
        (
            with("/v1/chat/completions", "/v1/chat/completion"),
            Dashscope,
            "url_not_found",
            Error,
            1,
            "\"/v1/",
            "/url",
        ),
        (
            with(EXAMPLE_MODEL, "batch-test-model"),
            Dashscope,
            "mismatched_test_url",
            Error,
            1,
            "\"/v1/",
            "/url",
        ),
        (with("\"/v1/chat/completions\"", "1"), Openai, "invalid_url", Error, 1, "1, \"body\"", "/url"),
        (
            two(embed("a", "\"x\"").replace("text-embedding-3-small", EXAMPLE_MODEL)),
            Openai,
            "invalid_url",
            Error,
            2,
            "\"/v1/",
            "/url",
        ),
        (
            two(with(EXAMPLE_MODEL, "gpt-5.4")),
            Openai,
            "mismatched_model",
            Error,
            2,
            "\"gpt-5.4\"",
            "/body/model",
        ),
        (two(with(EXAMPLE_MODEL, "m")), Compatible, "mismatched_model", Warning, 2, "\"m\"", "/body/model"),
        (with(EXAMPLE_MODEL, "gtp-5.4"), Openai, "model_not_found", Warning, 1, "\"gtp-5.4\"", "/body/model"),
        (more("\"stream\": true"), Openai, "streaming_unsupported", Error, 1, "true", "/body/stream"),
        (more("\"stream\": 1"), Openai, "wrong_kind", Warning, 1, "1}", "/body/stream"),
        (with(model, "7"), Openai, "wrong_kind", Warning, 1, "7, \"messages\"", "/body/model"),
        (more("\"temperature\": 2.5"), Openai, "out_of_range", Warning, 1, "2.5", "/body/temperature"),
        (
            more("\"max_tokens\": 5, \"max_completion_tokens\": 5"),
            Openai,
            "max_tokens_conflict",
            Warning,
            1,
            "5, \"max",
            "/body/max_tokens",
        ),
        (
            more("\"max_tokens\": 5").replace(EXAMPLE_MODEL, "o4"),
            Openai,
            "max_tokens_unsupported",
            Warning,
            1,
            "5}",
            "/body/max_tokens",
        ),
        (more("\"temprature\": 1"), Openai, "unknown_parameter", Warning, 1, "\"tempr", "/body/temprature"),
        (more("\"verbosity\": \"hihg\""), Openai, "unknown_value", Warning, 1, "\"hihg", "/body/verbosity"),
        (
            with("\"user\"", "\"robot\""),
            Openai,
            "unknown_value",
            Warning,
            1,
            "\"robot",
            "/body/messages/0/role",
        ),
        (with("\"a\"", "\"a \""), Openai, "custom_id_whitespace", Note, 1, "\"a \"", "/custom_id"),
        (with(model, "\"gpt-5.4 \""), Openai, "model_whitespace", Warning, 1, "\"gpt-5.4 \"", "/body/model"),
        (with(model, "\"gpt-4o\""), Openai, "model_shutdown", Warning, 1, "\"gpt-4o\"", "/body/model"),
        (
            with("/v1/chat/completions", "/v1/videos")
                .replace("\"messages\": [", "\"prompt\": \"x\", \"x_m\": ["),
            Openai,
            "endpoint_shutdown",
            Warning,
            1,
            "\"/v1/videos\"",
            "/url",
        ),
        (
            with("[{\"role\": \"user\", \"content\": \"Hello\"}]", "[]"),
            Openai,
            "empty_input",
            Warning,
            1,
            "[]",
            "/body/messages",
        ),
        (embed("a", "[]"), Openai, "empty_input", Warning, 1, "[]", "/body/input"),
        (embed("a", "\"\""), Openai, "empty_input", Warning, 1, "\"\"}}", "/body/input"),
        (
            embed("a", &format!("[{}1]", "1,".repeat(2048))),
            Openai,
            "long_input",
            Warning,
            1,
            "[1,1",
            "/body/input",
        ),
        (
            with("{\"model\"", "\"{}\"}\n").lines().next().unwrap().to_owned() + "\n",
            Openai,
            "body_invalid",
            Error,
            1,
            "\"{}\"",
            "/body",
        ),
        (more("\"model\": \"gpt-5.4\""), Openai, "duplicate_key", Warning, 1, "\"model\": \"gpt-5.4\"}", ""),
        (more("\"seed\": 9007199254740993"), Openai, "long_integer", Note, 1, "9007", ""),
        (with("\"method\"", "\"a/b\": 1, \"method\""), Openai, "unknown_key", Note, 1, "\"a/b\"", "/a~1b"),
        (deep, Openai, "nested_too_deep", Warning, 1, bottom, ""),
        (chat("a") + "[]\n", Openai, "not_an_object", Error, 2, "", ""),
        ("[\n".to_owned() + &chat("a") + "]", Openai, "array_instead_of_lines", Error, 1, "", ""),
        (chat("a") + "{\n", Openai, "invalid_json_line", Error, 2, "$", ""),
        (chat("a") + "\n", Openai, "blank_line", Warning, 2, "", ""),
        (chat("a").trim().to_owned(), Openai, "missing_last_newline", Note, 1, "$", ""),
        (chat("a").replace('\n', "\r\n"), Openai, "carriage_return", Note, 1, "$", ""),
        ("\u{feff}".to_owned() + &chat("a"), Openai, "byte_order_mark", Warning, 1, "", ""),
        (String::new(), Openai, "empty_file", Error, 1, "", ""),
        ("custom_id,prompt\na,Hello\n".to_owned(), Openai, "wrong_file", Error, 1, "", ""),
        ("{\0\"\0a\0\"\0}\0".to_owned(), Openai, "not_utf8", Error, 1, "", ""),
    ]
}

#[test]
fn each_rule_is_reported_with_level_and_place() {
    for (file, profile, code, level, line, there, pointer) in cases() {
        let report = under(profile, &file);
        let text = file.lines().nth(usize::try_from(line).unwrap() - 1).unwrap_or_default();
        let at = if there == "$" { text.len() } else { text.find(there).unwrap() };
        let row = |f: &InputIssue| (f.code, f.level, f.line, f.column, f.pointer.clone());
        let found: Vec<_> = report.issues.iter().map(row).collect();
        let expected = (code, level, line, at as u64 + 1, pointer.to_owned());
        assert_eq!(found, [expected], "{}", file.get(..300).unwrap_or(&file));
        assert_eq!(report.ok, level != Error, "{code}");
    }
}

#[test]
fn every_code_has_a_file_that_breaks_its_rule() {
    let elsewhere = ["line_too_long", "ids_not_compared", "too_many_tasks", "too_many_bytes"];
    let elsewhere = [&elsewhere[..], &["too_many_embedding_inputs", "token_limit_exceeded"]].concat();
    let cases = cases();
    for rule in FILE_RULES {
        let is_covered = cases.iter().any(|case| case.2 == rule.code) || elsewhere.contains(&rule.code);
        assert!(is_covered, "{} is broken by no file here", rule.code);
    }
}
