//! Files whose keys and ids are made to share a hash, or to exhaust the memory.

use crate::support::inputs::{chat, check};
use batchlight::json::Tape;
use batchlight::jsonl::{CheckOptions, FileRole, Fixer, Reconciler, fix_reader};

/// Two ids that share all 96 bits of the hash without a key.
const COLLIDING: [&str; 2] =
    ["request-the-same-of-both-ids-abc5OgQOqZW", "P3sFd67Jthe-same-of-both-ids-abcep58M4ug"];

/// The maximum number of properties of a line that are kept.
const MAX_PROPERTIES: usize = 1 << 18;

/// An object with keys that count up.
fn object(count: usize) -> String {
    let properties: Vec<_> = (0..count).map(|number| format!("\"{number}\":1")).collect();
    format!("{{{}}}", properties.join(","))
}

#[test]
fn different_ids_that_are_made_to_share_a_hash_are_not_duplicates() {
    let report = check(COLLIDING.map(chat).concat(), CheckOptions::default());
    assert_eq!((report.ok, report.requests, report.issues), (true, 2, vec![]));
    let again = check([COLLIDING[0], COLLIDING[1], COLLIDING[0]].map(chat).concat(), CheckOptions::default());
    let codes: Vec<_> = again.issues.iter().map(|issue| (issue.code, issue.line)).collect();
    assert_eq!(codes, [("duplicate_custom_id", 3)]);
}

#[test]
fn results_of_ids_that_are_made_to_share_a_hash_belong_to_different_requests() {
    let mut reconciler = Reconciler::new(1);
    let result =
        |id| format!("{{\"custom_id\":\"{id}\",\"response\":{{\"status_code\":200,\"body\":{{}}}}}}\n");
    for (file, text) in
        [(FileRole::Input, COLLIDING.map(chat).concat()), (FileRole::Output, result(COLLIDING[1]))]
    {
        reconciler.read(file, 0, text.as_bytes()).unwrap();
    }
    let reconciliation = reconciler.finish(&[]);
    let report = reconciliation.report();
    assert_eq!((report.requests, report.duplicate, report.missing, report.succeeded), (2, 0, 1, 1));
}

#[test]
fn successes_whose_bodies_are_made_to_share_a_hash_conflict() {
    let result =
        |body| format!("{{\"custom_id\":\"a\",\"response\":{{\"status_code\":200,\"body\":{body}}}}}\n");
    let text = [
        r#"{"answer-stands-in-both-results-qKfBqukT":1}"#,
        r#"{"TBGzvA-stands-in-both-results-3syQ3MAU":1}"#,
    ]
    .map(result)
    .concat();
    let mut reconciler = Reconciler::new(0);
    reconciler.read(FileRole::Output, 0, text.as_bytes()).unwrap();
    let reconciliation = reconciler.finish(&[]);
    let report = reconciliation.report();
    assert_eq!((report.requests, report.conflicting, report.repeated), (1, 1, 0));
}

#[test]
fn a_line_with_too_many_properties_is_reported_as_too_long() {
    let long = chat("a")
        .replace("\"model\"", &[&object(MAX_PROPERTIES)[1..], "\"model\""].concat().replace('}', ","));
    let report = check([long, chat("b")].concat(), CheckOptions::default());
    let codes: Vec<_> = report.issues.iter().map(|issue| (issue.code, issue.line)).collect();
    assert_eq!((report.requests, codes), (2, vec![("line_too_long", 1)]));
}

#[test]
fn the_number_of_properties_that_are_kept_is_limited() {
    let mut tape = Tape::new(1);
    assert!(tape.read(object(MAX_PROPERTIES - 1).as_bytes()).is_ok());
    assert_eq!(tape.nodes().len(), MAX_PROPERTIES);
    let text = object(2 * MAX_PROPERTIES);
    let fault = tape.read(text.as_bytes()).unwrap_err();
    assert_eq!(fault.expected, "at most 262,144 properties outside arrays");
    assert!(text[fault.offset..].starts_with(&format!("{}\"", MAX_PROPERTIES - 1)));
    assert_eq!(tape.nodes().len(), MAX_PROPERTIES);
    // Properties in arrays are not kept.
    assert!(tape.read(format!("[{text}]").as_bytes()).is_ok());
}

#[test]
fn no_id_is_added_to_a_line_with_too_many_properties() {
    let text = [&object(MAX_PROPERTIES), "\n"].concat();
    let mut fixed = Vec::new();
    let report = fix_reader(text.as_bytes(), &mut fixed, Fixer::adding_ids("request-", 1)).unwrap();
    assert_eq!((report.requests, report.changed), (0, false));
    assert_eq!(fixed, text.as_bytes());
}

#[test]
fn keys_that_share_a_hash_are_distinguished_in_small_and_large_objects() {
    // Lone surrogates are different keys, but decode to the same string.
    let half = |number: u32| format!("\"\\ud{:03x}\":1", 0x800 + number);
    for count in [2, 20, 40, 1500] {
        let keys: Vec<_> = (0..count).map(half).collect();
        let mut tape = Tape::new(1);
        tape.read(format!("[{{{}}}]", keys.join(",")).as_bytes()).unwrap();
        assert_eq!(tape.repeated(), None, "{count} keys");
        let again = format!("[{{{},{}}}]", keys.join(","), keys[1]);
        tape.read(again.as_bytes()).unwrap();
        let repeated = tape.repeated().unwrap();
        assert_eq!(repeated.first.of(again.as_bytes()), b"\\ud801", "{count} keys");
        assert_eq!(repeated.second.start as usize, again.len() - 11, "{count} keys");
    }
}

#[test]
fn the_first_repeated_key_is_reported() {
    let many = object(100);
    for (text, first, second) in [
        (r#"{"a":1,"a":2,"b":1,"b":2}"#.to_owned(), 2, 8),
        (format!(r#"{{"a":{many},"b":{{"c":1,"c":2}},"a":1}}"#), many.len() + 12, many.len() + 18),
        (format!(r#"[{},"7":1,"a":{{"c":1,"c":2}}}}]"#, &many[..many.len() - 1]), 45, many.len() + 2),
    ] {
        let mut tape = Tape::new(1);
        tape.read(text.as_bytes()).unwrap();
        let repeated = tape.repeated().unwrap();
        assert_eq!(
            (repeated.first.start as usize, repeated.second.start as usize),
            (first, second),
            "{text}"
        );
    }
}
