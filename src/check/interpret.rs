//! From a draft to a snapshot: what each member holds, deviations read through, every oddity noted.
//!
//! Reading is as tolerant under every profile, so that anything can be described; the profile decides
//! how grave a deviation is.

use crate::model::{BatchStatus, Counts, ErrorEntry, LIST, Member, OBJECT, Profile, Snapshot, Stamp, Usage};

use super::metadata::limits;
use super::raw::batch::Draft;
use super::raw::cell::{Fixed, Tag};
use super::raw::view::{Found, View};
use super::rules::Rule;
use super::timestamps::{Moment, is_sentinel, whole};
use super::validate::validate;
use super::violation::{Place, Violations};

/// The members a list response or an API error would not have.
const MARKS_OF_A_BATCH: [Member; 4] = [Member::Id, Member::Status, Member::CreatedAt, Member::Endpoint];

/// Reads a draft into a snapshot and applies every rule. The draft's text counts up to `bytes`.
pub fn examine<'a>(
    draft: &'a Draft,
    bytes: usize,
    profile: &Profile,
    violations: &mut Violations,
) -> Snapshot<'a> {
    let mut snapshot = Snapshot::default();
    examine_into(&mut snapshot, draft, bytes, profile, violations);
    snapshot
}

/// The same into an empty snapshot in its place: it is large, and every batch passes here.
pub(crate) fn examine_into<'a>(
    snapshot: &mut Snapshot<'a>,
    draft: &'a Draft,
    bytes: usize,
    profile: &Profile,
    violations: &mut Violations,
) {
    let view = draft.view(bytes);
    let mut reader = Reader { view, profile, violations, empty: false };
    if !reader.is_batch() {
        return;
    }
    reader.fill(snapshot);
    reader.oddities();
    validate(snapshot, profile, reader.violations);
}

struct Reader<'a, 'f> {
    view: View<'a>,
    profile: &'f Profile,
    violations: &'f mut Violations,
    /// Whether an optional member is there without a value.
    empty: bool,
}

