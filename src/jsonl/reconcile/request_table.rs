//! What is known of each `custom_id`: a table by keyed hash.
//!
//! Results come in any order, so that each look at an id leaves the cache. One such look a line is enough:
//! into the slots; what they point to is written one after the other, and read again only for ids that have
//! several results.

use crate::hash::hash;
use crate::jsonl::common::line_hash::hash_line;
use crate::jsonl::common::lines::LineEnd;
use crate::jsonl::results::issue::{FileRole, ResultPlace};
use crate::jsonl::results::line::valid_utf8_prefix;

use super::verdicts::LineRange;

/// The most of an id that is kept, in bytes; it is compared whole all the same.
const MAX_KEPT_ID_LENGTH: usize = 1024;

/// What is known of a `custom_id`.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Request {
    /// Where its text ends; it begins where the one before ends.
    id_end: usize,
    /// The row of its first input line, from 1; 0: it is in no input.
    pub(crate) row: u32,
    /// Its results, from 1; 0: it has none.
    results: u32,
    /// Whether several input lines have the id.
    pub(crate) repeated: bool,
}

/// The results of a request, of which the best is kept.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Results {
    pub(crate) best: StoredResult,
    /// How many lines.
    pub(crate) lines: u32,
    /// In how many attempts.
    pub(crate) attempts: u16,
    last: Attempt,
    /// Whether they disagree.
    pub(crate) conflict: bool,
}

/// What the last attempt at a request has given so far.
#[derive(Clone, Copy, Debug)]
struct Attempt {
    index: u16,
    /// Whether it has an answer, complete or not.
    answered: bool,
    failed: bool,
}

/// What a result line says of its request; the better is the greater.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Grade {
    /// It has no answer.
    #[default]
    Failed,
    /// It has an answer that is cut off, filtered, refused or empty.
    Incomplete,
    /// It has a complete answer.
    Succeeded,
}

/// The best result of a request: the first success, else the first incomplete answer of the last attempt that
/// has one, else the first failure of the last attempt.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct StoredResult {
    /// The hash of an answer's body.
    pub(crate) body: u64,
    /// The hash of the line.
    pub(crate) hash: u64,
    pub(crate) offset: u64,
    pub(crate) line: u32,
    /// Without the line's end.
    pub(crate) length: u32,
    pub(crate) index: u16,
    pub(crate) status: u16,
    pub(crate) grade: Grade,
    /// The cause of a failure or of an incomplete answer; 0 for a success.
    pub(crate) cause: u16,
    pub(crate) file: FileRole,
    /// How many bytes end the line.
    pub(crate) end: u8,
}

impl StoredResult {
    pub(crate) const fn range(&self) -> LineRange {
        let &Self { file, index, line, offset, length, end, hash, .. } = self;
        LineRange { file, index, line, offset, length, end, hash }
    }

    pub(crate) const fn place(&self) -> ResultPlace {
        ResultPlace {
            file: self.file,
            index: self.index,
            line: self.line as u64,
            column: 1,
            offset: self.offset,
        }
    }
}

/// What a result is to those before it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AddedResult {
    /// Whether it is the first of its attempt to succeed, or to fail.
    pub(crate) first: bool,
    /// Whether it says again what another claims.
    pub(crate) repeats: bool,
    /// Why it disagrees, and with which; of a request only the first time.
    pub(crate) disagrees: Option<(&'static str, ResultPlace)>,
}

impl Attempt {
    const fn of(result: &StoredResult) -> Self {
        let failed = matches!(result.grade, Grade::Failed);
        Self { index: result.index, answered: !failed, failed }
    }
}

impl Results {
    const fn of(result: StoredResult) -> Self {
        Self { best: result, lines: 1, attempts: 1, last: Attempt::of(&result), conflict: false }
    }

    /// Takes another result.
    fn take(&mut self, result: StoredResult) -> AddedResult {
        let now = Attempt::of(&result);
        let begins = self.last.index != now.index;
        if begins {
            self.attempts = self.attempts.saturating_add(1);
            self.last = Attempt { index: now.index, answered: false, failed: false };
        }
        let Attempt { answered, failed, .. } = self.last;
        let (same, other) = if now.answered { (answered, failed) } else { (failed, answered) };
        let best = self.best;
        let equal = (best.grade, best.body) == (result.grade, result.body);
        let repeats = if now.answered { equal } else { failed };
        // Two complete answers differ in whichever attempts; an incomplete one may be repaired by a later attempt.
        let complete = best.grade == Grade::Succeeded && result.grade == Grade::Succeeded;
        let why = match () {
            () if self.conflict => None,
            () if complete && !equal => Some("two different successes"),
            () if now.answered && answered && !equal => Some("two different answers"),
            () if other && best.grade.max(result.grade) == Grade::Succeeded => {
                Some("a success and a failure")
            }
            () if other => Some("an incomplete answer and a failure"),
            () => None,
        };
        let disagrees = why.map(|why| (why, self.best.place()));
        self.conflict |= why.is_some();
        self.last.answered |= now.answered;
        self.last.failed |= now.failed;
        if result.grade > best.grade
            || (begins && result.grade == best.grade && best.grade < Grade::Succeeded)
        {
            self.best = result;
        }
        self.lines = self.lines.saturating_add(1);
        AddedResult { first: !same, repeats, disagrees }
    }
}

