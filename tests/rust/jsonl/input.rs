//! The check of input files: the issues, also in comparison with the recorded replies of servers.

mod bodies;
mod estimate;
mod hostile;
mod parameters;
mod rules;

use crate::support::inputs::{
    LineRow, chat, check, check_in_chunks, embed, invalid_files, lines, under, with,
};
use batchlight::jsonl::{CheckOptions, FILE_RULES, InputChecker, InputReport, Limits, LineHandler};
use batchlight::model::EXAMPLE_MODEL;
use batchlight::{Level, ProfileName};
use proptest::prelude::*;

use Level::{Error, Note, Warning};

fn plain(file: impl AsRef<[u8]>) -> InputReport {
    check(file, CheckOptions::default())
}

/// Asserts that a file has exactly this issue.
#[track_caller]
fn one(report: &InputReport, code: &str, level: Level, line: u64, column: u64, pointer: &str) {
    let [found] = report.issues.as_slice() else { panic!("{code}: {:#?}", report.issues) };
    let place = (found.code, found.level, found.line, found.column, found.pointer.as_str());
    assert_eq!(place, (code, level, line, column, pointer));
}

fn codes(report: &InputReport) -> Vec<&'static str> {
    report.issues.iter().map(|issue| issue.code).collect()
}

#[test]
fn a_valid_file_has_no_issue() {
    let file = [chat("a"), chat("b"), chat("c")].concat();
    let report = plain(&file);
    assert!(report.ok && report.issues.is_empty(), "{:?}", report.issues);
    assert_eq!((report.requests, report.lines, report.bytes), (3, 3, file.len() as u64));
    assert_eq!(report.models[0].model, EXAMPLE_MODEL);
    assert_eq!((report.models[0].requests, report.endpoints[0].requests), (3, 3));
    assert_eq!(report.endpoints[0].endpoint, "/v1/chat/completions");
    assert!((4..10).contains(&(report.input_tokens.estimate / 3)), "{:?}", report.input_tokens);
    // Escapes do not change the strings.
    let escaped =
        with("\"POST\"", "\"P\\u004fST\"").replace("\"url\"", "\"\\u0075rl\"").replace("/v1", "\\/v1");
    assert_eq!(plain(escaped).issues, []);
}

#[test]
fn invalid_lines_are_reported_with_their_cause() {
    for (line, help) in [
        (with("\"user\",", "\"user\""), "serializer"),
        (with("}]}}", "},]}}"), "remove the comma"),
        (with("}]}}", "}]}},"), "or use fix"),
        (chat("a").trim().repeat(2) + "\n", "on its own line"),
        (with("\"Hello\"", "NaN"), "no NaN and no Infinity"),
        (with("\"Hello\"", "-Infinity"), "no NaN and no Infinity"),
        (with("\"Hello\"", "None"), "no NaN and no Infinity"),
        (with("\"Hello\"", "'Hello'"), "single quotes"),
        (with("\"Hello\"", "/* no */ \"Hello\""), "comment"),
        (with("\"Hello\"", "\"\t\""), "serializer"),
    ] {
        let report = plain([chat("b"), line.clone()].concat());
        let [issue] = report.issues.as_slice() else { panic!("{line}: {:#?}", report.issues) };
        assert_eq!((issue.code, issue.level, issue.line), ("invalid_json_line", Error, 2), "{line}");
        assert!(issue.help.contains(help), "{line}: {issue:?}");
        assert_eq!(issue.offset, chat("b").len() as u64 + issue.column - 1, "{line}");
    }
    let bytes = [chat("a").as_bytes(), b"{\"custom_id\": \"\xff\"}\n"].concat();
    one(&plain(bytes), "invalid_json_line", Error, 2, 16, "");
}

#[test]
fn the_place_of_a_trailing_comma_is_the_comma() {
    let line = with("\"Hello\"}]}", "\"Hello\"}]  ,  }");
    let at = line.find("  ,").unwrap() as u64 + 2;
    let report = plain(&line);
    let [issue] = report.issues.as_slice() else { panic!("{:#?}", report.issues) };
    assert_eq!((issue.column, issue.offset, issue.length), (at + 1, at, Some(1)));
    assert_eq!((issue.help, issue.fixable), ("remove the comma, or use fix", true));
}

