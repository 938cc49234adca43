//! Violations, as the rules make them, and issues, as people read them.

use serde::{Deserialize, Serialize};

use crate::json::JsonError;
use crate::model::{BatchStatus, Field};
use crate::text::{beginning, listed};

use super::Rule;

/// How grave an issue is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum Level {
    /// A provider's deviation that was read through.
    Note,
    /// Legal but suspicious.
    Warning,
    /// Not usable as a batch.
    Error,
}

impl Level {
    /// Every level, gravest last.
    pub const ALL: [Self; 3] = [Self::Note, Self::Warning, Self::Error];

    /// This level, or `note` where the profile reads the deviation through.
    #[must_use]
    pub const fn unless(self, read_through: bool) -> Self {
        if read_through { Self::Note } else { self }
    }
}

/// A step of a path: a key, or an index from 0.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(untagged)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum PathSegment {
    /// The key of an object.
    Key(String),
    /// The index in an array, from 0.
    Index(u32),
}

/// One problem of a value: what was found where, what was expected, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct BatchIssue {
    /// The code of the rule that is broken, such as `stamp_order`; see `rules`.
    pub code: &'static str,
    /// How grave it is: an `error` means that the value is not usable as a batch.
    pub level: Level,
    /// Where, as keys and indexes from the top; empty for the value itself.
    pub path: Vec<PathSegment>,
    /// The whole of it in one line, such as `expected a string, found number 7 at errors.data[1].code`.
    pub message: String,
    /// What was expected there.
    pub expected: String,
    /// What was found there. Text of the value is quoted and cut to 80 characters.
    pub found: String,
    /// What to do about it.
    pub help: &'static str,
}

impl BatchIssue {
    /// The issue of a text that is no JSON.
    #[must_use]
    pub fn invalid_json(error: &JsonError) -> Self {
        let info = Rule::InvalidJson.info();
        Self {
            code: info.code,
            level: info.level,
            path: Vec::new(),
            message: error.to_string(),
            expected: error.expected.to_owned(),
            found: error.found.clone(),
            help: info.help,
        }
    }
}

impl BatchIssue {
    /// The issue of a number that was passed beside the value.
    #[must_use]
    pub fn about_number(rule: Rule, path: Vec<PathSegment>, number: f64) -> Self {
        let info = rule.info();
        let found = match super::stamps::whole(number) {
            Some(whole) => format!("number {whole}"),
            None => "no whole number".to_owned(),
        };
        let (expected, at) = (info.expected, super::render::path_text(&path));
        let message = format!("expected {at} to be {expected}, found {found}");
        let (code, level, help) = (info.code, info.level, info.help);
        Self { code, level, path, message, expected: expected.to_owned(), found, help }
    }
}

/// Where something was found: a member, a row of the error entries or of the metadata pairs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The member; none: the value itself.
    pub member: Option<Field>,
    /// The row, from 0, for members in rows.
    pub row: Option<u32>,
}

impl From<Field> for Place {
    fn from(member: Field) -> Self {
        Self { member: Some(member), row: None }
    }
}

/// A breach of a rule, small and without text: text is made when somebody asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The rule.
    pub rule: Rule,
    /// How grave this breach is, under the profile.
    pub level: Level,
    /// Where.
    pub place: Place,
    /// What the object demanded, for `{a}` in the rule's expectation; its meaning is the rule's own.
    pub demand: u64,
}

/// Among so many violations, no more errors are added.
const MAX_VIOLATIONS: usize = 1000;

/// The violations of one look at a value.
#[derive(Clone, Debug, Default)]
pub struct Violations(Vec<Violation>);

impl Violations {
    /// Adds a violation at the rule's own level.
    pub(crate) fn add(&mut self, rule: Rule, place: impl Into<Place>, demand: u64) {
        self.add_at(rule.info().level, rule, place.into(), demand);
    }

    /// Adds a violation, a note where the profile reads the deviation through.
    pub(crate) fn add_read(&mut self, through: bool, rule: Rule, place: impl Into<Place>, demand: u64) {
        self.add_at(rule.info().level.unless(through), rule, place.into(), demand);
    }

    #[inline(never)] // dozens of rules end here
    fn add_at(&mut self, level: Level, rule: Rule, place: Place, demand: u64) {
        // A list of a hundred thousand entries can have five errors each; nobody reads so far.
        let is_error = |violation: &Violation| violation.level == Level::Error;
        if level == Level::Error && self.0.len() >= MAX_VIOLATIONS && self.0.iter().any(is_error) {
            return;
        }
        self.0.push(Violation { rule, level, place, demand });
    }

    /// Forgets all violations, keeping the room for them.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// The violations, in the order they were made.
    #[must_use]
    pub fn as_slice(&self) -> &[Violation] {
        &self.0
    }

    /// The gravest level; none when there is no violation.
    #[must_use]
    pub fn worst(&self) -> Option<Level> {
        self.0.iter().map(|violation| violation.level).max()
    }
}

/// A text as it may stand in a message: quoted, at most 80 characters, with control and direction
/// characters spelt out, so that no value can disturb what is read around it.
#[must_use]
pub fn quoted(text: &str) -> String {
    const MOST: usize = 80;
    let mut out = String::from("\"");
    let (beginning, more) = beginning(text, MOST);
    for c in beginning.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            c if c.is_control() || is_directional(c) => {
                out.push_str("\\u");
                for shift in [12, 8, 4, 0] {
                    out.push(char::from_digit(u32::from(c) >> shift & 15, 16).unwrap_or('0'));
                }
            }
            c => out.push(c),
        }
    }
    if more {
        out.push('…');
    }
    out.push('"');
    out
}

const fn is_directional(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The statuses in words, for what is expected of one.
pub(crate) fn statuses() -> String {
    listed(BatchStatus::ALL.iter().map(|status| status.as_str()))
}
