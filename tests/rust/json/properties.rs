//! The tape compared with the scanner and with `serde_json`: valid texts, mutated texts and random bytes.

use std::collections::HashSet;

use crate::support::oracle;

use batchlight::json::{Fault, Tape};
use batchlight::jsonl::LineParser;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::string::string_regex;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

fn one_of(strings: &[&'static str]) -> impl Strategy<Value = String> {
    select(strings.to_vec()).prop_map(str::to_owned)
}

/// Strings of all kinds of parts. Long plain parts let vectors of bytes begin and end anywhere.
fn string() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        4 => string_regex("[a-z ]{1,40}").unwrap(),
        2 => one_of(&["\\n", "\\\"", "\\\\", "\\/", "\\b", "\\f", "\\r", "\\t", "\\\\\\\\"]),
        2 => one_of(&["\\u0041", "\\u4e00", "\\ud83d\\ude00", "\\ud800", "\\udc00", "\\uFFFF"]),
        2 => one_of(&["é", "任务", "😀", "\u{7f}", "\u{800}", "\u{ffff}", "\u{10ffff}", "任务任务任务任务任务任务"]),
        1 => Just("data:".to_owned()),
        1 => string_regex("[A-Za-z0-9+/]{100,200}").unwrap(),
    ];
    vec(part, 0..6).prop_map(|parts| format!("\"{}\"", parts.concat()))
}

fn number() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => string_regex("-?(0|[1-9][0-9]{0,4})(\\.[0-9]{1,12})?").unwrap(),
        2 => string_regex("-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,17})?([eE][+-]?[0-9]{1,3})?").unwrap(),
        1 => one_of(&["9007199254740991", "9007199254740992", "-9007199254740993", "100000000000000000000"]),
    ]
}

fn space() -> impl Strategy<Value = &'static str> {
    prop_oneof![8 => Just(""), 4 => Just(" "), 1 => select(vec!["  ", "\t", "\r", " \r\t  "])]
}

/// Valid JSON values.
fn json() -> impl Strategy<Value = String> {
    let row = (vec(number(), 1..60), select(vec![",", ", ", " , "]))
        .prop_map(|(row, comma)| format!("[{}]", row.join(comma)));
    let leaf = prop_oneof![
        3 => string(),
        3 => number(),
        1 => row,
        1 => select(vec!["true", "false", "null", "[]", "{}", "[ ]"]).prop_map(str::to_owned),
    ];
    leaf.prop_recursive(5, 60, 8, |inner| {
        // Few keys, so that some are repeated, also with escapes.
        let key = prop_oneof![
            3 => one_of(&[
                r#""a""#, r#""b""#, r#""\u0061""#, r#""role""#, r#""content""#, r#""""#,
                r#""\ud800""#, r#""\ud801""#, r#""é""#, r#""\u00e9""#,
            ]),
            3 => string_regex("\"[a-z_]{1,20}\"").unwrap(),
            1 => string(),
        ];
        let member = (space(), key, space(), space(), inner.clone())
            .prop_map(|(a, key, b, c, value)| format!("{a}{key}{b}:{c}{value}"));
        let element = (space(), inner, space()).prop_map(|(a, value, b)| format!("{a}{value}{b}"));
        prop_oneof![
            vec(member, 0..12).prop_map(|members| format!("{{{}}}", members.join(","))),
            vec(element, 0..8).prop_map(|elements| format!("[{}]", elements.join(","))),
        ]
    })
}

