//! A draft being read.

use crate::model::{ATOMS, BatchStatus, Member};

use super::batch::Draft;
use super::cell::{Cell, ENTRY, Fixed, Tag};

/// What a cell holds, its text within reach.
#[derive(Clone, Copy, Debug)]
pub struct Found<'a> {
    /// The tag.
    pub tag: Tag,
    /// The number.
    pub number: f64,
    start: u32,
    length: u32,
    whole: &'a str,
}

impl<'a> Found<'a> {
    /// Whether the interface would call it absent: no key, `null`, or empty text.
    #[must_use]
    pub fn is_absent(&self) -> bool {
        matches!(self.tag, Tag::Absent | Tag::Null) || self.tag == Tag::Text && self.number == 0.0
    }

    /// Whether it is a text, given as such or as a number of [`ATOMS`].
    #[must_use]
    pub const fn is_text(&self) -> bool {
        matches!(self.tag, Tag::Text | Tag::Atom)
    }

    /// The text; empty where there is none.
    #[must_use]
    pub fn text(&self) -> &'a str {
        if self.tag == Tag::Atom {
            return ATOMS.get(self.index()).copied().unwrap_or_default();
        }
        let start = self.start as usize;
        self.whole.get(start..start + self.length as usize).unwrap_or_default()
    }

    /// The status, given as a number of [`ATOMS`], which begin with the statuses.
    pub(crate) fn atom_status(&self) -> Option<BatchStatus> {
        if self.tag == Tag::Atom { BatchStatus::ALL.get(self.index()).copied() } else { None }
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "saturates; get checks the rest"
    )]
    const fn index(&self) -> usize {
        self.number as usize
    }

    #[cfg(test)]
    pub(crate) const fn number(number: f64) -> Self {
        Self { tag: Tag::Number, number, start: 0, length: 0, whole: "" }
    }
}

/// A draft being read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct View<'a> {
    pub(super) cells: &'a [Cell],
    pub(super) text: &'a str,
}

impl<'a> View<'a> {
    fn at(self, index: usize) -> Found<'a> {
        let cell = self.cells.get(index).copied().unwrap_or_default();
        let (tag, length) = (cell.tag(), cell.length());
        Found { tag, number: cell.number, start: cell.start, length, whole: self.text }
    }

    /// What a fixed cell holds.
    pub fn fixed(self, fixed: Fixed) -> Found<'a> {
        self.at(fixed as usize)
    }

    /// The number of a fixed cell, as a count.
    pub fn count(self, fixed: Fixed) -> usize {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "saturates, and at() checks bounds"
        )]
        let count = self.cells.get(fixed as usize).map_or(0, |cell| cell.number as usize);
        count.min(self.cells.len())
    }

    /// What a member holds.
    pub fn member(self, member: Member) -> Found<'a> {
        self.at(Fixed::COUNT + member as usize)
    }

    /// What error entry `row` holds: the entry itself (`part` 0), or its code, line, message, param.
    pub fn entry(self, row: usize, part: usize) -> Found<'a> {
        self.at(Draft::MEMBER_CELLS + row * ENTRY + part)
    }

    /// The key of a metadata pair.
    pub fn key(self, index: usize) -> Found<'a> {
        self.at(self.pairs() + index * 2)
    }

    /// The value of a metadata pair.
    pub fn value(self, index: usize) -> Found<'a> {
        self.at(self.pairs() + index * 2 + 1)
    }

    /// Where the metadata pairs begin.
    fn pairs(self) -> usize {
        Draft::MEMBER_CELLS + self.count(Fixed::Entries) * ENTRY
    }

    /// An unknown key.
    pub fn unknown(self, index: usize) -> &'a str {
        self.at(self.pairs() + self.count(Fixed::Pairs) * 2 + index).text()
    }
}
