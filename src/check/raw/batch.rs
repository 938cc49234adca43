//! A draft: what a value holds at the places of the member table, before any rule has looked at it.
//!
//! A draft is a row of 16-byte cells and one text. Readers fill it: [`read_json`](super::json::read_json)
//! from JSON bytes, and the reader generated for the npm package straight from a live object, which is
//! why the layout is fixed (`repr(C)`) and public.

use crate::model::{ATOMS, MEMBERS, Member};

use super::cell::{Cell, Fixed};
use super::view::View;

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
    for info in MEMBERS {
        eat(info.name);
        eat(info.parent.map_or("", Member::name));
    }
    for atom in ATOMS {
        eat(atom);
    }
    hash ^ u32::try_from(Draft::MEMBER_CELLS).unwrap_or_default()
}

impl Draft {
    /// The cells before the error entries: the fixed ones and one for each member.
    pub const MEMBER_CELLS: usize = Fixed::COUNT + MEMBERS.len();

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
    pub(crate) fn set(&mut self, member: Member, cell: Cell) {
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
