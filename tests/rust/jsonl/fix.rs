//! Fixes of input files.

use std::io::Write;

use crate::support::inputs::{chat, check};
use batchlight::jsonl::{CheckOptions, FixReport, Fixer};
use proptest::prelude::*;

fn run(mut fixer: Fixer, file: &[u8], size: usize) -> (Vec<u8>, FixReport, Fixer) {
    let mut out = Vec::new();
    for chunk in file.chunks(size.max(1)) {
        fixer.write_all(chunk).unwrap();
        out.extend_from_slice(fixer.output());
        fixer.consume();
    }
    let report = fixer.finish();
    out.extend_from_slice(fixer.output());
    (out, report, fixer)
}

fn fixed(file: impl AsRef<[u8]>) -> (String, FixReport) {
    let (out, report, _) = run(Fixer::new(), file.as_ref(), 1 << 16);
    (String::from_utf8(out).unwrap(), report)
}

fn counts(report: &FixReport) -> Vec<(&'static str, u64)> {
    report.counts.iter().map(|row| (row.code, row.count)).collect()
}

fn with_ids(file: &str) -> String {
    let (_, _, survey) = run(Fixer::surveying("request-"), file.as_bytes(), 7);
    let (out, ..) = run(Fixer::adding_ids("request-", survey.free_number()), file.as_bytes(), 7);
    String::from_utf8(out).unwrap()
}

#[test]
fn a_valid_file_is_not_changed() {
    let file = [chat("a"), chat("b")].concat();
    let (out, report) = fixed(&file);
    assert_eq!(out, file);
    assert_eq!((report.changed, report.lines, report.requests), (false, 2, 2));
    assert_eq!(report.bytes, file.len() as u64);
}

#[test]
fn byte_order_marks_line_breaks_and_blank_lines_are_fixed() {
    let (a, b) = (chat("a"), chat("b"));
    let (out, report) = fixed(format!("\u{feff}{}\r\n\r\n \t\n{}", a.trim(), b.trim()));
    assert_eq!(out, [a, b].concat());
    assert_eq!(
        counts(&report),
        [("byte_order_mark", 1), ("carriage_return", 2), ("blank_line", 2), ("missing_last_newline", 1)]
    );
    let lines: Vec<_> = report.changes.iter().map(|change| (change.code, change.line)).collect();
    assert_eq!(lines[..3], [("byte_order_mark", 1), ("carriage_return", 1), ("carriage_return", 2)]);
}

#[test]
fn an_array_in_any_layout_becomes_lines() {
    let rows = [chat("a"), chat("b")];
    let expected: Vec<serde_json::Value> =
        rows.iter().map(|row| serde_json::from_str(row).unwrap()).collect();
    let values = serde_json::Value::from(expected.clone());
    for array in [
        values.to_string(),
        serde_json::to_string_pretty(&values).unwrap().replace('\n', "\r\n"),
        format!("[\n{},\n{},\n]\n", rows[0].trim(), rows[1].trim()),
        format!("\u{feff} [{}]\n\n[{}]", rows[0].trim(), rows[1].trim()),
    ] {
        let (out, report) = fixed(&array);
        let lines: Vec<serde_json::Value> =
            out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines, expected, "{array}");
        assert!(out.ends_with('\n') && report.requests == 2, "{report:?}");
        assert!(counts(&report).iter().any(|(code, _)| *code == "array_instead_of_lines"), "{report:?}");
        assert!(check(&out, CheckOptions::default()).ok);
    }
}

#[test]
fn requests_spread_over_lines_are_joined() {
    let value: serde_json::Value = serde_json::from_str(&chat("a")).unwrap();
    let pretty = serde_json::to_string_pretty(&value).unwrap();
    let (out, report) = fixed(format!("{pretty}\n\n{}{pretty},\n{}", chat("b"), chat("c")));
    let ids: Vec<_> = out
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["custom_id"].clone())
        .collect();
    assert_eq!(ids, ["a", "b", "a", "c"]);
    assert_eq!(counts(&report), [("blank_line", 1), ("invalid_json_line", 3)]);
}

#[test]
fn commas_after_requests_are_removed() {
    let (out, report) = fixed(format!("{},\n{} , \n", chat("a").trim(), chat("b").trim()));
    assert_eq!(out, [chat("a"), chat("b")].concat());
    assert_eq!(counts(&report), [("invalid_json_line", 2)]);
}

