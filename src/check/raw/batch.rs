//! The raw form of a batch, and how readers fill it.

use crate::model::{FIELDS, Field, INTERNED};

use super::cell::{self, HeaderCell, RawCell};
use super::view::RawView;

/// The values found at each field of the field table: an array of 16-byte cells and a string buffer.
///
/// Two readers fill it: [`read_json`](super::json::read_json) from JSON, and the npm package's JavaScript
/// from a live object. JavaScript writes into the memory of the WebAssembly module, so the layout is fixed.
#[derive(Clone, Debug, Default)]
pub struct RawBatch {
    cells: Vec<RawCell>,
    strings: Vec<u8>,
}

/// A hash of the version, the fields and the memory layout. JavaScript that fills a [`RawBatch`] and reads
/// answers compares it with the hash it was generated for.
#[must_use]
pub fn abi_hash() -> u32 {
    let mut hash = 0x811c_9dc5_u32; // FNV-1a
    let mut add = |string: &str| {
        for byte in string.bytes().chain([0]) {
            hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
    };
    add(env!("CARGO_PKG_VERSION"));
    for info in FIELDS {
        add(info.name);
        add(info.parent.map_or("", Field::name));
    }
    for string in INTERNED {
        add(string);
    }
    hash ^ u32::try_from(RawBatch::FIELD_CELLS).unwrap_or_default()
}

impl RawBatch {
    /// The number of cells before the error entries: the header cells and one for each field.
    pub const FIELD_CELLS: usize = cell::FIELD_CELLS;

    /// Makes room for at least this many cells and this many bytes of strings. Never shrinks.
    pub fn reserve(&mut self, cells: usize, string_bytes: usize) {
        self.cells.resize(self.cells.len().max(cells), RawCell::default());
        self.strings.resize(self.strings.len().max(string_bytes), 0);
    }

    /// The cells, to be written by a reader.
    pub fn cells_mut(&mut self) -> &mut [RawCell] {
        &mut self.cells
    }

    /// The string buffer, to be written by a reader.
    pub fn strings_mut(&mut self) -> &mut [u8] {
        &mut self.strings
    }

    /// Makes every cell absent, and the string buffer empty.
    pub fn clear(&mut self) {
        self.cells.clear();
        self.cells.resize(Self::FIELD_CELLS, RawCell::default());
        self.strings.clear();
    }

    /// Appends a string to the buffer. Returns its offset and length in bytes.
    pub(crate) fn push_string(&mut self, string: &str) -> (u32, u32) {
        let start = self.strings.len();
        self.strings.extend_from_slice(string.as_bytes());
        (u32::try_from(start).unwrap_or(u32::MAX), u32::try_from(string.len()).unwrap_or(0))
    }

    /// Appends a cell, such as one of an error entry.
    pub(crate) fn push_cell(&mut self, cell: RawCell) {
        self.cells.push(cell);
    }

    /// Sets the cell of a field.
    pub(crate) fn set(&mut self, field: Field, cell: RawCell) {
        self.cells[HeaderCell::COUNT + field as usize] = cell;
    }

    pub(crate) fn set_header(&mut self, header: HeaderCell, cell: RawCell) {
        self.cells[header as usize] = cell;
    }

    /// Converts the ranges of strings from UTF-16 code units, in which JavaScript counts, to bytes.
    ///
    /// `units` and `bytes` are the lengths of all strings together. If they are equal, all strings are ASCII,
    /// and nothing has to change.
    pub fn units_to_bytes(&mut self, units: usize, bytes: usize) {
        if units == bytes {
            return;
        }
        let strings = valid_prefix(self.strings.get(..bytes).unwrap_or(&self.strings));
        let mut starts = Vec::with_capacity(units + 1);
        for (byte, c) in strings.char_indices() {
            let byte = u32::try_from(byte).unwrap_or(u32::MAX);
            starts.extend(std::iter::repeat_n(byte, c.len_utf16()));
        }
        let end = u32::try_from(strings.len()).unwrap_or(u32::MAX);
        let byte_at = |unit: u32| starts.get(unit as usize).copied().unwrap_or(end);
        for cell in &mut self.cells {
            let (start, length) = (cell.start(), cell.length());
            let (from, to) = (byte_at(start), byte_at(start.saturating_add(length)));
            *cell = RawCell::new(cell.kind(), cell.number(), from, to - from);
        }
    }

    /// Read access to the cells and to the first `bytes` bytes of the string buffer. Strings after the first
    /// byte that is not UTF-8 read as empty.
    pub(crate) fn view(&self, bytes: usize) -> RawView<'_> {
        let strings = valid_prefix(self.strings.get(..bytes).unwrap_or(&self.strings));
        RawView { cells: &self.cells, strings }
    }

    /// The length of the string buffer, in bytes.
    #[must_use]
    pub fn string_bytes(&self) -> usize {
        self.strings.len()
    }
}

/// The longest prefix that is valid UTF-8.
fn valid_prefix(bytes: &[u8]) -> &str {
    match std::str::from_utf8(bytes) {
        Ok(string) => string,
        Err(error) => bytes
            .get(..error.valid_up_to())
            .and_then(|bytes| std::str::from_utf8(bytes).ok())
            .unwrap_or_default(),
    }
}
