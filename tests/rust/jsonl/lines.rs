//! Files are split into parser, whatever the chunks.

use batchlight::jsonl::{LineEnd, LineParser};

type Seen = (u64, u64, Vec<u8>, LineEnd, bool);

fn lines_of(file: &[u8], size: usize) -> (Vec<Seen>, bool) {
    let mut parser = LineParser::new(1);
    let mut seen = Vec::new();
    for chunk in file.chunks(size) {
        parser.spare_mut(chunk.len())[..chunk.len()].copy_from_slice(chunk);
        parser.advance(chunk.len(), &mut |line, parsed| {
            seen.push((line.number, line.offset, line.bytes.to_vec(), line.end, parsed.is_ok()));
        });
    }
    assert_eq!(parser.bytes(), file.len() as u64);
    parser.end(&mut |line, parsed| {
        seen.push((line.number, line.offset, line.bytes.to_vec(), line.end, parsed.is_ok()));
    });
    (seen, parser.byte_order_mark())
}

#[test]
fn lines_do_not_depend_on_the_chunks() {
    let file = b"\xef\xbb\xbf{\"a\": 1}\r\n\n[2]\n{oops\n \t\r\n\"\\u00e9\"";
    let (whole, mark) = lines_of(file, file.len());
    assert!(mark);
    let row = |number, offset, bytes: &[u8], end, is_valid| (number, offset, bytes.to_vec(), end, is_valid);
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
    for size in 1..file.len() {
        assert_eq!(lines_of(file, size), (whole.clone(), true), "in chunks of {size}");
    }
}

#[test]
fn a_line_that_is_too_long_is_skipped_in_bounded_memory() {
    let mut parser = LineParser::with_max_line_length(1000, 1);
    let mut seen = Vec::new();
    let mut feed = |parser: &mut LineParser, chunk: &[u8]| {
        let spare = parser.spare_mut(chunk.len());
        assert!(spare.len() <= 1000 + 2 * 100);
        spare[..chunk.len()].copy_from_slice(chunk);
        parser.advance(chunk.len(), &mut |line, _| {
            seen.push((line.number, line.offset, line.length, line.is_cut()));
        });
    };
    feed(&mut parser, b"{}\n\"");
    for _ in 0..100 {
        feed(&mut parser, &[b'x'; 100]);
    }
    feed(&mut parser, b"\"\n[]\n");
    assert_eq!(seen, [(1, 0, 2, false), (2, 3, 10_002, true), (3, 10_006, 2, false)]);
}

#[test]
fn whether_a_line_is_too_long_does_not_depend_on_the_chunks() {
    let file = [&b"[]\n\""[..], &[b'x'; 1500], b"\"\r\n[1]\n\"", &[b'y'; 1200], b"\""].concat();
    let lines_in = |size: usize| {
        let mut parser = LineParser::with_max_line_length(1000, 1);
        let mut seen = Vec::new();
        for chunk in file.chunks(size) {
            parser.spare_mut(chunk.len())[..chunk.len()].copy_from_slice(chunk);
            parser.advance(chunk.len(), &mut |line, parsed| {
                seen.push((line.length, line.bytes.len(), line.end, line.is_cut(), parsed.is_ok()));
            });
        }
        parser.end(&mut |line, parsed| {
            seen.push((line.length, line.bytes.len(), line.end, line.is_cut(), parsed.is_ok()));
        });
        seen
    };
    let whole = lines_in(file.len());
    let kept: Vec<_> = whole.iter().map(|&(length, kept, _, is_cut, _)| (length, kept, is_cut)).collect();
    assert_eq!(kept, [(2, 2, false), (1502, 1000, true), (3, 3, false), (1202, 1000, true)]);
    for size in [1, 7, 100, 999, 1000, 1001, 1600] {
        assert_eq!(lines_in(size), whole, "in chunks of {size}");
    }
}

#[test]
fn a_last_line_of_whitespace_is_blank() {
    for end in ["   ", "\r", "\t"] {
        let (lines, _) = lines_of(format!("{{}}\n{end}").as_bytes(), 3);
        assert_eq!((lines.len(), lines[1].4), (2, true), "{end:?}");
    }
}
