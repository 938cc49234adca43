//! A table of requests and their results by the keyed hash of the `custom_id`.
//!
//! Results come in any order, so each lookup misses the CPU cache. One lookup per line is enough: the slots
//! are random access; everything else is appended, and read again only for ids that have several results.

use crate::jsonl::common::convert::{Index, saturating_u32, valid_utf8_prefix};
use crate::jsonl::common::file_role::FileRole;
use crate::jsonl::common::id_hash::{IdHash, id_hash};
use crate::jsonl::common::line_hash::hash_line;
use crate::jsonl::common::ranges::LineRange;
use crate::jsonl::results::issue::ResultPlace;

/// The maximum number of bytes of an id that are kept. Longer ids are compared completely, by their hashes.
const MAX_KEPT_ID_LENGTH: usize = 1024;

/// The entry of a `custom_id`.
#[derive(Clone, Copy, Debug, Default)]
pub struct RequestEntry {
    /// The end of the id in [`RequestTable::ids`]. It begins at the end of the entry before.
    id_end: usize,
    /// The first input line with the id.
    pub first_line: Option<Index>,
    results: Option<Index>,
    /// The index of the last input file with the id.
    pub last_input: u16,
    /// Whether several input lines have the id.
    pub is_duplicate: bool,
}

/// The results of a request. Only the best one is kept.
#[derive(Clone, Copy, Debug)]
pub struct RequestResults {
    /// The first success, else the first incomplete answer of the last attempt that has one, else the first
    /// failure of the last attempt.
    pub best: StoredResult,
    /// The grade of the best one.
    pub grade: Grade,
    /// The number of result lines.
    pub lines: u32,
    /// The number of attempts with a result.
    pub attempts: u16,
    last: Attempt,
    /// Whether the results conflict with each other.
    pub conflict: bool,
}

/// The results of the last attempt so far.
#[derive(Clone, Copy, Debug)]
struct Attempt {
    index: u16,
    /// Whether it has an answer, complete or incomplete.
    answered: bool,
    failed: bool,
}

/// The grade of a result line. A better one is greater.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// There is no answer.
    #[default]
    Failed,
    /// The answer is cut off, filtered, refused or empty.
    Incomplete,
    /// The answer is complete.
    Succeeded,
}

/// A result line, as far as it is kept.
#[derive(Clone, Copy, Debug, Default)]
pub struct StoredResult {
    /// The hash of the body of an answer.
    pub body: u64,
    /// The hash of the line and its line break.
    pub hash: u64,
    /// The offset of the line in the file, in bytes.
    pub offset: u64,
    /// The line number, from 1.
    pub line: u32,
    /// The length of the line without the line break, in bytes.
    pub length: u32,
    /// The index of the file.
    pub index: u16,
    /// The HTTP status; `u16::MAX` if there is none.
    pub status: u16,
    /// The id of the cause of a failure or of an incomplete answer; 0 for a success.
    pub cause: u16,
    /// The role of the file.
    pub file: FileRole,
    /// The length of the line break, in bytes.
    pub end: u8,
}

impl StoredResult {
    /// The location of the line.
    pub const fn range(&self) -> LineRange {
        let &Self { file, index, line, offset, length, end, hash, .. } = self;
        LineRange { file, index, line, offset, length, end, hash }
    }

    /// The start of the line.
    pub const fn place(&self) -> ResultPlace {
        ResultPlace {
            file: self.file,
            index: self.index,
            line: self.line as u64,
            column: 1,
            offset: self.offset,
        }
    }
}

/// A result in comparison with the earlier results of the request.
#[derive(Clone, Copy, Debug)]
pub struct AddedResult {
    /// Whether it is the first answer, or the first failure, of its attempt.
    pub first: bool,
    /// Whether it repeats an earlier result.
    pub repeats: bool,
    /// The first conflict of the request, if this result causes it.
    pub conflict: Option<Conflict>,
}

/// Two results of a request that conflict.
#[derive(Clone, Copy, Debug)]
pub struct Conflict {
    /// The kind of the conflict, in words.
    pub reason: &'static str,
    /// The earlier result.
    pub other: ResultPlace,
}

impl Attempt {
    const fn of(result: &StoredResult, grade: Grade) -> Self {
        let failed = matches!(grade, Grade::Failed);
        Self { index: result.index, answered: !failed, failed }
    }
}

impl RequestResults {
    const fn of(result: StoredResult, grade: Grade) -> Self {
        Self {
            best: result,
            grade,
            lines: 1,
            attempts: 1,
            last: Attempt::of(&result, grade),
            conflict: false,
        }
    }