#[test]
fn lines_without_a_unique_correction_are_not_changed() {
    for file in [
        "{\"custom_id\": \"a\", \"body\": {\n".to_owned() + &chat("b"),
        "{\"custom_id\": \"a\n\"}\n".to_owned() + &chat("b"),
        "{'custom_id': 'a'}\n[1, 2]\nnull\n{\"a\": NaN},x\n\"\u{1}\"\n".to_owned(),
        "[1,\n2]\n".to_owned(),
    ] {
        let (out, report) = fixed(&file);
        assert_eq!((out.as_str(), report.changed), (file.as_str(), false), "{report:?}");
    }
}

/// Each correction: an invalid or unusual file, the fixed file, and the codes of the changes.
#[test]
fn values_with_one_valid_form_are_written_in_it() {
    let a = chat("a");
    let line = a.trim();
    let url = "/v1/chat/completions";
    assert!(line.contains(url) && line.contains("\"POST\""), "{line}");
    for (file, expected, codes) in [
        (line.replace("POST", "post"), line.to_owned(), vec![("wrong_method", 1)]),
        (line.replace("POST", " Post\\n"), line.to_owned(), vec![("wrong_method", 1)]),
        (
            line.replace(url, &format!("https://api.openai.com{url}")),
            line.to_owned(),
            vec![("invalid_url", 1)],
        ),
        (line.replace("\"a\"", "\" a\\t\""), line.to_owned(), vec![("custom_id_whitespace", 1)]),
        (line.replace("\"model\": \"", "\"model\": \"\\t "), line.to_owned(), vec![("model_whitespace", 1)]),
        (line.replace("}]}", ",}],}"), line.to_owned(), vec![("invalid_json_line", 2)]),
        (line.replace("}}", "},}") + " , ", line.to_owned(), vec![("invalid_json_line", 2)]),
        (line.replace("}}", "},\n}"), line.replace("}}", "} }"), vec![("invalid_json_line", 2)]),
        (
            line.replace("POST", "post")
                .replace(url, &format!("http://localhost{url}"))
                .replace("\"a\"", "\"a \""),
            line.to_owned(),
            vec![("invalid_url", 1), ("wrong_method", 1), ("custom_id_whitespace", 1)],
        ),
    ] {
        assert_ne!(file, expected);
        let before = check(&(file.clone() + "\n"), CheckOptions::default());
        let (out, report) = fixed(file.clone() + "\n");
        assert_eq!(out, expected + "\n", "{file}");
        let mut found = counts(&report);
        found.sort_unstable();
        let mut codes = codes;
        codes.sort_unstable();
        assert_eq!(found, codes, "{file}");
        assert!(before.fixable > 0 && before.issues.iter().any(|issue| issue.fixable), "{:?}", before.issues);
        let after = check(&out, CheckOptions::default());
        assert!(after.ok && after.fixable == 0, "{:?}", after.issues);
    }
}

#[test]
fn values_without_one_valid_form_are_kept_and_not_marked() {
    let line = chat("a");
    for file in [
        line.replace("POST", "GET"),
        line.replace("/v1/chat", "https://example.com/v2/chat"),
        line.replace("\"a\"", "\"  \""),
        line.replace("}}", ",,}}"),
        line.replace("}]", "},{,}]"),
        line.replace("\"POST\"", "1"),
    ] {
        assert_ne!(file, line);
        let (out, report) = fixed(&file);
        assert_eq!((out.as_str(), report.changed), (file.as_str(), false), "{report:?}");
        let report = check(&file, CheckOptions::default());
        assert_eq!(report.fixable, 0, "{:?}", report.issues);
    }
}

