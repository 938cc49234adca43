//! A draft: what a value holds at the places of the member table, before any rule has looked at it.
//!
//! A draft is a row of 16-byte cells and one text. Readers fill it: [`read_json`](super::read_json)
//! from JSON bytes, and the reader generated for the npm package straight from a live object, which is
//! why the layout is fixed (`repr(C)`) and public.

use crate::model::{BatchStatus, FIELDS, Field, INTERNED};

/// What a cell found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Tag {
    /// No such key, or `undefined`.
    Absent,
    /// `null`.
    Null,
    /// A boolean; the number is 0 or 1.
    Boolean,
    /// A number. Its text is given where it is not a whole number.
    Number,
    /// A text; the number is its length in UTF-16 units, of which the cell may hold fewer.
    Text,
    /// A text of [`INTERNED`]; the number is the index.
    Atom,
    /// An array; the number is its length.
    Array,
    /// An object.
    Object,
    /// Anything else; the text says what.
    Other,
    /// Reading it threw; the text says what was thrown.
    Unreadable,
}

impl Tag {
    /// Every tag, in the order of its number.
    pub const ALL: [Self; 10] = [
        Self::Absent,
        Self::Null,
        Self::Boolean,
        Self::Number,
        Self::Text,
        Self::Atom,
        Self::Array,
        Self::Object,
        Self::Other,
        Self::Unreadable,
    ];
}

/// What was found at one place: a number, and where its text lies.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[repr(C)]
pub struct Cell {
    /// The number, length or index, as the tag says.
    pub number: f64,
    /// Where the text begins.
    pub start: u32,
    /// The tag in the low four bits, the length of the text above them.
    pub tag_and_length: u32,
}

impl Cell {
    /// A cell.
    #[must_use]
    pub const fn new(tag: Tag, number: f64, start: u32, length: u32) -> Self {
        Self { number, start, tag_and_length: length << 4 | tag as u32 }
    }

    /// What kind of value was found.
    #[must_use]
    pub const fn tag(self) -> Tag {
        let index = (self.tag_and_length & 15) as usize;
        if index < Tag::ALL.len() { Tag::ALL[index] } else { Tag::Other }
    }

    const fn length(self) -> u32 {
        self.tag_and_length >> 4
    }
}

/// The cells with a fixed place, in front of the members' own: figures about the value as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub enum Fixed {
    /// The value itself.
    Root,
    /// How many groups of error entry cells follow the members.
    Entries,
    /// How many pairs of metadata cells follow those; the tag of the cell is unused.
    Pairs,
    /// How many cells with unknown keys follow those.
    Unknown,
    /// The most UTF-16 units in a metadata key.
    LongestKey,
    /// The most UTF-16 units in a metadata value.
    LongestValue,
    /// How many metadata values are no texts.
    OddValues,
    /// How many keys of the value are not in the member table.
    UnknownKeys,
}

impl Fixed {
    /// Every fixed cell, in order.
    pub const ALL: [Self; Self::COUNT] = [
        Self::Root,
        Self::Entries,
        Self::Pairs,
        Self::Unknown,
        Self::LongestKey,
        Self::LongestValue,
        Self::OddValues,
        Self::UnknownKeys,
    ];

    /// How many such cells there are.
    pub const COUNT: usize = Self::UnknownKeys as usize + 1;
}

/// The cells of one error entry: the entry itself, then its members.
pub const ENTRY: usize = 5;

/// The draft of a batch. A cell that is not there yet holds nothing.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    cells: Vec<Cell>,
    text: Vec<u8>,
}

/// A number that tells one layout of the draft from another: whoever fills drafts from outside must have
/// been made for the same.
#[must_use]
pub fn layout() -> u32 {
    let mut hash = 0x811c_9dc5_u32; // FNV-1a
    let mut eat = |text: &str| {
        for byte in text.bytes().chain([0]) {
            hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
    };
    for info in FIELDS {
        eat(info.name);
        eat(info.parent.map_or("", Field::name));
    }
    for atom in INTERNED {
        eat(atom);
    }
    hash ^ u32::try_from(Draft::MEMBER_CELLS).unwrap_or_default()
}

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

    /// Whether it is a text, given as such or as a number of [`INTERNED`].
    #[must_use]
    pub const fn is_text(&self) -> bool {
        matches!(self.tag, Tag::Text | Tag::Atom)
    }

    /// The text; empty where there is none.
    #[must_use]
    pub fn text(&self) -> &'a str {
        if self.tag == Tag::Atom {
            return INTERNED.get(self.index()).copied().unwrap_or_default();
        }
        let start = self.start as usize;
        self.whole.get(start..start + self.length as usize).unwrap_or_default()
    }

    /// The status, given as a number of [`INTERNED`], which begin with the statuses.
    pub(super) fn atom_status(&self) -> Option<BatchStatus> {
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
    pub(super) const fn number(number: f64) -> Self {
        Self { tag: Tag::Number, number, start: 0, length: 0, whole: "" }
    }
}