    /// Adds another result.
    fn add(&mut self, result: StoredResult, grade: Grade) -> AddedResult {
        let now = Attempt::of(&result, grade);
        let is_new_attempt = self.last.index != now.index;
        if is_new_attempt {
            self.attempts = self.attempts.saturating_add(1);
            self.last = Attempt { index: now.index, answered: false, failed: false };
        }
        let Attempt { answered, failed, .. } = self.last;
        let (same, other) = if now.answered { (answered, failed) } else { (failed, answered) };
        let best = self.grade;
        let is_equal = (best, self.best.body) == (grade, result.body);
        let repeats = if now.answered { is_equal } else { failed };
        // Two complete answers conflict even in different attempts. A later attempt may replace an incomplete
        // answer.
        let both_succeeded = best == Grade::Succeeded && grade == Grade::Succeeded;
        let reason = match () {
            () if self.conflict => None,
            () if both_succeeded && !is_equal => Some("two different successes"),
            () if now.answered && answered && !is_equal => Some("two different answers"),
            () if other && best.max(grade) == Grade::Succeeded => Some("a success and a failure"),
            () if other => Some("an incomplete answer and a failure"),
            () => None,
        };
        let conflict = reason.map(|reason| Conflict { reason, other: self.best.place() });
        self.conflict |= conflict.is_some();
        self.last.answered |= now.answered;
        self.last.failed |= now.failed;
        let is_newer = is_new_attempt && grade == best && best < Grade::Succeeded;
        if grade > best || is_newer {
            (self.best, self.grade) = (result, grade);
        }
        self.lines = self.lines.saturating_add(1);
        AddedResult { first: !same, repeats, conflict }
    }
}

/// A slot of the hash table: the hash of an id and its request.
#[derive(Clone, Copy, Debug)]
pub struct Slot {
    first: u64,
    second: u32,
    request: Option<Index>,
}

/// The requests by `custom_id`, each with its results.
#[derive(Clone, Debug, Default)]
pub struct RequestTable {
    slots: Vec<Slot>,
    requests: Vec<RequestEntry>,
    results: Vec<RequestResults>,
    ids: Vec<u8>,
    /// The requests whose ids are longer than [`MAX_KEPT_ID_LENGTH`], with the hashes of the complete ids.
    long_ids: Vec<(u32, u64)>,
}

impl RequestTable {
    /// The index of the request with an id, which is valid UTF-8. Adds the request if it is new.
    pub fn index_of(&mut self, custom_id: &[u8]) -> usize {
        if self.requests.len() * 4 >= self.slots.len() * 3 {
            self.grow();
        }
        let hash = id_hash(custom_id);
        let at = self.slot_of(hash);
        if let Some(index) = self.slots[at].request {
            return index.get();
        }
        let index = self.requests.len();
        self.ids.extend_from_slice(&custom_id[..custom_id.len().min(MAX_KEPT_ID_LENGTH)]);
        if custom_id.len() > MAX_KEPT_ID_LENGTH {
            self.long_ids.push((saturating_u32(index), hash_line(0, custom_id, 0)));
        }
        self.requests.push(RequestEntry { id_end: self.ids.len(), ..RequestEntry::default() });
        self.slots[at] = Slot { first: hash.0, second: hash.1, request: Some(Index::new(index)) };
        index
    }

    /// Adds a result of a request.
    pub fn add_result(&mut self, index: usize, result: StoredResult, grade: Grade) -> AddedResult {
        let request = &mut self.requests[index];
        if let Some(at) = request.results {
            return self.results[at.get()].add(result, grade);
        }
        request.results = Some(Index::new(self.results.len()));
        self.results.push(RequestResults::of(result, grade));
        AddedResult { first: true, repeats: false, conflict: None }
    }

    /// The requests, in the order in which their ids appeared.
    pub fn requests(&self) -> &[RequestEntry] {
        &self.requests
    }

    /// A request, to be changed.
    pub fn request_mut(&mut self, index: usize) -> &mut RequestEntry {
        &mut self.requests[index]
    }

    /// The results of a request.
    pub fn results_of(&self, index: usize) -> Option<&RequestResults> {
        self.results.get(self.requests[index].results?.get())
    }

    /// The id of a request; only the first 1 KiB of a longer one.
    pub fn id_of(&self, index: usize) -> &str {
        let start = index.checked_sub(1).map_or(0, |before| self.requests[before].id_end);
        // A long id can be cut within a code point.
        valid_utf8_prefix(self.ids.get(start..self.requests[index].id_end).unwrap_or_default())
    }

    /// The hash of the complete id of a request, if the id is longer than 1 KiB.
    pub fn long_id_hash(&self, index: usize) -> Option<u64> {
        let at = self.long_ids.binary_search_by_key(&index, |&(request, _)| request as usize).ok()?;
        Some(self.long_ids[at].1)
    }

    /// 64 bits of the keyed hash of each id, in any order.
    pub fn id_hashes(&self) -> impl Iterator<Item = u64> {
        self.slots.iter().filter(|slot| slot.request.is_some()).map(|slot| slot.first)
    }

    /// The slot of an id, or the free slot where it belongs. At least a quarter of the slots is free.
    fn slot_of(&self, hash: IdHash) -> usize {
        let mask = self.slots.len() - 1;
        #[expect(clippy::cast_possible_truncation, reason = "only the low bits are used")]
        let mut at = hash.0 as usize & mask;
        while self.slots[at].request.is_some() && (self.slots[at].first, self.slots[at].second) != hash {
            at = (at + 1) & mask;
        }
        at
    }

    fn grow(&mut self) {
        let size = (self.slots.len() * 2).max(1 << 10);
        let free = Slot { first: 0, second: 0, request: None };
        let before = std::mem::replace(&mut self.slots, vec![free; size]);
        for slot in before.into_iter().filter(|slot| slot.request.is_some()) {
            let at = self.slot_of((slot.first, slot.second));
            self.slots[at] = slot;
        }
    }
}
