//! Paths in messages.

use serde::Serialize;

use super::quoted::quoted;

/// A step of a path: a key, or an index from 0.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(untagged)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum PathSegment {
    /// The key of an object.
    Key(String),
    /// The index in an array, from 0.
    Index(u32),
}

/// A path as it is written in JavaScript, such as `errors.data[1].code`.
pub(crate) fn path_text(path: &[PathSegment]) -> String {
    let mut text = String::new();
    for segment in path {
        match segment {
            PathSegment::Index(index) => bracketed(&mut text, &index.to_string()),
            PathSegment::Key(key) if is_plain(key) => {
                if !text.is_empty() {
                    text.push('.');
                }
                text.push_str(key);
            }
            PathSegment::Key(key) => bracketed(&mut text, &quoted(key)),
        }
    }
    text
}

fn bracketed(text: &mut String, inside: &str) {
    text.push('[');
    text.push_str(inside);
    text.push(']');
}

fn is_plain(key: &str) -> bool {
    !key.is_empty()
        && !key.starts_with(|c: char| c.is_ascii_digit())
        && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '$')
}
