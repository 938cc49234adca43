//! The check of a request: `custom_id`, method, url and body, and deviations of its JSON.

use std::sync::Arc;

use crate::json::{Kind, Node, Span, Tape};
use crate::jsonl::common::by_shape::ByShape;
use crate::jsonl::common::column::column;
use crate::jsonl::common::convert::with_string_bytes;
use crate::jsonl::common::lines::Line;
use crate::jsonl::common::nesting::first_value;
use crate::model::Profile;
use crate::text::{beginning, decimal};

use super::body::BodyChecker;
use super::corrections::{is_post, without_outer_whitespace};
use super::ids::{AddedId, IdLocation, Ids, MAX_COMPARED_IDS};
use super::issue::{Diagnostic, FilePlace, Found};
use super::limit::LimitedCounter;
use super::line_report::LineReporter;
use super::report::Limits;
use super::request_fields::{
    MAX_QUOTED_LENGTH, RequestFields, decoded_key, key_span, non_null, pointer_token, quoted_span,
};
use super::rules::Rule;
use super::url::UrlChecker;

/// Checks the requests of a file.
#[derive(Debug)]
pub struct RequestChecker {
    /// The number of requests.
    pub count: LimitedCounter,
    ids: Ids,
    /// Whether all ids so far were compared.
    all_ids_compared: bool,
    fields: ByShape<RequestFields>,
    /// The urls.
    pub urls: UrlChecker,
    /// The bodies.
    pub bodies: BodyChecker,
}

impl RequestChecker {
    /// Creates a checker.
    pub fn new(profile: &'static Profile, endpoint: Option<String>, limits: &Limits) -> Self {
        Self {
            count: LimitedCounter::new(limits.requests),
            ids: Ids::default(),
            all_ids_compared: true,
            fields: ByShape::default(),
            urls: UrlChecker::new(profile, endpoint),
            bodies: BodyChecker::new(profile, limits.embedding_inputs),
        }
    }

    /// Checks a line that is valid JSON.
    pub fn check(&mut self, tape: &Tape, report: &mut LineReporter<'_>) {
        let line = report.line;
        let root = tape.node(0);
        if root.kind != Kind::Object {
            let is_array_of_requests = root.kind == Kind::Array && root.first == Some(Kind::Object);
            let rule = if is_array_of_requests { Rule::ArrayInsteadOfLines } else { Rule::NotAnObject };
            let is_fixable = is_array_of_requests && line.number == 1;
            report.report(&Diagnostic { is_fixable, ..Diagnostic::of_value(rule, ["", ""], root) });
            return;
        }
        self.count.add(1, line);
        let cached = tape.shape().and_then(|shape| self.fields.get(shape));
        let fields = cached.unwrap_or_else(|| self.find_fields(tape, report));
        self.check_custom_id(non_null(tape, fields.custom_id), report);
        match non_null(tape, fields.method) {
            None => report.missing("/method", "\"POST\""),
            Some(node) if node.equals_string(line.bytes, "POST") => {}
            Some(node) => {
                let is_fixable = node.text(line.bytes).is_some_and(|method| is_post(&method));
                let diagnostic = Diagnostic::of_value(Rule::WrongMethod, ["/method", ""], node);
                report.report(&Diagnostic { is_fixable, ..diagnostic });
            }
        }
        let url = self.urls.check(tape, &fields, report);
        match non_null(tape, fields.body) {
            None => report.missing("/body", "an object, the body of the request"),
            Some(body) if body.kind == Kind::Object => {
                self.bodies.check(self.count.count(), (tape, &fields), url, report);
            }
            Some(body) => report.value(Rule::BodyKind, ["/body", ""], body, ""),
        }
        if tape.repeated().is_some() || tape.long_integer().is_some() || tape.too_deep().is_some() {
            report_deviations(tape, report);
        }
    }

    /// Finds the fields of a line and caches them for lines of the same shape. Lines with unknown keys are
    /// not cached, because the keys are reported for each line.
    fn find_fields(&mut self, tape: &Tape, report: &mut LineReporter<'_>) -> Arc<RequestFields> {
        let mut has_unknown_key = false;
        let parameters = self.bodies.parameters.as_deref();
        let mut fields = RequestFields::of(
            report.line.bytes,
            tape.nodes(),
            |field, name, node| parameters.map_or((!0, false), |table| table.look_up(field, name, node)),
            |node| {
                has_unknown_key = true;
                report_unknown_key(node, report);
            },
        );
        let Some(shape) = tape.shape().filter(|_| !has_unknown_key) else { return Arc::new(fields) };
        fields.skip_invariant_checks(tape);
        let fields = Arc::new(fields);
        self.fields.insert(shape, &fields);
        fields
    }

