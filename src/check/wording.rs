//! The phrases of an issue's message: the expected value and the value found.

use crate::diagnostics::quoted;
use crate::model::{BatchStatus, CompletionWindows, FIELDS, Field, FieldKind, Profile};
use crate::text::{beginning, code_points, comma_separated};

use super::foreign::foreign_object;
use super::raw::cell::{HeaderCell, RawKind, entry_part};
use super::raw::view::{RawValue, RawView};
use super::rules::Rule;
use super::timestamps::safe_integer;
use super::violation::{Detail, Violation};

/// The string that replaces `{a}` in a rule's expectation.
pub(super) fn expected_value(violation: &Violation, profile: &Profile) -> String {
    let is_in_row = violation.location.row.is_some();
    let phrase = match violation.rule {
        Rule::MissingField | Rule::WrongKind => expected_kind(violation.location.field, is_in_row),
        Rule::MetadataKind if is_in_row => "a string",
        Rule::MetadataKind => "an object of strings",
        Rule::UnknownStatus => return comma_separated(BatchStatus::ALL.iter().map(|status| status.as_str())),
        Rule::EndpointUnknown => return comma_separated(profile.endpoints.iter().copied()),
        Rule::WindowUnknown => return expected_window(profile.completion_windows),
        Rule::IdShape => return expected_id(profile.id_prefix),
        Rule::FileIdShape => return expected_id(profile.file_id_prefix),
        _ => match violation.detail {
            Detail::Number(number) => return number.to_string(),
            Detail::Status(status) => status.as_str(),
            Detail::None | Detail::EmptyString => "",
        },
    };
    phrase.to_owned()
}

fn expected_kind(field: Option<Field>, is_in_row: bool) -> &'static str {
    match field.map(|field| field.info().kind) {
        Some(FieldKind::Errors) if !is_in_row => "an array",
        Some(FieldKind::String | FieldKind::Interned) => "a string",
        Some(FieldKind::Timestamp) => "Unix seconds as an integer",
        Some(FieldKind::Count) => "an integer",
        _ => "an object",
    }
}

fn expected_id(prefix: Option<&str>) -> String {
    match prefix {
        Some(prefix) => format!("an id that begins with \"{prefix}\" and contains no whitespace"),
        None => "an id without whitespace".to_owned(),
    }
}

fn expected_window(windows: CompletionWindows) -> String {
    match windows {
        CompletionWindows::Any => "a completion window".to_owned(),
        CompletionWindows::Only(window) => quoted(window),
        CompletionWindows::Hours(min, max) => format!("a completion window of {min}h to {max}h"),
    }
}

/// Describes the value at the location of a violation.
pub(super) fn found_value(violation: &Violation, view: RawView<'_>) -> String {
    let row = violation.location.row.map(|row| row as usize);
    match (violation.rule, violation.location.field) {
        (Rule::ApiError, _) => "an API error".to_owned(),
        (Rule::ForeignObject, _) => foreign_object(view).unwrap_or_default().to_owned(),
        (Rule::BatchList, _) => "a list response".to_owned(),
        (Rule::NullField, _) => empty_fields(view),
        (Rule::UnknownField, _) => unknown_fields(view),
        (Rule::CountsExceedTotal | Rule::CountsUnfinished, _) => {
            let count = |field| match view.field(field) {
                value if value.kind == RawKind::Number => digits(value),
                value => describe(value),
            };
            format!("completed {} and failed {}", count(Field::CountsCompleted), count(Field::CountsFailed))
        }
        (Rule::MetadataPairs, Some(field)) => format!("{} pairs", digits(view.field(field))),
        (Rule::MetadataKey, _) => length(view.metadata_key(row.unwrap_or_default())),
        (Rule::MetadataValue, _) => length(view.metadata_value(row.unwrap_or_default())),
        (Rule::MetadataKind, Some(field)) => {
            describe(row.map_or_else(|| view.field(field), |row| view.metadata_value(row)))
        }
        (Rule::ErrorsCut, Some(field)) => format!("{} errors", digits(view.field(field))),
        (_, None) => describe(view.header(HeaderCell::Root)),
        (_, Some(field)) => {
            describe(row.map_or_else(|| view.field(field), |row| view.entry(row, entry_part(field))))
        }
    }
}

fn describe(value: RawValue<'_>) -> String {
    match value.kind {
        RawKind::Absent => "nothing".to_owned(),
        RawKind::Null => "null".to_owned(),
        RawKind::Boolean if value.number == 0.0 => "false".to_owned(),
        RawKind::Boolean => "true".to_owned(),
        RawKind::Number => format!("number {}", digits(value)),
        RawKind::String | RawKind::Interned => quoted(value.string()),
        RawKind::Array => format!("an array of length {}", digits(value)),
        RawKind::Object => "an object".to_owned(),
        RawKind::Other => value.string().to_owned(),
        RawKind::Unreadable if value.string().is_empty() => "a property that throws".to_owned(),
        RawKind::Unreadable => format!("a property that throws {}", quoted(value.string())),
    }
}

/// The digits of an integer, or any other number as it was written, cut to 40 characters.
fn digits(value: RawValue<'_>) -> String {
    match safe_integer(value.number) {
        Some(integer) => integer.to_string(),
        None if value.string().is_empty() => "that is not an integer".to_owned(),
        None => beginning(value.string(), 40).0.to_owned(),
    }
}

fn length(value: RawValue<'_>) -> String {
    format!("{} code points", code_points(value.string()))
}

fn empty_fields(view: RawView<'_>) -> String {
    let is_empty = |field| {
        let value = view.field(field);
        value.is_absent() && value.kind != RawKind::Absent
    };
    let optional = FIELDS.iter().filter(|info| info.parent.is_none() && !info.required);
    let empty = optional.filter(|info| is_empty(info.field));
    format!("null or an empty string for {}", comma_separated(empty.map(|info| info.name)))
}

fn unknown_fields(view: RawView<'_>) -> String {
    const MAX_NAMES: usize = 8;
    let kept = view.count(HeaderCell::UnknownCount);
    let total = safe_integer(view.header(HeaderCell::TotalUnknownKeys).number).unwrap_or_default();
    let names: Vec<_> = (0..kept.min(MAX_NAMES)).map(|index| quoted(view.unknown_key(index))).collect();
    let more = total.saturating_sub(names.len() as u64);
    let rest = if more == 0 { String::new() } else { format!(" and {more} more") };
    format!("{}{rest}", comma_separated(names.iter().map(String::as_str)))
}
