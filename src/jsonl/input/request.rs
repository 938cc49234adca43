//! The check of one request: custom_id, method, url, model, and what is odd about the line.

use std::borrow::Cow;
use std::sync::Arc;

use crate::diagnostics::{Level, quoted};
use crate::json::{Kind, Node, Span, Tape};
use crate::jsonl::common::lines::Line;
use crate::jsonl::common::nesting::value_of;
use crate::jsonl::reconcile::request_table::saturating_u32;
use crate::model::ProfileName;
use crate::text::{beginning, listed};

use super::check::InputChecker;
use super::endpoints::{BodyField, ENDPOINTS, EndpointRules, endpoint_rules};
use super::ids::{Added, IdLocation, MAX_COMPARED_IDS};
use super::issue::{Diagnostic, FilePlace, Found, column};
use super::parameter_check::ParameterCheck;
use super::parameters::endpoint_bit;
use super::rules::Rule;

/// What is known of a url.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Url {
    /// What is wrong with it.
    fault: Option<Rule>,
    /// What its endpoint asks of bodies.
    pub body: Option<&'static EndpointRules>,
    /// The bit of its endpoint in the table of parameters.
    pub endpoint: u8,
}

/// The members of a line that are looked at: places on its tape, 0 for those it lacks.
#[derive(Clone, Debug, Default)]
pub(crate) struct RequestFields {
    pub custom_id: usize,
    pub method: usize,
    pub url: usize,
    pub body: usize,
    of_body: [u32; BodyField::COUNT],
    /// Which of them there are, as bits; of those, which have to be looked at.
    pub present: u32,
    pub looked: u32,
    /// The places of the endpoints in the table of bodies whose needs are known to be met, as bits.
    pub met: u8,
    /// The endpoints that know every parameter of the body, as bits.
    pub accepted: u8,
    /// The parameters whose values are compared with those of an enumeration.
    pub compared: Vec<u32>,
}

impl RequestFields {
    /// Finds the members in one pass; of a repeated one the last, as most readers have it. What else stands
    /// in the line is shown to `other`.
    pub fn of(
        line: &[u8],
        nodes: &[Node],
        parameters: Option<&ParameterCheck>,
        mut other: impl FnMut(&Node),
    ) -> Self {
        let mut members = Self { accepted: !0, ..Self::default() };
        for (at, node) in nodes.iter().enumerate().skip(1) {
            let spelt;
            let key = if node.key_escaped {
                spelt = node.key.spelt(line, true);
                spelt.as_bytes()
            } else {
                node.key.of(line)
            };
            if node.parent == 0 {
                match key {
                    b"custom_id" => members.custom_id = at,
                    b"method" => members.method = at,
                    b"url" => members.url = at,
                    b"body" => {
                        (members.body, members.present, members.accepted) = (at, 0, !0);
                        members.compared.clear();
                    }
                    _ => other(node),
                }
            } else if node.parent as usize == members.body {
                let member = BodyField::of(key);
                if let Some(member) = member {
                    members.of_body[member as usize] = saturating_u32(at);
                    members.present |= 1 << member as u32;
                }
                if let Some(parameters) = parameters {
                    let (endpoints, is_compared) = parameters.look_up(member, key, node);
                    members.accepted &= endpoints;
                    if is_compared {
                        members.compared.push(saturating_u32(at));
                    }
                }
            }
        }
        members.looked = members.present;
        members
    }

    /// Leaves out what is right in every line of the same shape, whose values are of the same kinds.
    fn skip_invariant_checks(&mut self, tape: &Tape) {
        for &member in BodyField::ALL {
            let right = self.in_body(tape, member).is_none_or(|node| {
                let by_value = matches!(member, BodyField::Model | BodyField::N) || member.range().is_some();
                let streams = member == BodyField::Stream && node.kind == Kind::True;
                let is_empty = node.kind == Kind::Array && node.items == 0;
                !by_value && !streams && !is_empty && member.kinds() & 1 << node.kind as u8 != 0
            });
            if right {
                self.looked &= !(1 << member as u32);
            }
        }
        for (at, body) in ENDPOINTS.iter().enumerate() {
            let met = body.needs.iter().all(|need| {
                let first = self.in_body(tape, need.any[0]);
                first.is_some_and(|node| need.kinds & 1 << node.kind as u8 != 0)
            });
            self.met |= u8::from(met) << at;
        }
    }

