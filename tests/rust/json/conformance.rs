//! Conformance to RFC 8259: both readers with the cases in tests/fixtures/json, and with invalid UTF-8.

use std::fs;

use batchlight::json::{Scanner, Tape};

/// All cases: name, text, and whether it is valid.
fn cases() -> Vec<(String, Vec<u8>, bool)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/json");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let cases = files.filter(|path| path.extension().is_some_and(|extension| extension == "json"));
    let case = |path: std::path::PathBuf| {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let good = name.starts_with("y_") || name.starts_with("i_accepted_");
        assert!(good || name.starts_with("n_") || name.starts_with("i_rejected_"), "{name}");
        (name, fs::read(path).unwrap(), good)
    };
    let cases: Vec<_> = cases.map(case).collect();
    assert!(cases.len() > 200, "only {} cases", cases.len());
    cases
}

fn scans(text: &[u8]) -> bool {
    let Ok(mut scanner) = Scanner::new(text) else { return false };
    loop {
        match scanner.next() {
            Ok(Some(_)) => {}
            Ok(None) => return true,
            Err(_) => return false,
        }
    }
}

#[test]
fn both_readers_accept_exactly_the_valid_texts() {
    let mut tape = Tape::new(2);
    for (name, text, good) in cases() {
        // RFC 8259 allows a limit of nesting: the scanner has one, the tape only says where it is exceeded.
        let too_deep = name == "i_rejected_depth_513";
        let reads = tape.read(&text).is_ok();
        assert_eq!(reads, good || too_deep, "{name} by the tape: {:?}", tape.read(&text));
        assert_eq!(reads && tape.too_deep().is_some(), too_deep, "{name}");
        assert_eq!(scans(&text), good, "{name} by the scanner");
    }
}

#[test]
fn validity_does_not_depend_on_the_offset() {
    let mut tape = Tape::new(2);
    for (name, text, good) in cases() {
        // Not in an array: it adds a level of nesting, and an empty text makes it an empty array.
        if name.contains("depth") || name == "n_empty" || name == "n_only_space" {
            continue;
        }
        let fault = tape.read(&text).err();
        for shift in 0..130 {
            let shifted = [&b" ".repeat(shift)[..], &text].concat();
            let expected = fault.map(|fault| (fault.offset + shift, fault.expected));
            assert_eq!(
                tape.read(&shifted).err().map(|fault| (fault.offset, fault.expected)),
                expected,
                "{name} behind {shift} spaces"
            );
            let within =
                [&b"[\""[..], &b"x".repeat(shift)[..], b"\",", &text, b",\"", &b"y".repeat(shift), b"\"]"]
                    .concat();
            let well = tape.read(&within).is_ok();
            // A few invalid texts are valid between other elements of an array.
            let completed = ["n_structure_comma", "n_array_comma_after"].contains(&name.as_str());
            assert!(
                well == good || completed || scans(&within) == well,
                "{name} in an array, {shift} bytes in"
            );
        }
    }
}

#[test]
fn a_line_ends_at_the_first_line_break_even_if_it_is_invalid() {
    let mut tape = Tape::new(2);
    for (name, text, _) in cases() {
        let line = text.split(|&byte| byte == b'\n').next().unwrap();
        let alone = tape.read(line).is_ok() || line.trim_ascii().is_empty();
        for rest in [
            &b"\n"[..],
            b"\n\"\n",
            b"\n{\"a\":\"b\"}\n",
            b"\n0123456789012345678901234567890123456789,0.1]\"}",
        ] {
            let (length, reading) = tape.read_line(&[line, rest].concat());
            assert_eq!((length, reading.is_ok()), (line.len(), alone), "{name}");
        }
    }
}

#[test]
fn utf8_is_validated_as_by_the_standard_library_at_every_offset() {
    let firsts = [
        0x7f, 0x80, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf4, 0xf5,
        0xff,
    ];
    let seconds = [0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0];
    let others = [b'x', 0x80, 0xbf];
    let mut tape = Tape::new(1);
    for before in 56..68 {
        for filling in ["x", "é"] {
            for first in firsts {
                for rest in
                    seconds.iter().flat_map(|&a| others.map(|b| others.map(|c| [first, a, b, c]))).flatten()
                {
                    for length in 1..=4 {
                        let mut text = vec![b'"'];
                        text.extend(
                            "x".repeat(before % 2)
                                .bytes()
                                .chain(filling.repeat(before / filling.len()).bytes()),
                        );
                        text.extend(&rest[..length]);
                        text.push(b'"');
                        text.resize(text.len() + before % 5 * 20, b' ');
                        let good = std::str::from_utf8(&text).is_ok();
                        assert_eq!(tape.read(&text).is_ok(), good, "{before} {text:?}");
                    }
                }
            }
        }
    }
}
