//! The estimate of tokens in comparison with the exact numbers of the `o200k_base` encoding.

use std::fmt::Write;

use batchlight::json::Tape;
use batchlight::jsonl::{TokenCounter, TokenEstimate};
use serde_json::{Value, json};

fn estimate(line: &str, member: &str) -> TokenEstimate {
    let mut tape = Tape::new(1);
    tape.read(line.as_bytes()).unwrap();
    let mut counter = TokenCounter::default();
    let node = tape.node(tape.find(line.as_bytes(), 0, member).unwrap());
    counter.add(line.as_bytes(), node, 0);
    counter.estimate()
}

fn texts() -> impl Iterator<Item = Value> {
    include_str!("../../../fixtures/tokens.jsonl").lines().map(|row| serde_json::from_str(row).unwrap())
}

#[test]
fn the_exact_numbers_are_in_the_estimated_range() {
    for row in texts() {
        let (kind, tokens) = (row["kind"].as_str().unwrap(), row["tokens"].as_u64().unwrap());
        let is = estimate(&json!({"input": row["text"]}).to_string(), "input");
        if kind == "hindi" {
            assert!(tokens * 2 <= is.estimate + 5 && is.estimate < tokens * 3, "as documented: {is:?}");
        } else {
            assert!(is.low <= tokens && tokens <= is.high, "{kind}: {tokens} in {is:?}");
        }
    }
}

#[test]
fn escapes_count_as_the_characters_they_encode() {
    for row in texts() {
        let plain = json!({"input": row["text"]}).to_string();
        let mut escaped = String::new();
        for unit in plain.encode_utf16() {
            match u8::try_from(unit) {
                Ok(byte) if byte.is_ascii() => escaped.push(char::from(byte)),
                _ => write!(escaped, "\\u{unit:04x}").unwrap(),
            }
        }
        let (plain, escaped) = (estimate(&plain, "input"), estimate(&escaped, "input"));
        assert!(plain.estimate.abs_diff(escaped.estimate) <= 1, "{plain:?} and {escaped:?}");
    }
}

#[test]
fn embedded_files_are_not_counted_and_arrays_of_tokens_are() {
    let image = format!(r#"{{"input": ["hello", "data:image/png;base64,{}"]}}"#, "A".repeat(10_000));
    assert!(estimate(&image, "input").estimate < 5);
    assert_eq!(estimate(r#"{"input": [1, 22, 333]}"#, "input").estimate, 3);
    let lists = format!(r#"{{"input": [[{}15339]]}}"#, "15339,".repeat(99));
    assert_eq!(estimate(&lists, "input").estimate, 100);
}