    /// A member of the body, unless it is absent or null.
    #[inline] // a dozen calls a line
    pub fn in_body<'a>(&self, tape: &'a Tape, member: BodyField) -> Option<&'a Node> {
        let has = self.present & 1 << member as u32 != 0;
        there(tape, if has { self.of_body[member as usize] as usize } else { 0 })
    }
}

/// The node at a place, unless it is absent or null.
#[inline] // a dozen calls a line
pub(crate) fn there(tape: &Tape, at: usize) -> Option<&Node> {
    (at != 0).then(|| tape.node(at)).filter(|node| node.kind != Kind::Null)
}

/// The bytes of a value; a string with its quotes.
pub(crate) fn place(node: &Node) -> Span {
    let quotes = u32::from(node.kind == Kind::Text);
    Span { start: node.value.start - quotes, end: node.value.end + quotes }
}

/// The key of a member, without its quotes and escapes.
pub(super) fn spelt_key<'a>(line: &'a [u8], node: &Node) -> Cow<'a, str> {
    node.key.spelt(line, node.key_escaped)
}

/// Where the id of a line stands. A column that takes more than 16 bits is not kept, so that the location is that of the
/// line.
fn location(line: &Line<'_>, id: &Node) -> IdLocation {
    let start = id.value.start as usize - 1;
    let before = line.bytes.get(..start).unwrap_or_default();
    // Nearly always ASCII, which is found out faster.
    let column = if before.is_ascii() { start as u64 + 1 } else { column(before) };
    let line_number = u32::try_from(line.number).unwrap_or(u32::MAX);
    match u16::try_from(column) {
        Ok(column) => IdLocation { line: line_number, column, offset: line.offset + start as u64 },
        Err(_) => IdLocation { line: line_number, column: 1, offset: line.offset },
    }
}

/// The bytes of a key with its quotes.
pub(super) const fn key_place(node: &Node) -> Span {
    Span { start: node.key.start.saturating_sub(1), end: node.key.end + 1 }
}

/// The text of a string, as bytes.
pub(crate) fn with_text<T>(node: &Node, line: &[u8], with: impl FnOnce(&[u8]) -> T) -> T {
    if node.escaped { with(node.value.spelt(line, true).as_bytes()) } else { with(node.value.of(line)) }
}

impl InputChecker {
    pub(crate) fn request(&mut self, line: &Line<'_>, tape: &Tape) {
        let root = tape.node(0);
        if root.kind != Kind::Object {
            let requests = root.kind == Kind::Array && root.first == Some(Kind::Object);
            let rule = if requests { Rule::ArrayInsteadOfLines } else { Rule::NotAnObject };
            return self
                .report(line, &Diagnostic { at: place(root), ..Diagnostic::new(rule, Found::Value(root)) });
        }
        self.count_request(line);
        let shape = tape.shape();
        let known = shape.and_then(|shape| self.members.of(shape));
        let members = known.unwrap_or_else(|| {
            let mut plain = true;
            let parameters = self.parameter_check.take();
            let mut members = RequestFields::of(line.bytes, tape.nodes(), parameters.as_deref(), |node| {
                plain = false;
                self.unknown_key(line, node);
            });
            self.parameter_check = parameters;
            // What is told of keys is told of each line.
            let Some(shape) = shape.filter(|_| plain) else { return Arc::new(members) };
            members.skip_invariant_checks(tape);
            let members = Arc::new(members);
            self.members.keep(shape, &members);
            members
        });
        self.custom_id(line, there(tape, members.custom_id));
        match there(tape, members.method) {
            None => self.missing(line, "/method", "\"POST\""),
            Some(node) if node.is_text(line.bytes, "POST") => {}
            Some(node) => self.about(line, Rule::WrongMethod, ["/method", ""], node, ""),
        }
        let url = self.url(line, tape, &members);
        match there(tape, members.body) {
            None => self.missing(line, "/body", "an object, the body of the request"),
            Some(body) if body.kind == Kind::Object => self.body(line, tape, &members, body, url),
            Some(body) => self.about(line, Rule::BodyKind, ["/body", ""], body, ""),
        }
        if tape.repeated().is_some() || tape.long_integer().is_some() || tape.too_deep().is_some() {
            self.oddities(line, tape);
        }
    }

