//! The corrections that have only one result. The check marks the issues that they solve, and the fix makes
//! them.

use crate::json::{Kind, Node, Tape};
use crate::jsonl::common::nesting::Nesting;

use super::endpoints::endpoint_rules;

/// Whether a file begins with a byte order mark of UTF-16.
pub(in crate::jsonl) fn is_utf16(file: &[u8]) -> bool {
    file.starts_with(b"\xff\xfe") || file.starts_with(b"\xfe\xff")
}

/// Whether a method that is not `POST` is `POST` in another case or with whitespace around it.
pub(in crate::jsonl) fn is_post(method: &str) -> bool {
    method.trim_ascii().eq_ignore_ascii_case("POST")
}

/// The path of a url with a scheme and a host, if it is the path of a known endpoint.
pub(in crate::jsonl) fn path_without_host(url: &str) -> Option<&str> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let path = &rest[rest.find('/').filter(|&host| host > 0)?..];
    endpoint_rules(path).is_some().then_some(path)
}

/// Whether a string may begin or end with ASCII whitespace. Unescaped, only spaces are valid JSON.
#[inline] // one call a line
pub(in crate::jsonl) fn may_have_outer_whitespace(node: &Node, line: &[u8]) -> bool {
    let raw = node.value.of(line);
    node.kind == Kind::String && (node.escaped || raw.first() == Some(&b' ') || raw.last() == Some(&b' '))
}

/// A string without the ASCII whitespace around it, as JSON without quotes. Returns `None` if there is no
/// such whitespace, or nothing else.
pub(in crate::jsonl) fn without_outer_whitespace<'a>(node: &Node, line: &'a [u8]) -> Option<&'a str> {
    if !may_have_outer_whitespace(node, line) {
        return None;
    }
    let raw = std::str::from_utf8(node.value.of(line)).ok()?;
    let (mut start, mut end, mut at) = (None, 0, 0);
    while let Some(first) = raw.get(at..)?.chars().next() {
        let (length, is_space) = match first {
            '\\' => escape(&raw[at..]),
            _ => (first.len_utf8(), first.is_ascii_whitespace()),
        };
        at += length;
        if !is_space {
            start.get_or_insert(at - length);
            end = at;
        }
    }
    let trimmed = raw.get(start?..end)?;
    (trimmed.len() < raw.len()).then_some(trimmed)
}

/// The length of the escape at the start of a string, and whether it is whitespace.
fn escape(raw: &str) -> (usize, bool) {
    match raw.as_bytes().get(1) {
        Some(b'u') => {
            let code = raw.get(2..6).and_then(|digits| u8::from_str_radix(digits, 16).ok());
            (6, code.is_some_and(|code| code.is_ascii_whitespace()))
        }
        Some(b'n' | b'r' | b't' | b'f') => (2, true),
        _ => (2, false),
    }
}

/// An object without the commas that made it invalid JSON.
#[derive(Debug)]
pub(in crate::jsonl) struct WithoutCommas {
    /// The valid JSON.
    pub json: Vec<u8>,
    /// The number of commas removed before a closing bracket.
    pub trailing: u64,
    /// Whether a comma after the object was removed.
    pub is_after: bool,
}

impl WithoutCommas {
    /// Removes the trailing commas, and a comma after the object. Returns `None` if the text is not an object
    /// or still is invalid JSON; otherwise the tape holds the object.
    pub fn of(text: &[u8], tape: &mut Tape) -> Option<Self> {
        if text.trim_ascii_start().first() != Some(&b'{') {
            return None;
        }
        let (mut json, trailing) = remove_trailing_commas(text);
        let Err(fault) = tape.read(&json) else {
            return Some(Self { json, trailing, is_after: false });
        };
        let (before, rest) = json.split_at(fault.offset.min(json.len()));
        let end = before.trim_ascii_end().len();
        if rest.trim_ascii() != b"," {
            return None;
        }
        json.truncate(end);
        tape.read(&json).ok()?;
        Some(Self { json, trailing, is_after: true })
    }
}

/// Removes commas between an element and a closing bracket. Returns the result and the number of commas.
fn remove_trailing_commas(text: &[u8]) -> (Vec<u8>, u64) {
    let mut out = Vec::with_capacity(text.len());
    let mut nesting = Nesting::default();
    let (mut removed, mut last) = (0, b',');
    // The index of the last token, if it is a comma after an element.
    let mut comma = None;
    for &byte in text {
        if nesting.in_string() || !byte.is_ascii_whitespace() {
            if !nesting.in_string()
                && matches!(byte, b'}' | b']')
                && let Some(at) = comma
            {
                out.remove(at);
                removed += 1;
            }
            let follows_element = !matches!(last, b',' | b':' | b'[' | b'{');
            let is_comma = byte == b',' && !nesting.in_string();
            comma = (is_comma && follows_element).then_some(out.len());
            nesting.advance(byte);
            // Inside and after a string, the last token is an element.
            last = if nesting.in_string() { b'"' } else { byte };
        }
        out.push(byte);
    }
    (out, removed)
}

#[cfg(test)]
mod tests {
    use super::{is_post, path_without_host, remove_trailing_commas, without_outer_whitespace};
    use crate::json::Tape;

    #[test]
    fn only_commas_between_an_element_and_a_closing_bracket_are_removed() {
        for (text, expected, count) in [
            ("{\"a\": [1, 2,],}", "{\"a\": [1, 2]}", 2),
            ("[1 , \t]", "[1  \t]", 1),
            ("{\"a,}\": \",]\",}", "{\"a,}\": \",]\"}", 1),
            ("[\"\\\",]\",]", "[\"\\\",]\"]", 1),
            ("[,]", "[,]", 0),
            ("[1,,]", "[1,,]", 0),
            ("{\"a\":,}", "{\"a\":,}", 0),
            ("{,}", "{,}", 0),
        ] {
            let (out, removed) = remove_trailing_commas(text.as_bytes());
            assert_eq!((String::from_utf8(out).unwrap().as_str(), removed), (expected, count), "{text}");
        }
    }

    #[test]
    fn whitespace_is_removed_around_strings_with_and_without_escapes() {
        for (json, expected) in [
            ("\" a b \"", Some("a b")),
            ("\"a\\n\"", Some("a")),
            ("\"a\\\\n\"", None),
            ("\"\\u0020\\ta\\u0041\\u000A\"", Some("a\\u0041")),
            ("\" é\u{3000}\"", Some("é\u{3000}")),
            ("\"\\u00a0é\"", None),
            ("\"é\"", None),
            ("\"  \"", None),
            ("\"\"", None),
            ("\"\\\"\"", None),
            ("1", None),
        ] {
            let mut tape = Tape::new(1);
            tape.read(json.as_bytes()).unwrap();
            assert_eq!(without_outer_whitespace(tape.node(0), json.as_bytes()), expected, "{json}");
        }
    }

    #[test]
    fn methods_and_hosts_are_corrected_only_if_the_result_is_known() {
        assert!(is_post("post") && is_post(" Post\n") && !is_post("GET") && !is_post("po st"));
        for (url, path) in [
            ("https://api.openai.com/v1/chat/completions", Some("/v1/chat/completions")),
            ("http://localhost:8000/v1/embeddings", Some("/v1/embeddings")),
            ("https://example.com/v1/chat/completions?x=1", None),
            ("https://example.com/openai/v1/embeddings", None),
            ("https:///v1/embeddings", None),
            ("https://example.com", None),
            ("ftp://example.com/v1/embeddings", None),
            ("/v1/embeddings", None),
        ] {
            assert_eq!(path_without_host(url), path, "{url}");
        }
    }
}