#[test]
fn the_first_use_of_an_id_has_its_column() {
    // In UTF-16 code units. If the column is very large, only the line is kept.
    let line = |before: &str| format!("{{\"x\": \"{before}\", \"custom_id\": \"a\"}}\n");
    for before in ["", "漢🎉", &"é".repeat(1000)] {
        let first = line(before);
        let report = plain(first.clone() + &chat("a"));
        let duplicate = report.issues.iter().find(|issue| issue.code == "duplicate_custom_id").unwrap();
        let related = duplicate.related.unwrap();
        let at = first.find("\"a\"").unwrap();
        let column = first[..at].encode_utf16().count() as u64 + 1;
        assert_eq!((related.line, related.column, related.offset), (1, column, at as u64));
    }
    let far = plain(line(&"x".repeat(70_000)) + &chat("a"));
    let related = far.issues.iter().find_map(|issue| issue.related).unwrap();
    assert_eq!((related.line, related.column, related.offset), (1, 1, 0));
}

#[test]
fn columns_are_counted_in_utf16_code_units() {
    let report = plain("{\"custom_id\": \"é漢🎉\", oops}\n");
    let issue = &report.issues[0];
    assert_eq!((issue.column, issue.offset), (23, 27));
    assert_eq!(issue.message, "expected a key in quotes, found \"o\"");
}

#[test]
fn a_value_that_is_spread_over_lines_is_reported_once() {
    let value: serde_json::Value = serde_json::from_str(&chat("a")).unwrap();
    let pretty = serde_json::to_string_pretty(&value).unwrap() + "\n";
    let height = pretty.lines().count() as u64;
    let report = plain([pretty.as_str(), &chat("b"), &pretty].concat());
    let lines: Vec<_> = report.issues.iter().map(|issue| (issue.code, issue.line)).collect();
    assert_eq!(lines, [("invalid_json_line", 1), ("invalid_json_line", height + 2)]);
    assert!(report.issues[0].help.contains("fix to join"), "{:?}", report.issues[0]);
    assert_eq!(report.requests, 1);
    // An incomplete line does not hide the lines after it.
    let cut = "{\"custom_id\": \"x\", \"body\": {\n";
    let report = plain([cut, cut, &chat("b"), "{\n"].concat());
    let lines: Vec<_> = report.issues.iter().map(|issue| issue.line).collect();
    assert_eq!(lines, [1, 2, 4]);
    assert!(report.issues.iter().all(|issue| !issue.help.contains("fix to join")));
    let broken = plain("{\"custom_id\": \"x\n y\"}\n".to_owned() + &chat("b"));
    assert_eq!((broken.issues.len(), broken.requests), (1, 1));
    assert!(broken.issues[0].expected.contains("line break"), "{:?}", broken.issues[0]);
}

#[test]
fn an_array_is_reported_once() {
    let inner = [chat("a"), chat("b")].map(|line| line.trim().to_owned()).join(",\n");
    one(&plain(format!("[\n{inner}\n]\n")), "array_instead_of_lines", Error, 1, 1, "");
    one(&plain(format!("[{}]\n", inner.replace('\n', ""))), "array_instead_of_lines", Error, 1, 1, "");
    one(&plain("[1]\n"), "not_an_object", Error, 1, 1, "");
    one(&plain(chat("a") + "\"x\"\n"), "not_an_object", Error, 2, 1, "");
}

#[test]
fn blank_lines_and_line_breaks_are_reported() {
    let mark = format!("\u{feff}{}", chat("a"));
    one(&plain(&mark), "byte_order_mark", Warning, 1, 1, "");
    one(&under(ProfileName::Azure, &mark), "byte_order_mark", Error, 1, 1, "");
    let length = chat("a").len() as u64;
    let report = plain([chat("a"), chat("b")].concat().replace('\n', "\r\n"));
    one(&report, "carriage_return", Note, 1, length, "");
    assert_eq!(report.counts[0].count, 2);
    one(&plain(chat("a").trim()), "missing_last_newline", Note, 1, length, "");
    one(&plain(chat("a") + "\n" + &chat("b")), "blank_line", Warning, 2, 1, "");
    for (empty, codes_of_it) in [("", &["empty_file"][..]), ("\n", &["blank_line", "empty_file"])] {
        let report = plain(empty);
        assert_eq!((codes(&report).as_slice(), report.ok), (codes_of_it, false), "{empty:?}");
    }
    let utf16: Vec<u8> = chat("a").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(codes(&plain(&utf16)), ["not_utf8"]);
    assert_eq!(codes(&plain([&[0xff, 0xfe][..], &utf16].concat())), ["not_utf8"]);
}