    pub(crate) fn count_request(&mut self, line: &Line<'_>) {
        self.requests += 1;
        if self.limits.requests.is_some_and(|most| self.requests == most + 1) {
            self.exceeded[0] = Some(FilePlace { line: line.number, column: 1, offset: line.offset });
        }
    }

    /// Tells of a value of the line, at the rule's own level.
    pub(crate) fn about(
        &mut self,
        line: &Line<'_>,
        rule: Rule,
        pointer: [&str; 2],
        node: &Node,
        demand: &str,
    ) {
        self.about_at(rule.info().level, line, rule, pointer, node, demand);
    }

    pub(super) fn about_at(
        &mut self,
        level: Level,
        line: &Line<'_>,
        rule: Rule,
        pointer: [&str; 2],
        node: &Node,
        demand: &str,
    ) {
        let told = Diagnostic { rule, level, at: place(node), pointer, demand, found: Found::Value(node) };
        self.report(line, &told);
    }

    fn missing(&mut self, line: &Line<'_>, pointer: &str, words: &str) {
        let told = Diagnostic::new(Rule::MissingParameter, Found::Words("nothing"));
        self.report(line, &Diagnostic { pointer: [pointer, ""], demand: words, ..told });
    }

    #[inline(never)] // rare
    fn unknown_key(&mut self, line: &Line<'_>, node: &Node) {
        let key = spelt_key(line.bytes, node);
        let escaped = beginning(&key, 80).0.replace('~', "~0").replace('/', "~1");
        let at = key_place(node);
        let told = Diagnostic::new(Rule::UnknownKey, Found::Text(&key));
        self.report(line, &Diagnostic { at, pointer: ["/", &escaped], ..told });
    }

    fn custom_id(&mut self, line: &Line<'_>, node: Option<&Node>) {
        let Some(node) = node else {
            return self.missing(line, "/custom_id", "a unique string");
        };
        if node.kind != Kind::Text || node.value.start == node.value.end {
            return self.about(line, Rule::CustomIdKind, ["/custom_id", ""], node, "");
        }
        let location = location(line, node);
        match with_text(node, line.bytes, |id| self.ids.add(id, location)) {
            Added::Duplicate(first) => self.duplicate(line, node, first),
            Added::TableFull if self.all_ids => {
                self.all_ids = false;
                let most = MAX_COMPARED_IDS.to_string();
                self.about(line, Rule::IdsNotCompared, ["", ""], node, &most);
            }
            Added::New | Added::TableFull => {}
        }
    }

    #[inline(never)] // rare
    fn duplicate(&mut self, line: &Line<'_>, node: &Node, first: IdLocation) {
        let told = Diagnostic::new(Rule::DuplicateCustomId, Found::Value(node));
        let told = Diagnostic { at: place(node), pointer: ["/custom_id", ""], ..told };
        if let Some(issue) = self.issues.report(&told, line) {
            let number = u64::from(first.line);
            issue.related =
                Some(FilePlace { line: number, column: first.column.into(), offset: first.offset });
            issue.found.push_str(", which line ");
            issue.found.push_str(&number.to_string());
            issue.found.push_str(" has");
        }
    }

    fn url(&mut self, line: &Line<'_>, tape: &Tape, members: &RequestFields) -> Url {
        let Some(node) = there(tape, members.url) else {
            self.missing(line, "/url", "the path of the batch's endpoint");
            return Url::default();
        };
        if node.kind != Kind::Text {
            let demand =
                self.endpoint.clone().unwrap_or_else(|| "the path of the batch's endpoint".to_owned());
            self.about(line, Rule::UrlKind, ["/url", ""], node, &demand);
            return Url::default();
        }
        let Some(at) = with_text(node, line.bytes, |url| self.urls.count(url)) else {
            self.wrong_url(line, node, Rule::UrlMixed);
            return Url::default();
        };
        if at == self.url_facts.len() {
            let facts = self.learn(at);
            self.url_facts.push(facts);
            self.endpoint_shutdown(line, node, at);
        }
        let url = self.url_facts[at];
        if let Some(rule) = url.fault {
            self.wrong_url(line, node, rule);
        }
        if let Some((model, right)) = self.profile.file_limits.test_model
            && members.in_body(tape, BodyField::Model).is_some_and(|node| node.is_text(line.bytes, model))
            && self.urls.get(at) != right
        {
            self.about(line, Rule::TestUrl, ["/url", ""], node, &quoted(right));
        }
        url
    }