#[test]
fn utf16_with_a_byte_order_mark_becomes_utf8() {
    let file = [chat("ä€𝄞"), chat("b")].concat();
    for to_bytes in [u16::to_le_bytes, u16::to_be_bytes] {
        let utf16 = |text: &str| -> Vec<u8> {
            ["\u{feff}", text].concat().encode_utf16().flat_map(to_bytes).collect()
        };
        let bytes = utf16(&file);
        let issues = check(&bytes, CheckOptions::default());
        assert_eq!((issues.issues[0].code, issues.fixable), ("not_utf8", 1));
        for size in [1, 3, 1 << 16] {
            let (out, report, _) = run(Fixer::new(), &bytes, size);
            assert_eq!(String::from_utf8(out).unwrap(), file);
            assert_eq!(counts(&report), [("not_utf8", 1)]);
        }
        // An unpaired surrogate in the second line, and half a character at the end.
        let mut broken = utf16(&chat("a"));
        broken.extend("\"".encode_utf16().chain([0xd834, 0x22]).flat_map(to_bytes));
        broken.extend(to_bytes(0xd834));
        broken.push(0);
        for size in [1, 1 << 16] {
            let (out, report, _) = run(Fixer::new(), &broken, size);
            assert_eq!(String::from_utf8(out).unwrap(), chat("a") + "\"\u{fffd}\"\u{fffd}\u{fffd}\n");
            assert_eq!(counts(&report), [("missing_last_newline", 1), ("not_utf8", 4)]);
            let lines: Vec<_> = report.changes.iter().map(|change| change.line).collect();
            assert_eq!(lines, [1, 2, 2, 2, 2]);
        }
    }
}

#[test]
fn files_of_another_kind_are_not_changed() {
    let result = "{\"custom_id\": \" a\", \"response\": null, \"error\": {}}\r\n\r\n{\"method\": \"post\"}";
    for file in [
        b"\x89PNG\r\n\x1a\n\r\n\0".as_slice(),
        b"\x1f\x8b\x08\r\n",
        b"PK\x03\x04\n\n",
        b"<html>\r\n\r\n</html>",
        b"\xef\xbb\xbfcustom_id,prompt\r\n1,x\r\n",
        b"{\0\"\0\r\0\n\0",
        b"[\0{\0}\0]\0",
        result.as_bytes(),
    ] {
        for size in [1, 1 << 16] {
            let (out, report, _) = run(Fixer::new(), file, size);
            assert_eq!((out.as_slice(), report.changed), (file, false), "{report:?}");
            let lines = file.split_inclusive(|&byte| byte == b'\n').count() as u64;
            assert_eq!((report.bytes, report.lines, report.requests), (file.len() as u64, lines, 0));
        }
        let report = check(file, CheckOptions::default());
        assert_eq!((report.issues.len(), report.fixable), (1, 0), "{:?}", report.issues);
    }
}

#[test]
fn fixable_issues_are_counted_beyond_those_that_are_listed() {
    let file: String = (0..50).map(|id| chat(&id.to_string()).replace("POST", "post")).collect();
    let report = check(&file, CheckOptions { max_issues: Some(3), ..CheckOptions::default() });
    assert_eq!((report.issues.len(), report.fixable), (3, 50));
}

#[test]
fn added_ids_are_unique() {
    let bare = chat("x").replace("\"custom_id\": \"x\", ", "");
    let null = chat("x").replace("\"x\"", "null");
    let file = [bare.as_str(), &chat("request-2"), "{}\n", &null, &chat("request-01")].concat();
    let out = with_ids(&file);
    let ids: Vec<_> = out
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["custom_id"].clone())
        .collect();
    assert_eq!(ids, ["request-3", "request-2", "request-4", "request-5", "request-01"]);
    assert!(out.contains(&chat("request-2")), "{out}");
    let (unchanged, report) = fixed(&file);
    assert_eq!((unchanged.as_str(), report.changed), (file.as_str(), false));
}

fn files() -> impl Strategy<Value = Vec<u8>> {
    let part = prop_oneof![
        Just("{\"custom_id\": \"a\"}"),
        Just("{\"custom_id\":\n  \"b\"\n}"),
        Just("{\"method\": \"POST\"}"),
        Just("{\"custom_id\": null}"),
        Just("\u{feff}"),
        Just("\r\n"),
        Just("\n"),
        Just("\n\n"),
        Just("\r"),
        Just("["),
        Just("[ {"),
        Just("]"),
        Just("{"),
        Just("}"),
        Just(","),
        Just(", \n"),
        Just("\""),
        Just("\\"),
        Just(" "),
        Just("x"),
        Just("é"),
        Just(",}"),
        Just("{\"custom_id\": \" a\\n\", \"method\": \"post\", \"url\": \"http://x/v1/embeddings\",}"),
        Just("{\"a\": \"custom_id\",}"),
        Just("{\"b\":\n"),
        Just("{\"response\": 1}"),
        Just("{\"body\": {\"model\": \"m \"}, \"custom_id\": \"b\"}"),
    ];
    prop::collection::vec(part, 0..24).prop_map(|parts| parts.concat().into_bytes())
}

