//! Read access to a raw batch.

use crate::model::{BatchStatus, Field, INTERNED};

use super::cell::{ENTRY_CELLS, FIELD_CELLS, HeaderCell, RawCell, RawKind};

/// The value of a cell, with access to its string.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RawValue<'a> {
    pub kind: RawKind,
    /// The number of the cell, see [`RawKind`].
    pub number: f64,
    start: u32,
    length: u32,
    strings: &'a str,
}

impl<'a> RawValue<'a> {
    /// Whether the published interface treats the value as absent: no key, `null`, or an empty string.
    pub fn is_absent(&self) -> bool {
        matches!(self.kind, RawKind::Absent | RawKind::Null)
            || self.kind == RawKind::String && self.number == 0.0
    }

    pub const fn is_string(&self) -> bool {
        matches!(self.kind, RawKind::String | RawKind::Interned)
    }

    /// The string of the cell; empty if it has none.
    pub fn string(&self) -> &'a str {
        if self.kind == RawKind::Interned {
            return INTERNED.get(self.index()).copied().unwrap_or_default();
        }
        let start = self.start as usize;
        self.strings.get(start..start + self.length as usize).unwrap_or_default()
    }

    /// The status, if the string is interned: [`INTERNED`] begins with the statuses.
    pub fn interned_status(&self) -> Option<BatchStatus> {
        if self.kind == RawKind::Interned { BatchStatus::ALL.get(self.index()).copied() } else { None }
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the cast saturates, and callers use get()"
    )]
    const fn index(&self) -> usize {
        self.number as usize
    }

    #[cfg(test)]
    pub(crate) const fn of_number(number: f64) -> Self {
        Self { kind: RawKind::Number, number, start: 0, length: 0, strings: "" }
    }
}

/// A raw batch that is being read. Cells that do not exist read as absent.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RawView<'a> {
    pub(super) cells: &'a [RawCell],
    pub(super) strings: &'a str,
}

impl<'a> RawView<'a> {
    #[inline(never)] // dozens of calls
    fn value_at(self, index: usize) -> RawValue<'a> {
        let cell = self.cells.get(index).copied().unwrap_or_default();
        RawValue {
            kind: cell.kind(),
            number: cell.number(),
            start: cell.start(),
            length: cell.length(),
            strings: self.strings,
        }
    }

    pub fn header(self, cell: HeaderCell) -> RawValue<'a> {
        self.value_at(cell as usize)
    }

    /// The number of a header cell as a count, at most the number of cells.
    pub fn count(self, cell: HeaderCell) -> usize {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the cast saturates, and the result is limited below"
        )]
        let count = self.cells.get(cell as usize).map_or(0, |cell| cell.number() as usize);
        count.min(self.cells.len())
    }

    /// The value of a field. For fields of error entries, see [`Self::entry`].
    pub fn field(self, field: Field) -> RawValue<'a> {
        self.value_at(HeaderCell::COUNT + field as usize)
    }

    /// A cell of the error entry `row`: 0 is the entry itself, then come code, line, message and param.
    pub fn entry(self, row: usize, part: usize) -> RawValue<'a> {
        self.value_at(FIELD_CELLS + row * ENTRY_CELLS + part)
    }

    pub fn metadata_key(self, index: usize) -> RawValue<'a> {
        self.value_at(self.first_pair() + index * 2)
    }

    pub fn metadata_value(self, index: usize) -> RawValue<'a> {
        self.value_at(self.first_pair() + index * 2 + 1)
    }

    fn first_pair(self) -> usize {
        FIELD_CELLS + self.count(HeaderCell::EntryCount) * ENTRY_CELLS
    }

    pub fn unknown_key(self, index: usize) -> &'a str {
        self.value_at(self.first_pair() + self.count(HeaderCell::PairCount) * 2 + index).string()
    }
}