    /// Looks at a url for the first time.
    fn learn(&mut self, at: usize) -> Url {
        let url = self.urls.get(at);
        let files = &self.profile.file_limits;
        let same = |other: &str| bare(url, files.optional_v1_prefix) == bare(other, files.optional_v1_prefix);
        let asked = self.endpoint.as_deref();
        let fault = if asked.is_some_and(same) {
            None
        } else if !files.known_urls.is_empty() && !files.known_urls.contains(&url) {
            Some(Rule::UrlNotFound)
        } else if asked.is_some() {
            Some(Rule::UrlMismatch)
        } else if !self.profile.endpoints.is_empty()
            && !self.profile.endpoints.iter().any(|known| same(known))
        {
            Some(Rule::UrlUnknown)
        } else {
            self.first_url.is_some_and(|first| !same(self.urls.get(first))).then_some(Rule::UrlMixed)
        };
        let body = endpoint_rules(url);
        let endpoint = endpoint_bit(url).unwrap_or_default();
        if fault.is_none() {
            self.first_url.get_or_insert(at);
        }
        Url { fault, body, endpoint }
    }

    #[inline(never)] // rare
    fn wrong_url(&mut self, line: &Line<'_>, node: &Node, rule: Rule) {
        let demand = match rule {
            Rule::UrlMismatch => quoted(self.endpoint.as_deref().unwrap_or_default()),
            Rule::UrlMixed => quoted(self.urls.get(self.first_url.unwrap_or_default())),
            Rule::UrlNotFound => listed(self.profile.file_limits.known_urls.iter().copied()),
            _ => listed(self.profile.endpoints.iter().copied()),
        };
        let refused =
            |url: &[u8]| self.profile.file_limits.rejected_urls.iter().any(|known| known.as_bytes() == url);
        let unsure = match rule {
            Rule::UrlUnknown => self.profile.name == ProfileName::Azure,
            Rule::UrlNotFound => !with_text(node, line.bytes, refused),
            _ => false,
        };
        let level = if unsure { Level::Warning } else { rule.info().level };
        self.about_at(level, line, rule, ["/url", ""], node, &demand);
    }

    /// Keys that an object has twice, integers that are not read alike everywhere, and nesting that is too
    /// deep for many.
    #[inline(never)] // rare
    fn oddities(&mut self, line: &Line<'_>, tape: &Tape) {
        if let Some(repeated) = tape.repeated()
            && value_behind(line.bytes, repeated.first) != value_behind(line.bytes, repeated.again)
        {
            let key = repeated.again.spelt(line.bytes, true);
            let quotes = |key: Span| Span { start: key.start - 1, end: key.end + 1 };
            let (at, first) = (quotes(repeated.again), quotes(repeated.first).start);
            let told = Diagnostic { at, ..Diagnostic::new(Rule::DuplicateKey, Found::Text(&key)) };
            if let Some(issue) = self.issues.report(&told, line) {
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
            let told = Diagnostic::new(Rule::LongInteger, Found::Words(beginning(&digits, 80).0));
            self.report(line, &Diagnostic { at, ..told });
        }
        if let Some(at) = tape.too_deep() {
            let told = Diagnostic::new(Rule::NestedTooDeep, Found::Words("more of them"));
            self.report(line, &Diagnostic { at, ..told });
        }
    }
}

/// A path without its version, where that means the same.
fn bare(path: &str, bare: bool) -> &str {
    path.strip_prefix("/v1").filter(|_| bare).unwrap_or(path)
}

/// The value of a key in a text that is JSON.
fn value_behind(text: &[u8], key: Span) -> &[u8] {
    let rest = text.get(key.end as usize + 1..).unwrap_or_default().trim_ascii_start();
    value_of(rest.strip_prefix(b":").unwrap_or(rest).trim_ascii_start())
}
