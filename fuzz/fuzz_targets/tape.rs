//! The tape compared with the scanner and with `serde_json`: the same texts are valid, have the same values,
//! and fail at the same byte.

#![no_main]

#[path = "../../tests/rust/support/oracle.rs"]
mod oracle;

use batchlight::json::Tape;
use batchlight::jsonl::LineParser;
use libfuzzer_sys::fuzz_target;
use serde::de::IgnoredAny;

fuzz_target!(|file: &[u8]| {
    for line in file.split(|&byte| byte == b'\n') {
        check(line);
    }
    check(file);
    let whole = lines(file, file.len());
    for piece in [1, 7, 64, 100] {
        assert_eq!(lines(file, piece), whole);
    }
    check_shapes(file);
});

fn check(text: &[u8]) {
    for depth in [1, 2, 9] {
        let mut tape = Tape::new(depth);
        let read = tape.read(text);
        match oracle::expected(text, depth) {
            Err(fault) => assert_eq!(read, Err(fault)),
            Ok(expected) => {
                assert_eq!(read, Ok(()));
                assert_eq!(tape.nodes(), expected.nodes);
                assert_eq!(tape.repeated(), expected.repeated);
                assert_eq!(tape.long_integer(), expected.long_integer);
            }
        }
    }
    // serde_json does not validate the UTF-8 of ignored strings, and has no limit of nesting for them.
    let good = serde_json::from_slice::<IgnoredAny>(text).is_ok() && std::str::from_utf8(text).is_ok();
    match Tape::new(1).read(text) {
        Err(fault) if fault.expected.contains("levels") => {}
        read => assert_eq!(read.is_ok(), good),
    }
}

/// Each line is read the same as alone, also with a cached shape: the file is read twice.
fn check_shapes(file: &[u8]) {
    let twice = [file, b"\n", file, b"\n"].concat();
    let (mut tape, mut at) = (Tape::new(2), 0);
    while at < twice.len() {
        let (length, read) = tape.read_line(&twice[at..]);
        let line = &twice[at..at + length];
        if !line.iter().all(|byte| b" \t\r".contains(byte)) {
            let mut alone = Tape::new(2);
            assert_eq!(read, alone.read(line));
            assert_eq!(read.map(|()| tape.nodes()), read.map(|()| alone.nodes()));
            assert_eq!((tape.repeated(), tape.long_integer()), (alone.repeated(), alone.long_integer()));
        }
        at += length + 1;
    }
}

/// All lines of a file that is read in chunks: offset, bytes, and the number of nodes or the offset of the
/// fault.
fn lines(file: &[u8], piece: usize) -> Vec<(u64, Vec<u8>, Result<usize, usize>)> {
    let mut lines = LineParser::new(2);
    let mut seen = Vec::new();
    for piece in file.chunks(piece.max(1)) {
        lines.spare_mut(piece.len())[..piece.len()].copy_from_slice(piece);
        lines.advance(piece.len(), &mut |line, reading| {
            let reading = reading.map(|tape| tape.nodes().len()).map_err(|fault| fault.offset);
            seen.push((line.offset, line.bytes.to_vec(), reading));
        });
    }
    lines.end(&mut |line, reading| {
        let reading = reading.map(|tape| tape.nodes().len()).map_err(|fault| fault.offset);
        seen.push((line.offset, line.bytes.to_vec(), reading));
    });
    seen
}
