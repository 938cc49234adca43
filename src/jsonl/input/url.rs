//! The check of the urls of a file.

use crate::diagnostics::{Level, quoted};
use crate::json::{Kind, Node, Tape};
use crate::jsonl::common::convert::with_string_bytes;
use crate::jsonl::common::name_counter::NameCounter;
use crate::model::{ENDPOINT_SHUTDOWNS, Profile, ProfileName};
use crate::text::comma_separated;

use super::corrections::path_without_host;
use super::endpoints::{BodyField, EndpointRules, endpoint_rules};
use super::issue::Diagnostic;
use super::line_report::LineReporter;
use super::models::report_shutdown;
use super::parameters::endpoint_bit;
use super::request_fields::{RequestFields, non_null};
use super::rules::Rule;

const POINTER: [&str; 2] = ["/url", ""];
const EXPECTED_PATH: &str = "the path of the batch's endpoint";

/// The endpoint of a url.
#[derive(Clone, Copy, Debug, Default)]
pub struct UrlInfo {
    /// The broken rule.
    violation: Option<Rule>,
    /// The rules of the endpoint, if it is known.
    pub endpoint: Option<&'static EndpointRules>,
    /// The bit of the endpoint in the table of parameters.
    pub endpoint_bit: u8,
}

/// Checks the urls of a file and counts their requests.
#[derive(Debug)]
pub struct UrlChecker {
    profile: &'static Profile,
    /// The endpoint of the batch, if it is known.
    batch_endpoint: Option<String>,
    /// The different urls, with the number of requests.
    pub urls: NameCounter,
    infos: Vec<UrlInfo>,
    /// The first url without an issue of its own.
    first_valid: Option<usize>,
}

impl UrlChecker {
    /// Creates a checker.
    pub fn new(profile: &'static Profile, batch_endpoint: Option<String>) -> Self {
        Self { profile, batch_endpoint, urls: NameCounter::default(), infos: Vec::new(), first_valid: None }
    }

    /// Checks the url of a request.
    pub fn check(&mut self, tape: &Tape, fields: &RequestFields, report: &mut LineReporter<'_>) -> UrlInfo {
        let line = report.line;
        let Some(node) = non_null(tape, fields.url) else {
            report.missing("/url", EXPECTED_PATH);
            return UrlInfo::default();
        };
        if node.kind != Kind::String {
            let expected = self.batch_endpoint.as_deref().unwrap_or(EXPECTED_PATH);
            report.value(Rule::UrlKind, POINTER, node, expected);
            return UrlInfo::default();
        }
        let Some(at) = with_string_bytes(node, line.bytes, |url| self.urls.count(url)) else {
            self.report(node, Rule::UrlMixed, report);
            return UrlInfo::default();
        };
        if at == self.infos.len() {
            let info = self.check_new(at);
            self.infos.push(info);
            self.check_shutdown(node, at, report);
        }
        let info = self.infos[at];
        if let Some(rule) = info.violation {
            self.report(node, rule, report);
        }
        if let Some((model, url)) = self.profile.file_limits.test_model
            && fields
                .in_body(tape, BodyField::Model)
                .is_some_and(|node| node.equals_string(line.bytes, model))
            && self.urls.get(at) != url
        {
            report.value(Rule::TestUrl, POINTER, node, &quoted(url));
        }
        info
    }

    /// Checks a url that is on no earlier line.
    fn check_new(&mut self, at: usize) -> UrlInfo {
        let url = self.urls.get(at);
        let violation = self.violation(url);
        let endpoint = endpoint_rules(url);
        let endpoint_bit = endpoint_bit(url).unwrap_or_default();
        if violation.is_none() {
            self.first_valid.get_or_insert(at);
        }
        UrlInfo { violation, endpoint, endpoint_bit }
    }

    /// The rule that a url breaks.
    fn violation(&self, url: &str) -> Option<Rule> {
        let limits = &self.profile.file_limits;
        let is_same = |other: &str| {
            without_version(url, limits.optional_v1_prefix)
                == without_version(other, limits.optional_v1_prefix)
        };
        let batch_endpoint = self.batch_endpoint.as_deref();
        let endpoints = self.profile.endpoints;
        if batch_endpoint.is_some_and(is_same) {
            None
        } else if !limits.known_urls.is_empty() && !limits.known_urls.contains(&url) {
            Some(Rule::UrlNotFound)
        } else if batch_endpoint.is_some() {
            Some(Rule::UrlMismatch)
        } else if !endpoints.is_empty() && !endpoints.iter().any(|endpoint| is_same(endpoint)) {
            Some(Rule::UrlUnknown)
        } else {
            self.first_valid.is_some_and(|first| !is_same(self.urls.get(first))).then_some(Rule::UrlMixed)
        }
    }

    /// Reports an endpoint that was shut down, at the first line that has it.
    fn check_shutdown(&self, node: &Node, at: usize, report: &mut LineReporter<'_>) {
        let url = self.urls.get(at);
        let shutdown = ENDPOINT_SHUTDOWNS.iter().find(|(endpoint, _)| *endpoint == url);
        if let Some(&(endpoint, date)) = shutdown.filter(|_| self.profile.name == ProfileName::Openai) {
            let message = [endpoint, " was shut down on ", date].concat();
            report_shutdown(Rule::EndpointShutdown, POINTER, node, message, report);
        }
    }

    #[inline(never)] // rare
    fn report(&self, node: &Node, rule: Rule, report: &mut LineReporter<'_>) {
        let limits = &self.profile.file_limits;
        let expected = match rule {
            Rule::UrlMismatch => quoted(self.batch_endpoint.as_deref().unwrap_or_default()),
            Rule::UrlMixed => quoted(self.urls.get(self.first_valid.unwrap_or_default())),
            Rule::UrlNotFound => comma_separated(limits.known_urls.iter().copied()),
            _ => comma_separated(self.profile.endpoints.iter().copied()),
        };
        let is_rejected = |url: &[u8]| limits.rejected_urls.iter().any(|rejected| rejected.as_bytes() == url);
        let is_uncertain = match rule {
            Rule::UrlUnknown => matches!(self.profile.name, ProfileName::Azure | ProfileName::Together),
            Rule::UrlNotFound => !with_string_bytes(node, report.line.bytes, is_rejected),
            _ => false,
        };
        let level = if is_uncertain { Level::Warning } else { rule.info().level };
        let is_fixable = node
            .text(report.line.bytes)
            .is_some_and(|url| path_without_host(&url).is_some_and(|path| self.violation(path).is_none()));
        let diagnostic = Diagnostic::of_value(rule, POINTER, node);
        report.report(&Diagnostic { level, expected: &expected, is_fixable, ..diagnostic });
    }
}

/// The path without its version, if the server accepts it without.
fn without_version(path: &str, is_optional: bool) -> &str {
    path.strip_prefix("/v1").filter(|_| is_optional).unwrap_or(path)
}
