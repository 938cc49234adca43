//! The scanner: one token after the other, each checked against RFC 8259.

use super::{JsonError, JsonText};

/// The deepest nesting that is read. JSON sets no limit; memory does.
const DEEPEST: usize = 512;

/// A piece of a JSON text.
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
    /// The key of the value that comes next.
    Key(JsonText<'a>),
    /// A string.
    Text(JsonText<'a>),
    /// A number, as written.
    Number(&'a str),
    /// `true` or `false`.
    Boolean(bool),
    /// `null`
    Null,
}

/// What may come next.
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
    /// Whether each open bracket is an object's.
    open: Vec<bool>,
}

impl<'a> Scanner<'a> {
    /// Starts on a text.
    ///
    /// # Errors
    /// When the bytes are no UTF-8.
    pub fn new(bytes: &'a [u8]) -> Result<Self, JsonError> {
        match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Self { text, at: 0, next: Next::Value, open: Vec::new() }),
            Err(error) => Err(JsonError::at(bytes, error.valid_up_to(), "UTF-8")),
        }
    }

    /// Where the scanner stands, in bytes.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.at
    }

    /// The next token; none when the text has ended well.
    ///
    /// # Errors
    /// At the first byte that is against RFC 8259, or nested deeper than 512 levels.
    #[expect(clippy::should_implement_trait, reason = "an iterator would hide that errors end it")]
    pub fn next(&mut self) -> Result<Option<Token<'a>>, JsonError> {
        self.skip_space();
        if self.next == Next::CommaOrEnd {
            match (self.peek(), self.open.last()) {
                (Some(b','), Some(true)) => self.step_to(Next::Key),
                (Some(b','), Some(false)) => self.step_to(Next::Value),
                _ => {}
            }
            self.skip_space();
        }
        let byte = self.peek();
        let token = match (self.next, byte) {
            (Next::Nothing, None) => return Ok(None),
            (Next::Nothing, _) => return Err(self.error("the end of the text")),
            (Next::KeyOrEnd | Next::CommaOrEnd, Some(b'}')) if self.open.last() == Some(&true) => {
                self.close(Token::ObjectEnd)
            }
            (Next::ValueOrEnd | Next::CommaOrEnd, Some(b']')) if self.open.last() == Some(&false) => {
                self.close(Token::ArrayEnd)
            }
            (Next::Key | Next::KeyOrEnd, Some(b'"')) => {
                let key = self.string()?;
                self.skip_space();
                if self.peek() != Some(b':') {
                    return Err(self.error("\":\""));
                }
                self.step_to(Next::Value);
                Token::Key(key)
            }
            (Next::Value | Next::ValueOrEnd, Some(byte)) => self.value(byte)?,
            (Next::KeyOrEnd, _) => return Err(self.error("a key in quotes or \"}\"")),
            (Next::Key, _) => return Err(self.error("a key in quotes")),
            (Next::CommaOrEnd, _) if self.open.last() == Some(&true) => {
                return Err(self.error("\",\" or \"}\""));
            }
            (Next::CommaOrEnd, _) => return Err(self.error("\",\" or \"]\"")),
            (Next::Value | Next::ValueOrEnd, None) => return Err(self.error("a value")),
        };
        Ok(Some(token))
    }

    /// Skips what is left of a value that `token` began.
    ///
    /// # Errors
    /// As [`next`](Self::next).
    pub fn skip(&mut self, token: Token<'a>) -> Result<(), JsonError> {
        if !matches!(token, Token::ObjectStart | Token::ArrayStart) {
            return Ok(());
        }
        let depth = self.open.len();
        while self.open.len() >= depth {
            self.next()?;
        }
        Ok(())
    }

    fn value(&mut self, byte: u8) -> Result<Token<'a>, JsonError> {
        let token = match byte {
            b'{' => return self.enter(true),
            b'[' => return self.enter(false),
            b'"' => Token::Text(self.string()?),
            b'-' | b'0'..=b'9' => self.number()?,
            b't' => self.word("true", Token::Boolean(true))?,
            b'f' => self.word("false", Token::Boolean(false))?,
            b'n' => self.word("null", Token::Null)?,
            _ => return Err(self.error("a value")),
        };
        self.after_value();
        Ok(token)
    }

    fn enter(&mut self, object: bool) -> Result<Token<'a>, JsonError> {
        if self.open.len() == DEEPEST {
            return Err(self.error("at most 512 levels of nesting"));
        }
        self.open.push(object);
        self.step_to(if object { Next::KeyOrEnd } else { Next::ValueOrEnd });
        Ok(if object { Token::ObjectStart } else { Token::ArrayStart })
    }

    fn close(&mut self, token: Token<'a>) -> Token<'a> {
        self.open.pop();
        self.at += 1;
        self.after_value();
        token
    }

    fn after_value(&mut self) {
        self.next = if self.open.is_empty() { Next::Nothing } else { Next::CommaOrEnd };
    }

    fn string(&mut self) -> Result<JsonText<'a>, JsonError> {
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
                Some(_) => return Err(self.error("no bare control character in a string")),
                None => return Err(self.error("the closing quote of a string")),
            }
        }
        let raw = self.text.get(start..self.at).unwrap_or_default();
        self.at += 1;
        Ok(JsonText { raw, escaped })
    }

    fn escape(&mut self) -> Result<(), JsonError> {
        match self.peek() {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.at += 1,
            Some(b'u') => {
                for _ in 0..4 {
                    self.at += 1;
                    if !self.peek().is_some_and(|byte| byte.is_ascii_hexdigit()) {
                        return Err(self.error("four hexadecimal digits"));
                    }
                }
                self.at += 1;
            }
            _ => return Err(self.error("an escape: one of \" \\ / b f n r t u")),
        }
        Ok(())
    }

    fn number(&mut self) -> Result<Token<'a>, JsonError> {
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

    fn digits(&mut self) -> Result<(), JsonError> {
        if !self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            return Err(self.error("a digit"));
        }
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        Ok(())
    }

    fn word(&mut self, word: &'static str, token: Token<'a>) -> Result<Token<'a>, JsonError> {
        if !self.text.as_bytes().get(self.at..).is_some_and(|rest| rest.starts_with(word.as_bytes())) {
            return Err(self.error("a value"));
        }
        self.at += word.len();
        Ok(token)
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn step_to(&mut self, next: Next) {
        self.at += 1;
        self.next = next;
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn error(&self, expected: &'static str) -> JsonError {
        JsonError::at(self.text.as_bytes(), self.at, expected)
    }
}