/// Valid JSON with a few changed bytes, mostly structural characters.
fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let byte = prop_oneof![
        4 => select(b"\"\\{}[]:,0123456789-+.eEutfn \n\t/x".to_vec()),
        1 => any::<u8>(),
        1 => select(vec![0x80, 0xbf, 0xc0, 0xc3, 0xe0, 0xed, 0xf0, 0xf4, 0xff, 0, 0x1f]),
    ];
    let change = (any::<proptest::sample::Index>(), 0..4, byte);
    (json(), vec(change, 1..4)).prop_map(|(json, changes)| {
        let mut text = json.into_bytes();
        for (at, how, byte) in changes {
            let at = at.index(text.len() + 1);
            match how {
                0 if at < text.len() => text[at] = byte,
                1 if at < text.len() => drop(text.remove(at)),
                2 => text.truncate(at),
                _ => text.insert(at, byte),
            }
        }
        text
    })
}

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        vec(any::<u8>(), 0..200),
        vec(select(b"\"\\{}[]:,019-+.eEu \xc3\xa9".to_vec()), 0..200),
        vec(select(b"019-+.eE, ".to_vec()), 0..200).prop_map(|row| [b"[1,", &row[..], b"1]"].concat()),
        vec(select(b"\\\"un4".to_vec()), 0..200).prop_map(|text| [b"\"", &text[..], b"\""].concat()),
        vec(select(b"a\xc3\xa9\xe4\xbb\xbb\xf0\x9f\x98\x80\xed\xa0".to_vec()), 0..100).prop_map(|text| [
            b"\"",
            &text[..],
            b"\""
        ]
        .concat()),
    ]
}

/// Whether any object has a repeated key according to `serde_json`, or `None` if it cannot read the text.
fn repeats(text: &[u8]) -> Option<bool> {
    struct Repeats(bool);
    impl<'de> Deserialize<'de> for Repeats {
        fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
            struct Any;
            impl<'de> Visitor<'de> for Any {
                type Value = Repeats;
                fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.write_str("anything")
                }
                fn visit_unit<E>(self) -> Result<Repeats, E> {
                    Ok(Repeats(false))
                }
                fn visit_bool<E>(self, _: bool) -> Result<Repeats, E> {
                    Ok(Repeats(false))
                }
                fn visit_f64<E>(self, _: f64) -> Result<Repeats, E> {
                    Ok(Repeats(false))
                }
                fn visit_u64<E>(self, _: u64) -> Result<Repeats, E> {
                    Ok(Repeats(false))
                }
                fn visit_i64<E>(self, _: i64) -> Result<Repeats, E> {
                    Ok(Repeats(false))
                }
                fn visit_str<E>(self, _: &str) -> Result<Repeats, E> {
                    Ok(Repeats(false))
                }
                fn visit_seq<A: SeqAccess<'de>>(self, mut of: A) -> Result<Repeats, A::Error> {
                    let mut any = false;
                    while let Some(Repeats(here)) = of.next_element()? {
                        any |= here;
                    }
                    Ok(Repeats(any))
                }
                fn visit_map<A: MapAccess<'de>>(self, mut of: A) -> Result<Repeats, A::Error> {
                    let (mut any, mut keys) = (false, HashSet::new());
                    while let Some((key, Repeats(here))) = of.next_entry::<String, _>()? {
                        any |= here | !keys.insert(key);
                    }
                    Ok(Repeats(any))
                }
            }
            from.deserialize_any(Any)
        }
    }
    serde_json::from_slice::<Repeats>(text).ok().map(|Repeats(any)| any)
}

fn check(text: &[u8]) -> Result<(), TestCaseError> {
    for depth in [1, 2, 9] {
        let mut tape = Tape::new(depth);
        let read = tape.read(text);
        match oracle::expected(text, depth) {
            Err(fault) => prop_assert_eq!(read, Err(fault)),
            Ok(expected) => {
                prop_assert_eq!(read, Ok(()));
                prop_assert_eq!(tape.nodes(), &expected.nodes);
                prop_assert_eq!(tape.repeated(), expected.repeated);
                prop_assert_eq!(tape.long_integer(), expected.long_integer);
            }
        }
        // serde_json does not validate the UTF-8 of ignored strings.
        let serde = serde_json::from_slice::<IgnoredAny>(text).is_ok() && std::str::from_utf8(text).is_ok();
        prop_assert_eq!(read.is_ok(), serde);
        if let Some(repeats) = repeats(text) {
            prop_assert_eq!(tape.repeated().is_some(), repeats);
        }
    }
    check_line(text)
}