/// The hash that stands for an id: 96 bits. Of five million different ids, two share one in 1 of 6 · 10^15
/// such files, whoever wrote them.
pub(crate) type IdHash = (u64, u32);

/// The hash of an id.
#[expect(clippy::cast_possible_truncation, reason = "half of the second is enough")]
pub(crate) fn hash_of(id: &[u8]) -> IdHash {
    let (high, low) = hash(id);
    (high, low as u32)
}

/// A place in the table: an id's hash, and its request, from 1; 0 is free.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slot {
    high: u64,
    low: u32,
    request: u32,
}

/// The table.
#[derive(Clone, Debug, Default)]
pub(crate) struct RequestTable {
    slots: Vec<Slot>,
    requests: Vec<Request>,
    results: Vec<Results>,
    ids: Vec<u8>,
    /// The places of ids of which only the beginning is kept, in their order, with the hash of the whole.
    long: Vec<(u32, u64)>,
}

impl RequestTable {
    /// The place of an id, which is UTF-8 and is added if it is new.
    pub(crate) fn place_of(&mut self, text: &[u8]) -> usize {
        if self.requests.len() * 4 >= self.slots.len() * 3 {
            self.grow();
        }
        let id = hash_of(text);
        let at = self.slot_of(id);
        if let Some(place) = (self.slots[at].request as usize).checked_sub(1) {
            return place;
        }
        self.ids.extend_from_slice(&text[..text.len().min(MAX_KEPT_ID_LENGTH)]);
        if text.len() > MAX_KEPT_ID_LENGTH {
            self.long.push((saturating_u32(self.requests.len()), hash_line(0, text, 0)));
        }
        self.requests.push(Request { id_end: self.ids.len(), ..Request::default() });
        self.slots[at] = Slot { high: id.0, low: id.1, request: saturating_u32(self.requests.len()) };
        self.requests.len() - 1
    }

    /// Adds a result of a request.
    pub(crate) fn take(&mut self, place: usize, result: StoredResult) -> AddedResult {
        let request = &mut self.requests[place];
        if let Some(at) = (request.results as usize).checked_sub(1) {
            return self.results[at].take(result);
        }
        self.results.push(Results::of(result));
        request.results = saturating_u32(self.results.len());
        AddedResult { first: true, repeats: false, disagrees: None }
    }

    pub(crate) fn requests(&self) -> &[Request] {
        &self.requests
    }

    pub(crate) fn request_mut(&mut self, place: usize) -> &mut Request {
        &mut self.requests[place]
    }

    pub(crate) fn results_of(&self, place: usize) -> Option<&Results> {
        self.results.get((self.requests[place].results as usize).checked_sub(1)?)
    }

    /// The id of a request; of one longer than 1 KiB the beginning.
    pub(crate) fn id_of(&self, place: usize) -> &str {
        let start = place.checked_sub(1).map_or(0, |before| self.requests[before].id_end);
        // A long one may be cut within a character.
        valid_utf8_prefix(self.ids.get(start..self.requests[place].id_end).unwrap_or_default())
    }

    /// The hash of a request's id, if only the beginning of the id is kept.
    pub(crate) fn long_id_hash(&self, place: usize) -> Option<u64> {
        let at = self.long.binary_search_by_key(&place, |&(long, _)| long as usize).ok()?;
        Some(self.long[at].1)
    }

    /// The slot of an id, or the free one where it goes. A quarter of the slots is free.
    fn slot_of(&self, id: IdHash) -> usize {
        let mask = self.slots.len() - 1;
        #[expect(clippy::cast_possible_truncation, reason = "the low bits are asked for")]
        let mut at = id.0 as usize & mask;
        while self.slots[at].request != 0 && (self.slots[at].high, self.slots[at].low) != id {
            at = (at + 1) & mask;
        }
        at
    }

    fn grow(&mut self) {
        let size = (self.slots.len() * 2).max(1 << 10);
        let free = Slot { high: 0, low: 0, request: 0 };
        let before = std::mem::replace(&mut self.slots, vec![free; size]);
        for slot in before.into_iter().filter(|slot| slot.request != 0) {
            let at = self.slot_of((slot.high, slot.low));
            self.slots[at] = slot;
        }
    }
}

/// A count or length that is bounded by the longest line, or by memory, far below 2^32.
pub(crate) fn saturating_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// How many bytes end a line.
pub(crate) const fn end_length(end: LineEnd) -> u8 {
    match end {
        LineEnd::File => 0,
        LineEnd::Lf => 1,
        LineEnd::CrLf => 2,
    }
}
