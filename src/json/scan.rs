//! The scanner: reads a text token by token, strictly by RFC 8259, and explains what is wrong with it.
//!
//! The parser behind [`Tape`](super::Tape) is much faster, but only knows whether a text is valid. Invalid
//! texts are scanned again here, so that every explanation has one source.

use super::brackets::Brackets;
use super::error::{Fault, JsonError};
use super::json_string::JsonString;

/// The maximum nesting depth. JSON has no limit; memory has.
pub(super) const MAX_DEPTH: usize = 512;

/// The expectation for a text with more properties than a tape stores.
pub(crate) const TOO_MANY_NODES: &str = "at most 262,144 properties outside arrays";

const UTF8: &str = "UTF-8";
const END: &str = "the end of the text";
const VALUE: &str = "a value";

/// A token of a JSON text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Token<'a> {
    /// `{`
    ObjectStart,
    /// `}`
    ObjectEnd,
    /// `[`
    ArrayStart,
    /// `]`
    ArrayEnd,
    /// The key of a property, whose value is next.
    Key(JsonString<'a>),
    /// A string.
    Text(JsonString<'a>),
    /// A number, as written.
    Number(&'a str),
    /// `true` or `false`.
    Boolean(bool),
    /// `null`
    Null,
}

/// The state of the scanner: which tokens are allowed next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    Value,
    ValueOrEnd,
    KeyOrEnd,
    Key,
    CommaOrEnd,
    Nothing,
}

/// Reads a JSON text token by token.
///
/// ```
/// use batchlight::json::{Scanner, Token};
/// let mut scanner = Scanner::new(b"[1e3, null]")?;
/// assert_eq!(scanner.next()?, Some(Token::ArrayStart));
/// assert_eq!(scanner.next()?, Some(Token::Number("1e3")));
/// assert_eq!(scanner.next()?, Some(Token::Null));
/// assert_eq!(scanner.next()?, Some(Token::ArrayEnd));
/// assert_eq!(scanner.next()?, None);
/// # Ok::<(), batchlight::json::JsonError>(())
/// ```
pub struct Scanner<'a> {
    text: &'a str,
    at: usize,
    next: Next,
    open: Brackets,
    max_depth: usize,
}

/// Explains why a text is invalid: the first error in the text, of syntax or of UTF-8. Nesting is not
/// limited.
///
/// The parser calls it for invalid texts only. For a valid text it would return that the end was expected.
#[cold]
pub(super) fn explain(text: &[u8]) -> Fault {
    let invalid_from = std::str::from_utf8(text).err().map(|error| error.valid_up_to());
    let valid = text.get(..invalid_from.unwrap_or(text.len())).unwrap_or_default();
    let mut scanner = Scanner::with_max_depth(std::str::from_utf8(valid).unwrap_or_default(), usize::MAX);
    let fault = loop {
        match scanner.advance() {
            Ok(Some(_)) => {}
            Ok(None) => break Fault { offset: text.len(), expected: END },
            Err(fault) => break fault,
        }
    };
    match invalid_from {
        Some(offset) if fault.offset >= offset => Fault { offset, expected: UTF8 },
        _ => fault,
    }
}

