//! The fields of a request: their indexes on the tape of a line.

use std::borrow::Cow;

use crate::json::{Kind, Node, Span, Tape};
use crate::jsonl::common::convert::saturating_u32;
use crate::text::beginning;

use super::endpoints::{BodyField, ENDPOINTS};

/// The maximum number of code points of a key or number in an issue.
pub const MAX_QUOTED_LENGTH: usize = 80;

/// The fields of a request, as indexes on the tape of its line. 0 stands for an absent field.
#[derive(Clone, Debug, Default)]
pub struct RequestFields {
    /// The `custom_id`.
    pub custom_id: usize,
    /// The `method`.
    pub method: usize,
    /// The `url`.
    pub url: usize,
    /// The `body`.
    pub body: usize,
    body_fields: [u32; BodyField::COUNT],
    /// The fields that the body has, as bits.
    present: u32,
    /// The fields that have to be checked, as bits.
    pub to_check: u32,
    /// The entries of [`ENDPOINTS`] whose required fields are known to exist, as bits.
    pub satisfied: u8,
    /// The endpoints that accept every parameter of the body, as bits.
    pub accepted: u8,
    /// The indexes of the parameters whose values are compared with those of an enumeration.
    pub compared: Vec<u32>,
}

impl RequestFields {
    /// Finds the fields in one pass. If a key is repeated, the last one counts, as for most parsers.
    ///
    /// `look_up` returns the endpoints that accept a parameter of the body, as bits, and whether its value
    /// has to be compared. `other` is called with all other properties of the request.
    pub fn of(
        line: &[u8],
        nodes: &[Node],
        look_up: impl Fn(Option<BodyField>, &[u8], &Node) -> (u8, bool),
        mut other: impl FnMut(&Node),
    ) -> Self {
        let mut fields = Self { accepted: !0, ..Self::default() };
        for (at, node) in nodes.iter().enumerate().skip(1) {
            let decoded;
            let key = if node.key_escaped {
                decoded = decoded_key(line, node);
                decoded.as_bytes()
            } else {
                node.key.of(line)
            };
            if node.parent == 0 {
                match key {
                    b"custom_id" => fields.custom_id = at,
                    b"method" => fields.method = at,
                    b"url" => fields.url = at,
                    b"body" => {
                        (fields.body, fields.present, fields.accepted) = (at, 0, !0);
                        fields.compared.clear();
                    }
                    _ => other(node),
                }
            } else if node.parent as usize == fields.body {
                let field = BodyField::of(key);
                if let Some(field) = field {
                    fields.body_fields[field as usize] = saturating_u32(at);
                    fields.present |= 1 << field as u32;
                }
                let (endpoints, is_compared) = look_up(field, key, node);
                fields.accepted &= endpoints;
                if is_compared {
                    fields.compared.push(saturating_u32(at));
                }
            }
        }
        fields.to_check = fields.present;
        fields
    }

    /// Skips the checks that the shape of the line already decides. All lines of a shape have values of the
    /// same kinds.
    pub fn skip_invariant_checks(&mut self, tape: &Tape) {
        for &field in BodyField::ALL {
            let is_valid = self.in_body(tape, field).is_none_or(|node| {
                let depends_on_value =
                    matches!(field, BodyField::Model | BodyField::N) || field.range().is_some();
                let streams = field == BodyField::Stream && node.kind == Kind::True;
                let is_empty = node.kind == Kind::Array && node.items == 0;
                !depends_on_value && !streams && !is_empty && field.kinds() & 1 << node.kind as u8 != 0
            });
            if is_valid {
                self.to_check &= !(1 << field as u32);
            }
        }
        for (at, endpoint) in ENDPOINTS.iter().enumerate() {
            let is_satisfied = endpoint.required.iter().all(|required| {
                let first = self.in_body(tape, required.any_of[0]);
                first.is_some_and(|node| required.kinds & 1 << node.kind as u8 != 0)
            });
            self.satisfied |= u8::from(is_satisfied) << at;
        }
    }

    /// A field of the body, unless it is absent or null.
    #[inline] // a dozen calls a line
    pub fn in_body<'a>(&self, tape: &'a Tape, field: BodyField) -> Option<&'a Node> {
        let has = self.present & 1 << field as u32 != 0;
        non_null(tape, if has { self.body_fields[field as usize] as usize } else { 0 })
    }
}

/// The node at an index, unless the index is 0 or the value is null.
#[inline] // a dozen calls a line
pub fn non_null(tape: &Tape, at: usize) -> Option<&Node> {
    (at != 0).then(|| tape.node(at)).filter(|node| node.kind != Kind::Null)
}

/// The bytes of a value, including the quotes of a string.
pub fn quoted_span(node: &Node) -> Span {
    let quotes = u32::from(node.kind == Kind::String);
    Span { start: node.value.start - quotes, end: node.value.end + quotes }
}

/// The decoded key of a property.
pub fn decoded_key<'a>(line: &'a [u8], node: &Node) -> Cow<'a, str> {
    node.key.decoded(line, node.key_escaped)
}

/// The bytes of a key, including its quotes.
pub const fn key_span(node: &Node) -> Span {
    Span { start: node.key.start.saturating_sub(1), end: node.key.end + 1 }
}

/// The beginning of a key as a part of a JSON Pointer (RFC 6901).
#[inline(never)]
pub fn pointer_token(key: &str) -> String {
    beginning(key, MAX_QUOTED_LENGTH).0.replace('~', "~0").replace('/', "~1")
}
