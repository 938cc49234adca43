//! Finds the cause of invalid lines, and which of them belong together.
//!
//! A value on several lines, or a file that is an array, is reported once, not for each line.

use crate::json::{Fault, Kind, Span, Tape};
use crate::jsonl::common::lines::{Line, ParsedLine};
use crate::jsonl::common::nesting::Nesting;

use super::corrections::WithoutCommas;
use super::issue::{Diagnostic, Found, InputIssue, InputIssues};
use super::rules::Rule;

/// Literals of other languages that are not part of JSON.
const WORDS: [&[u8]; 8] = [b"NaN", b"Infinity", b"undefined", b"None", b"True", b"False", b"nan", b"inf"];

/// The state that invalid lines leave for the lines after them.
#[derive(Clone, Debug, Default)]
pub(crate) struct MalformedLines {
    /// Whether a line was not blank, valid or not.
    has_content: bool,
    /// Whether the file does not consist of lines, so that no further issues are reported.
    stopped: bool,
    open: Option<Open>,
}

/// A value that continues after its line.
#[derive(Clone, Debug)]
struct Open {
    nesting: Nesting,
    /// The issue to report if no later line belongs to the value, and the rule and the issue if one does.
    cut: Option<(InputIssue, Rule, InputIssue)>,
}

impl MalformedLines {
    /// Whether [`is_part_of_value`](Self::is_part_of_value) must be called for each line.
    pub const fn needs_lines(&self) -> bool {
        self.stopped || self.open.is_some()
    }

    /// Whether a line was not blank.
    pub const fn has_content(&self) -> bool {
        self.has_content
    }

    /// Whether the file does not consist of lines, so that no further issues are reported.
    pub const fn has_stopped(&self) -> bool {
        self.stopped
    }

    /// Stops reporting, because the file does not consist of lines.
    pub const fn stop(&mut self) {
        (self.has_content, self.stopped) = (true, true);
    }

    /// Notes that a line is not blank.
    pub const fn note_content(&mut self) {
        self.has_content = true;
    }

    /// Whether a line belongs to the value before it, and is not checked on its own.
    pub fn is_part_of_value(
        &mut self,
        line: &Line<'_>,
        reading: ParsedLine<'_>,
        issues: &mut InputIssues,
    ) -> bool {
        if self.stopped {
            return true;
        }
        let Some(mut open) = self.open.take() else { return false };
        if begins_request(line.bytes, reading) {
            if let Some((cut, ..)) = open.cut {
                issues.add(Rule::InvalidJson, cut);
            }
            return false;
        }
        let blank = matches!(reading, Ok(tape) if tape.nodes().is_empty());
        if let (false, Some((_, rule, spread))) = (blank, open.cut.take_if(|_| !blank)) {
            issues.add(rule, spread);
        }
        if open.nesting.advance_until_closed(line.bytes).is_none() {
            self.open = Some(open);
        }
        true
    }

    /// Reports a line that is not valid JSON.
    #[inline(never)] // kept out of the hot path, because it is rare
    pub fn report(&mut self, line: &Line<'_>, fault: Fault, issues: &mut InputIssues) {
        let first = !std::mem::replace(&mut self.has_content, true);
        let begins = line.bytes.trim_ascii_start().first();
        let (rule, expected) = match cause(line, fault) {
            Rule::Utf16 if first => (Rule::Utf16, ""),
            _ if first && begins == Some(&b'[') => (Rule::ArrayInsteadOfLines, ""),
            Rule::Utf16 => (Rule::InvalidJson, fault.expected),
            rule => (rule, fault.expected),
        };
        self.stopped = matches!(rule, Rule::Utf16 | Rule::ArrayInsteadOfLines);
        let found = match rule {
            Rule::Utf16 => "UTF-16".to_owned(),
            Rule::ArrayInsteadOfLines => "an array".to_owned(),
            _ => fault.found(line.bytes),
        };
        let at = u32::try_from(fault.offset).unwrap_or_default();
        let at = if self.stopped { 0 } else { at };
        let at = match rule {
            Rule::TrailingComma => comma_before(line.bytes, at),
            _ => Span { start: at, end: at },
        };
        let is_fixable = match rule {
            Rule::TrailingComma | Rule::CommaAfterLine => {
                WithoutCommas::of(line.bytes, &mut Tape::new(0)).is_some()
            }
            Rule::ArrayInsteadOfLines => begins_array_of_objects(line.bytes),
            _ => false,
        };
        let diagnostic = Diagnostic::new(rule, Found::Description(&found));
        let diagnostic = Diagnostic { at, expected, is_fixable, ..diagnostic };
        let ends_too_soon = fault.offset >= line.bytes.trim_ascii_end().len();
        if !(rule == Rule::InvalidJson && ends_too_soon && begins == Some(&b'{')) {
            issues.report(&diagnostic, line);
            return;
        }
        let mut nesting = Nesting::default();
        nesting.advance_until_closed(line.bytes);
        let rule = if nesting.in_string() { Rule::NewlineInText } else { Rule::SpreadOverLines };
        let found = Found::Description("the end of the line");
        let spread = Diagnostic { at, expected, ..Diagnostic::new(rule, found) };
        let cut = Some((InputIssue::new(&diagnostic, line), rule, InputIssue::new(&spread, line)));
        self.open = Some(Open { nesting, cut });
    }

