//! Files whose keys and ids are made to share a hash, or to take all memory.

use crate::support::inputs::{chat, check};
use batchlight::json::Tape;
use batchlight::jsonl::{CheckOptions, FileRole, Fixer, LineParser, Reconciler};

/// Two ids that share all 96 bits of a hash that has no key.
const COLLIDING: [&str; 2] =
    ["request-the-same-of-both-ids-abc5OgQOqZW", "P3sFd67Jthe-same-of-both-ids-abcep58M4ug"];

/// So many members are held of a line.
const HELD: usize = 1 << 18;

/// An object with keys that count up.
fn members(count: usize) -> String {
    let members: Vec<_> = (0..count).map(|number| format!("\"{number}\":1")).collect();
    format!("{{{}}}", members.join(","))
}

#[test]
fn different_ids_that_were_made_to_share_a_hash_are_no_duplicates() {
    let report = check(COLLIDING.map(chat).concat(), CheckOptions::default());
    assert_eq!((report.ok, report.requests, report.issues), (true, 2, vec![]));
    let again = check([COLLIDING[0], COLLIDING[1], COLLIDING[0]].map(chat).concat(), CheckOptions::default());
    let told: Vec<_> = again.issues.iter().map(|found| (found.code, found.line)).collect();
    assert_eq!(told, [("duplicate_custom_id", 3)]);
}

#[test]
fn results_of_ids_that_were_made_to_share_a_hash_belong_to_their_own_requests() {
    let mut reconciler = Reconciler::new(1);
    let result =
        |id| format!("{{\"custom_id\":\"{id}\",\"response\":{{\"status_code\":200,\"body\":{{}}}}}}\n");
    for (file, text) in
        [(FileRole::Input, COLLIDING.map(chat).concat()), (FileRole::Output, result(COLLIDING[1]))]
    {
        reconciler.begin(file, 0);
        let mut lines = LineParser::new(file.depth());
        lines.spare_mut(text.len())[..text.len()].copy_from_slice(text.as_bytes());
        lines.advance(text.len(), &mut |line, reading| reconciler.line(&line, reading));
    }
    let found = reconciler.finish(&[]);
    assert_eq!((found.requests, found.duplicate, found.missing, found.succeeded), (2, 0, 1, 1));
}

#[test]
fn successes_whose_bodies_were_made_to_share_a_hash_are_a_conflict() {
    let result =
        |body| format!("{{\"custom_id\":\"a\",\"response\":{{\"status_code\":200,\"body\":{body}}}}}\n");
    let text = [
        r#"{"answer-stands-in-both-results-qKfBqukT":1}"#,
        r#"{"TBGzvA-stands-in-both-results-3syQ3MAU":1}"#,
    ]
    .map(result)
    .concat();
    let mut reconciler = Reconciler::new(0);
    reconciler.begin(FileRole::Output, 0);
    let mut lines = LineParser::new(FileRole::Output.depth());
    lines.spare_mut(text.len())[..text.len()].copy_from_slice(text.as_bytes());
    lines.advance(text.len(), &mut |line, reading| reconciler.line(&line, reading));
    let found = reconciler.finish(&[]);
    assert_eq!((found.requests, found.conflicting, found.repeated), (1, 1, 0));
}

#[test]
fn a_line_with_more_members_than_are_held_is_told_like_one_that_is_too_long() {
    let long = chat("a").replace("\"model\"", &[&members(HELD)[1..], "\"model\""].concat().replace('}', ","));
    let report = check([long, chat("b")].concat(), CheckOptions::default());
    let told: Vec<_> = report.issues.iter().map(|found| (found.code, found.line)).collect();
    assert_eq!((report.requests, told), (2, vec![("line_too_long", 1)]));
}

#[test]
fn no_more_members_of_a_line_are_held_than_the_limit() {
    let mut tape = Tape::new(1);
    assert!(tape.read(members(HELD - 1).as_bytes()).is_ok());
    assert_eq!(tape.nodes().len(), HELD);
    let text = members(2 * HELD);
    let fault = tape.read(text.as_bytes()).unwrap_err();
    assert_eq!(fault.expected, "at most 262,144 members that are in no array");
    assert!(text[fault.offset..].starts_with(&format!("{}\"", HELD - 1)));
    assert_eq!(tape.nodes().len(), HELD);
    // In arrays they take no room.
    assert!(tape.read(format!("[{text}]").as_bytes()).is_ok());
}

#[test]
fn a_line_with_too_many_members_is_no_request_to_be_given_an_id() {
    let text = [&members(HELD), "\n"].concat();
    let mut fixer = Fixer::naming("request-", 1);
    fixer.spare_mut(text.len())[..text.len()].copy_from_slice(text.as_bytes());
    fixer.advance(text.len());
    let report = fixer.finish();
    assert_eq!((report.requests, report.changed), (0, false));
    assert_eq!(fixer.output(), text.as_bytes());
}

#[test]
fn keys_that_share_a_hash_are_told_apart_in_small_and_large_objects() {
    // Halves of surrogate pairs: all spell the same text, and different keys.
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
        assert_eq!(repeated.again.start as usize, again.len() - 11, "{count} keys");
    }
}

#[test]
fn the_first_repeated_key_of_a_text_is_told_whatever_comes_behind() {
    let many = members(100);
    for (text, first, again) in [
        (r#"{"a":1,"a":2,"b":1,"b":2}"#.to_owned(), 2, 8),
        (format!(r#"{{"a":{many},"b":{{"c":1,"c":2}},"a":1}}"#), many.len() + 12, many.len() + 18),
        (format!(r#"[{},"7":1,"a":{{"c":1,"c":2}}}}]"#, &many[..many.len() - 1]), 45, many.len() + 2),
    ] {
        let mut tape = Tape::new(1);
        tape.read(text.as_bytes()).unwrap();
        let repeated = tape.repeated().unwrap();
        assert_eq!((repeated.first.start as usize, repeated.again.start as usize), (first, again), "{text}");
    }
}
