//! From violations to issues: text is made here, and only when somebody asks.

use crate::model::{BatchStatus, CompletionWindows, FIELDS, Field, FieldKind, Profile};

use crate::text::{beginning, code_points, fill, listed};

use super::draft::{Draft, Fixed, Found, Tag, View};
use super::issue::{quoted, statuses};
use super::{BatchIssue, PathSegment, Rule, Violation};

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
        Rule::WindowUnknown => return windows(profile.completion_windows),
        Rule::IdShape => return shape(profile.id_prefix),
        Rule::FileIdShape => return shape(profile.file_id_prefix),
        _ => return violation.demand.to_string(),
    };
    text.to_owned()
}

fn status_named(index: u64) -> &'static str {
    BatchStatus::ALL.iter().find(|&&status| status as u64 == index).map_or("", |status| status.as_str())
}

fn kind_in_words(member: Option<Field>, in_row: bool) -> &'static str {
    match member.map(|member| member.info().kind) {
        Some(FieldKind::Errors) if !in_row => "a list",
        Some(FieldKind::String | FieldKind::Interned) => "a string",
        Some(FieldKind::Timestamp) => "whole Unix seconds",
        Some(FieldKind::Count) => "a whole number",
        _ => "an object",
    }
}

fn shape(prefix: Option<&str>) -> String {
    match prefix {
        Some(prefix) => format!("an id that begins with \"{prefix}\" and has no white space"),
        None => "an id without white space".to_owned(),
    }
}

fn windows(windows: CompletionWindows) -> String {
    match windows {
        CompletionWindows::Any => "a completion window".to_owned(),
        CompletionWindows::Only(window) => quoted(window),
        CompletionWindows::Hours(least, most) => format!("a window from {least}h to {most}h"),
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
            let completed = value_in_words(view.member(Field::CountsCompleted));
            let failed = value_in_words(view.member(Field::CountsFailed));
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

fn entry_part(member: Field) -> usize {
    match member {
        Field::ErrorCode => 1,
        Field::ErrorLine => 2,
        Field::ErrorMessage => 3,
        Field::ErrorParam => 4,
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
    match super::stamps::whole(found.number) {
        Some(whole) => whole.to_string(),
        None if found.text().is_empty() => "that is not whole".to_owned(),
        None => beginning(found.text(), 40).0.to_owned(),
    }
}

fn length(found: Found<'_>) -> String {
    format!("{} code points", code_points(found.text()))
}

fn null_members(view: View<'_>) -> String {
    let null = FIELDS.iter().filter(|info| info.parent.is_none() && !info.required).filter(|info| {
        let found = view.member(info.field);
        found.is_absent() && found.tag != Tag::Absent
    });
    format!("null or empty text for {}", listed(null.map(|info| info.name)))
}

fn unknown_members(view: View<'_>) -> String {
    const MOST: usize = 8;
    let kept = view.count(Fixed::Unknown);
    let all = super::stamps::whole(view.fixed(Fixed::UnknownKeys).number).unwrap_or_default();
    let names: Vec<_> = (0..kept.min(MOST)).map(|index| quoted(view.unknown(index))).collect();
    let more = all.saturating_sub(names.len() as u64);
    let rest = if more == 0 { String::new() } else { format!(" and {more} more") };
    format!("{}{rest}", listed(names.iter().map(String::as_str)))
}

fn path(violation: &Violation, view: View<'_>) -> Vec<PathSegment> {
    let Some(member) = violation.place.member else { return Vec::new() };
    let mut path = Vec::new();
    climb(member, violation.place.row, &mut path);
    if let (Field::Metadata, Some(_)) = (member, violation.place.row) {
        path.push(PathSegment::Key(beginning(view.key(row(violation)).text(), 256).0.to_owned()));
    }
    path
}

fn climb(member: Field, row: Option<u32>, path: &mut Vec<PathSegment>) {
    let info = member.info();
    if let Some(parent) = info.parent {
        climb(parent, row, path);
    }
    path.push(PathSegment::Key(info.name.to_owned()));
    if let (Field::ErrorsData, Some(row)) = (member, row) {
        path.push(PathSegment::Index(row));
    }
}

/// A path as it is written in JavaScript, such as `errors.data[1].code`.
pub(super) fn path_text(path: &[PathSegment]) -> String {
    let mut text = String::new();
    for segment in path {
        match segment {
            PathSegment::Index(index) => bracketed(&mut text, &index.to_string()),
            PathSegment::Key(key) if is_plain(key) => {
                if !text.is_empty() {
                    text.push('.');
                }
                text.push_str(key);
            }
            PathSegment::Key(key) => bracketed(&mut text, &quoted(key)),
        }
    }
    text
}

fn bracketed(text: &mut String, inside: &str) {
    text.push('[');
    text.push_str(inside);
    text.push(']');
}

fn is_plain(key: &str) -> bool {
    !key.is_empty()
        && !key.starts_with(|c: char| c.is_ascii_digit())
        && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '$')
}