impl<'a> Reader<'a, '_> {
    /// Whether it is worth reading on: the value is an object, and neither a list nor an API error.
    fn is_batch(&mut self) -> bool {
        let root = self.view.fixed(Fixed::Root);
        if root.tag != Tag::Object {
            let rule = if root.tag == Tag::Unreadable { Rule::Unreadable } else { Rule::NotABatch };
            self.violations.add(rule, Place::default(), 0);
            return false;
        }
        if MARKS_OF_A_BATCH.iter().any(|&mark| !self.view.member(mark).is_absent()) {
            return true;
        }
        if self.view.member(Member::Object).text() == LIST {
            self.violations.add(Rule::BatchList, Place::default(), 0);
            return false;
        }
        let unknown = self.view.count(Fixed::Unknown);
        if (0..unknown).any(|index| self.view.unknown(index) == "error") {
            self.violations.add(Rule::ApiError, Place::default(), 0);
            return false;
        }
        true
    }

    /// Fills a snapshot in its place.
    fn fill(&mut self, into: &mut Snapshot<'a>) {
        (into.status, into.status_text) = self.status();
        self.object();
        into.id = self.text(Member::Id);
        into.endpoint = self.text(Member::Endpoint);
        into.input_file_id = self.text(Member::InputFileId);
        into.completion_window = self.text(Member::CompletionWindow);
        into.model = self.text(Member::Model);
        into.output_file_id = self.text(Member::OutputFileId);
        into.error_file_id = self.text(Member::ErrorFileId);
        for stamp in Stamp::ALL {
            into.stamps.set(stamp, self.stamp(stamp.member()));
        }
        self.counts(&mut into.counts);
        self.usage(&mut into.usage);
        into.errors = self.errors();
        into.metadata = self.metadata();
    }

    /// Reports a member without a value, by whatever tag it has none, if the interface requires it.
    fn missing(&mut self, member: Member, tag: Tag) {
        let info = member.info();
        if info.required {
            let through = if info.parent.is_some() {
                self.profile.reads.partial_members
            } else {
                self.profile.may_lack.contains(&member)
            };
            // Empty text is what fixing would write: there is nothing left to fix.
            let fixed = tag == Tag::Text && member != Member::Object;
            self.violations.add_read(through, Rule::MissingMember, member, u64::from(fixed));
        } else {
            self.empty |= tag != Tag::Absent && info.parent.is_none();
        }
    }

    fn wrong_kind(&mut self, place: impl Into<Place>, tag: Tag) {
        let rule = if tag == Tag::Unreadable { Rule::Unreadable } else { Rule::WrongKind };
        self.violations.add(rule, place, 0);
    }

    fn text(&mut self, member: Member) -> Option<&'a str> {
        let found = self.view.member(member);
        if found.is_absent() {
            self.missing(member, found.tag);
        } else if found.is_text() {
            return Some(found.text());
        } else {
            self.wrong_kind(member, found.tag);
        }
        None
    }

    fn status(&mut self) -> (Option<BatchStatus>, Option<&'a str>) {
        let Some(text) = self.text(Member::Status) else { return (None, None) };
        let found = self.view.member(Member::Status);
        let exact = found.atom_status().or_else(|| BatchStatus::from_wire(text));
        if exact.is_some() {
            return (exact, Some(text));
        }
        let drifted = BatchStatus::from_drifted(text);
        match drifted {
            Some(status) => self.violations.add_read(
                self.profile.reads.status_spelling,
                Rule::StatusSpelling,
                Member::Status,
                status as u64,
            ),
            None => self.violations.add(Rule::UnknownStatus, Member::Status, 0),
        }
        (drifted, Some(text))
    }

    fn object(&mut self) {
        if self.text(Member::Object).is_some_and(|object| object != OBJECT) {
            self.violations.add(Rule::WrongObject, Member::Object, 0);
        }
    }

    fn stamp(&mut self, member: Member) -> Option<u64> {
        let reads = self.profile.reads;
        let found = self.view.member(member);
        let at = match Moment::read(found) {
            Moment::Absent => {
                self.missing(member, found.tag);
                return None;
            }
            Moment::Invalid => {
                self.violations.add(Rule::StampInvalid, member, 0);
                return None;
            }
            Moment::WrongKind => {
                self.wrong_kind(member, found.tag);
                return None;
            }
            Moment::Seconds(at) | Moment::Milliseconds(at) | Moment::Text(at)
                if reads.millisecond_stamps && is_sentinel(at) && !member.info().required =>
            {
                self.violations.add(Rule::StampSentinel, member, 0);
                return None;
            }
            Moment::Seconds(at) => at,
            Moment::Milliseconds(at) => {
                self.violations.add_read(reads.millisecond_stamps, Rule::StampMilliseconds, member, at);
                at
            }
            Moment::Text(at) => {
                self.violations.add_read(reads.text_stamps, Rule::StampText, member, at);
                at
            }
        };
        Some(at)
    }

    fn count_at(&mut self, found: Found<'_>, place: Place) -> Option<u64> {
        match found.tag {
            Tag::Absent | Tag::Null => {
                if let (Some(member), None) = (place.member, place.row) {
                    self.missing(member, found.tag);
                }
                None
            }
            Tag::Number => {
                let count = whole(found.number);
                if count.is_none() {
                    self.violations.add(Rule::CountInvalid, place, 0);
                }
                count
            }
            tag => {
                self.wrong_kind(place, tag);
                None
            }
        }
    }

    fn count(&mut self, member: Member) -> Option<u64> {
        self.count_at(self.view.member(member), member.into())
    }

    /// Whether a member holds an object to read on in.
    fn is_object(&mut self, member: Member) -> bool {
        let found = self.view.member(member);
        if found.tag == Tag::Object {
            return true;
        }
        if found.is_absent() {
            self.missing(member, found.tag);
        } else {
            self.wrong_kind(member, found.tag);
        }
        false
    }

    fn counts(&mut self, into: &mut Counts) {
        let found = self.view.member(Member::RequestCounts);
        if found.is_absent() {
            self.missing(Member::RequestCounts, found.tag);
            self.violations.add(Rule::CountsMissing, Member::RequestCounts, 0);
        } else if self.is_object(Member::RequestCounts) {
            into.completed = self.count(Member::CountsCompleted);
            into.failed = self.count(Member::CountsFailed);
            into.total = self.count(Member::CountsTotal);
        }
    }

    fn usage(&mut self, into: &mut Usage) {
        if !self.is_object(Member::Usage) {
            return;
        }
        into.input = self.count(Member::InputTokens);
        if self.is_object(Member::InputTokensDetails) {
            into.cached = self.count(Member::CachedTokens);
        }
        into.output = self.count(Member::OutputTokens);
        if self.is_object(Member::OutputTokensDetails) {
            into.reasoning = self.count(Member::ReasoningTokens);
        }
        into.total = self.count(Member::TotalTokens);
    }

    fn errors(&mut self) -> Vec<ErrorEntry<'a>> {
        let found = self.view.member(Member::Errors);
        if found.is_absent() {
            self.missing(Member::Errors, found.tag);
            return Vec::new();
        }
        let data = self.view.member(Member::ErrorsData);
        match (found.tag, data.tag) {
            (Tag::Object, Tag::Array) | (Tag::Array | Tag::Text, _) => {}
            (Tag::Object, _) if data.is_absent() => {}
            (Tag::Object, tag) => self.wrong_kind(Member::ErrorsData, tag),
            (tag, _) => self.wrong_kind(Member::Errors, tag),
        }
        let read = self.view.count(Fixed::Entries);
        if data.tag == Tag::Array && whole(data.number).is_some_and(|all| all > read as u64) {
            self.violations.add(Rule::ErrorsCut, Member::ErrorsData, read as u64);
        }
        let mut bare = data.tag != Tag::Array && (found.tag != Tag::Object || read > 0);
        let mut entries = Vec::with_capacity(read);
        for row in 0..read {
            entries.push(self.entry(row, &mut bare));
        }
        if bare {
            self.violations.add_read(self.profile.reads.error_shapes, Rule::ErrorsShape, Member::Errors, 0);
        }
        entries
    }

    fn entry(&mut self, row: usize, bare: &mut bool) -> ErrorEntry<'a> {
        let entry = self.view.entry(row, 0);
        let row_at = |member| Place { member: Some(member), row: u32::try_from(row).ok() };
        if entry.is_text() {
            *bare = true;
            let message = Some(entry.text()).filter(|_| !entry.is_absent());
            return ErrorEntry { message, ..ErrorEntry::default() };
        }
        if entry.tag != Tag::Object {
            self.wrong_kind(row_at(Member::ErrorsData), entry.tag);
            return ErrorEntry::default();
        }
        ErrorEntry {
            code: self.entry_text(self.view.entry(row, 1), row_at(Member::ErrorCode)),
            message: self.entry_text(self.view.entry(row, 3), row_at(Member::ErrorMessage)),
            param: self.entry_text(self.view.entry(row, 4), row_at(Member::ErrorParam)),
            line: self.count_at(self.view.entry(row, 2), row_at(Member::ErrorLine)),
        }
    }

    fn entry_text(&mut self, found: Found<'a>, place: Place) -> Option<&'a str> {
        if found.is_text() {
            return Some(found.text()).filter(|_| !found.is_absent());
        }
        if !found.is_absent() {
            self.wrong_kind(place, found.tag);
        }
        None
    }

    fn metadata(&mut self) -> Option<Vec<(&'a str, &'a str)>> {
        let found = self.view.member(Member::Metadata);
        if found.is_absent() {
            self.missing(Member::Metadata, found.tag);
            return None;
        }
        let through = self.profile.reads.partial_members;
        if found.tag != Tag::Object {
            let rule = if found.tag == Tag::Unreadable { Rule::Unreadable } else { Rule::MetadataKind };
            self.violations.add_read(through, rule, Member::Metadata, 0);
            return None;
        }
        let pairs = self.view.count(Fixed::Pairs);
        if pairs == 0 && self.view.count(Fixed::OddValues) > 0 {
            self.violations.add_read(through, Rule::MetadataKind, Member::Metadata, 0);
        }
        let mut texts = Vec::with_capacity(pairs);
        for index in 0..pairs {
            let value = self.view.value(index);
            if value.is_text() {
                texts.push((self.view.key(index).text(), value.text()));
            } else {
                let place = Place { member: Some(Member::Metadata), row: u32::try_from(index).ok() };
                self.violations.add_read(through, Rule::MetadataKind, place, 0);
            }
        }
        Some(texts)
    }

    /// Null members, unknown members, and metadata beyond its limits.
    fn oddities(&mut self) {
        if self.empty {
            self.violations.add(Rule::NullMember, Place::default(), 0);
        }
        if self.view.count(Fixed::UnknownKeys) > 0 {
            self.violations.add(Rule::UnknownMember, Place::default(), 0);
        }
        limits(self.view, self.violations);
    }
}
