//! Malicious input files: no line is lost, no invalid line is accepted, and time and memory stay bounded.

use std::io::Write;

use crate::support::inputs::{chat, check, check_in_chunks};
use batchlight::diagnostics::Level::{Error, Warning};
use batchlight::json::{Fault, Tape};
use batchlight::jsonl::{CheckOptions, Fixer, InputReport, SplitOptions, split_reader};

fn report(file: &str) -> InputReport {
    check(file, CheckOptions::default())
}

/// A request whose body contains this many nested arrays.
fn deep(id: &str, levels: usize) -> String {
    chat(id).replace("\"Hello\"", &["[".repeat(levels), "]".repeat(levels)].concat())
}

#[test]
fn invalid_json_is_an_error_at_every_depth() {
    for depth in [1, 511, 512, 513, 514, 575, 576, 577, 5000] {
        for open in ["{\"a\":", "{\"a\":[", "{\"a\":[1,"] {
            for (ending, expected) in [("", "a value"), ("1", ""), ("x", "a value"), ("\"\\q\"", "an escape")]
            {
                let file = [&open.repeat(depth), ending, "\n"].concat();
                let report = report(&file);
                let codes: Vec<_> = report.issues.iter().map(|issue| (issue.code, issue.level)).collect();
                assert_eq!((report.ok, report.requests), (false, 0), "{depth} {open} {ending}");
                assert_eq!(codes, [("invalid_json_line", Error)], "{depth} {open} {ending}");
                let issue = &report.issues[0];
                assert!(issue.expected.contains(expected), "{depth} {open} {ending}: {}", issue.expected);
            }
        }
    }
}

#[test]
fn syntax_errors_are_the_same_below_the_maximum_depth() {
    let mut tape = Tape::new(1);
    let inside: &[&str] = &[
        "",
        "1",
        "1 2",
        "1,",
        "{",
        "{\"",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,",
        "{\"a\":1,}",
        "{}",
        "{,",
        "[,",
        "[1}",
        "{\"a\":1]",
        "{1:2}",
        "{\"a\" 1}",
        "tru",
        "nul",
        "falsey",
        "-",
        "1.",
        "01",
        "\"\u{1}\"",
        "\"\\u12\"",
        "[[[]]]",
        "{\"a\":{\"b\":[true,false,null,1.5e3,\"é\"]}}",
        " [ 1 , { \"a\" : [ ] } ] ",
    ];
    for inside in inside {
        let shallow = ["[[", inside, "]]"].concat();
        let fault = tape.read(shallow.as_bytes()).err();
        if fault.is_some_and(|fault| fault.expected == "the end of the text") {
            continue; // In an array, another value can follow.
        }
        for levels in [511, 512, 513, 600] {
            let text = ["[".repeat(levels), shallow.clone(), "]".repeat(levels)].concat();
            let here = tape.read(text.as_bytes()).err();
            let end = |fault: Fault| (fault.offset < text.len()).then_some(fault.offset);
            let expected = fault.map(|Fault { offset, expected }| {
                ((offset < shallow.len()).then_some(offset + levels), expected)
            });
            assert_eq!(here.map(|fault| (end(fault), fault.expected)), expected, "{inside} {levels}");
            assert!(tape.too_deep().is_some() || here.is_some());
        }
    }
}

#[test]
fn a_deeply_nested_request_is_checked() {
    let file = [deep("a", 100_000), chat("b"), deep("a", 600), chat("c")].concat();
    let found = report(&file);
    assert_eq!((found.ok, found.requests), (false, 4));
    let codes: Vec<_> = found.issues.iter().map(|issue| (issue.code, issue.level, issue.line)).collect();
    let expected =
        [("nested_too_deep", Warning, 1), ("duplicate_custom_id", Error, 3), ("nested_too_deep", Warning, 3)];
    assert_eq!(codes, expected);
    let one = report(&deep("a", 600));
    assert_eq!((one.ok, one.requests, one.lines), (true, 1, 1));
}

#[test]
fn a_deeply_nested_request_is_split_and_fixed() {
    let file = [deep("request-1", 600), chat("b")].concat();
    let plan = split_reader(file.as_bytes(), &SplitOptions::default()).unwrap();
    assert_eq!((plan.skipped_count, plan.shards[0].custom_ids.len()), (0, 2));
    let mut fixer = Fixer::surveying("request-");
    fixer.write_all(file.as_bytes()).unwrap();
    assert_eq!(fixer.finish().requests, 2);
    assert_eq!(fixer.free_number(), 2, "the id of the deeply nested request is in use");
}

#[test]
fn a_line_that_is_too_long_is_counted_as_a_request() {
    let long = chat("a").replace("Hello", &"x".repeat(65 << 20));
    let report =
        check_in_chunks(&[long.as_bytes(), chat("b").as_bytes()].concat(), 1 << 20, CheckOptions::default());
    assert_eq!((report.ok, report.requests), (true, 2));
    assert_eq!(report.issues[0].code, "line_too_long");
}

#[test]
fn a_line_that_is_too_long_and_not_an_object_is_an_error() {
    let requests = [&b"["[..], &chat("a").trim_end().as_bytes().repeat(900_000), b"]\n"].concat();
    assert!(requests.len() > 64 << 20);
    for line in [requests, format!("\"{}\"\n", "x".repeat(65 << 20)).into_bytes()] {
        let file = [&line, chat("b").as_bytes()].concat();
        let report = check_in_chunks(&file, 1 << 20, CheckOptions::default());
        assert_eq!((report.ok, report.requests), (false, 1));
        let codes: Vec<_> = report.issues.iter().map(|issue| issue.code).collect();
        assert_eq!(codes, ["not_an_object", "line_too_long"]);
    }
}