    /// Reports a value that is still open at the end of the file.
    pub fn finish(&mut self, issues: &mut InputIssues) {
        if let Some(Open { cut: Some((cut, ..)), .. }) = self.open.take() {
            issues.add(Rule::InvalidJson, cut);
        }
    }
}

/// Whether a line is a request, or an invalid line that looks like one.
pub(crate) fn begins_request(line: &[u8], reading: ParsedLine<'_>) -> bool {
    const ID: &[u8] = b"\"custom_id\"";
    match reading {
        Ok(tape) => is_request(tape, line),
        Err(_) => line.starts_with(b"{") && line.windows(ID.len()).any(|bytes| bytes == ID),
    }
}

/// Whether a value is an object with a custom_id.
pub(crate) fn is_request(tape: &Tape, line: &[u8]) -> bool {
    tape.nodes().first().is_some_and(|root| root.kind == Kind::Object)
        && tape.find(line, 0, "custom_id").is_some()
}

/// Whether a line begins an array that a fix writes as lines.
fn begins_array_of_objects(line: &[u8]) -> bool {
    let second = line.trim_ascii_start().get(1..).unwrap_or_default().trim_ascii_start().first();
    matches!(second, None | Some(b'{' | b']'))
}

/// The last comma before an offset, with only whitespace between them.
fn comma_before(line: &[u8], at: u32) -> Span {
    let before = line.get(..at as usize).unwrap_or_default();
    let end = u32::try_from(before.trim_ascii_end().len()).unwrap_or_default();
    Span { start: end.saturating_sub(1), end }
}

/// The cause of invalid JSON.
fn cause(line: &Line<'_>, fault: Fault) -> Rule {
    let (before, rest) = line.bytes.split_at_checked(fault.offset).unwrap_or((line.bytes, &[]));
    let utf16 = matches!(line.bytes, [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [0, ..] | [_, 0, ..]);
    if utf16 {
        return Rule::Utf16;
    }
    let bad_utf8 = |error: std::str::Utf8Error| error.valid_up_to() == fault.offset;
    if !rest.is_empty() && std::str::from_utf8(line.bytes).is_err_and(bad_utf8) {
        return Rule::InvalidUtf8;
    }
    let mut nesting = Nesting::default();
    let closed = nesting.advance_until_closed(before).is_some();
    let last = before.trim_ascii_end().last();
    match rest {
        [b',', after @ ..] if closed && after.trim_ascii().is_empty() => Rule::CommaAfterLine,
        [b',' | b'{' | b'[', ..] if closed => Rule::SeveralValues,
        [b'}' | b']', ..] if last == Some(&b',') => Rule::TrailingComma,
        [b'\'', ..] => Rule::SingleQuotes,
        [b'/', b'/' | b'*', ..] | [b'#', ..] => Rule::Comment,
        _ if WORDS.iter().any(|word| rest.starts_with(word)) => Rule::NotJsonWord,
        _ => Rule::InvalidJson,
    }
}