// 1000 cases: each fixes one file of at most 24 short parts.
proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1000) })]

    #[test]
    fn a_fix_is_idempotent_and_does_not_depend_on_the_chunks(file in files(), size in 1usize..9) {
        let (out, report, _) = run(Fixer::new(), &file, 1 << 16);
        let (in_chunks, same, _) = run(Fixer::new(), &file, size);
        prop_assert_eq!(String::from_utf8_lossy(&in_chunks), String::from_utf8_lossy(&out));
        prop_assert_eq!(&same, &report);
        prop_assert_eq!(report.bytes, out.len() as u64);
        let counts = check(&file, CheckOptions::default()).counts;
        let is_other_kind = counts.iter().any(|row| row.code == "wrong_file");
        if is_other_kind {
            prop_assert_eq!(&out, &file);
        }
        prop_assert_eq!(report.lines, out.split_inclusive(|&byte| byte == b'\n').count() as u64);
        prop_assert!(is_other_kind || out.is_empty() || out.ends_with(b"\n"));
        prop_assert_eq!(report.changed, out != file);
        let (again, nothing, _) = run(Fixer::new(), &out, 1 << 16);
        prop_assert_eq!(String::from_utf8_lossy(&again), String::from_utf8_lossy(&out));
        prop_assert!(!nothing.changed, "{:?}", nothing);
        let codes = ["byte_order_mark", "blank_line", "carriage_return", "missing_last_newline"];
        let report = check(&out, CheckOptions::default());
        prop_assert!(report.counts.iter().all(|row| !codes.contains(&row.code)), "{:?}", report.counts);
    }

    #[test]
    fn utf16_is_fixed_like_its_text(file in files(), size in 1usize..9) {
        let text = String::from_utf8(file).unwrap();
        let utf16: Vec<u8> =
            ["\u{feff}", &text].concat().encode_utf16().flat_map(u16::to_le_bytes).collect();
        let (out, report, _) = run(Fixer::new(), &utf16, size);
        let (expected, of_text, _) = run(Fixer::new(), text.as_bytes(), 1 << 16);
        prop_assert_eq!(String::from_utf8_lossy(&out), String::from_utf8_lossy(&expected));
        prop_assert_eq!(report.changes.len(), of_text.changes.len() + 1);
        prop_assert_eq!((report.bytes, report.lines), (of_text.bytes, of_text.lines));
    }

    #[test]
    fn random_files_get_unique_ids(file in files()) {
        let (_, _, survey) = run(Fixer::surveying("a"), &file, 5);
        let (out, ..) = run(Fixer::adding_ids("a", survey.free_number()), &file, 5);
        let (plain, ..) = run(Fixer::new(), &file, 5);
        let ids = |file: &[u8]| -> Vec<String> {
            let lines = file.split(|&byte| byte == b'\n');
            let values = lines.filter_map(|line| serde_json::from_slice::<serde_json::Value>(line).ok());
            values.filter_map(|value| Some(value.get("custom_id")?.as_str()?.to_owned())).collect()
        };
        let given = ids(&out).len() - ids(&plain).len();
        let mut new: Vec<_> = ids(&out).into_iter().filter(|id| !ids(&plain).contains(id)).collect();
        new.sort();
        new.dedup();
        prop_assert_eq!(new.len(), given);
    }
}

#[test]
fn arrays_after_arrays_are_fixed_without_recursion() {
    let many = "[]".repeat(100_000);
    for size in [1000, 1 << 20] {
        let (out, report, _) = run(Fixer::new(), many.as_bytes(), size);
        assert_eq!((out.len(), report.requests), (0, 0), "in chunks of {size}");
    }
    let file = format!("{many}\n[{}]{}", chat("a").trim_end(), chat("b"));
    assert_eq!(fixed(file).0, [chat("a"), chat("b")].concat());
}

#[test]
fn the_bytes_of_a_line_that_is_too_long_are_counted() {
    let file = [chat("a"), format!("\"{}\"\n", "x".repeat(68 << 20)), chat("b")].concat();
    let (out, report, _) = run(Fixer::new(), file.as_bytes(), 1 << 20);
    assert!(out == file.as_bytes());
    assert_eq!((report.bytes, report.lines), (file.len() as u64, 3));
}
