//! The cells of a raw batch: one value each, in 16 bytes.

use crate::model::{FIELDS, Field};

/// The kind of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum RawKind {
    /// The key does not exist, or its value is `undefined`.
    Absent,
    /// `null`.
    Null,
    /// A boolean. The cell's number is 0 or 1.
    Boolean,
    /// A number. If it is not an integer, the cell also has the string in which it was written.
    Number,
    /// A string. The cell's number is its length in UTF-16 code units; the stored string may be shorter.
    String,
    /// A string of [`INTERNED`](crate::model::INTERNED). The cell's number is its index.
    Interned,
    /// An array. The cell's number is its length.
    Array,
    /// An object.
    Object,
    /// Any other JavaScript value, such as a function. The cell's string names it.
    Other,
    /// A value whose getter threw an error. The cell's string is the error's message.
    Unreadable,
}

impl RawKind {
    /// Every kind, in the order of its number.
    pub const ALL: [Self; 10] = [
        Self::Absent,
        Self::Null,
        Self::Boolean,
        Self::Number,
        Self::String,
        Self::Interned,
        Self::Array,
        Self::Object,
        Self::Other,
        Self::Unreadable,
    ];
}

/// A value: its kind, a number, and the range of its string in the string buffer of the batch.
///
/// JavaScript writes cells into memory, so the layout is fixed: the kind is in the low four bits of the last
/// field, and the string's length in bytes is above them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[repr(C)]
pub struct RawCell {
    pub(super) number: f64,
    start: u32,
    kind_and_length: u32,
}

impl RawCell {
    /// Creates a cell whose string begins at `start` in the string buffer and has `length` bytes.
    #[must_use]
    pub const fn new(kind: RawKind, number: f64, start: u32, length: u32) -> Self {
        Self { number, start, kind_and_length: length << 4 | kind as u32 }
    }

    /// The kind of the value. An unknown number is read as [`RawKind::Other`].
    #[must_use]
    pub const fn kind(self) -> RawKind {
        let index = (self.kind_and_length & 15) as usize;
        if index < RawKind::ALL.len() { RawKind::ALL[index] } else { RawKind::Other }
    }

    /// The value of a number, the length of a string or array, or an index, depending on the kind.
    #[must_use]
    pub const fn number(self) -> f64 {
        self.number
    }

    /// The offset of the string in the string buffer.
    pub(super) const fn start(self) -> u32 {
        self.start
    }

    /// The length of the string.
    pub(super) const fn length(self) -> u32 {
        self.kind_and_length >> 4
    }
}

/// The cells before those of the fields. They describe the value as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub enum HeaderCell {
    /// The value itself.
    Root,
    /// The number of error entries that follow the fields, each with [`ENTRY_CELLS`] cells.
    EntryCount,
    /// The number of metadata pairs that follow the error entries, each with a cell for the key and one for
    /// the value.
    PairCount,
    /// The number of cells with unknown keys that follow the metadata pairs.
    UnknownCount,
    /// The length of the longest metadata key, in UTF-16 code units.
    MaxKeyLength,
    /// The length of the longest metadata value, in UTF-16 code units.
    MaxValueLength,
    /// The number of metadata values that are not strings.
    NonStringValues,
    /// The number of keys that are not in the field table, including those without a cell.
    TotalUnknownKeys,
}

impl HeaderCell {
    /// Every header cell, in order.
    pub const ALL: [Self; Self::COUNT] = [
        Self::Root,
        Self::EntryCount,
        Self::PairCount,
        Self::UnknownCount,
        Self::MaxKeyLength,
        Self::MaxValueLength,
        Self::NonStringValues,
        Self::TotalUnknownKeys,
    ];

    /// The number of header cells.
    pub const COUNT: usize = Self::TotalUnknownKeys as usize + 1;
}

/// The number of cells before the error entries: the header and one cell for each field.
pub(super) const FIELD_CELLS: usize = HeaderCell::COUNT + FIELDS.len();

/// The number of cells of an error entry: the entry itself, whose number is 1 if another error was nested in
/// it, then `code`, `line`, `message` and `param`.
pub const ENTRY_CELLS: usize = 5;

/// The position of a field within the cells of an error entry; 0 for the entry itself.
pub(crate) const fn entry_part(field: Field) -> usize {
    match field {
        Field::ErrorCode => 1,
        Field::ErrorLine => 2,
        Field::ErrorMessage => 3,
        Field::ErrorParam => 4,
        _ => 0,
    }
}