#[test]
fn messages_say_what_was_found_where_and_what_was_expected() {
    let message = |file: String| plain(file).issues[0].message.clone();
    assert_eq!(message(with("\"POST\"", "\"GET\"")), "expected \"POST\", found \"GET\" at method");
    assert_eq!(
        message(with("\"messages\"", "\"x-messages\"")),
        "expected a list of messages, found nothing at body.messages"
    );
    assert_eq!(
        message(with("\"Hello\"}]", "\"Hello\"}], \"top_p\": -0.1")),
        "expected a number from 0 to 1, found the number -0.1 at body.top_p"
    );
    let hostile = with("\"POST\"", "\"\\u202e\\n<b>\"");
    assert_eq!(message(hostile), "expected \"POST\", found \"\\u202e\\n<b>\" at method");
    let long = with("\"POST\"", &format!("\"{}\"", "x".repeat(10_000)));
    assert!(message(long).len() < 200);
    for rule in FILE_RULES {
        for text in [rule.expected, rule.help] {
            let first = text.chars().next().unwrap();
            assert!(
                !text.ends_with('.')
                    && (!first.is_uppercase() || text.starts_with("UTF") || text.starts_with("JSON")),
                "{text}"
            );
        }
    }
}

#[test]
fn a_duplicate_is_reported_with_both_lines() {
    let report = plain([chat("a"), chat("b"), chat("\\u0061")].concat());
    let issue = &report.issues[0];
    let first = issue.related.unwrap();
    let at = chat("a").find("\"a\"").unwrap() as u64;
    assert_eq!((issue.line, first.line, first.column, first.offset), (3, 1, at + 1, at));
    assert!(issue.found.ends_with("which line 1 has"), "{issue:?}");
    let line = with("\"Hello\"}]", "\"Hello\"}], \"x_k\": {\"k\": 1, \"k\": [2, 3]}");
    let (at, again) = (line.find("\"k\"").unwrap() as u64, line.rfind("\"k\"").unwrap() as u64);
    let report = plain(line);
    assert_eq!((report.issues[0].column, report.issues[0].related.unwrap().column), (again + 1, at + 1));
    // A key that stands twice with the same value changes nothing.
    assert_eq!(
        codes(&plain(with("\"Hello\"}]", "\"Hello\"}], \"x_k\": {\"k\": [2, {}], \"k\" : [2, {}]}"))),
        [""; 0]
    );
}

#[test]
fn the_limits_are_options_with_the_profile_as_default() {
    let file = [embed("a", "[\"x\", \"y\"]"), embed("b", "\"x\""), embed("c", "[1, 2]")].concat();
    assert_eq!(plain(&file).embedding_inputs, 4);
    let limits = |requests, bytes, embedding_inputs| CheckOptions {
        limits: Limits { requests, bytes, embedding_inputs },
        ..CheckOptions::default()
    };
    let line = embed("a", "[\"x\", \"y\"]").len() as u64;
    one(&check(&file, limits(Some(2), None, None)), "too_many_tasks", Error, 3, 1, "");
    one(&check(&file, limits(None, Some(line), None)), "too_many_bytes", Error, 2, 1, "");
    one(&check(&file, limits(None, None, Some(3))), "too_many_embedding_inputs", Error, 3, 1, "");
    assert!(check(&file, limits(Some(3), Some(file.len() as u64), Some(4))).ok);
    let many: String = (0..50_001).map(|at| chat(&at.to_string())).collect();
    let report = plain(&many);
    assert_eq!(report.issues[0].message, "expected at most 50000 requests per file, found 50001");
    assert!(under(ProfileName::Azure, &many).ok);
    // Together's documentation. The maximum sizes of Groq and Azure are disputed.
    assert_eq!(codes(&under(ProfileName::Together, &many))[0], "too_many_tasks");
    for (profile, max, level) in [
        (ProfileName::Together, 100_000_000, Error),
        (ProfileName::Groq, 100_000_000, Warning),
        (ProfileName::Azure, 209_715_200, Warning),
    ] {
        let large = |bytes: u64| {
            let mut checker = InputChecker::new(CheckOptions { profile, ..CheckOptions::default() });
            checker.end_file(bytes);
            checker.finish().issues.into_iter().find(|issue| issue.code == "too_many_bytes")
        };
        assert!(large(max).is_none(), "{profile}");
        assert_eq!(large(max + 1).unwrap().level, level, "{profile}");
    }
}

#[test]
fn the_endpoint_of_the_batch_decides() {
    let check = |file: String, endpoint: &str, profile| {
        let endpoint = Some(endpoint.to_owned());
        codes(&check(file, CheckOptions { endpoint, profile, ..CheckOptions::default() }))
    };
    let openai = ProfileName::Openai;
    assert_eq!(check(chat("a"), "/v1/embeddings", openai), ["invalid_url"]);
    assert_eq!(check(chat("a"), "/v1/chat/completions", openai), [""; 0]);
    assert_eq!(check(with("/v1/chat/completions", "/v1/new"), "/v1/new", openai), [""; 0]);
    assert_eq!(check(with("/v1/chat", "/chat"), "/v1/chat/completions", ProfileName::Azure), [""; 0]);
    assert_eq!(check(with("/v1/chat", "/chat"), "/v1/chat/completions", openai), ["invalid_url"]);
}

