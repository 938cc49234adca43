//! Detects files that were chosen by mistake by their first line: images, archives, tables, and result files
//! in the place of input files or the reverse.

use crate::json::Kind;

use super::file_role::FileRole;
use super::lines::{Line, ParsedLine};

/// The kind of a file that was chosen by mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrongFile {
    /// Another kind of file, in words.
    Other(&'static str),
    /// A compressed file, in words.
    Compressed(&'static str),
    /// Text in UTF-16.
    Utf16,
    /// Requests instead of results.
    Requests,
    /// Results instead of requests.
    Results,
}

/// The first bytes of other file formats, from their specifications.
const SIGNATURES: [(&[u8], WrongFile); 7] = [
    (b"\x89PNG", WrongFile::Other("a PNG image")),
    (b"\xff\xd8\xff", WrongFile::Other("a JPEG image")),
    (b"%PDF-", WrongFile::Other("a PDF document")),
    (b"\x1f\x8b", WrongFile::Compressed("gzip data")),
    (b"PK\x03\x04", WrongFile::Compressed("a zip archive")),
    (b"\xff\xfe", WrongFile::Utf16),
    (b"\xfe\xff", WrongFile::Utf16),
];

impl WrongFile {
    /// Detects the kind of a file by its first line. Returns `None` if the file has the expected role.
    pub fn detect(line: &Line<'_>, parsed: ParsedLine<'_>, role: FileRole) -> Option<Self> {
        let bytes = line.bytes;
        let Ok(tape) = parsed else {
            let known = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature));
            return match known {
                Some(&(_, kind)) => Some(kind),
                None if matches!(bytes, [0, ..] | [_, 0, ..]) => Some(Self::Utf16),
                None if bytes.trim_ascii_start().starts_with(b"<") => Some(Self::Other("HTML or XML")),
                None => is_table(bytes).then_some(Self::Other("a table (CSV)")),
            };
        };
        if tape.nodes().first().is_none_or(|root| root.kind != Kind::Object) || line.is_cut() {
            return None;
        }
        let [id, body, response, error] =
            ["custom_id", "body", "response", "error"].map(|name| tape.find(bytes, 0, name).is_some());
        let is_result = response || error;
        match role {
            FileRole::Input => (is_result && !body).then_some(Self::Results),
            FileRole::Output | FileRole::Error => (id && body && !is_result).then_some(Self::Requests),
        }
    }

    /// The kind in words.
    pub const fn found(self) -> &'static str {
        match self {
            Self::Other(words) | Self::Compressed(words) => words,
            Self::Utf16 => "UTF-16",
            Self::Requests => "requests",
            Self::Results => "results",
        }
    }
}

/// Whether a line that is not JSON is the header of a table: names with commas, semicolons or tabs between
/// them, one of which is `custom_id`, or at least three.
fn is_table(line: &[u8]) -> bool {
    let is_separator = |byte: &u8| matches!(byte, b',' | b';' | b'\t');
    let is_name = |field: &[u8]| {
        let in_name =
            |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b' ' | b'"');
        field.iter().any(u8::is_ascii_alphabetic) && field.iter().all(in_name)
    };
    let mut fields = line.trim_ascii().split(is_separator);
    let has_id = line.windows(9).any(|name| name == b"custom_id");
    line.iter().filter(|byte| is_separator(byte)).count() >= if has_id { 1 } else { 2 } && fields.all(is_name)
}

#[cfg(test)]
mod tests {
    use super::is_table;

    #[test]
    fn headers_of_tables_are_distinguished_from_invalid_json() {
        for header in ["custom_id,prompt", "\"id\",\"method\",\"url\"", "id;method;url\r", "a\tb\tc"] {
            assert!(is_table(header.as_bytes()), "{header}");
        }
        for line in
            ["hello, world", "{\"custom_id\": \"a\",", "custom_id: a, b: c", "1,2,3", "a,,b", "\"x\", \"y\""]
        {
            assert!(!is_table(line.as_bytes()), "{line}");
        }
    }
}