    fn check_custom_id(&mut self, node: Option<&Node>, report: &mut LineReporter<'_>) {
        let line = report.line;
        let Some(node) = node else {
            return report.missing("/custom_id", "a unique string");
        };
        if node.kind != Kind::String || node.value.start == node.value.end {
            return report.value(Rule::CustomIdKind, ["/custom_id", ""], node, "");
        }
        if without_outer_whitespace(node, line.bytes).is_some() {
            report.value(Rule::CustomIdSpaced, ["/custom_id", ""], node, "");
        }
        let location = location_of(node, line);
        match with_string_bytes(node, line.bytes, |id| self.ids.add(id, location)) {
            AddedId::Duplicate(first) => report_duplicate(node, first, report),
            AddedId::TableFull if self.all_ids_compared => {
                self.all_ids_compared = false;
                let max = decimal(MAX_COMPARED_IDS as u64);
                report.value(Rule::IdsNotCompared, ["", ""], node, &max);
            }
            AddedId::New | AddedId::TableFull => {}
        }
    }
}

/// The location of the id of a line. A column that exceeds 16 bits is not kept; the location then is the
/// start of the line.
fn location_of(id: &Node, line: &Line<'_>) -> IdLocation {
    let start = id.value.start as usize - 1;
    let before = line.bytes.get(..start).unwrap_or_default();
    // The bytes are nearly always ASCII, which is checked faster than the column is computed.
    let column = if before.is_ascii() { start as u64 + 1 } else { column(before) };
    match u16::try_from(column) {
        Ok(column) => IdLocation { line: line.number_u32(), column, offset: line.offset + start as u64 },
        Err(_) => IdLocation { line: line.number_u32(), column: 1, offset: line.offset },
    }
}

#[inline(never)] // rare
fn report_unknown_key(node: &Node, report: &mut LineReporter<'_>) {
    let key = decoded_key(report.line.bytes, node);
    let escaped = pointer_token(&key);
    let diagnostic = Diagnostic::new(Rule::UnknownKey, Found::Text(&key));
    report.report(&Diagnostic { at: key_span(node), pointer: ["/", &escaped], ..diagnostic });
}

#[inline(never)] // rare
fn report_duplicate(node: &Node, first: IdLocation, report: &mut LineReporter<'_>) {
    let diagnostic = Diagnostic::new(Rule::DuplicateCustomId, Found::Value(node));
    let diagnostic = Diagnostic { at: quoted_span(node), pointer: ["/custom_id", ""], ..diagnostic };
    if let Some(issue) = report.report(&diagnostic) {
        let number = u64::from(first.line);
        issue.related = Some(FilePlace { line: number, column: first.column.into(), offset: first.offset });
        issue.found.push_str(", which line ");
        issue.found.push_str(&decimal(number));
        issue.found.push_str(" has");
    }
}

/// Reports repeated keys, integers that parsers read differently, and deep nesting.
#[inline(never)] // rare
fn report_deviations(tape: &Tape, report: &mut LineReporter<'_>) {
    let line = report.line;
    if let Some(repeated) = tape.repeated()
        && value_after(line.bytes, repeated.first) != value_after(line.bytes, repeated.second)
    {
        let key = repeated.second.decoded(line.bytes, true);
        let quotes = |key: Span| Span { start: key.start - 1, end: key.end + 1 };
        let (at, first) = (quotes(repeated.second), quotes(repeated.first).start);
        let diagnostic = Diagnostic { at, ..Diagnostic::new(Rule::DuplicateKey, Found::Text(&key)) };
        if let Some(issue) = report.report(&diagnostic) {
            issue.found.push_str(" twice");
            issue.related = Some(FilePlace {
                line: line.number,
                column: column(&line.bytes[..first as usize]),
                offset: line.offset + u64::from(first),
            });
        }
    }
    if let Some(at) = tape.long_integer() {
        let digits = String::from_utf8_lossy(at.of(line.bytes));
        let found = Found::Description(beginning(&digits, MAX_QUOTED_LENGTH).0);
        report.report(&Diagnostic { at, ..Diagnostic::new(Rule::LongInteger, found) });
    }
    if let Some(at) = tape.too_deep() {
        let found = Found::Description("more of them");
        report.report(&Diagnostic { at, ..Diagnostic::new(Rule::NestedTooDeep, found) });
    }
}

/// The value of a key in valid JSON.
fn value_after(json: &[u8], key: Span) -> &[u8] {
    let rest = json.get(key.end as usize + 1..).unwrap_or_default().trim_ascii_start();
    first_value(rest.strip_prefix(b":").unwrap_or(rest).trim_ascii_start())
}