#[test]
fn an_invalid_first_url_does_not_invalidate_the_others() {
    let report = plain([with("/v1/chat", "/v1/chats"), chat("b"), chat("c")].concat());
    one(&report, "invalid_url", Error, 1, 45, "/url");
}

#[test]
fn the_number_of_kept_issues_is_limited_and_all_are_counted() {
    let file = "{}\n".repeat(1000);
    let report = check(&file, CheckOptions { max_issues: Some(5), ..CheckOptions::default() });
    assert_eq!(report.issues.len(), 5);
    assert_eq!((report.counts.len(), report.counts[0].count, report.ok), (1, 4000, false));
    let none = check(&file, CheckOptions { max_issues: Some(0), ..CheckOptions::default() });
    assert_eq!((none.issues.len(), none.counts, none.ok), (0, report.counts, false));
}

#[test]
fn the_number_of_models_that_are_counted_is_limited() {
    let line = |at: u32| with(EXAMPLE_MODEL, &format!("gpt-{at}")).replace("\"a\"", &format!("\"{at}\""));
    let report = plain((0..1000).map(line).collect::<String>());
    assert_eq!((report.models.len(), report.requests), (256, 1000));
    assert_eq!(report.counts.iter().find(|row| row.code == "mismatched_model").unwrap().count, 999);
}

#[test]
fn ids_beyond_the_limit_are_not_compared_and_a_note_is_reported() {
    let most = u32::try_from(batchlight::jsonl::MAX_COMPARED_IDS).unwrap();
    let lines = (0..=most).chain([0, most]).map(|at| format!("{{\"custom_id\":\"{at}\"}}\n"));
    let report =
        check(lines.collect::<String>(), CheckOptions { max_issues: Some(1), ..CheckOptions::default() });
    let count = |code: &str| report.counts.iter().find(|row| row.code == code).map_or(0, |row| row.count);
    assert_eq!((count("duplicate_custom_id"), count("ids_not_compared")), (1, 1));
}

fn parts() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just(chat("a")),
        Just(chat("b").replace('\n', "\r\n")),
        Just(embed("c", "[1]")),
        Just("{\"custom_id\":\n".to_owned()),
        Just("\"é\u{feff}\"".to_owned()),
        Just("[".to_owned()),
        Just("}\n".to_owned()),
        Just("\n".to_owned()),
        Just("{\"body\": {\"model\": 1, \"model\": 2}, \"url\": []}\n".to_owned()),
        "[ -~]{0,8}",
    ];
    prop::collection::vec(part, 0..12).prop_map(|parts| parts.concat())
}

// 500 cases: each checks one file of at most 12 lines.
proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

    #[test]
    fn the_report_does_not_depend_on_the_chunks(file in parts(), size in 1usize..40) {
        let whole = plain(&file);
        prop_assert_eq!(&check_in_chunks(file.as_bytes(), size, CheckOptions::default()), &whole);
        prop_assert_eq!(whole.bytes, file.len() as u64);
        prop_assert_eq!(whole.ok, whole.counts.iter().all(|row| row.level != Error));
        for issue in &whole.issues {
            let offset = usize::try_from(issue.offset).unwrap();
            prop_assert!(offset <= file.len() && file.is_char_boundary(offset), "{:?}", issue);
            prop_assert!(issue.line >= 1 && issue.line <= whole.lines.max(1));
        }
    }

    #[test]
    fn random_bytes_are_never_a_valid_file(file in prop::collection::vec(any::<u8>(), 0..200)) {
        let report = plain(&file);
        prop_assert!(!report.ok && !report.issues.is_empty());
    }
}

#[test]
fn the_errors_of_servers_are_reported_with_code_line_and_param() {
    for row in invalid_files() {
        let mut options = CheckOptions { profile: row.profile, ..CheckOptions::default() };
        options.endpoint = row.endpoint.clone();
        let report = check(&row.file, options);
        assert!(!report.ok || row.only_warned, "{}", row.source);
        for (code, line, param) in &row.errors {
            let is_reported = report.issues.iter().any(|issue| {
                issue.code == code
                    && line.is_none_or(|line| issue.line == line)
                    && issue.param.as_deref() == param.as_deref()
            });
            assert!(is_reported, "{}: {code} {line:?} {param:?} not in {:#?}", row.source, report.issues);
        }
    }
}

#[test]
fn requests_that_servers_accept_have_no_issue() {
    for LineRow { source, profile, line } in lines() {
        let mut report = check(format!("{line}\n"), CheckOptions { profile, ..CheckOptions::default() });
        // The lines are older than the shutdown dates of their models.
        report.issues.retain(|issue| issue.code != "model_shutdown");
        assert!(report.issues.is_empty(), "{source}: {:#?}", report.issues);
    }
}
