//! What is known of each `custom_id`: a table by its text, some 70 bytes and the text for each.

use super::fingerprint::fingerprint;
use super::lines::LineEnd;
use super::result_finding::{FileRole, ResultPlace};

/// The most of an id that is kept, in bytes; what is longer is told apart by its length and fingerprints.
const LONGEST_KEPT: usize = 1024;

/// What is known of a `custom_id`.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Request {
    hash: u64,
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
    /// The last of them.
    pub(super) last: Attempt,
    /// Whether results disagree.
    pub(super) conflicts: bool,
    /// Whether several input lines have the id.
    pub(super) repeated: bool,
}

/// What an attempt at a request has given so far.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Attempt {
    pub(super) index: u16,
    pub(super) succeeded: bool,
    pub(super) failed: bool,
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

impl Request {
    /// Whether a result of it is a success.
    pub(super) const fn has_succeeded(&self) -> bool {
        self.lines > 0 && self.best.cause == 0
    }
}

/// The table. Slots hold a request's place, from 1; 0 is free.
#[derive(Clone, Debug, Default)]
pub(super) struct Requests {
    slots: Vec<u32>,
    entries: Vec<Request>,
    ids: Vec<u8>,
}

impl Requests {
    /// The place of an id, which is added if it is new.
    pub(super) fn place_of(&mut self, id: &str) -> usize {
        if self.entries.len() * 4 >= self.slots.len() * 3 {
            self.grow();
        }
        let hash = fingerprint(id.as_bytes(), 0);
        let mask = self.slots.len() - 1;
        let mut at = slot(hash) & mask;
        while let Some(place) = (self.slots[at] as usize).checked_sub(1) {
            if self.is(place, hash, id) {
                return place;
            }
            at = (at + 1) & mask;
        }
        let id_at = self.ids.len();
        let kept = kept(id);
        self.ids.extend_from_slice(kept);
        if kept.len() < id.len() {
            self.ids.extend_from_slice(&fingerprint(id.as_bytes(), 1).to_le_bytes());
        }
        self.entries.push(Request { hash, id_at, id_length: small(id.len()), ..Request::default() });
        self.slots[at] = small(self.entries.len());
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
        let length = (request.id_length as usize).min(LONGEST_KEPT).min(bytes.len());
        let bytes = bytes.get(..length).unwrap_or_default();
        match std::str::from_utf8(bytes) {
            Ok(id) => id,
            // Cut within a character.
            Err(error) => std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default(),
        }
    }

    fn is(&self, place: usize, hash: u64, id: &str) -> bool {
        let request = &self.entries[place];
        if request.hash != hash || request.id_length as usize != id.len() {
            return false;
        }
        let bytes = self.ids.get(request.id_at..).unwrap_or_default();
        let kept = kept(id);
        let rest = bytes.strip_prefix(kept);
        let same_rest = |rest: &[u8]| {
            kept.len() == id.len() || rest.starts_with(&fingerprint(id.as_bytes(), 1).to_le_bytes())
        };
        rest.is_some_and(same_rest)
    }

    fn grow(&mut self) {
        let size = (self.slots.len() * 2).max(1 << 10);
        let mut slots = vec![0u32; size];
        for (request, place) in self.entries.iter().zip(1u32..) {
            let mut at = slot(request.hash) & (size - 1);
            while slots[at] != 0 {
                at = (at + 1) & (size - 1);
            }
            slots[at] = place;
        }
        self.slots = slots;
    }
}

fn kept(id: &str) -> &[u8] {
    &id.as_bytes()[..id.len().min(LONGEST_KEPT)]
}

#[expect(clippy::cast_possible_truncation, reason = "only low bits are asked for")]
const fn slot(hash: u64) -> usize {
    hash as usize
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
