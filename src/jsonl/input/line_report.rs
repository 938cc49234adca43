//! Reports the issues of a line.

use crate::json::Node;
use crate::jsonl::common::lines::Line;

use super::issue::{Diagnostic, Found, InputIssue, InputIssues};
use super::rules::Rule;

/// A line and the list to which its issues are added.
#[derive(Debug)]
pub struct LineReporter<'a> {
    /// The line.
    pub line: &'a Line<'a>,
    /// The issues of the file.
    pub issues: &'a mut InputIssues,
}

impl LineReporter<'_> {
    /// Reports an issue. Returns it if it was kept.
    pub fn report(&mut self, diagnostic: &Diagnostic<'_>) -> Option<&mut InputIssue> {
        self.issues.report(diagnostic, self.line)
    }

    /// Reports an issue of a value, with the level of the rule. `expected` completes the text of the rule.
    pub fn value(&mut self, rule: Rule, pointer: [&str; 2], node: &Node, expected: &str) {
        self.report(&Diagnostic { expected, ..Diagnostic::of_value(rule, pointer, node) });
    }

    /// Reports a missing property of the request.
    pub fn missing(&mut self, pointer: &str, expected: &str) {
        let diagnostic = Diagnostic::new(Rule::MissingParameter, Found::Description("nothing"));
        self.report(&Diagnostic { pointer: [pointer, ""], expected, ..diagnostic });
    }
}
