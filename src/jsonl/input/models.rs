//! The check of the models of a file: names that the server does not know, and shutdown dates.

use crate::diagnostics::{Level, quoted};
use crate::json::Node;
use crate::jsonl::common::lines::Line;
use crate::model::{ENDPOINT_SHUTDOWNS, ProfileName, model_shutdown};

use super::check::InputChecker;
use super::issue::{Diagnostic, Found};
use super::request::{place, with_text};
use super::rules::Rule;

/// What is known about the name of a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ModelName {
    /// Nothing is wrong with it.
    Known,
    /// It begins like no model of the server.
    Unknown,
    /// It has whitespace before or behind it.
    Spaced,
}

impl InputChecker {
    pub(super) fn model(&mut self, line: &Line<'_>, node: &Node) {
        let at = with_text(node, line.bytes, |model| self.models.count(model));
        if at == Some(self.model_names.len()) {
            self.new_model(line, node);
        }
        if at == Some(0) && self.model_names[0] == ModelName::Known {
            return;
        }
        self.odd_model(line, node, at);
    }

    /// Looks at a model that no line before had; its shutdown date is told once.
    #[inline(never)] // rare
    fn new_model(&mut self, line: &Line<'_>, node: &Node) {
        let name = self.models.get(self.model_names.len());
        let prefixes = self.profile.file_limits.model_prefixes;
        let is_known = prefixes.is_empty() || prefixes.iter().any(|prefix| name.starts_with(prefix));
        self.model_names.push(match is_known {
            _ if name.trim() != name => ModelName::Spaced,
            true => ModelName::Known,
            false => ModelName::Unknown,
        });
        // Only OpenAI names its models alike everywhere.
        if let Some(date) = model_shutdown(name).filter(|_| self.profile.name == ProfileName::Openai) {
            let name = quoted(name);
            self.shutdown(line, node, (Rule::ModelShutdown, ["/body/model", ""]), &name, date);
        }
    }

    /// Tells of an endpoint that was shut down, at the first line that has it.
    pub(super) fn endpoint_shutdown(&mut self, line: &Line<'_>, node: &Node, at: usize) {
        let url = self.urls.get(at);
        let known = ENDPOINT_SHUTDOWNS.iter().find(|(endpoint, _)| *endpoint == url);
        if let Some(&(endpoint, date)) = known.filter(|_| self.profile.name == ProfileName::Openai) {
            self.shutdown(line, node, (Rule::EndpointShutdown, ["/url", ""]), endpoint, date);
        }
    }

    #[inline(never)] // rare
    fn shutdown(
        &mut self,
        line: &Line<'_>,
        node: &Node,
        (rule, pointer): (Rule, [&str; 2]),
        name: &str,
        date: &str,
    ) {
        let told = Diagnostic { at: place(node), pointer, ..Diagnostic::new(rule, Found::Value(node)) };
        if let Some(issue) = self.issues.report(&told, line) {
            let words =
                if rule == Rule::EndpointShutdown { " was shut down on " } else { " has the shutdown date " };
            issue.message = [name, words, date].concat();
        }
    }

    #[inline(never)] // rare
    fn odd_model(&mut self, line: &Line<'_>, node: &Node, at: Option<usize>) {
        match at.map(|at| self.model_names[at]) {
            Some(ModelName::Unknown) => self.about(line, Rule::ModelUnknown, ["/body/model", ""], node, ""),
            Some(ModelName::Spaced) => self.about(line, Rule::ModelSpaced, ["/body/model", ""], node, ""),
            _ => {}
        }
        if at != Some(0) {
            use ProfileName::{Azure, Dashscope, Openai};
            let strict = matches!(self.profile.name, Openai | Azure | Dashscope);
            let level = if strict { Level::Error } else { Level::Warning };
            let first = quoted(self.models.get(0));
            self.about_at(level, line, Rule::ModelMixed, ["/body/model", ""], node, &first);
        }
    }
}
