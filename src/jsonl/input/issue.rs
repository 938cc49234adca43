//! The issues of an input file. The first issues of each code are kept, and all are counted.

use serde::Serialize;

use crate::diagnostics::{Level, compose_message, quoted};
use crate::json::{Kind, Node, Span};
use crate::jsonl::common::column::column;
use crate::jsonl::common::lines::Line;
use crate::text::fill;

use super::request_fields::quoted_span;
use super::rules::{Fixability, RULES, Rule};

/// An issue of an input file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct InputIssue {
    /// The code, such as `invalid_json_line`. It is the code of the server if that is known.
    pub code: &'static str,
    /// The level. The server rejects a file with an `error`; a request with a `warning` probably fails.
    pub level: Level,
    /// The line number, from 1. Blank lines count.
    pub line: u64,
    /// The column, from 1, in UTF-16 code units as editors count them.
    pub column: u64,
    /// The offset in the file, in bytes.
    pub offset: u64,
    /// The number of bytes; absent if the issue is a position, or if something is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub length: Option<u64>,
    /// The JSON Pointer (RFC 6901) of the value in the line; empty for the line itself.
    pub pointer: String,
    /// The name of the parameter as servers report it, such as `body.model`; absent if no server is known to
    /// report it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub param: Option<String>,
    /// The issue in one line.
    pub message: String,
    /// The expected value, in words.
    pub expected: String,
    /// The value that was found. Strings of the file are quoted and truncated to 80 characters.
    pub found: String,
    /// How to fix it.
    pub help: &'static str,
    /// Whether a fix solves it.
    pub fixable: bool,
    /// A related place, such as the first line with the same custom_id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub related: Option<FilePlace>,
}

/// A place in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
pub struct FilePlace {
    /// The line number, from 1. Blank lines count.
    pub line: u64,
    /// The column, from 1, in UTF-16 code units.
    pub column: u64,
    /// The offset in the file, in bytes.
    pub offset: u64,
}

/// The number of issues of a code and level, kept or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct IssueCount {
    /// The code.
    pub code: &'static str,
    /// The level.
    pub level: Level,
    /// The number of issues.
    pub count: u64,
}

