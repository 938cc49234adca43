//! Feeding files to readers of lines, in pieces, and writing what ranges of them say.

use batchlight::jsonl::{FileRange, FileRole, Line, LineParser, ParsedLine};

/// Gives each line of a file that comes in pieces of a size.
pub fn feed(file: &[u8], piece: usize, depth: usize, each: &mut impl FnMut(Line<'_>, ParsedLine<'_>)) {
    let mut lines = LineParser::new(depth);
    for piece in file.chunks(piece.max(1)) {
        lines.spare_mut(piece.len())[..piece.len()].copy_from_slice(piece);
        lines.advance(piece.len(), each);
    }
    lines.end(each);
}

/// Copies ranges of files.
pub fn written(ranges: &[FileRange], files: &[(FileRole, u16, &str)]) -> String {
    let mut out = String::new();
    for range in ranges {
        let of_range = |file: &&(FileRole, u16, &str)| (file.0, file.1) == (range.file, range.index);
        let (start, length) =
            (usize::try_from(range.offset).unwrap(), usize::try_from(range.length).unwrap());
        out.push_str(&files.iter().find(of_range).unwrap().2[start..start + length]);
        if !range.ended {
            out.push('\n');
        }
    }
    out
}
