//! Finds the values of a request that have only one valid form.

use std::ops::Range;

use crate::json::{Node, Tape};
use crate::jsonl::input::corrections::{is_post, path_without_host, without_outer_whitespace};

use super::report::Change;

/// A value of a request and its valid form.
#[derive(Debug)]
pub struct ValueEdit {
    /// The kind of change.
    pub change: Change,
    /// The bytes of the line to replace: a string without its quotes.
    pub range: Range<usize>,
    /// The replacement, as JSON without quotes.
    pub value: String,
}

/// Finds the corrections of a request, in the order of the line.
pub fn value_edits(tape: &Tape, line: &[u8]) -> Vec<ValueEdit> {
    let mut edits = Vec::new();
    let mut add = |change, node: &Node, value: &str| {
        let range = node.value.start as usize..node.value.end as usize;
        edits.push(ValueEdit { change, range, value: value.to_owned() });
    };
    let field = |parent, name| tape.find(line, parent, name).map(|at| (at, tape.node(at)));
    if let Some((_, id)) = field(0, "custom_id")
        && let Some(trimmed) = without_outer_whitespace(id, line)
    {
        add(Change::CustomIdWhitespace, id, trimmed);
    }
    if let Some((_, method)) = field(0, "method")
        && !method.equals_string(line, "POST")
        && method.text(line).is_some_and(|method| is_post(&method))
    {
        add(Change::Method, method, "POST");
    }
    if let Some((_, url)) = field(0, "url")
        && let Some(text) = url.text(line)
        && let Some(path) = path_without_host(&text)
    {
        add(Change::Host, url, path);
    }
    if let Some((body, _)) = field(0, "body")
        && let Some((_, model)) = field(body, "model")
        && let Some(trimmed) = without_outer_whitespace(model, line)
    {
        add(Change::ModelWhitespace, model, trimmed);
    }
    edits.sort_by_key(|edit| edit.range.start);
    edits
}
