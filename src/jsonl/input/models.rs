//! The check of the models of a file: names that the server does not know, and shutdown dates.

use crate::diagnostics::{Level, quoted};
use crate::json::Node;
use crate::jsonl::common::convert::with_string_bytes;
use crate::jsonl::common::name_counter::NameCounter;
use crate::model::{Profile, ProfileName, model_shutdown};

use super::corrections::without_outer_whitespace;
use super::issue::Diagnostic;
use super::line_report::LineReporter;
use super::rules::Rule;

const POINTER: [&str; 2] = ["/body/model", ""];

/// The validity of a model's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ModelName {
    /// It has no issue.
    Known,
    /// It does not begin like any model of the server.
    Unknown,
    /// It begins or ends with whitespace.
    Spaced,
}

/// Checks the models of a file and counts their requests.
#[derive(Debug)]
pub struct ModelChecker {
    profile: &'static Profile,
    /// The different names, with the number of requests.
    pub names: NameCounter,
    checked: Vec<ModelName>,
}

impl ModelChecker {
    /// Creates a checker.
    pub fn new(profile: &'static Profile) -> Self {
        Self { profile, names: NameCounter::default(), checked: Vec::new() }
    }

    /// Checks the model of a request.
    pub fn check(&mut self, node: &Node, report: &mut LineReporter<'_>) {
        let at = with_string_bytes(node, report.line.bytes, |model| self.names.count(model));
        if at == Some(self.checked.len()) {
            self.check_new(node, report);
        }
        if at == Some(0) && self.checked[0] == ModelName::Known {
            return;
        }
        self.report(node, at, report);
    }

    /// Checks a model that is on no earlier line. Its shutdown date is reported once.
    #[inline(never)] // rare
    fn check_new(&mut self, node: &Node, report: &mut LineReporter<'_>) {
        let name = self.names.get(self.checked.len());
        let prefixes = self.profile.file_limits.model_prefixes;
        let is_known = prefixes.is_empty() || prefixes.iter().any(|prefix| name.starts_with(prefix));
        self.checked.push(match is_known {
            _ if name.trim_ascii().len() < name.len() => ModelName::Spaced,
            true => ModelName::Known,
            false => ModelName::Unknown,
        });
        // Other providers can use the same names for other models.
        if let Some(date) = model_shutdown(name).filter(|_| self.profile.name == ProfileName::Openai) {
            let message = [&quoted(name), " has the shutdown date ", date].concat();
            report_shutdown(Rule::ModelShutdown, POINTER, node, message, report);
        }
    }

    #[inline(never)] // rare
    fn report(&self, node: &Node, at: Option<usize>, report: &mut LineReporter<'_>) {
        match at.map(|at| self.checked[at]) {
            Some(ModelName::Unknown) => report.value(Rule::ModelUnknown, POINTER, node, ""),
            Some(ModelName::Spaced) => {
                let is_fixable = without_outer_whitespace(node, report.line.bytes).is_some();
                let diagnostic = Diagnostic::of_value(Rule::ModelSpaced, POINTER, node);
                report.report(&Diagnostic { is_fixable, ..diagnostic });
            }
            _ => {}
        }
        if at != Some(0) {
            use ProfileName::{Azure, Dashscope, Openai};
            let is_strict = matches!(self.profile.name, Openai | Azure | Dashscope);
            let level = if is_strict { Level::Error } else { Level::Warning };
            let first = self.names.get(0);
            let is_fixable =
                node.text(report.line.bytes).is_some_and(|name| name.trim_ascii() == first.trim_ascii());
            let diagnostic = Diagnostic::of_value(Rule::ModelMixed, POINTER, node);
            report.report(&Diagnostic { level, expected: &quoted(first), is_fixable, ..diagnostic });
        }
    }
}

/// Reports the shutdown of a model or an endpoint.
#[inline(never)] // rare
pub fn report_shutdown(
    rule: Rule,
    pointer: [&str; 2],
    node: &Node,
    message: String,
    report: &mut LineReporter<'_>,
) {
    if let Some(issue) = report.report(&Diagnostic::of_value(rule, pointer, node)) {
        issue.message = message;
    }
}
