//! Issues: what is wrong with a file, where, and what to do. The first few of each code are kept, the rest
//! counted.

use serde::Serialize;

use crate::diagnostics::{Level, quoted};
use crate::json::{Kind, Node, Span};
use crate::text::fill;

use super::Line;
use super::rules::{RULES, Rule};

/// How many issues of a code are kept when nobody asks for more or fewer.
pub const KEPT: u32 = 20;

/// One thing that is wrong with a file, or odd about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
pub struct InputIssue {
    /// The code: the server's own where one is known, such as `invalid_json_line`.
    pub code: &'static str,
    /// How grave it is: the server refuses the file for an `error`, and a request will probably fail for a
    /// `warning`.
    pub level: Level,
    /// The line, from 1; blank lines count.
    pub line: u64,
    /// The column, from 1, in UTF-16 units as editors count them.
    pub column: u64,
    /// Where it begins in the file, in bytes from 0.
    pub offset: u64,
    /// How many bytes it takes; absent for what is a point in the file, or missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub length: Option<u64>,
    /// Where in the value of the line, as JSON Pointer (RFC 6901); empty for the line itself.
    pub pointer: String,
    /// The member at fault as servers name it, such as `body.model`; absent where no server is known to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub param: Option<String>,
    /// The whole of it in one line.
    pub message: String,
    /// What was expected there.
    pub expected: String,
    /// What was found there. Text of the file is quoted and cut to 80 characters.
    pub found: String,
    /// What to do about it.
    pub help: &'static str,
    /// The other place it is about, such as the line that has the same custom_id first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub related: Option<FilePlace>,
}

/// A place in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
pub struct FilePlace {
    /// The line, from 1; blank lines count.
    pub line: u64,
    /// The column, from 1, in UTF-16 units.
    pub column: u64,
    /// The same place in bytes, from the beginning of the file.
    pub offset: u64,
}

/// How many issues of a code and level there are, kept or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
pub struct IssueCount {
    /// The code.
    pub code: &'static str,
    /// The level.
    pub level: Level,
    /// How many.
    pub count: u64,
}

/// What stands at the place of an issue.
#[derive(Clone, Copy, Debug)]
pub enum Found<'a> {
    /// Said in words already.
    Words(&'a str),
    /// A text of the file.
    Text(&'a str),
    /// A value of the line.
    Value(&'a Node),
}

/// An issue as a check tells it, before there is text of it.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// The rule.
    pub rule: Rule,
    /// How grave it is here.
    pub level: Level,
    /// Which bytes of the line; an empty span is a point.
    pub at: Span,
    /// JSON Pointer, in two parts.
    pub pointer: [&'a str; 2],
    /// What the rule's expectation leaves open.
    pub demand: &'a str,
    /// What stands there.
    pub found: Found<'a>,
}

impl<'a> Told<'a> {
    /// Something about a line as a whole, at the rule's own level.
    #[must_use]
    pub fn new(rule: Rule, found: Found<'a>) -> Self {
        let level = rule.info().level;
        Self { rule, level, at: Span::default(), pointer: [""; 2], demand: "", found }
    }
}

impl InputIssue {
    /// The issue in words.
    #[must_use]
    pub fn new(told: &Told<'_>, line: &Line<'_>) -> Self {
        let info = told.rule.info();
        let mut pointer = String::from(told.pointer[0]);
        pointer.push_str(told.pointer[1]);
        let expected = fill(info.expected, &[("a", told.demand)]);
        let found = match told.found {
            Found::Words(words) => words.to_owned(),
            Found::Text(text) => quoted(text),
            Found::Value(node) => in_words(node, line.bytes),
        };
        let named = pointer.get(1..).unwrap_or_default().replace('/', ".");
        let mut message = String::from("expected ");
        let at = if named.is_empty() { "" } else { " at " };
        for part in [expected.as_str(), ", found ", &found, at, &named] {
            message.push_str(part);
        }
        let start = told.at.start as usize;
        let length = u64::from(told.at.end.saturating_sub(told.at.start));
        Self {
            code: info.code,
            level: told.level,
            line: line.number,
            column: column(line.bytes.get(..start).unwrap_or(line.bytes)),
            offset: line.offset + start as u64,
            length: (length > 0).then_some(length),
            pointer,
            param: (told.rule.is_servers() && !named.is_empty()).then_some(named),
            message,
            expected,
            found,
            help: info.help,
            related: None,
        }
    }
}

/// The column that begins behind these bytes of a line, from 1, in UTF-16 units.
#[must_use]
pub fn column(before: &[u8]) -> u64 {
    1 + before.iter().map(|&byte| u64::from(byte & 0xc0 != 0x80) + u64::from(byte >= 0xf0)).sum::<u64>()
}

/// A value in words.
#[must_use]
pub fn in_words(node: &Node, line: &[u8]) -> String {
    let words = match node.kind {
        Kind::Text => return quoted(&node.text(line).unwrap_or_default()),
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

/// The issues of a file so far.
#[derive(Clone, Debug)]
pub struct IssueList {
    kept: Vec<InputIssue>,
    /// By rule and level.
    counts: [[u64; Level::ALL.len()]; RULES.len()],
    most: u64,
}

impl IssueList {
    /// None yet; so many of each code will be kept.
    #[must_use]
    pub const fn new(most: u32) -> Self {
        Self { kept: Vec::new(), counts: [[0; Level::ALL.len()]; RULES.len()], most: most as u64 }
    }

    /// Counts an issue, and keeps it if there are few of its code. Gives the one that was kept.
    #[inline(never)] // dozens of checks end here
    pub fn tell(&mut self, told: &Told<'_>, line: &Line<'_>) -> Option<&mut InputIssue> {
        if !self.count(told.rule, told.level) {
            return None;
        }
        self.kept.push(InputIssue::new(told, line));
        self.kept.last_mut()
    }

    /// Adds an issue that has its words already.
    pub fn add(&mut self, rule: Rule, issue: InputIssue) {
        if self.count(rule, issue.level) {
            self.kept.push(issue);
        }
    }

    /// Counts an issue, and tells whether there is room for it.
    fn count(&mut self, rule: Rule, level: Level) -> bool {
        let code = rule.by_code();
        let of_code = RULES.iter().zip(&self.counts).filter(|(info, _)| info.code == RULES[code].code);
        let before: u64 = of_code.flat_map(|(_, levels)| levels).sum();
        self.counts[rule as usize][level as usize] += 1;
        before < if rule.once() { 1 } else { self.most }
    }

    /// Whether there is one that a server refuses the file for.
    #[must_use]
    pub fn has_error(&self) -> bool {
        self.counts.iter().any(|levels| levels[Level::Error as usize] > 0)
    }

    /// The issues that were kept, in the order of the file, and how many there are of each code.
    #[must_use]
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
