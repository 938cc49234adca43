//! A file as lines, however it is cut into pieces.

use batchlight::jsonl::{LineEnd, LineParser};

type Seen = (u64, u64, Vec<u8>, LineEnd, bool);

fn lines_of(file: &[u8], piece: usize) -> (Vec<Seen>, bool) {
    let mut lines = LineParser::new(1);
    let mut seen = Vec::new();
    for piece in file.chunks(piece) {
        lines.spare_mut(piece.len())[..piece.len()].copy_from_slice(piece);
        lines.advance(piece.len(), &mut |line, reading| {
            seen.push((line.number, line.offset, line.bytes.to_vec(), line.end, reading.is_ok()));
        });
    }
    assert_eq!(lines.bytes(), file.len() as u64);
    lines.end(&mut |line, reading| {
        seen.push((line.number, line.offset, line.bytes.to_vec(), line.end, reading.is_ok()));
    });
    (seen, lines.byte_order_mark())
}

#[test]
fn lines_are_the_same_however_they_come() {
    let file = b"\xef\xbb\xbf{\"a\": 1}\r\n\n[2]\n{oops\n \t\r\n\"\\u00e9\"";
    let (whole, mark) = lines_of(file, file.len());
    assert!(mark);
    let row = |number, offset, bytes: &[u8], end, good| (number, offset, bytes.to_vec(), end, good);
    assert_eq!(
        whole,
        [
            row(1, 3, b"{\"a\": 1}", LineEnd::CrLf, true),
            row(2, 13, b"", LineEnd::Lf, true),
            row(3, 14, b"[2]", LineEnd::Lf, true),
            row(4, 18, b"{oops", LineEnd::Lf, false),
            row(5, 24, b" \t", LineEnd::CrLf, true),
            row(6, 28, b"\"\\u00e9\"", LineEnd::File, true),
        ]
    );
    for piece in 1..file.len() {
        assert_eq!(lines_of(file, piece), (whole.clone(), true), "in pieces of {piece}");
    }
}

#[test]
fn a_line_too_long_is_passed_over_in_bounded_memory() {
    let mut lines = LineParser::no_longer_than(1000, 1);
    let mut seen = Vec::new();
    let mut feed = |lines: &mut LineParser, piece: &[u8]| {
        let room = lines.spare_mut(piece.len());
        assert!(room.len() <= 1000 + 2 * 100);
        room[..piece.len()].copy_from_slice(piece);
        lines.advance(piece.len(), &mut |line, _| {
            seen.push((line.number, line.offset, line.length, line.is_cut()));
        });
    };
    feed(&mut lines, b"{}\n\"");
    for _ in 0..100 {
        feed(&mut lines, &[b'x'; 100]);
    }
    feed(&mut lines, b"\"\n[]\n");
    assert_eq!(seen, [(1, 0, 2, false), (2, 3, 10_002, true), (3, 10_006, 2, false)]);
}
