//! The check of the parameters of a body: unknown names, unknown values, other kinds of values.
//!
//! The shape of a line decides which parameters it has. For lines of a known shape, only the values of
//! enumerations are compared.

use crate::diagnostics::quoted;
use crate::json::{Kind, Node, Span, Tape};
use crate::jsonl::common::convert::saturating_u32;
use crate::jsonl::common::nesting::first_value;
use crate::model::{MESSAGE_ROLES, Profile, ProfileName};
use crate::text::{concat, decimal};

use super::endpoints::{BodyField, EndpointRules, describe_kinds, describe_range, is_within};
use super::issue::{Diagnostic, Found};
use super::line_report::LineReporter;
use super::parameters::{Accepted, Constraint, Parameter, Parameters};
use super::request_fields::{RequestFields, decoded_key, key_span, pointer_token};
use super::rules::Rule;

/// The number of unknown names for which the nearest known one is looked up.
const MAX_NAMES: usize = 64;
/// The minimum length of a name that counts as a typo if the server can have parameters of its own.
const MIN_TYPO: usize = 6;

/// Checks parameters. Remembers the unknown names of earlier lines.
#[derive(Clone, Debug)]
pub struct ParameterCheck {
    table: Parameters,
    /// The endpoints that accept each field of [`BodyField`], as bits.
    of_fields: [u8; BodyField::COUNT],
    /// The unknown names, each with the endpoint and the parameter that is probably meant.
    nearest: Vec<(String, u8, Option<&'static str>)>,
    /// Whether the table has all parameters. Other servers have parameters of their own, so only typos of
    /// known names are reported.
    strict: bool,
}

impl ParameterCheck {
    /// Creates a check. Returns `None` if the parameters of the provider are unknown.
    pub fn new(profile: &Profile) -> Option<Self> {
        if profile.name == ProfileName::Compatible {
            return None;
        }
        let table = Parameters::default();
        let mut of_fields = [0; BodyField::COUNT];
        for &field in BodyField::ALL {
            of_fields[field as usize] = table.get(field.name()).map_or(0, Parameter::endpoints);
        }
        Some(Self { table, of_fields, nearest: Vec::new(), strict: profile.name == ProfileName::Openai })
    }

    /// The endpoints that accept a parameter, as bits, and whether its value has to be compared.
    pub fn look_up(&self, field: Option<BodyField>, name: &[u8], node: &Node) -> (u8, bool) {
        use BodyField::{Conversation, EncodingFormat, ResponseFormat};
        if let Some(field) = field
            && !matches!(field, Conversation | EncodingFormat | ResponseFormat)
        {
            return (self.of_fields[field as usize], false);
        }
        let name = std::str::from_utf8(name).unwrap_or_default();
        let Some(parameter) = self.table.get(name) else {
            return (if is_private(name) { !0 } else { 0 }, false);
        };
        let is_checked = self.strict && node.kind != Kind::Null;
        let (mut endpoints, mut is_compared) = (0, false);
        for (bits, accepted) in parameter.variants() {
            endpoints |= bits;
            let is_constrained = !matches!(accepted.constraint, Constraint::None);
            is_compared |= is_constrained || accepted.kinds & 1 << node.kind as u8 == 0;
        }
        (endpoints, is_checked && is_compared)
    }

    /// The parameter that is probably meant by an unknown name. Each name is looked up once.
    fn nearest(&mut self, name: &str, endpoint: u8) -> Option<&'static str> {
        if !self.strict && name.len() < MIN_TYPO {
            return None;
        }
        let known = self.nearest.iter().find(|row| row.1 == endpoint && row.0 == name);
        if let Some(&(_, _, nearest)) = known {
            return nearest;
        }
        if self.nearest.len() == MAX_NAMES {
            return None;
        }
        let nearest = self.table.nearest(name, endpoint);
        self.nearest.push((name.to_owned(), endpoint, nearest));
        nearest
    }
}

/// Whether a name is reserved for private use.
fn is_private(name: &str) -> bool {
    matches!(name.as_bytes(), [b'x' | b'X', b'-' | b'_', ..])
}

impl ParameterCheck {
    /// Checks the parameters of a body at an endpoint, which is given by its bit and its rules.
    #[inline(never)] // rare
    pub fn check(
        &mut self,
        tape: &Tape,
        fields: &RequestFields,
        (endpoint, rules): (u8, &EndpointRules),
        report: &mut LineReporter<'_>,
    ) {
        let line = report.line;
        if fields.accepted & endpoint == 0 {
            let body = saturating_u32(fields.body);
            for node in tape.nodes().iter().skip(1).filter(|node| node.parent == body) {
                let key = decoded_key(line.bytes, node);
                let parameter = self.table.get(&key);
                let is_known = parameter.is_some_and(|parameter| parameter.endpoints() & endpoint != 0);
                if !is_known && !is_private(&key) {
                    let nearest = self.nearest(&key, endpoint);
                    if self.strict || nearest.is_some() {
                        report_unknown(node, &key, nearest, rules, report);
                    }
                }
            }
        }
        for &at in &fields.compared {
            let Some(node) = tape.nodes().get(at as usize) else { continue };
            let key = decoded_key(line.bytes, node);
            if let Some(accepted) = self.table.get(&key).and_then(|parameter| parameter.at(endpoint)) {
                check_value(node, &key, accepted, report);
            }
        }
    }
}

