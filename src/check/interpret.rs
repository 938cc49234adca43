//! Interprets a raw batch: makes a snapshot of its values and reports a violation for each deviation.
//!
//! Interpretation is equally tolerant under every profile, so that any value can be described. The profile
//! only decides the level of a violation.

use crate::model::{
    BatchStatus, Counts, ErrorEntry, Field, LIST, OBJECT, Profile, Snapshot, TimestampField, Usage,
};

use super::foreign::foreign_object;
use super::metadata::check_limits;
use super::raw::batch::RawBatch;
use super::raw::cell::{HeaderCell, RawKind};
use super::raw::view::{RawValue, RawView};
use super::rules::Rule;
use super::timestamps::{TimestampReading, is_sentinel, safe_integer};
use super::validate::validate;
use super::violation::{Detail, Location, NoDetail, Violations};

/// Fields that neither a list response nor an API error has.
const IDENTIFYING_FIELDS: [Field; 4] = [Field::Id, Field::Status, Field::CreatedAt, Field::Endpoint];

/// Makes a snapshot of a raw batch and applies every rule. Uses the first `bytes` bytes of its string buffer.
pub fn interpret<'a>(
    raw: &'a RawBatch,
    bytes: usize,
    profile: &Profile,
    violations: &mut Violations,
) -> Snapshot<'a> {
    let mut snapshot = Snapshot::default();
    interpret_into(&mut snapshot, raw, bytes, profile, violations);
    snapshot
}

/// Like [`interpret`], but fills an empty snapshot in place, which saves a large copy for each batch.
pub(crate) fn interpret_into<'a>(
    snapshot: &mut Snapshot<'a>,
    raw: &'a RawBatch,
    bytes: usize,
    profile: &Profile,
    violations: &mut Violations,
) {
    let view = raw.view(bytes);
    let mut interpreter = Interpreter { view, profile, violations, has_empty: false };
    if !interpreter.check_is_batch() {
        return;
    }
    interpreter.fill(snapshot);
    interpreter.report_unusual_fields();
    validate(snapshot, profile, interpreter.violations);
}

struct Interpreter<'a, 'f> {
    view: RawView<'a>,
    profile: &'f Profile,
    violations: &'f mut Violations,
    /// Whether an optional field is `null` or an empty string.
    has_empty: bool,
}

