//! The cells of a draft.

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
    /// A text of [`ATOMS`]; the number is the index.
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

    pub(super) const fn length(self) -> u32 {
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
