//! The expected contents of a tape, computed from the scanner's tokens.

use batchlight::json::{Fault, JsonString, Kind, Node, RepeatedKey, Scanner, Span, TextLength, Token};

/// The expected contents of a tape.
#[derive(Debug, Default, PartialEq)]
pub struct Expected {
    pub nodes: Vec<Node>,
    pub repeated: Option<RepeatedKey>,
    pub long_integer: Option<Span>,
}

/// An open array or object: the index of its node, if it has one, and the decoded keys of an object.
struct Open {
    node: Option<usize>,
    keys: Vec<(Vec<u16>, Span)>,
    object: bool,
}

/// The expected contents of a tape of this depth, or the first syntax or UTF-8 error of the text.
pub fn expected(text: &[u8], depth: usize) -> Result<Expected, Fault> {
    let valid = match std::str::from_utf8(text) {
        Ok(_) => text.len(),
        Err(error) => error.valid_up_to(),
    };
    match tokens(&text[..valid], depth) {
        Err(fault) if fault.offset < valid => Err(fault),
        _ if valid < text.len() => Err(Fault { offset: valid, expected: "UTF-8" }),
        result => result,
    }
}

fn tokens(text: &[u8], depth: usize) -> Result<Expected, Fault> {
    let mut tape = Expected::default();
    let fault = |error: batchlight::json::JsonError| Fault { offset: error.offset, expected: error.expected };
    let mut scanner = Scanner::new(text).map_err(fault)?;
    let mut open: Vec<Open> = Vec::new();
    let mut key: Option<Span> = None;
    let span = |raw: &str| {
        let start = raw.as_ptr() as usize - text.as_ptr() as usize;
        Span { start: to_u32(start), end: to_u32(start + raw.len()) }
    };
    while let Some(token) = scanner.next().map_err(fault)? {
        let end = to_u32(scanner.offset());
        let before = |length: u32| Span { start: end - length, end };
        let (kind, value) = match token {
            Token::Key(name) => {
                let at = span(name.raw());
                let top = open.last_mut().unwrap();
                let decoded = units(name);
                if let Some((_, first)) = top.keys.iter().find(|(other, _)| *other == decoded)
                    && tape.repeated.is_none()
                {
                    tape.repeated = Some(RepeatedKey { first: *first, second: at });
                }
                top.keys.push((decoded, at));
                key = Some(at);
                continue;
            }
            Token::ObjectEnd | Token::ArrayEnd => {
                if let Some(Open { node: Some(node), .. }) = open.pop() {
                    tape.nodes[node].value.end = end;
                }
                continue;
            }
            Token::ObjectStart => (Kind::Object, before(1)),
            Token::ArrayStart => (Kind::Array, before(1)),
            Token::Text(inner) => (Kind::String, span(inner.raw())),
            Token::Number(number) => (Kind::Number, span(number)),
            Token::Boolean(true) => (Kind::True, before(4)),
            Token::Boolean(false) => (Kind::False, before(5)),
            Token::Null => (Kind::Null, before(4)),
        };
        let text_length =
            if kind == Kind::String { text_length(value.of(text)) } else { TextLength::default() };
        for node in open.iter().filter_map(|open| open.node) {
            tape.nodes[node].text_length.ascii += text_length.ascii;
            tape.nodes[node].text_length.non_ascii += text_length.non_ascii;
        }
        if let Some(Open { node: Some(node), .. }) = open.last() {
            tape.nodes[*node].items += 1;
            if tape.nodes[*node].kind == Kind::Array {
                tape.nodes[*node].first.get_or_insert(kind);
            }
        }
        if let (Token::Number(number), None) = (token, tape.long_integer)
            && !number.contains(['.', 'e', 'E'])
            && number.parse::<i64>().map_or(true, |number| number.unsigned_abs() > (1 << 53) - 1)
        {
            tape.long_integer = Some(value);
        }
        let parent = match open.last() {
            None => Some(0),
            Some(Open { node: Some(node), object: true, .. }) if open.len() <= depth => Some(*node),
            _ => None,
        };
        let escaped = |span: Span| span.of(text).contains(&b'\\');
        let node = parent.map(|parent| {
            let name = key.unwrap_or_default();
            tape.nodes.push(Node {
                parent: to_u32(parent),
                key: name,
                key_escaped: escaped(name),
                kind,
                value,
                escaped: kind == Kind::String && escaped(value),
                items: 0,
                first: None,
                text_length,
            });
            tape.nodes.len() - 1
        });
        key = None;
        if matches!(token, Token::ObjectStart | Token::ArrayStart) {
            open.push(Open { node, keys: Vec::new(), object: kind == Kind::Object });
        }
    }
    Ok(tape)
}

/// The decoded string as UTF-16 code units.
fn units(text: JsonString<'_>) -> Vec<u16> {
    let mut units = Vec::new();
    let mut chars = text.raw().chars();
    while let Some(c) = chars.next() {
        let c = match (c, if c == '\\' { chars.next() } else { None }) {
            ('\\', Some('u')) => {
                let digits: String = chars.by_ref().take(4).collect();
                units.push(u16::from_str_radix(&digits, 16).unwrap());
                continue;
            }
            ('\\', Some('b')) => '\u{8}',
            ('\\', Some('f')) => '\u{c}',
            ('\\', Some('n')) => '\n',
            ('\\', Some('r')) => '\r',
            ('\\', Some('t')) => '\t',
            (plain, None) | (_, Some(plain)) => plain,
        };
        units.extend_from_slice(c.encode_utf16(&mut [0; 2]));
    }
    units
}

fn text_length(raw: &[u8]) -> TextLength {
    if raw.starts_with(b"data:") {
        return TextLength::default();
    }
    let ascii = raw.iter().filter(|byte| byte.is_ascii()).count();
    let non_ascii = raw.iter().filter(|&&byte| byte >= 0xc0).count();
    TextLength { ascii: to_u32(ascii), non_ascii: to_u32(non_ascii) }
}

fn to_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap()
}