impl Draft {
    /// The cells before the error entries: the fixed ones and one for each member.
    pub const MEMBER_CELLS: usize = Fixed::COUNT + FIELDS.len();

    /// Makes room for this many cells and bytes of text, for a reader to fill.
    pub fn reserve(&mut self, cells: usize, text: usize) {
        self.cells.resize(self.cells.len().max(cells), Cell::default());
        self.text.resize(self.text.len().max(text), 0);
    }

    /// The cells, for a reader to fill.
    pub fn cells_mut(&mut self) -> &mut [Cell] {
        &mut self.cells
    }

    /// The text's bytes, for a reader to fill.
    pub fn text_mut(&mut self) -> &mut [u8] {
        &mut self.text
    }

    /// Empties every cell and forgets the text.
    pub fn clear(&mut self) {
        self.cells.clear();
        self.cells.resize(Self::MEMBER_CELLS, Cell::default());
        self.text.clear();
    }

    /// Adds text; gives where it begins and how long it is.
    pub(crate) fn push_text(&mut self, text: &str) -> (u32, u32) {
        let start = self.text.len();
        self.text.extend_from_slice(text.as_bytes());
        (u32::try_from(start).unwrap_or(u32::MAX), u32::try_from(text.len()).unwrap_or(0))
    }

    /// Appends a cell behind those there are.
    pub(crate) fn push_cell(&mut self, cell: Cell) {
        self.cells.push(cell);
    }

    /// Sets the cell of a member.
    pub(crate) fn set(&mut self, member: Field, cell: Cell) {
        self.cells[Fixed::COUNT + member as usize] = cell;
    }

    /// Sets a fixed cell's number.
    pub(crate) fn set_fixed(&mut self, fixed: Fixed, cell: Cell) {
        self.cells[fixed as usize] = cell;
    }

    /// Turns text positions counted in UTF-16 units, as JavaScript has them, into bytes.
    ///
    /// Where the text has as many bytes as it has units, it is ASCII and the two agree.
    pub fn units_to_bytes(&mut self, units: usize, bytes: usize) {
        if units == bytes {
            return;
        }
        let text = valid(self.text.get(..bytes).unwrap_or(&self.text));
        let mut starts = Vec::with_capacity(units + 1);
        for (byte, c) in text.char_indices() {
            let byte = u32::try_from(byte).unwrap_or(u32::MAX);
            starts.extend(std::iter::repeat_n(byte, c.len_utf16()));
        }
        let end = u32::try_from(text.len()).unwrap_or(u32::MAX);
        let byte_at = |unit: u32| starts.get(unit as usize).copied().unwrap_or(end);
        for cell in &mut self.cells {
            let (start, length) = (cell.start, cell.length());
            let (from, to) = (byte_at(start), byte_at(start.saturating_add(length)));
            *cell = Cell::new(cell.tag(), cell.number, from, to - from);
        }
    }

    /// What the draft holds, for reading. The text must be UTF-8 up to `bytes`; what is not, is lost.
    pub(crate) fn view(&self, bytes: usize) -> View<'_> {
        let text = valid(self.text.get(..bytes).unwrap_or(&self.text));
        View { cells: &self.cells, text }
    }

    /// The length of the text in bytes.
    #[must_use]
    pub fn text_len(&self) -> usize {
        self.text.len()
    }
}

/// The text of these bytes, as far as they are UTF-8.
fn valid(bytes: &[u8]) -> &str {
    match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => bytes
            .get(..error.valid_up_to())
            .and_then(|bytes| std::str::from_utf8(bytes).ok())
            .unwrap_or_default(),
    }
}

/// A draft being read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct View<'a> {
    cells: &'a [Cell],
    text: &'a str,
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
    pub fn member(self, member: Field) -> Found<'a> {
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