fn report_unknown(
    node: &Node,
    key: &str,
    nearest: Option<&'static str>,
    rules: &EndpointRules,
    report: &mut LineReporter<'_>,
) {
    let escaped = pointer_token(key);
    let expected = nearest.map_or_else(|| ["a parameter of ", rules.endpoint].concat(), quoted);
    let diagnostic = Diagnostic::new(Rule::UnknownParameter, Found::Text(key));
    let (at, pointer) = (key_span(node), ["/body/", escaped.as_str()]);
    let issue = report.report(&Diagnostic { at, pointer, expected: &expected, ..diagnostic });
    if let Some(issue) = issue {
        let (name, end) = (quoted(key), if nearest.is_some() { "?" } else { "" });
        let suggestion = if nearest.is_some() { ", did you mean " } else { " of " };
        let suggested = if nearest.is_some() { &expected } else { rules.endpoint };
        issue.message = ["unknown parameter ", &name, suggestion, suggested, end].concat();
    }
}

fn check_value(node: &Node, key: &str, accepted: Accepted, report: &mut LineReporter<'_>) {
    let pointer = ["/body/", key];
    if accepted.kinds & 1 << node.kind as u8 == 0 {
        // The kinds of these fields are checked with the rules of the endpoint.
        let is_checked = BodyField::of(key.as_bytes()).is_some_and(|field| field.kinds() != !0);
        if !is_checked {
            report.value(Rule::MemberKind, pointer, node, describe_kinds(accepted.kinds));
        }
        return;
    }
    match (accepted.constraint, node.kind) {
        (Constraint::OneOf(values), Kind::String)
            if !values.split('|').any(|value| node.equals_string(report.line.bytes, value)) =>
        {
            report.value(Rule::UnknownValue, pointer, node, &quoted_values(values));
        }
        (Constraint::Range(min, max), Kind::Number)
            if BodyField::of(key.as_bytes()).is_none()
                && !is_within(node.value.of(report.line.bytes), (min, max)) =>
        {
            report.value(Rule::OutOfRange, pointer, node, &describe_range((min, max)));
        }
        _ => {}
    }
}

/// Compares the roles of an array of messages with the known roles.
#[inline(never)] // rare
pub fn check_roles(messages: &Node, report: &mut LineReporter<'_>) {
    let json = report.line.bytes;
    let mut at = messages.value.start as usize + 1;
    for index in 0..messages.items {
        let (message, _) = next_value(json, &mut at);
        let Some((start, end)) = property_of(json, message, "role") else { continue };
        let [b'"', role @ .., b'"'] = json.get(start..end).unwrap_or_default() else { continue };
        if role.contains(&b'\\') || MESSAGE_ROLES.split('|').any(|known| known.as_bytes() == role) {
            continue;
        }
        let (pointer, found) =
            (concat(&[&decimal(u64::from(index)), "/role"]), String::from_utf8_lossy(role));
        report.report(&Diagnostic {
            at: Span { start: saturating_u32(start), end: saturating_u32(end) },
            pointer: ["/body/messages/", &pointer],
            expected: &quoted_values(MESSAGE_ROLES),
            ..Diagnostic::new(Rule::UnknownValue, Found::Text(&found))
        });
    }
}

/// The bytes of the next value in an array or object, after whitespace and separators. Advances past it.
fn next_value(json: &[u8], at: &mut usize) -> (usize, usize) {
    let is_separator = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b',' | b':');
    *at += json.get(*at..).unwrap_or_default().iter().take_while(|byte| is_separator(byte)).count();
    let start = *at;
    *at += first_value(json.get(start..).unwrap_or_default()).len();
    (start, *at)
}

/// The bytes of the value of a property. The object begins at `object`, and all of it is valid JSON.
fn property_of(json: &[u8], object: usize, name: &str) -> Option<(usize, usize)> {
    if json.get(object) != Some(&b'{') {
        return None;
    }
    let mut at = object + 1;
    loop {
        let (start, end) = next_value(json, &mut at);
        let [b'"', key @ .., b'"'] = json.get(start..end)? else { return None };
        let value = next_value(json, &mut at);
        if key == name.as_bytes() {
            return Some(value);
        }
    }
}

/// The values of an enumeration, quoted.
fn quoted_values(values: &str) -> String {
    let mut list = String::new();
    for value in values.split('|') {
        if !list.is_empty() {
            list.push_str(", ");
        }
        list.push_str(&quoted(value));
    }
    list
}