impl<'a> Interpreter<'a, '_> {
    /// Returns whether the value may be a batch. If it cannot be one, reports the reason: the value is not an
    /// object, or it is a batch of another API, a list response or an API error.
    fn check_is_batch(&mut self) -> bool {
        let root = self.view.header(HeaderCell::Root);
        if root.kind != RawKind::Object {
            let rule = if root.kind == RawKind::Unreadable { Rule::Unreadable } else { Rule::NotABatch };
            self.report(rule, Location::default());
            return false;
        }
        if foreign_object(self.view).is_some() {
            self.report(Rule::ForeignObject, Location::default());
            return false;
        }
        if IDENTIFYING_FIELDS.iter().any(|&mark| !self.view.field(mark).is_absent()) {
            return true;
        }
        if self.view.field(Field::Object).string() == LIST {
            self.report(Rule::BatchList, Location::default());
            return false;
        }
        let unknown = self.view.count(HeaderCell::UnknownCount);
        if (0..unknown).any(|index| self.view.unknown_key(index) == "error") {
            self.report(Rule::ApiError, Location::default());
            return false;
        }
        true
    }

    fn fill(&mut self, into: &mut Snapshot<'a>) {
        (into.status, into.status_text) = self.status();
        self.object();
        into.id = self.string(Field::Id);
        into.endpoint = self.string(Field::Endpoint);
        into.input_file_id = self.string(Field::InputFileId);
        into.completion_window = self.string(Field::CompletionWindow);
        into.model = self.string(Field::Model);
        into.output_file_id = self.string(Field::OutputFileId);
        into.error_file_id = self.string(Field::ErrorFileId);
        for field in TimestampField::ALL {
            into.timestamps.set(field, self.timestamp(field.field()));
        }
        self.counts(&mut into.counts);
        self.usage(&mut into.usage);
        into.errors = self.errors();
        into.metadata = self.metadata();
    }

    fn report(&mut self, rule: Rule, location: impl Into<Location>) {
        self.violations.add(rule, location, NoDetail);
    }

    /// Reports a deviation: as a note if the profile tolerates it, otherwise with the level of the rule.
    fn report_unless_tolerated(&mut self, is_tolerated: bool, rule: Rule, location: impl Into<Location>) {
        self.violations.add_unless_tolerated(is_tolerated, rule, location, NoDetail);
    }

    /// Reports a field without a value, if the published interface requires it.
    fn report_missing(&mut self, field: Field, kind: RawKind) {
        let info = field.info();
        if info.required {
            let tolerated = if info.parent.is_some() {
                self.profile.tolerances.partial_objects
            } else {
                self.profile.omitted_fields.contains(&field)
            };
            // The fix writes an empty string, so an empty string needs none. There are two exceptions: the
            // fix sets `object` to its only value, and it removes a nested object that lacks a field.
            let needs_no_fix = kind == RawKind::String && field != Field::Object && info.parent.is_none();
            let detail = if needs_no_fix { Detail::EmptyString } else { Detail::None };
            self.violations.add_unless_tolerated(tolerated, Rule::MissingField, field, detail);
        } else {
            self.has_empty |= kind != RawKind::Absent && info.parent.is_none();
        }
    }

    fn report_wrong_kind(&mut self, location: impl Into<Location>, kind: RawKind) {
        let rule = if kind == RawKind::Unreadable { Rule::Unreadable } else { Rule::WrongKind };
        self.report(rule, location);
    }

    fn string(&mut self, field: Field) -> Option<&'a str> {
        let value = self.view.field(field);
        if value.is_absent() {
            self.report_missing(field, value.kind);
        } else if value.is_string() {
            return Some(value.string());
        } else {
            self.report_wrong_kind(field, value.kind);
        }
        None
    }

    fn status(&mut self) -> (Option<BatchStatus>, Option<&'a str>) {
        let Some(text) = self.string(Field::Status) else { return (None, None) };
        let value = self.view.field(Field::Status);
        let exact = value.interned_status().or_else(|| text.parse().ok());
        if exact.is_some() {
            return (exact, Some(text));
        }
        let tolerances = self.profile.tolerances;
        // Synonyms are accepted only if the profile has them: elsewhere, an unknown word may be a new status
        // of OpenAI.
        let recognized = BatchStatus::parse_lenient(text)
            .map(|status| (status, tolerances.status_spelling))
            .or_else(|| {
                let status = BatchStatus::parse_synonym(text).filter(|_| tolerances.status_synonyms);
                status.map(|status| (status, true))
            });
        match recognized {
            Some((status, is_tolerated)) => {
                self.violations.add_unless_tolerated(
                    is_tolerated,
                    Rule::StatusSpelling,
                    Field::Status,
                    status,
                );
            }
            None => self.report(Rule::UnknownStatus, Field::Status),
        }
        (recognized.map(|(status, _)| status), Some(text))
    }

    fn object(&mut self) {
        if self.string(Field::Object).is_some_and(|object| object != OBJECT) {
            self.report(Rule::WrongObject, Field::Object);
        }
    }

    fn timestamp(&mut self, field: Field) -> Option<u64> {
        let tolerances = self.profile.tolerances;
        let value = self.view.field(field);
        let at = match TimestampReading::of(value) {
            TimestampReading::Absent => {
                self.report_missing(field, value.kind);
                return None;
            }
            TimestampReading::Invalid => {
                self.report(Rule::TimestampInvalid, field);
                return None;
            }
            TimestampReading::WrongKind => {
                self.report_wrong_kind(field, value.kind);
                return None;
            }
            TimestampReading::Seconds(at)
            | TimestampReading::Milliseconds(at)
            | TimestampReading::String(at)
                if tolerances.unset_timestamps && is_sentinel(at) && !field.info().required =>
            {
                self.report(Rule::TimestampSentinel, field);
                return None;
            }
            TimestampReading::Seconds(at) => at,
            TimestampReading::Milliseconds(at) => {
                self.report_unless_tolerated(
                    tolerances.millisecond_timestamps,
                    Rule::TimestampMilliseconds,
                    field,
                );
                at
            }
            TimestampReading::String(at) => {
                self.report_unless_tolerated(tolerances.string_timestamps, Rule::TimestampString, field);
                at
            }
        };
        Some(at)
    }

    fn count_at(&mut self, value: RawValue<'_>, location: Location) -> Option<u64> {
        match value.kind {
            RawKind::Absent | RawKind::Null => {
                if let (Some(field), None) = (location.field, location.row) {
                    self.report_missing(field, value.kind);
                }
                None
            }
            RawKind::Number => {
                let count = safe_integer(value.number);
                if count.is_none() {
                    self.report(Rule::CountInvalid, location);
                }
                count
            }
            kind => {
                self.report_wrong_kind(location, kind);
                None
            }
        }
    }

    fn count(&mut self, field: Field) -> Option<u64> {
        self.count_at(self.view.field(field), field.into())
    }

    /// Whether a field is an object. Reports any other value.
    fn expect_object(&mut self, field: Field) -> bool {
        let value = self.view.field(field);
        if value.kind == RawKind::Object {
            return true;
        }
        if value.is_absent() {
            self.report_missing(field, value.kind);
        } else {
            self.report_wrong_kind(field, value.kind);
        }
        false
    }

    fn counts(&mut self, into: &mut Counts) {
        let value = self.view.field(Field::RequestCounts);
        if value.is_absent() {
            self.report_missing(Field::RequestCounts, value.kind);
            self.report(Rule::CountsMissing, Field::RequestCounts);
        } else if self.expect_object(Field::RequestCounts) {
            into.completed = self.count(Field::CountsCompleted);
            into.failed = self.count(Field::CountsFailed);
            into.total = self.count(Field::CountsTotal);
        }
    }

    fn usage(&mut self, into: &mut Usage) {
        if !self.expect_object(Field::Usage) {
            return;
        }
        into.input = self.count(Field::InputTokens);
        if self.expect_object(Field::InputTokensDetails) {
            into.cached = self.count(Field::CachedTokens);
        }
        into.output = self.count(Field::OutputTokens);
        if self.expect_object(Field::OutputTokensDetails) {
            into.reasoning = self.count(Field::ReasoningTokens);
        }
        into.total = self.count(Field::TotalTokens);
    }

    fn errors(&mut self) -> Vec<ErrorEntry<'a>> {
        let value = self.view.field(Field::Errors);
        if value.is_absent() {
            self.report_missing(Field::Errors, value.kind);
            return Vec::new();
        }
        let data = self.view.field(Field::ErrorsData);
        match (value.kind, data.kind) {
            (RawKind::Object, RawKind::Array) | (RawKind::Array | RawKind::String, _) => {}
            (RawKind::Object, _) if data.is_absent() => {}
            (RawKind::Object, kind) => self.report_wrong_kind(Field::ErrorsData, kind),
            (kind, _) => self.report_wrong_kind(Field::Errors, kind),
        }
        self.error_string(self.view.field(Field::ErrorsObject), Field::ErrorsObject.into());
        let read_entries = self.view.count(HeaderCell::EntryCount);
        if data.kind == RawKind::Array
            && safe_integer(data.number).is_some_and(|all| all > read_entries as u64)
        {
            self.violations.add(Rule::ErrorsCut, Field::ErrorsData, read_entries as u64);
        }
        let mut deviates = data.kind != RawKind::Array && (value.kind != RawKind::Object || read_entries > 0);
        let mut entries = Vec::with_capacity(read_entries);
        for row in 0..read_entries {
            entries.push(self.entry(row, &mut deviates));
        }
        if deviates {
            self.report_unless_tolerated(
                self.profile.tolerances.error_shapes,
                Rule::ErrorsShape,
                Field::Errors,
            );
        }
        entries
    }

    fn entry(&mut self, row: usize, deviates: &mut bool) -> ErrorEntry<'a> {
        let entry = self.view.entry(row, 0);
        let row_at = |field| Location::in_row(field, row);
        if entry.is_string() {
            *deviates = true;
            let message = Some(entry.string()).filter(|_| !entry.is_absent());
            return ErrorEntry { message, ..ErrorEntry::default() };
        }
        if entry.kind != RawKind::Object {
            self.report_wrong_kind(row_at(Field::ErrorsData), entry.kind);
            return ErrorEntry::default();
        }
        // The readers of a batch set this number to 1 if they found the error nested in the entry.
        *deviates |= entry.number != 0.0;
        ErrorEntry {
            code: self.error_string(self.view.entry(row, 1), row_at(Field::ErrorCode)),
            message: self.error_string(self.view.entry(row, 3), row_at(Field::ErrorMessage)),
            param: self.error_string(self.view.entry(row, 4), row_at(Field::ErrorParam)),
            line: self.count_at(self.view.entry(row, 2), row_at(Field::ErrorLine)),
        }
    }

    /// An optional string within the errors. Reports any other value.
    fn error_string(&mut self, value: RawValue<'a>, location: Location) -> Option<&'a str> {
        if value.is_string() {
            return Some(value.string()).filter(|_| !value.is_absent());
        }
        if !value.is_absent() {
            self.report_wrong_kind(location, value.kind);
        }
        None
    }

    fn metadata(&mut self) -> Option<Vec<(&'a str, &'a str)>> {
        let value = self.view.field(Field::Metadata);
        if value.is_absent() {
            self.report_missing(Field::Metadata, value.kind);
            return None;
        }
        let tolerated = self.profile.tolerances.partial_objects;
        if value.kind != RawKind::Object {
            let rule = if value.kind == RawKind::Unreadable { Rule::Unreadable } else { Rule::MetadataKind };
            self.report_unless_tolerated(tolerated, rule, Field::Metadata);
            return None;
        }
        let pairs = self.view.count(HeaderCell::PairCount);
        if pairs == 0 && self.view.count(HeaderCell::NonStringValues) > 0 {
            self.report_unless_tolerated(tolerated, Rule::MetadataKind, Field::Metadata);
        }
        let mut strings = Vec::with_capacity(pairs);
        for index in 0..pairs {
            let value = self.view.metadata_value(index);
            if value.is_string() {
                strings.push((self.view.metadata_key(index).string(), value.string()));
            } else {
                let location = Location::in_row(Field::Metadata, index);
                self.report_unless_tolerated(tolerated, Rule::MetadataKind, location);
            }
        }
        Some(strings)
    }

    /// Reports null fields, unknown fields and metadata that exceeds its limits.
    fn report_unusual_fields(&mut self) {
        if self.has_empty {
            self.report(Rule::NullField, Location::default());
        }
        if self.view.count(HeaderCell::TotalUnknownKeys) > 0 {
            self.report(Rule::UnknownField, Location::default());
        }
        check_limits(self.view, self.violations);
    }
}
