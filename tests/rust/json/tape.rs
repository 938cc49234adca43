//! The tape: values, positions, lengths, and what it reports besides.

use batchlight::json::{Kind, Tape};

const LINE: &[u8] = concat!(
    r#"{"custom_id":"a\u0062","method":"POST","body":{"model":"m","seed":12345678901234567890,"#,
    r#""messages":[{"role":"user","content":"\u00e9\u00e9 data"},{"role":"x","role":"y"}],"#,
    r#""input":[1,2]},"n":null}"#
)
.as_bytes();

#[test]
fn properties_are_found_by_name_with_kind_and_position() {
    let mut tape = Tape::new(2);
    tape.read(LINE).unwrap();
    let id = tape.node(tape.find(LINE, 0, "custom_id").unwrap());
    assert!(id.equals_string(LINE, "ab"));
    assert_eq!(id.value.of(LINE), b"a\\u0062");
    let body = tape.find(LINE, 0, "body").unwrap();
    let messages = tape.node(tape.find(LINE, body, "messages").unwrap());
    assert_eq!((messages.kind, messages.items, messages.first), (Kind::Array, 2, Some(Kind::Object)));
    assert!(messages.value.of(LINE).starts_with(b"[{") && messages.value.of(LINE).ends_with(b"}]"));
    assert_eq!(tape.find(LINE, 0, "model"), None, "a property of the body is not a property of the root");
    assert_eq!(tape.node(tape.find(LINE, 0, "n").unwrap()).kind, Kind::Null);
    assert_eq!(tape.node(0).items, 4);
}

#[test]
fn values_below_the_depth_are_validated_but_not_stored() {
    let mut tape = Tape::new(1);
    tape.read(LINE).unwrap();
    let body = tape.find(LINE, 0, "body").unwrap();
    assert_eq!(tape.find(LINE, body, "model"), None);
    assert_eq!(tape.node(body).items, 4);
}

#[test]
fn repeated_keys_and_long_integers_are_found_at_every_depth() {
    let mut tape = Tape::new(1);
    tape.read(LINE).unwrap();
    let repeated = tape.repeated().unwrap();
    assert_eq!((repeated.first.of(LINE), repeated.second.of(LINE)), (&b"role"[..], &b"role"[..]));
    assert!(repeated.first.start < repeated.second.start);
    assert_eq!(tape.long_integer().unwrap().of(LINE), b"12345678901234567890");
}

#[test]
fn a_fault_has_the_offset_and_what_was_expected() {
    let mut tape = Tape::new(2);
    let fault = tape.read(br#"{"a":1,}"#).unwrap_err();
    assert_eq!((fault.offset, fault.expected), (7, "a key in quotes"));
}

#[test]
fn the_text_length_excludes_data_urls() {
    let text = r#"{"a":"éé x","b":["data:image/png;base64,AAAA","yz"]}"#.as_bytes();
    let mut tape = Tape::new(1);
    tape.read(text).unwrap();
    let text_length = tape.node(0).text_length;
    assert_eq!((text_length.ascii, text_length.non_ascii), (4, 2));
}
