//! What is known of each `custom_id`: a table by its text.

use super::fingerprint::fingerprint;
use super::lines::LineEnd;
use super::result::spelt;
use super::result_finding::{FileRole, ResultPlace};

/// The most of an id that is kept, in bytes; what is longer is told apart by its length and fingerprints.
const LONGEST_KEPT: usize = 1024;

/// What is known of a `custom_id`.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Request {
    id_at: usize,
    /// The length of the whole id, kept or not.
    id_length: u32,
    /// The row of its first input line, from 1; 0: it is in no input.
    pub(super) row: u32,
    /// How many result lines it has.
    pub(super) lines: u32,
    /// The best result; meaningless while there is no line.
    pub(super) best: Best,
    /// In how many attempts it has a result.
    pub(super) attempts: u16,
    last: Attempt,
    /// Whether results disagree.
    pub(super) conflicts: bool,
    /// Whether several input lines have the id.
    pub(super) repeated: bool,
}

/// What the last attempt at a request has given so far.
#[derive(Clone, Copy, Debug, Default)]
struct Attempt {
    index: u16,
    succeeded: bool,
    failed: bool,
}

/// The best result of a request: the first success, else the first failure of the last attempt.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Best {
    /// The fingerprint of a success's body.
    pub(super) body: u64,
    pub(super) offset: u64,
    pub(super) line: u32,
    /// Without the line's end.
    pub(super) length: u32,
    pub(super) index: u16,
    pub(super) status: u16,
    /// The cause of a failure; 0: it is a success.
    pub(super) cause: u16,
    pub(super) file: FileRole,
    /// How many bytes end the line.
    pub(super) end: u8,
}

impl Best {
    pub(super) const fn place(&self) -> ResultPlace {
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
pub(super) struct Taken {
    /// Whether it is the first of its attempt to succeed, or to fail.
    pub(super) first: bool,
    /// Whether it says again what another said.
    pub(super) repeats: bool,
    /// Why it disagrees, and with which; of a request only the first time.
    pub(super) disagrees: Option<(&'static str, ResultPlace)>,
}

impl Request {
    /// Takes a result.
    pub(super) fn take(&mut self, result: Best) -> Taken {
        let begins = self.attempts == 0 || self.last.index != result.index;
        if begins {
            self.attempts = self.attempts.saturating_add(1);
            self.last = Attempt { index: result.index, ..Attempt::default() };
        }
        let succeeds = result.cause == 0;
        let had_success = self.lines > 0 && self.best.cause == 0;
        let Attempt { succeeded, failed, .. } = self.last;
        let (same, other) = if succeeds { (succeeded, failed) } else { (failed, succeeded) };
        let repeats = if succeeds { had_success && self.best.body == result.body } else { failed };
        let why = match () {
            () if self.conflicts => None,
            () if succeeds && had_success && !repeats => Some("two different successes"),
            () if other => Some("a success and a failure"),
            () => None,
        };
        let disagrees = why.map(|why| (why, self.best.place()));
        self.conflicts |= why.is_some();
        self.last.succeeded |= succeeds;
        self.last.failed |= !succeeds;
        if self.lines == 0 || (!had_success && (succeeds || begins)) {
            self.best = result;
        }
        self.lines = self.lines.saturating_add(1);
        Taken { first: !same, repeats, disagrees }
    }
}

/// The table. A slot holds 32 bits of an id's fingerprint, which also tell where to look for it, and the id's place, from 1; 0 is free.
#[derive(Clone, Debug, Default)]
pub(super) struct Requests {
    slots: Vec<(u32, u32)>,
    entries: Vec<Request>,
    ids: Vec<u8>,
}

impl Requests {
    /// The place of an id, which is UTF-8 and is added if it is new.
    pub(super) fn place_of(&mut self, id: &[u8]) -> usize {
        if self.entries.len() * 4 >= self.slots.len() * 3 {
            self.grow();
        }
        let tag = tag(id);
        let mask = self.slots.len() - 1;
        let mut at = tag as usize & mask;
        while let (of_slot, place @ 1..) = self.slots[at] {
            if of_slot == tag && self.is(place as usize - 1, id) {
                return place as usize - 1;
            }
            at = (at + 1) & mask;
        }
        let id_at = self.ids.len();
        let kept = kept(id);
        self.ids.extend_from_slice(kept);
        if kept.len() < id.len() {
            self.ids.extend_from_slice(&whole(id));
        }
        self.entries.push(Request { id_at, id_length: small(id.len()), ..Request::default() });
        self.slots[at] = (tag, small(self.entries.len()));
        self.entries.len() - 1
    }

    pub(super) fn as_slice(&self) -> &[Request] {
        &self.entries
    }

    pub(super) fn get(&self, place: usize) -> &Request {
        &self.entries[place]
    }

    pub(super) fn get_mut(&mut self, place: usize) -> &mut Request {
        &mut self.entries[place]
    }

    /// The id of a request; of one longer than 1 KiB the beginning.
    pub(super) fn id_of(&self, place: usize) -> &str {
        let request = &self.entries[place];
        let bytes = self.ids.get(request.id_at..).unwrap_or_default();
        let length = (request.id_length as usize).min(LONGEST_KEPT);
        // A long one may be cut within a character.
        spelt(bytes.get(..length).unwrap_or_default())
    }

    fn is(&self, place: usize, id: &[u8]) -> bool {
        let request = &self.entries[place];
        if request.id_length as usize != id.len() {
            return false;
        }
        let rest = self.ids.get(request.id_at..).unwrap_or_default().strip_prefix(kept(id));
        rest.is_some_and(|rest| id.len() <= LONGEST_KEPT || rest.starts_with(&whole(id)))
    }

    fn grow(&mut self) {
        let size = (self.slots.len() * 2).max(1 << 10);
        let before = std::mem::replace(&mut self.slots, vec![(0, 0); size]);
        for (tag, place) in before.into_iter().filter(|(_, place)| *place > 0) {
            let mut at = tag as usize & (size - 1);
            while self.slots[at].1 != 0 {
                at = (at + 1) & (size - 1);
            }
            self.slots[at] = (tag, place);
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "32 bits of it are enough to look for")]
fn tag(id: &[u8]) -> u32 {
    fingerprint(id, 0) as u32
}

/// What stands behind the kept beginning of a long id, to tell it from others.
fn whole(id: &[u8]) -> [u8; 16] {
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&fingerprint(id, 1).to_le_bytes());
    bytes[8..].copy_from_slice(&fingerprint(id, 2).to_le_bytes());
    bytes
}

fn kept(id: &[u8]) -> &[u8] {
    &id[..id.len().min(LONGEST_KEPT)]
}

/// A count or length that is bounded by the longest line, or by memory, far below 2^32.
pub(super) fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// How many bytes end a line.
pub(super) const fn end_length(end: LineEnd) -> u8 {
    match end {
        LineEnd::File => 0,
        LineEnd::Lf => 1,
        LineEnd::CrLf => 2,
    }
}