/// A line is read the same whatever follows it.
fn check_line(text: &[u8]) -> Result<(), TestCaseError> {
    let line = text.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let mut tape = Tape::new(2);
    let alone: Result<_, Fault> = tape.read(line).map(|()| tape.nodes().to_vec());
    for rest in [&b"\n"[..], b"\n\"\\", b"\n0123,0.5,0.5,\"}]"] {
        let (length, read) = tape.read_line(&[line, rest].concat());
        prop_assert_eq!(length, line.len());
        if line.iter().all(|byte| b" \t\r".contains(byte)) {
            prop_assert!(read.is_ok() && tape.nodes().is_empty());
        } else {
            prop_assert_eq!(&read.map(|()| tape.nodes().to_vec()), &alone);
        }
    }
    Ok(())
}

/// All lines of a file: offset, bytes, and the number of nodes or the fault.
fn lines(file: &[u8], chunks: &[&[u8]]) -> Vec<(u64, Vec<u8>, Result<usize, Fault>)> {
    let mut lines = LineParser::new(2);
    let mut seen = Vec::new();
    for chunk in chunks {
        lines.spare_mut(chunk.len())[..chunk.len()].copy_from_slice(chunk);
        lines.advance(chunk.len(), &mut |line, reading| {
            seen.push((line.offset, line.bytes.to_vec(), reading.map(|tape| tape.nodes().len())));
        });
    }
    assert_eq!(lines.bytes(), file.len() as u64);
    lines.end(&mut |line, reading| {
        seen.push((line.offset, line.bytes.to_vec(), reading.map(|tape| tape.nodes().len())));
    });
    seen
}

// 250 cases: three readers read each.
proptest! {
    #![proptest_config(ProptestConfig { cases: 250, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn valid_texts_are_read_as_by_the_scanner(
        text in (space(), json(), space()).prop_map(|(a, json, b)| format!("{a}{json}{b}"))
    ) {
        prop_assert!(Tape::new(1).read(text.as_bytes()).is_ok());
        check(text.as_bytes())?;
    }

    #[test]
    fn mutated_texts_have_the_same_errors(text in mutated()) {
        check(&text)?;
    }

    #[test]
    fn random_bytes_have_the_same_errors(text in bytes()) {
        check(&text)?;
    }
}

// 30 cases: each file is read once for every position at which it can be split.
proptest! {
    #![proptest_config(ProptestConfig { cases: 30, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn lines_do_not_depend_on_the_chunks(
        texts in vec(prop_oneof![mutated(), bytes(), Just(Vec::new())], 1..5)
    ) {
        let file = texts.join(&b'\n');
        let whole = lines(&file, &[&file]);
        for at in 0..=file.len() {
            let (one, two) = file.split_at(at);
            prop_assert_eq!(&lines(&file, &[one, two]), &whole, "split at {}", at);
        }
        let bytes: Vec<&[u8]> = file.chunks(1).collect();
        prop_assert_eq!(lines(&file, &bytes), whole);
    }
}

#[test]
fn repeated_keys_are_found_in_large_objects() {
    for (count, again) in [(33, 5), (1000, 999), (60_000, 12_345)] {
        let key = |i: usize| format!("\"key{i}\":{{\"key1\":0}}");
        let members: Vec<String> = (0..count).map(key).collect();
        let text = format!("{{{}}}", members.join(","));
        let mut tape = Tape::new(0);
        tape.read(text.as_bytes()).unwrap();
        assert_eq!(tape.repeated(), None, "{count} different keys");
        let text = format!("{{{},\"\\u006bey{again}\":1,\"key2\":2}}", members.join(","));
        tape.read(text.as_bytes()).unwrap();
        let repeated = tape.repeated().unwrap();
        assert_eq!(repeated.first.of(text.as_bytes()), format!("key{again}").as_bytes());
        assert_eq!(repeated.second.of(text.as_bytes()), format!("\\u006bey{again}").as_bytes());
    }
}
