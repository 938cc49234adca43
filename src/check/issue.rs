//! From violations to issues: text is made here, and only when somebody asks.

use serde::Serialize;

use crate::diagnostics::{Level, PathSegment, path_text, quoted};
use crate::json::JsonError;
use crate::model::{BatchStatus, Kind, MEMBERS, Member, Profile, Windows};
use crate::text::{beginning, code_points, fill, listed};

use super::raw::batch::Draft;
use super::raw::cell::{Fixed, Tag};
use super::raw::view::{Found, View};
use super::rules::Rule;
use super::timestamps::whole;
use super::violation::Violation;

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
        let found = match whole(number) {
            Some(whole) => format!("number {whole}"),
            None => "no whole number".to_owned(),
        };
        let (expected, at) = (info.expected, path_text(&path));
        let message = format!("expected {at} to be {expected}, found {found}");
        let (code, level, help) = (info.code, info.level, info.help);
        Self { code, level, path, message, expected: expected.to_owned(), found, help }
    }
}

/// What to do about a deviation that the profile reads through.
const READ_THROUGH: &str = "nothing: the profile reads it through";

/// The issues for violations made of a draft, in their order. The draft's text counts up to `bytes`.
#[must_use]
pub fn issues_of(
    violations: &[Violation],
    draft: &Draft,
    bytes: usize,
    profile: &Profile,
) -> Vec<BatchIssue> {
    let view = draft.view(bytes);
    violations.iter().map(|violation| issue(violation, view, profile)).collect()
}

fn issue(violation: &Violation, view: View<'_>, profile: &Profile) -> BatchIssue {
    let info = violation.rule.info();
    let path = path(violation, view);
    let expected = fill(info.expected, &[("a", &demand(violation, profile))]);
    let found = found(violation, view);
    let place = path_text(&path);
    let at = if place.is_empty() { "" } else { " at " };
    let message = format!("expected {expected}, found {found}{at}{place}");
    let help = if violation.level < info.level { READ_THROUGH } else { info.help };
    BatchIssue { code: info.code, level: violation.level, path, message, expected, found, help }
}

/// What the object at hand demands, in words.
fn demand(violation: &Violation, profile: &Profile) -> String {
    let text = match violation.rule {
        Rule::MissingMember | Rule::WrongKind => {
            kind_in_words(violation.place.member, violation.place.row.is_some())
        }
        Rule::MetadataKind if violation.place.row.is_some() => "a string",
        Rule::MetadataKind => "an object of strings",
        Rule::UnknownStatus => return statuses(),
        Rule::StatusSpelling
        | Rule::StampMissing
        | Rule::StampUnreached
        | Rule::StampSkipped
        | Rule::FileEarly
        | Rule::ErrorsUnexpected => status_named(violation.demand),
        Rule::EndpointUnknown => return listed(profile.endpoints.iter().copied()),
        Rule::WindowUnknown => return windows(profile.windows),
        Rule::IdShape => return shape(profile.id_prefix),
        Rule::FileIdShape => return shape(profile.file_id_prefix),
        _ => return violation.demand.to_string(),
    };
    text.to_owned()
}

fn status_named(index: u64) -> &'static str {
    BatchStatus::ALL.iter().find(|&&status| status as u64 == index).map_or("", |status| status.as_str())
}

fn kind_in_words(member: Option<Member>, in_row: bool) -> &'static str {
    match member.map(|member| member.info().kind) {
        Some(Kind::Entries) if !in_row => "a list",
        Some(Kind::Text | Kind::Atom) => "a string",
        Some(Kind::Stamp) => "whole Unix seconds",
        Some(Kind::Count) => "a whole number",
        _ => "an object",
    }
}

fn shape(prefix: Option<&str>) -> String {
    match prefix {
        Some(prefix) => format!("an id that begins with \"{prefix}\" and has no white space"),
        None => "an id without white space".to_owned(),
    }
}

fn windows(windows: Windows) -> String {
    match windows {
        Windows::Open => "a completion window".to_owned(),
        Windows::Only(window) => quoted(window),
        Windows::Hours(least, most) => format!("a window from {least}h to {most}h"),
    }
}

