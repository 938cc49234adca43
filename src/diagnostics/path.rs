//! The path to a value.

use serde::Serialize;

use crate::text::decimal;

use super::quote::quoted;

/// A segment of a path.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(untagged)]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
pub enum PathSegment {
    /// A key of an object.
    Key(String),
    /// An index of an array, from 0.
    Index(u32),
}

/// Formats a path as JavaScript property access, such as `errors.data[1].code`.
pub(crate) fn path_text(path: &[PathSegment]) -> String {
    let mut text = String::new();
    for segment in path {
        match segment {
            PathSegment::Index(index) => push_bracketed(&mut text, &decimal(u64::from(*index))),
            PathSegment::Key(key) if is_identifier(key) => {
                if !text.is_empty() {
                    text.push('.');
                }
                text.push_str(key);
            }
            PathSegment::Key(key) => push_bracketed(&mut text, &quoted(key)),
        }
    }
    text
}

fn push_bracketed(text: &mut String, content: &str) {
    text.push('[');
    text.push_str(content);
    text.push(']');
}

fn is_identifier(key: &str) -> bool {
    !key.is_empty()
        && !key.starts_with(|c: char| c.is_ascii_digit())
        && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '$')
}