/// The value that was found.
#[derive(Clone, Copy, Debug)]
pub enum Found<'a> {
    /// A description.
    Description(&'a str),
    /// A string of the file.
    Text(&'a str),
    /// A value of the line.
    Value(&'a Node),
}

/// An issue before its message is composed.
#[derive(Clone, Copy, Debug)]
pub struct Diagnostic<'a> {
    /// The rule.
    pub rule: Rule,
    /// The level.
    pub level: Level,
    /// The bytes of the line. An empty span is a position.
    pub at: Span,
    /// The JSON Pointer, in two parts.
    pub pointer: [&'a str; 2],
    /// The string that replaces `{a}` in the expectation of the rule.
    pub expected: &'a str,
    /// The value that was found.
    pub found: Found<'a>,
    /// Whether a fix solves the issue.
    pub is_fixable: bool,
}

impl<'a> Diagnostic<'a> {
    /// An issue of a line, with the level of the rule.
    pub fn new(rule: Rule, found: Found<'a>) -> Self {
        let level = rule.level();
        let is_fixable = rule.fixability() == Fixability::Always;
        Self { rule, level, at: Span::default(), pointer: [""; 2], expected: "", found, is_fixable }
    }

    /// An issue of a value, with the level of the rule.
    pub fn of_value(rule: Rule, pointer: [&'a str; 2], node: &'a Node) -> Self {
        Self { at: quoted_span(node), pointer, ..Self::new(rule, Found::Value(node)) }
    }
}

impl InputIssue {
    /// Composes the message of an issue.
    pub(super) fn new(diagnostic: &Diagnostic<'_>, line: &Line<'_>) -> Self {
        let info = diagnostic.rule.info();
        let mut pointer = String::from(diagnostic.pointer[0]);
        pointer.push_str(diagnostic.pointer[1]);
        let expected = fill(info.expected, &[("a", diagnostic.expected)]);
        let found = match diagnostic.found {
            Found::Description(description) => description.to_owned(),
            Found::Text(text) => quoted(text),
            Found::Value(node) => describe(node, line.bytes),
        };
        let named = pointer.get(1..).unwrap_or_default().replace('/', ".");
        let message = compose_message(&expected, &found, &named);
        let start = diagnostic.at.start as usize;
        let length = u64::from(diagnostic.at.end.saturating_sub(diagnostic.at.start));
        Self {
            code: info.code,
            level: diagnostic.level,
            line: line.number,
            column: column(line.bytes.get(..start).unwrap_or(line.bytes)),
            offset: line.offset + start as u64,
            length: (length > 0).then_some(length),
            pointer,
            param: (diagnostic.rule.is_servers() && !named.is_empty()).then_some(named),
            message,
            expected,
            found,
            help: info.help,
            fixable: diagnostic.is_fixable,
            related: None,
        }
    }
}

/// Describes a value in words.
fn describe(node: &Node, line: &[u8]) -> String {
    let words = match node.kind {
        Kind::String => return quoted(&node.text(line).unwrap_or_default()),
        Kind::Number => {
            let digits = std::str::from_utf8(node.value.of(line)).unwrap_or_default();
            let mut words = String::from("the number ");
            words.push_str(digits.get(..40).unwrap_or(digits));
            return words;
        }
        Kind::Null => "null",
        Kind::False => "false",
        Kind::True => "true",
        Kind::Array if node.items == 0 => "an empty array",
        Kind::Array => "an array",
        Kind::Object => "an object",
    };
    words.to_owned()
}

/// A list of issues that is being built.
#[derive(Clone, Debug)]
pub struct InputIssues {
    kept: Vec<InputIssue>,
    /// The number of issues by rule and level.
    counts: [[u64; Level::ALL.len()]; RULES.len()],
    max: u64,
    /// The number of issues that a fix solves, kept or not.
    fixable: u64,
}

impl InputIssues {
    /// Creates a list that keeps this number of issues of each code.
    pub const fn new(max: u32) -> Self {
        Self { kept: Vec::new(), counts: [[0; Level::ALL.len()]; RULES.len()], max: max as u64, fixable: 0 }
    }

    /// Counts an issue and keeps it if there are not too many of its code. Returns it if it was kept.
    #[inline(never)] // dozens of checks end here
    pub fn report(&mut self, diagnostic: &Diagnostic<'_>, line: &Line<'_>) -> Option<&mut InputIssue> {
        if !self.count(diagnostic.rule, diagnostic.level, diagnostic.is_fixable) {
            return None;
        }
        self.kept.push(InputIssue::new(diagnostic, line));
        self.kept.last_mut()
    }

    /// Adds an issue whose message is composed.
    pub fn add(&mut self, rule: Rule, issue: InputIssue) {
        if self.count(rule, issue.level, issue.fixable) {
            self.kept.push(issue);
        }
    }

    /// Counts an issue. Returns whether to keep it.
    fn count(&mut self, rule: Rule, level: Level, is_fixable: bool) -> bool {
        self.fixable += u64::from(is_fixable);
        let code = rule.info().code;
        let of_code = RULES.iter().zip(&self.counts).filter(|(info, _)| info.code == code);
        let before: u64 = of_code.flat_map(|(_, levels)| levels).sum();
        self.counts[rule as usize][level as usize] += 1;
        before < if rule.once() { 1 } else { self.max }
    }

    /// Whether an issue is an error.
    pub fn has_error(&self) -> bool {
        self.counts.iter().any(|levels| levels[Level::Error as usize] > 0)
    }

    /// The number of issues that a fix solves, kept or not.
    pub const fn fixable(&self) -> u64 {
        self.fixable
    }

    /// Returns the kept issues in the order of the file, those of the whole file last, and the number of
    /// issues of each code.
    pub fn finish(self) -> (Vec<InputIssue>, Vec<IssueCount>) {
        let mut counts: Vec<IssueCount> = Vec::new();
        for (info, levels) in RULES.iter().zip(self.counts) {
            for (&level, more) in Level::ALL.iter().zip(levels).filter(|(_, more)| *more > 0) {
                match counts.iter_mut().find(|row| row.code == info.code && row.level == level) {
                    Some(row) => row.count += more,
                    None => counts.push(IssueCount { code: info.code, level, count: more }),
                }
            }
        }
        (self.kept, counts)
    }
}
