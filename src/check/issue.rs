//! Issues: violations with a path and a message. Messages are composed here, and only for violations that are
//! shown.

use std::fmt;

use serde::Serialize;

use crate::diagnostics::{Level, PathSegment, compose_message, path_text};
use crate::json::JsonError;
use crate::model::{Field, Profile};
use crate::text::{beginning, fill};
#[cfg(feature = "_wasm")]
use crate::text::{concat, decimal};

use super::raw::batch::RawBatch;
use super::raw::view::RawView;
use super::rules::Rule;
#[cfg(feature = "_wasm")]
use super::timestamps::safe_integer;
use super::violation::{Location, Violation};
use super::wording::{expected_value, found_value};

/// A problem of a value: its location, the expected value, the value found, and how to fix it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct BatchIssue {
    /// The code of the rule, such as `timestamp_order`. See `rules` for all codes.
    pub code: &'static str,
    /// How serious the issue is. A value with an `error` cannot be used as a batch.
    pub level: Level,
    /// The keys and indexes that lead to the problem. Empty for the value itself.
    pub path: Vec<PathSegment>,
    /// The message, such as `expected a string, found number 7 at errors.data[1].code`.
    pub message: String,
    /// The expected value.
    pub expected: String,
    /// The value found. Strings are quoted and cut to 80 characters.
    pub found: String,
    /// How to fix the problem.
    pub help: &'static str,
}

impl BatchIssue {
    /// The issue of invalid JSON.
    #[must_use]
    pub fn invalid_json(error: &JsonError) -> Self {
        let info = Rule::InvalidJson.info();
        Self {
            code: info.code,
            level: info.level,
            path: Vec::new(),
            message: error.message(),
            expected: error.expected.to_owned(),
            found: error.found.clone(),
            help: info.help,
        }
    }

    /// The issue of an argument: a number that is not part of the batch.
    #[cfg(feature = "_wasm")]
    pub(crate) fn for_number(rule: Rule, path: Vec<PathSegment>, number: f64) -> Self {
        let info = rule.info();
        let found = match safe_integer(number) {
            Some(integer) => concat(&["number ", &decimal(integer)]),
            None => "a number that is not an integer".to_owned(),
        };
        let (expected, name) = (info.expected, path_text(&path));
        let message = concat(&["expected ", &name, " to be ", expected, ", found ", &found]);
        let (code, level, help) = (info.code, info.level, info.help);
        Self { code, level, path, message, expected: expected.to_owned(), found, help }
    }
}

impl fmt::Display for BatchIssue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// The help for a deviation that the profile accepts.
const ACCEPTED: &str = "no action needed: the profile accepts this deviation";

/// Makes an issue of each violation, in the same order. `raw` is the raw batch in which they were found, of
/// whose string buffer the first `bytes` bytes are used.
#[must_use]
pub fn issues_from(
    violations: &[Violation],
    raw: &RawBatch,
    bytes: usize,
    profile: &Profile,
) -> Vec<BatchIssue> {
    let view = raw.view(bytes);
    violations.iter().map(|violation| issue(violation, view, profile)).collect()
}

fn issue(violation: &Violation, view: RawView<'_>, profile: &Profile) -> BatchIssue {
    let info = violation.rule.info();
    let path = path(violation.location, view);
    let expected = fill(info.expected, &[("a", &expected_value(violation, profile))]);
    let found = found_value(violation, view);
    let message = compose_message(&expected, &found, &path_text(&path));
    let help = if violation.level < info.level { ACCEPTED } else { info.help };
    BatchIssue { code: info.code, level: violation.level, path, message, expected, found, help }
}

/// The maximum number of code points of a metadata key in a path.
const MAX_KEY_LENGTH: usize = 256;

fn path(location: Location, view: RawView<'_>) -> Vec<PathSegment> {
    let Some(field) = location.field else { return Vec::new() };
    let mut path = Vec::new();
    push_fields(field, location.row, &mut path);
    if let (Field::Metadata, Some(row)) = (field, location.row) {
        let key = view.metadata_key(row as usize).string();
        path.push(PathSegment::Key(beginning(key, MAX_KEY_LENGTH).0.to_owned()));
    }
    path
}

/// Appends the fields that lead to a field, and the field itself.
fn push_fields(field: Field, row: Option<u32>, path: &mut Vec<PathSegment>) {
    let info = field.info();
    if let Some(parent) = info.parent {
        push_fields(parent, row, path);
    }
    path.push(PathSegment::Key(info.name.to_owned()));
    if let (Field::ErrorsData, Some(row)) = (field, row) {
        path.push(PathSegment::Index(row));
    }
}
