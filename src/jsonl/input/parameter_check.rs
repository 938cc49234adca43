//! The check of the parameters of a body: unknown names, unknown values, other kinds of values.
//!
//! Which parameters a body has is a property of the shape of its line, so that lines of a known shape only have
//! the values of enumerations compared.

use crate::diagnostics::quoted;
use crate::json::{Kind, Node, Tape};
use crate::jsonl::common::lines::Line;
use crate::jsonl::common::nesting::value_of;
use crate::model::{MESSAGE_ROLES, Profile, ProfileName};
use crate::text::beginning;

use super::check::InputChecker;
use super::endpoints::{BodyField, EndpointRules, describe_kinds, is_within};
use super::issue::{Diagnostic, Found};
use super::parameters::{Accepted, Constraint, Parameter, Parameters};
use super::request::{RequestFields, key_place, spelt_key};
use super::rules::Rule;

/// The number of unknown names for which the nearest known one is looked up.
const MAX_NAMES: usize = 64;
/// The shortest name that is taken for a typo where the server may have parameters of its own.
const MIN_TYPO: usize = 6;
/// The requests whose messages have their roles compared: the first ones, then one in so many.
const FIRST_ROLES: u64 = 100;
const SAMPLED_ROLES: u64 = 256;

/// What the check of parameters keeps between lines.
#[derive(Clone, Debug)]
pub(crate) struct ParameterCheck {
    table: Parameters,
    /// The endpoints that accept each member of the table of bodies, as bits.
    of_members: [u8; BodyField::COUNT],
    /// Unknown names with the endpoint at which they were found, and the parameter that is probably meant.
    nearest: Vec<(String, u8, Option<&'static str>)>,
    /// Whether the parameters are those of the table. Other servers have some of their own, so that only a
    /// name that is nearly a known one is reported.
    strict: bool,
}

impl ParameterCheck {
    /// The check for a profile; none for servers about which nothing is known.
    pub fn new(profile: &Profile) -> Option<Self> {
        if profile.name == ProfileName::Compatible {
            return None;
        }
        let table = Parameters::default();
        let mut of_members = [0; BodyField::COUNT];
        for &member in BodyField::ALL {
            of_members[member as usize] = table.get(member.name()).map_or(0, Parameter::endpoints);
        }
        Some(Self { table, of_members, nearest: Vec::new(), strict: profile.name == ProfileName::Openai })
    }

    /// The endpoints that accept a parameter, as bits, and whether its value has to be compared.
    pub fn look_up(&self, member: Option<BodyField>, name: &[u8], node: &Node) -> (u8, bool) {
        use BodyField::{Conversation, EncodingFormat, ResponseFormat};
        if let Some(member) = member
            && !matches!(member, Conversation | EncodingFormat | ResponseFormat)
        {
            return (self.of_members[member as usize], false);
        }
        let name = std::str::from_utf8(name).unwrap_or_default();
        let Some(parameter) = self.table.get(name) else {
            return (if is_private(name) { !0 } else { 0 }, false);
        };
        let bits = (0..8).map(|at| 1 << at);
        let mut accepted = bits.filter_map(|bit| parameter.at(bit));
        let compared = |accepted: Accepted| {
            accepted.constraint != Constraint::None || accepted.kinds & 1 << node.kind as u8 == 0
        };
        (parameter.endpoints(), self.strict && node.kind != Kind::Null && accepted.any(compared))
    }

    /// The parameter that is probably meant by an unknown name; looked up once for each name.
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

/// Whether a name is for private use.
fn is_private(name: &str) -> bool {
    matches!(name.as_bytes(), [b'x' | b'X', b'-' | b'_', ..])
}

impl InputChecker {
    /// Checks the parameters of a body at an endpoint, given by its bit.
    #[inline(never)] // rare
    pub(super) fn parameters(
        &mut self,
        line: &Line<'_>,
        tape: &Tape,
        members: &RequestFields,
        (endpoint, asked): (u8, &EndpointRules),
    ) {
        let Some(mut check) = self.parameter_check.take() else { return };
        if members.accepted & endpoint == 0 {
            let body = u32::try_from(members.body).unwrap_or_default();
            for node in tape.nodes().iter().skip(1).filter(|node| node.parent == body) {
                let key = spelt_key(line.bytes, node);
                let known = check.table.get(&key).is_some_and(|known| known.endpoints() & endpoint != 0);
                if !known && !is_private(&key) {
                    self.unknown_parameter(
                        line,
                        node,
                        &key,
                        check.nearest(&key, endpoint),
                        (check.strict, asked),
                    );
                }
            }
        }
        for &at in &members.compared {
            let Some(node) = tape.nodes().get(at as usize) else { continue };
            let key = spelt_key(line.bytes, node);
            if let Some(accepted) = check.table.get(&key).and_then(|known| known.at(endpoint)) {
                self.parameter_value(line, node, &key, accepted);
            }
        }
        self.parameter_check = Some(check);
    }

