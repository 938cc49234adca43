//! Fills a tape: one pass over a text, every byte checked against RFC 8259 and UTF-8.

use super::scan::{Scanner, Token};
use super::tape::{Fault, Kind, Node, Repeated, Span, Tape, Weight};
use super::{JsonError, JsonText};

impl Tape {
    /// Reads a text whole.
    ///
    /// # Errors
    /// At the first byte that is against RFC 8259 or UTF-8, or nested deeper than 512 levels.
    pub fn read(&mut self, text: &[u8]) -> Result<(), Fault> {
        self.nodes.clear();
        self.repeated = None;
        self.long_integer = None;
        walk(self, text).map_err(|error| Fault { offset: error.offset, expected: error.expected })
    }
}

impl Tape {
    /// Reads the first line of a text: what stands before its first `\n`, or all of it. Gives the line's length as well, which is
    /// known even when the line is no JSON.
    pub fn read_line(&mut self, text: &[u8]) -> (usize, Result<(), Fault>) {
        let length = text.iter().position(|&byte| byte == b'\n').unwrap_or(text.len());
        let line = &text[..length];
        if line.iter().all(|byte| matches!(byte, b' ' | b'\t' | b'\r')) {
            self.nodes.clear();
            return (length, Ok(()));
        }
        (length, self.read(line))
    }
}

/// An open bracket: its node, if it has one, and the keys of an object.
struct Open {
    node: Option<usize>,
    keys: Vec<Span>,
    object: bool,
}

fn walk(tape: &mut Tape, text: &[u8]) -> Result<(), JsonError> {
    let mut scanner = Scanner::new(text)?;
    let mut open: Vec<Open> = Vec::new();
    let mut key: Option<JsonText<'_>> = None;
    let span = |raw: &str| {
        let start = raw.as_ptr() as usize - text.as_ptr() as usize;
        Span { start: small(start), end: small(start + raw.len()) }
    };
    while let Some(token) = scanner.next()? {
        let end = small(scanner.offset());
        let (kind, value, escaped) = match token {
            Token::Key(name) => {
                let at = span(name.raw());
                if let Some(top) = open.last_mut() {
                    let same = |&&other: &&Span| other.spelt(text, true) == at.spelt(text, true);
                    if let (None, Some(&first)) = (tape.repeated, top.keys.iter().find(same)) {
                        tape.repeated = Some(Repeated { first, again: at });
                    }
                    top.keys.push(at);
                }
                key = Some(name);
                continue;
            }
            Token::ObjectEnd | Token::ArrayEnd => {
                if let Some(Open { node: Some(node), .. }) = open.pop() {
                    tape.nodes[node].value.end = end;
                }
                continue;
            }
            Token::ObjectStart => (Kind::Object, Span { start: end - 1, end }, false),
            Token::ArrayStart => (Kind::Array, Span { start: end - 1, end }, false),
            Token::Text(inner) => (Kind::Text, span(inner.raw()), inner.escaped),
            Token::Number(number) => (Kind::Number, span(number), false),
            Token::Boolean(yes) => {
                (if yes { Kind::True } else { Kind::False }, Span { start: end, end }, false)
            }
            Token::Null => (Kind::Null, Span { start: end, end }, false),
        };
        let weight = if kind == Kind::Text { weigh(value.of(text)) } else { Weight::default() };
        for node in open.iter().filter_map(|open| open.node) {
            tape.nodes[node].weight.ascii += weight.ascii;
            tape.nodes[node].weight.wide += weight.wide;
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
            Some(Open { node: Some(node), object: true, .. }) if open.len() <= tape.depth => Some(*node),
            _ => None,
        };
        let node = parent.map(|parent| {
            let name = key.map_or(Span::default(), |key| span(key.raw()));
            tape.nodes.push(Node {
                parent: small(parent),
                key: name,
                key_escaped: key.is_some_and(|key| key.escaped),
                kind,
                value,
                escaped,
                items: 0,
                first: None,
                weight,
            });
            tape.nodes.len() - 1
        });
        key = None;
        if matches!(token, Token::ObjectStart | Token::ArrayStart) {
            open.push(Open { node, keys: Vec::new(), object: kind == Kind::Object });
        }
    }
    Ok(())
}

fn weigh(raw: &[u8]) -> Weight {
    if raw.starts_with(b"data:") {
        return Weight::default();
    }
    let ascii = raw.iter().filter(|byte| byte.is_ascii()).count();
    let wide = raw.iter().filter(|&&byte| byte >= 0xc0).count();
    Weight { ascii: small(ascii), wide: small(wide) }
}

#[expect(clippy::cast_possible_truncation, reason = "texts are far shorter than 4 GiB")]
const fn small(number: usize) -> u32 {
    number as u32
}
