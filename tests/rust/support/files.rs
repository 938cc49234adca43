//! Feeds files in chunks, and reads ranges of files.

use std::io::Write;

use batchlight::jsonl::{FileRange, FileRole};

/// Writes a file in chunks of a size.
pub fn write_chunks(file: &[u8], size: usize, mut writer: impl Write) {
    for chunk in file.chunks(size.max(1)) {
        writer.write_all(chunk).unwrap();
    }
}

/// The bytes of ranges of files. A newline is added to ranges that end with their file.
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
