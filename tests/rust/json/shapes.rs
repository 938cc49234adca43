//! The shape cache: lines read with cached shapes have the same nodes as lines read alone.

use batchlight::json::{Fault, Node, Tape};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// What a tape reports about a line: nodes, whether a key is repeated, whether an integer is long.
type Report = Result<(Vec<Node>, bool, bool), Fault>;

fn report(tape: &Tape, read: Result<(), Fault>) -> Report {
    read.map(|()| (tape.nodes().to_vec(), tape.repeated().is_some(), tape.long_integer().is_some()))
}

/// Compares each line of a file with the same line read alone. Returns the number of lines with a cached
/// shape.
fn check(lines: &[String], depth: usize) -> usize {
    let mut file = lines.join("\n");
    file.push('\n');
    let (mut tape, mut at, mut known) = (Tape::new(depth), 0, 0);
    for line in lines {
        let (length, read) = tape.read_line(&file.as_bytes()[at..]);
        assert_eq!(length, line.len(), "{line}");
        known += usize::from(read.is_ok() && tape.shape().is_some());
        let mut alone = Tape::new(depth);
        let read_alone = alone.read(line.as_bytes());
        if !line.trim().is_empty() {
            assert_eq!(report(&tape, read), report(&alone, read_alone), "{line}");
        }
        at += length + 1;
    }
    known
}

#[test]
fn arrays_of_any_length_have_the_same_shape() {
    let message = |i: usize| format!(r#"{{"role": "r{i}", "content": "c\n{}"}}"#, "é".repeat(i * 9));
    let lines: Vec<String> = (0..60)
        .map(|i| {
            let messages: Vec<String> = (0..=i % 7).map(message).collect();
            let numbers: Vec<String> = (0..=i * 3).map(|n| format!("{n}")).collect();
            let texts: Vec<String> = (0..=i % 5).map(|n| format!("\"data:{n}\"")).collect();
            let messages = messages.join(", ");
            let (numbers, texts) = (numbers.join(", "), texts.join(" , "));
            format!(
                concat!(
                    r#" {{"custom_id": "{i}", "n": [{numbers}] , "body": {{"messages": [{messages}], "#,
                    r#""input": [{texts}], "stream": false, "x": {i}.5e{i}, "e": []}}}} "#
                ),
                i = i,
                numbers = numbers,
                messages = messages,
                texts = texts
            )
        })
        .collect();
    for depth in [0, 1, 2, 9] {
        // A line with one element does not show how elements repeat, so that the first lines are misses.
        assert!(check(&lines, depth) > 40, "at depth {depth}");
    }
}

#[test]
fn a_change_of_any_byte_is_detected() {
    let line = concat!(
        r#"{"a": "x", "b": [{"c": 1, "d": "y"}, {"c": 23, "d": "z"}], "#,
        r#""e": [1, 2.5], "f": ["p", "q"], "g": null}"#
    );
    let mut lines = vec![line.to_owned(), line.to_owned()];
    for at in 0..line.len() {
        for with in ["", " ", "\"", ",", "]", "}", "0", "-", "\\", "x", "\u{1}", "\r"] {
            let mut other = line.to_owned();
            other.replace_range(at..=at, with);
            lines.extend([line.to_owned(), other]);
        }
    }
    assert!(check(&lines, 2) > line.len() * 12);
}

#[test]
fn lines_without_a_repeated_shape_are_read_correctly() {
    let lines: Vec<String> = (0..3000).map(|i| format!(r#"{{"key{i}": [{{"a{i}": {i}}}]}}"#)).collect();
    assert_eq!(check(&lines, 2), 0);
}

/// JSON values with few different shapes.
fn value() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        select(vec![
            "\"\"",
            "\"a\"",
            "\"é任\"",
            "\"\\u00e9\\n\"",
            "\"data:x\"",
            "\"0123456789abcdef0123456789abcdef0123456789abcdef\""
        ]),
        select(vec!["0", "-1.5", "1e9", "12345", "9007199254740993"]),
        select(vec!["true", "false", "null", "[]", "{}"]),
        select(vec!["[1, 2, 3]", "[1,-2.5]", "[\"a\"]", "[\"a\", \"b\"]", "[1, \"a\"]", "[[1], [2, 3]]"]),
    ]
    .prop_map(str::to_owned);
    leaf.prop_recursive(3, 12, 4, |inner| {
        let key = select(vec!["a", "b", "c"]);
        prop_oneof![
            vec((key, inner.clone()), 0..3).prop_map(|members| {
                let members: Vec<_> =
                    members.iter().map(|(key, value)| format!("\"{key}\": {value}")).collect();
                format!("{{{}}}", members.join(", "))
            }),
            vec(inner.clone(), 1..4).prop_map(|elements| format!("[{}]", elements.join(", "))),
            (inner, 1..4usize).prop_map(|(element, times)| format!("[{}]", vec![element; times].join(","))),
        ]
    })
}

// 300 cases: each reads every line twice, in its file and alone.
proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn lines_of_mixed_shapes_are_read_as_each_alone(
        values in vec(value(), 1..6),
        picks in vec((any::<Index>(), any::<Index>(), select(b"\"{}[],:0a \\\x01\xc3".to_vec()), 0..5), 30),
        depth in 0..4usize,
    ) {
        let lines: Vec<String> = picks
            .iter()
            .map(|(which, at, byte, change)| {
                let mut line = values[which.index(values.len())].clone();
                let at = at.index(line.len());
                if *change == 0 && line.is_char_boundary(at) && line.is_char_boundary(at + 1) {
                    line.replace_range(at..=at, &String::from(char::from(*byte)));
                }
                line
            })
            .collect();
        check(&lines, depth);
    }
}

#[test]
fn elements_with_many_different_gaps_are_read_in_linear_time() {
    // Each gap would be one more that every later element is compared with, so that shapes keep only a few.
    let gap = |at: usize| (0..12).map(|bit| if at >> bit & 1 == 0 { ' ' } else { '\t' }).collect::<String>();
    let elements = |count: usize| {
        let all: Vec<String> = (0..count).map(|at| format!("{}{{\"a\": {at}}}", gap(at))).collect();
        format!("{{\"b\": [{}]}}", all.join(","))
    };
    assert_eq!(check(&vec![elements(4096); 4], 2), 0, "too many gaps to be cached");
    assert!(check(&vec![elements(6); 20], 2) > 10, "a few are cached");
}