    fn unknown_parameter(
        &mut self,
        line: &Line<'_>,
        node: &Node,
        key: &str,
        nearest: Option<&'static str>,
        (strict, asked): (bool, &EndpointRules),
    ) {
        if !strict && nearest.is_none() {
            return;
        }
        let escaped = beginning(key, 80).0.replace('~', "~0").replace('/', "~1");
        let mut expected = String::from("a parameter of ");
        expected.push_str(asked.endpoint);
        let told =
            Diagnostic { at: key_place(node), ..Diagnostic::new(Rule::UnknownParameter, Found::Text(key)) };
        let expected = nearest.map_or(expected, quoted);
        let told = Diagnostic { pointer: ["/body/", &escaped], demand: &expected, ..told };
        if let Some(issue) = self.issues.report(&told, line) {
            let mut message = String::from("unknown parameter ");
            message.push_str(&quoted(key));
            if nearest.is_some() {
                message.push_str(", did you mean ");
                message.push_str(&expected);
                message.push('?');
            } else {
                message.push_str(" of ");
                message.push_str(asked.endpoint);
            }
            issue.message = message;
        }
    }

    fn parameter_value(&mut self, line: &Line<'_>, node: &Node, key: &str, accepted: Accepted) {
        let pointer = ["/body/", key];
        if accepted.kinds & 1 << node.kind as u8 == 0 {
            // Other members have their kind checked where their meaning is known.
            let checked = BodyField::of(key.as_bytes()).is_some_and(|member| member.kinds() != !0);
            if !checked {
                self.about(line, Rule::MemberKind, pointer, node, describe_kinds(accepted.kinds));
            }
            return;
        }
        match (accepted.constraint, node.kind) {
            (Constraint::OneOf(values), Kind::Text) => {
                if !values.split('|').any(|value| node.is_text(line.bytes, value)) {
                    self.about(line, Rule::UnknownValue, pointer, node, &quoted_values(values));
                }
            }
            (Constraint::Range(least, greatest), Kind::Number)
                if BodyField::of(key.as_bytes()).is_none()
                    && !is_within(node.value.of(line.bytes), (least, greatest)) =>
            {
                self.about(line, Rule::OutOfRange, pointer, node, &range_in_words((least, greatest)));
            }
            _ => {}
        }
    }

    /// Compares the roles of the messages of some requests with the known ones: every request costs too much.
    #[inline]
    pub(super) fn roles(&mut self, line: &Line<'_>, messages: &Node) {
        let is_sampled = self.requests <= FIRST_ROLES || self.requests.is_multiple_of(SAMPLED_ROLES);
        if is_sampled && messages.kind == Kind::Array && self.profile.name == ProfileName::Openai {
            self.sampled_roles(line, messages);
        }
    }

    #[inline(never)] // rare
    fn sampled_roles(&mut self, line: &Line<'_>, messages: &Node) {
        let mut at = messages.value.start as usize + 1;
        for index in 0..messages.items {
            let element = next_value(line.bytes, &mut at);
            let Some(role) = member_of(line.bytes, element.0, "role") else { continue };
            let (start, end) = role;
            let text = line.bytes.get(start..end).unwrap_or_default();
            let [b'"', inner @ .., b'"'] = text else { continue };
            if inner.contains(&b'\\') || MESSAGE_ROLES.split('|').any(|known| known.as_bytes() == inner) {
                continue;
            }
            let mut pointer = index.to_string();
            pointer.push_str("/role");
            let found = String::from_utf8_lossy(inner);
            let told = Diagnostic::new(Rule::UnknownValue, Found::Text(&found));
            let at = crate::json::Span {
                start: u32::try_from(start).unwrap_or_default(),
                end: u32::try_from(end).unwrap_or_default(),
            };
            let demand = quoted_values(MESSAGE_ROLES);
            self.report(
                line,
                &Diagnostic { at, pointer: ["/body/messages/", &pointer], demand: &demand, ..told },
            );
        }
    }
}

/// The place of the next value of a list or object, whose separators are skipped; moves behind it.
fn next_value(text: &[u8], at: &mut usize) -> (usize, usize) {
    let is_separator = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b',' | b':');
    *at += text.get(*at..).unwrap_or_default().iter().take_while(|byte| is_separator(byte)).count();
    let start = *at;
    *at += value_of(text.get(start..).unwrap_or_default()).len();
    (start, *at)
}

/// The place of the value of a member of the object that begins at a place, all of which is known to be JSON.
fn member_of(text: &[u8], object: usize, name: &str) -> Option<(usize, usize)> {
    let mut at = object + usize::from(text.get(object) == Some(&b'{'));
    if at == object {
        return None;
    }
    loop {
        let (start, end) = next_value(text, &mut at);
        let [b'"', key @ .., b'"'] = text.get(start..end)? else { return None };
        let value = next_value(text, &mut at);
        if key == name.as_bytes() {
            return Some(value);
        }
    }
}

/// The values of an enumeration, quoted.
fn quoted_values(values: &str) -> String {
    let mut words = String::new();
    for value in values.split('|') {
        if !words.is_empty() {
            words.push_str(", ");
        }
        words.push_str(&quoted(value));
    }
    words
}

/// A range in words.
pub(super) fn range_in_words((least, greatest): (i16, i16)) -> String {
    let mut words = least.to_string();
    words.push_str(" to ");
    words.push_str(&greatest.to_string());
    words
}