impl<'a> Scanner<'a> {
    /// Starts at the beginning of a text.
    ///
    /// # Errors
    /// If the text is not valid UTF-8.
    pub fn new(bytes: &'a [u8]) -> Result<Self, JsonError> {
        match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Self::with_max_depth(text, MAX_DEPTH)),
            Err(error) => Err(Fault { offset: error.valid_up_to(), expected: UTF8 }.in_text(bytes)),
        }
    }

    fn with_max_depth(text: &'a str, max_depth: usize) -> Self {
        Self { text, at: 0, next: Next::Value, open: Brackets::default(), max_depth }
    }

    /// The offset after the last token, in bytes.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.at
    }

    /// The next token, or `None` after the last one.
    ///
    /// # Errors
    /// At the first byte that RFC 8259 does not allow, or at the 513th level of nesting.
    #[expect(clippy::should_implement_trait, reason = "an iterator would hide that errors end it")]
    pub fn next(&mut self) -> Result<Option<Token<'a>>, JsonError> {
        self.advance().map_err(|fault| fault.in_text(self.text.as_bytes()))
    }

    fn advance(&mut self) -> Result<Option<Token<'a>>, Fault> {
        self.skip_whitespace();
        if self.next == Next::CommaOrEnd && self.peek() == Some(b',') {
            self.step_to(if self.open.in_object() { Next::Key } else { Next::Value });
            self.skip_whitespace();
        }
        let byte = self.peek();
        let token = match (self.next, byte) {
            (Next::Nothing, None) => return Ok(None),
            (Next::Nothing, _) => return self.fail(END),
            (Next::KeyOrEnd | Next::CommaOrEnd, Some(b'}')) if self.open.in_object() => {
                self.close(Token::ObjectEnd)
            }
            (Next::ValueOrEnd | Next::CommaOrEnd, Some(b']')) if self.open.in_array() => {
                self.close(Token::ArrayEnd)
            }
            (Next::Key | Next::KeyOrEnd, Some(b'"')) => {
                let key = self.string()?;
                self.skip_whitespace();
                if self.peek() != Some(b':') {
                    return self.fail("\":\"");
                }
                self.step_to(Next::Value);
                Token::Key(key)
            }
            (Next::Value | Next::ValueOrEnd, Some(byte)) => self.value(byte)?,
            (Next::KeyOrEnd, _) => return self.fail("a key in quotes or \"}\""),
            (Next::Key, _) => return self.fail("a key in quotes"),
            (Next::CommaOrEnd, _) if self.open.in_object() => return self.fail("\",\" or \"}\""),
            (Next::CommaOrEnd, _) => return self.fail("\",\" or \"]\""),
            (Next::Value | Next::ValueOrEnd, None) => return self.fail(VALUE),
        };
        Ok(Some(token))
    }

    /// Skips the rest of the value that starts with `token`, the last token that was read.
    ///
    /// # Errors
    /// As [`next`](Self::next).
    pub fn skip(&mut self, token: Token<'a>) -> Result<(), JsonError> {
        if !matches!(token, Token::ObjectStart | Token::ArrayStart) {
            return Ok(());
        }
        let depth = self.open.depth();
        while self.open.depth() >= depth && self.next()?.is_some() {}
        Ok(())
    }

    fn value(&mut self, byte: u8) -> Result<Token<'a>, Fault> {
        let token = match byte {
            b'{' => return self.enter(true),
            b'[' => return self.enter(false),
            b'"' => Token::Text(self.string()?),
            b'-' | b'0'..=b'9' => self.number()?,
            b't' => self.literal_name("true", Token::Boolean(true))?,
            b'f' => self.literal_name("false", Token::Boolean(false))?,
            b'n' => self.literal_name("null", Token::Null)?,
            _ => return self.fail(VALUE),
        };
        self.after_value();
        Ok(token)
    }

    fn enter(&mut self, is_object: bool) -> Result<Token<'a>, Fault> {
        if self.open.depth() == self.max_depth {
            return self.fail("at most 512 levels of nesting");
        }
        self.open.push(is_object);
        self.step_to(if is_object { Next::KeyOrEnd } else { Next::ValueOrEnd });
        Ok(if is_object { Token::ObjectStart } else { Token::ArrayStart })
    }

    fn close(&mut self, token: Token<'a>) -> Token<'a> {
        self.open.pop();
        self.at += 1;
        self.after_value();
        token
    }

    const fn after_value(&mut self) {
        self.next = if self.open.depth() == 0 { Next::Nothing } else { Next::CommaOrEnd };
    }

    fn string(&mut self) -> Result<JsonString<'a>, Fault> {
        let start = self.at + 1;
        let mut escaped = false;
        self.at = start;
        loop {
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => {
                    escaped = true;
                    self.at += 1;
                    self.escape()?;
                }
                Some(0x20..) => self.at += 1,
                Some(_) => return self.fail("no unescaped control character in a string"),
                None => return self.fail("the closing quote of a string"),
            }
        }
        let raw = self.text.get(start..self.at).unwrap_or_default();
        self.at += 1;
        Ok(JsonString { raw, escaped })
    }

    fn escape(&mut self) -> Result<(), Fault> {
        match self.peek() {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.at += 1,
            Some(b'u') => {
                for _ in 0..4 {
                    self.at += 1;
                    if !self.peek().is_some_and(|byte| byte.is_ascii_hexdigit()) {
                        return self.fail("four hexadecimal digits");
                    }
                }
                self.at += 1;
            }
            _ => return self.fail("an escape: one of \" \\ / b f n r t u"),
        }
        Ok(())
    }

    fn number(&mut self) -> Result<Token<'a>, Fault> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        if self.peek() == Some(b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(Token::Number(self.text.get(start..self.at).unwrap_or_default()))
    }

    #[inline(never)]
    fn digits(&mut self) -> Result<(), Fault> {
        if !self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            return self.fail("a digit");
        }
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        Ok(())
    }

    #[inline(never)]
    fn literal_name(&mut self, name: &'static str, token: Token<'a>) -> Result<Token<'a>, Fault> {
        if !self.text.as_bytes().get(self.at..).is_some_and(|rest| rest.starts_with(name.as_bytes())) {
            return self.fail(VALUE);
        }
        self.at += name.len();
        Ok(token)
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    const fn step_to(&mut self, next: Next) {
        self.at += 1;
        self.next = next;
    }

    #[inline(never)]
    fn skip_whitespace(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    const fn fail<T>(&self, expected: &'static str) -> Result<T, Fault> {
        Err(Fault { offset: self.at, expected })
    }
}