/// What stands at the violation's place, in words.
fn found(violation: &Violation, view: View<'_>) -> String {
    match (violation.rule, violation.place.member) {
        (Rule::ApiError, _) => "an API error".to_owned(),
        (Rule::BatchList, _) => "a list".to_owned(),
        (Rule::NullMember, _) => null_members(view),
        (Rule::UnknownMember, _) => unknown_members(view),
        (Rule::CountsExceedTotal | Rule::CountsUnfinished, _) => {
            let completed = value_in_words(view.member(Member::CountsCompleted));
            let failed = value_in_words(view.member(Member::CountsFailed));
            format!("completed {completed} and failed {failed}")
        }
        (Rule::MetadataPairs, Some(member)) => format!("{} pairs", plain(view.member(member))),
        (Rule::MetadataKey, _) => length(view.key(row(violation))),
        (Rule::MetadataValue, _) => length(view.value(row(violation))),
        (Rule::MetadataKind, _) if violation.place.row.is_some() => {
            value_in_words(view.value(row(violation)))
        }
        (Rule::ErrorsCut, Some(member)) => format!("{} errors", plain(view.member(member))),
        (_, None) => value_in_words(view.fixed(Fixed::Root)),
        (_, Some(member)) => match violation.place.row {
            None => value_in_words(view.member(member)),
            Some(row) => value_in_words(view.entry(row as usize, entry_part(member))),
        },
    }
}

fn entry_part(member: Member) -> usize {
    match member {
        Member::ErrorCode => 1,
        Member::ErrorLine => 2,
        Member::ErrorMessage => 3,
        Member::ErrorParam => 4,
        _ => 0,
    }
}

fn row(violation: &Violation) -> usize {
    violation.place.row.unwrap_or_default() as usize
}

fn value_in_words(found: Found<'_>) -> String {
    match found.tag {
        Tag::Absent => "nothing".to_owned(),
        Tag::Null => "null".to_owned(),
        Tag::Boolean if found.number == 0.0 => "false".to_owned(),
        Tag::Boolean => "true".to_owned(),
        Tag::Number => format!("number {}", plain(found)),
        Tag::Text | Tag::Atom => quoted(found.text()),
        Tag::Array => format!("an array of {}", plain(found)),
        Tag::Object => "an object".to_owned(),
        Tag::Other => found.text().to_owned(),
        Tag::Unreadable if found.text().is_empty() => "a member that throws".to_owned(),
        Tag::Unreadable => format!("a member that throws {}", quoted(found.text())),
    }
}

/// The number as text: as it was written, or as a whole number.
fn plain(found: Found<'_>) -> String {
    match whole(found.number) {
        Some(whole) => whole.to_string(),
        None if found.text().is_empty() => "that is not whole".to_owned(),
        None => beginning(found.text(), 40).0.to_owned(),
    }
}

fn length(found: Found<'_>) -> String {
    format!("{} code points", code_points(found.text()))
}

fn null_members(view: View<'_>) -> String {
    let null = MEMBERS.iter().filter(|info| info.parent.is_none() && !info.required).filter(|info| {
        let found = view.member(info.member);
        found.is_absent() && found.tag != Tag::Absent
    });
    format!("null or empty text for {}", listed(null.map(|info| info.name)))
}

fn unknown_members(view: View<'_>) -> String {
    const MOST: usize = 8;
    let kept = view.count(Fixed::Unknown);
    let all = whole(view.fixed(Fixed::UnknownKeys).number).unwrap_or_default();
    let names: Vec<_> = (0..kept.min(MOST)).map(|index| quoted(view.unknown(index))).collect();
    let more = all.saturating_sub(names.len() as u64);
    let rest = if more == 0 { String::new() } else { format!(" and {more} more") };
    format!("{}{rest}", listed(names.iter().map(String::as_str)))
}

fn path(violation: &Violation, view: View<'_>) -> Vec<PathSegment> {
    let Some(member) = violation.place.member else { return Vec::new() };
    let mut path = Vec::new();
    climb(member, violation.place.row, &mut path);
    if let (Member::Metadata, Some(_)) = (member, violation.place.row) {
        path.push(PathSegment::Key(beginning(view.key(row(violation)).text(), 256).0.to_owned()));
    }
    path
}

fn climb(member: Member, row: Option<u32>, path: &mut Vec<PathSegment>) {
    let info = member.info();
    if let Some(parent) = info.parent {
        climb(parent, row, path);
    }
    path.push(PathSegment::Key(info.name.to_owned()));
    if let (Member::ErrorsData, Some(row)) = (member, row) {
        path.push(PathSegment::Index(row));
    }
}

/// The statuses in words, for what is expected of one.
fn statuses() -> String {
    listed(BatchStatus::ALL.iter().map(|status| status.as_str()))
}
