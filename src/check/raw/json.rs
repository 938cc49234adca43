//! Reads JSON into a raw batch.

use crate::json::{JsonError, JsonString, Scanner, Token};
use crate::model::{FIELDS, Field, FieldKind, INTERNED};

use super::batch::RawBatch;
use super::cell::{ENTRY_CELLS, HeaderCell, RawCell, RawKind, entry_part};

/// The maximum number of error entries that are read: the largest number of lines that a provider allows in
/// an input file (Azure, documentation).
pub const MAX_ERROR_ENTRIES: usize = 100_000;

/// The maximum number of metadata pairs, and of unknown keys, that are kept.
pub const MAX_PAIRS: usize = 64;

/// Reads one JSON value of any kind. If an object has a duplicate key, the last one counts, as in
/// `JSON.parse`.
///
/// # Errors
/// If the bytes are invalid JSON or invalid UTF-8.
pub fn read_json(bytes: &[u8], raw: &mut RawBatch) -> Result<(), JsonError> {
    raw.clear();
    let mut reader = JsonReader {
        scanner: Scanner::new(bytes)?,
        raw,
        entries: Vec::new(),
        data_is_list: false,
        bare: Entry::default(),
        pairs: Vec::new(),
        unknown: Vec::new(),
        unknown_keys: 0,
    };
    let first = reader.token()?;
    let mut root = reader.cell(first, None);
    if first == Token::ObjectStart {
        reader.fields(None)?;
    } else {
        reader.skip(first, &mut root)?;
    }
    reader.raw.set_header(HeaderCell::Root, root);
    while reader.scanner.next()?.is_some() {}
    reader.finish();
    Ok(())
}

/// The cells of an error entry.
type EntryCells = [RawCell; ENTRY_CELLS];

/// The keys of an error entry in which some servers nest another error: Azure `message`, vLLM `error`.
pub const NESTING_KEYS: [&str; 2] = ["message", "error"];

/// The maximum number of errors that contain an error: Azure sends `message: { error: { message } }`.
const MAX_NESTED_ERRORS: usize = 2;

/// An error entry that is being read.
#[derive(Default)]
struct Entry {
    cells: EntryCells,
    /// The error that is nested in each of [`NESTING_KEYS`].
    nested: [Option<EntryCells>; 2],
    /// Whether the entry itself has a field of the field table.
    has_field: bool,
}

impl Entry {
    /// Whether the entry or the error nested in it has a field.
    fn has_any_field(&self) -> bool {
        self.has_field || self.nested().is_some_and(|cells| cells[1..].iter().any(is_set))
    }

    /// The nested error whose fields are used.
    const fn nested(&self) -> Option<&EntryCells> {
        match &self.nested {
            [Some(cells), _] | [None, Some(cells)] => Some(cells),
            [None, None] => None,
        }
    }

    /// The cells of the entry, in which the fields of the nested error replace its own. The number of the
    /// first cell is 1 if there is a nested error.
    fn merge(self) -> EntryCells {
        let nested = self.nested();
        let mut cells = self.cells;
        for (cell, inner) in cells.iter_mut().zip(nested.into_iter().flatten()).skip(1) {
            if is_set(inner) {
                *cell = *inner;
            }
        }
        cells[0] = RawCell::new(RawKind::Object, f64::from(u8::from(nested.is_some())), 0, 0);
        cells
    }
}

fn is_set(cell: &RawCell) -> bool {
    cell.kind() != RawKind::Absent
}

struct JsonReader<'a, 'd> {
    scanner: Scanner<'a>,
    raw: &'d mut RawBatch,
    entries: Vec<EntryCells>,
    data_is_list: bool,
    /// The fields of an error in `errors` itself, where the list of entries belongs.
    bare: Entry,
    pairs: Vec<(String, [RawCell; 2])>,
    unknown: Vec<RawCell>,
    unknown_keys: usize,
}

impl<'a> JsonReader<'a, '_> {
    /// The next token within a value.
    fn token(&mut self) -> Result<Token<'a>, JsonError> {
        // The scanner reports input that ends within a value as an error.
        Ok(self.scanner.next()?.unwrap_or(Token::Null))
    }

    /// Skips the rest of a value. Counts the elements of an array in its cell.
    fn skip(&mut self, token: Token<'a>, cell: &mut RawCell) -> Result<(), JsonError> {
        if token != Token::ArrayStart {
            return self.scanner.skip(token);
        }
        loop {
            let token = self.token()?;
            if token == Token::ArrayEnd {
                return Ok(());
            }
            cell.number += 1.0;
            self.scanner.skip(token)?;
        }
    }

    /// Clears the content of an earlier field with the same name.
    fn clear_content(&mut self, field: Field) {
        match field.info().kind {
            FieldKind::Object => {
                if field == Field::Errors {
                    self.bare = Entry::default();
                }
                for info in FIELDS.iter().filter(|info| info.parent == Some(field)) {
                    self.raw.set(info.field, RawCell::default());
                    self.clear_content(info.field);
                }
            }
            FieldKind::Errors => {
                self.entries.clear();
                self.data_is_list = false;
            }
            FieldKind::Pairs => self.pairs.clear(),
            _ => {}
        }
    }

    /// The cell of the value that begins with a token. The caller reads or skips the content of containers.
    fn cell(&mut self, token: Token<'a>, kind: Option<FieldKind>) -> RawCell {
        match token {
            Token::Null => RawCell::new(RawKind::Null, 0.0, 0, 0),
            Token::Boolean(value) => RawCell::new(RawKind::Boolean, f64::from(u8::from(value)), 0, 0),
            Token::Number(text) => {
                let number = text.parse().unwrap_or(f64::NAN);
                let (start, length) = self.raw.push_string(text);
                RawCell::new(RawKind::Number, number, start, length)
            }
            Token::Text(text) => self.string(text, kind),
            Token::ArrayStart => RawCell::new(RawKind::Array, 0.0, 0, 0),
            _ => RawCell::new(RawKind::Object, 0.0, 0, 0),
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "no string is that long")]
    fn string(&mut self, text: JsonString<'a>, kind: Option<FieldKind>) -> RawCell {
        let string = text.decode();
        if kind == Some(FieldKind::Interned)
            && let Some(index) = INTERNED.iter().position(|&interned| interned == string)
        {
            return RawCell::new(RawKind::Interned, index as f64, 0, 0);
        }
        let (start, length) = self.raw.push_string(&string);
        RawCell::new(RawKind::String, utf16_length(&string) as f64, start, length)
    }

    /// Reads the fields of the open object. `parent` is its own field, or `None` for the root.
    fn fields(&mut self, parent: Option<Field>) -> Result<(), JsonError> {
        loop {
            let Token::Key(key) = self.token()? else { return Ok(()) };
            let token = self.token()?;
            match Field::by_name(parent, &key.decode()) {
                Some(field) => self.field(field, token)?,
                None if parent == Some(Field::Errors) => {
                    let mut entry = std::mem::take(&mut self.bare);
                    self.entry_field(&mut entry, &key.decode(), token, 0)?;
                    self.bare = entry;
                }
                None => {
                    if parent.is_none() {
                        self.unknown_keys += 1;
                        if self.unknown.len() < MAX_PAIRS {
                            let cell = self.string(key, None);
                            self.unknown.push(cell);
                        }
                    }
                    self.scanner.skip(token)?;
                }
            }
        }
    }

    fn field(&mut self, field: Field, token: Token<'a>) -> Result<(), JsonError> {
        let kind = field.info().kind;
        let mut cell = self.cell(token, Some(kind));
        self.clear_content(field);
        match (token, kind) {
            (Token::ObjectStart, FieldKind::Object) => self.fields(Some(field))?,
            (Token::ObjectStart, FieldKind::Pairs) => cell.number = self.pairs()?,
            (Token::ArrayStart, FieldKind::Errors) => cell.number = self.entries()?,
            // Some servers send errors as a list or a string.
            (Token::ArrayStart, FieldKind::Object) if field == Field::Errors => {
                cell.number = self.entries()?;
            }
            (Token::Text(_), FieldKind::Object) if field == Field::Errors => {
                let mut entry = [RawCell::default(); ENTRY_CELLS];
                entry[0] = cell;
                self.entries.push(entry);
            }
            _ => self.skip(token, &mut cell)?,
        }
        self.raw.set(field, cell);
        Ok(())
    }

    /// Reads a field of an error entry. `depth` is the number of errors that contain the entry.
    fn entry_field(
        &mut self,
        entry: &mut Entry,
        key: &str,
        token: Token<'a>,
        depth: usize,
    ) -> Result<(), JsonError> {
        let mut cell = self.cell(token, None);
        let nested = NESTING_KEYS.iter().position(|&name| name == key);
        match nested.filter(|_| token == Token::ObjectStart && depth < MAX_NESTED_ERRORS) {
            Some(place) => entry.nested[place] = Some(self.entry(depth + 1)?),
            None => self.skip(token, &mut cell)?,
        }
        if let Some(place) = nested.filter(|_| token != Token::ObjectStart) {
            entry.nested[place] = None;
        }
        if let Some(field) = Field::by_name(Some(Field::ErrorsData), key) {
            entry.cells[entry_part(field)] = cell;
            entry.has_field = true;
        }
        Ok(())
    }

    /// Reads the open list of error entries. Returns its length, including entries beyond the limit.
    #[expect(clippy::cast_precision_loss, reason = "no list is that long")]
    fn entries(&mut self) -> Result<f64, JsonError> {
        self.data_is_list = true;
        let mut length = 0_usize;
        loop {
            let token = self.token()?;
            if token == Token::ArrayEnd {
                return Ok(length as f64);
            }
            length += 1;
            if length > MAX_ERROR_ENTRIES {
                self.scanner.skip(token)?;
                continue;
            }
            let mut entry = [RawCell::default(); ENTRY_CELLS];
            if token == Token::ObjectStart {
                entry = self.entry(0)?;
            } else {
                entry[0] = self.cell(token, None);
                self.skip(token, &mut entry[0])?;
            }
            self.entries.push(entry);
        }
    }

    /// Reads the open error entry.
    fn entry(&mut self, depth: usize) -> Result<EntryCells, JsonError> {
        let mut entry = Entry::default();
        while let Token::Key(key) = self.token()? {
            let token = self.token()?;
            self.entry_field(&mut entry, &key.decode(), token, depth)?;
        }
        Ok(entry.merge())
    }

    /// Reads the open metadata object. Returns its number of pairs, including pairs beyond the limit.
    #[expect(clippy::cast_precision_loss, reason = "no object is that large")]
    fn pairs(&mut self) -> Result<f64, JsonError> {
        let mut dropped = 0_usize;
        while let Token::Key(key) = self.token()? {
            let token = self.token()?;
            let name = key.decode();
            let mut cells = [self.string(key, None), self.cell(token, None)];
            self.skip(token, &mut cells[1])?;
            if let Some(pair) = self.pairs.iter_mut().find(|(known, _)| *known == name) {
                pair.1 = cells;
            } else if self.pairs.len() < MAX_PAIRS {
                self.pairs.push((name.into_owned(), cells));
            } else {
                dropped += 1;
            }
        }
        Ok((self.pairs.len() + dropped) as f64)
    }

    #[expect(clippy::cast_precision_loss, reason = "bounded above")]
    fn finish(mut self) {
        let bare = std::mem::take(&mut self.bare);
        if self.entries.is_empty() && !self.data_is_list && bare.has_any_field() {
            self.entries.push(bare.merge());
        }
        let count = |number: usize| RawCell::new(RawKind::Number, number as f64, 0, 0);
        let longest = |part: usize| {
            let longest = self
                .pairs
                .iter()
                .filter(|pair| pair.1[part].kind() == RawKind::String)
                .map(|pair| pair.1[part].number());
            RawCell::new(RawKind::Number, longest.fold(0.0, f64::max), 0, 0)
        };
        let non_strings = self.pairs.iter().filter(|pair| pair.1[1].kind() != RawKind::String).count();
        self.raw.set_header(HeaderCell::EntryCount, count(self.entries.len()));
        self.raw.set_header(HeaderCell::PairCount, count(self.pairs.len()));
        self.raw.set_header(HeaderCell::UnknownCount, count(self.unknown.len()));
        self.raw.set_header(HeaderCell::MaxKeyLength, longest(0));
        self.raw.set_header(HeaderCell::MaxValueLength, longest(1));
        self.raw.set_header(HeaderCell::NonStringValues, count(non_strings));
        self.raw.set_header(HeaderCell::TotalUnknownKeys, count(self.unknown_keys));
        let rows = self.entries.into_iter().flatten();
        let pairs = self.pairs.into_iter().flat_map(|pair| pair.1);
        for cell in rows.chain(pairs).chain(self.unknown) {
            self.raw.push_cell(cell);
        }
    }
}

fn utf16_length(string: &str) -> usize {
    string.chars().map(char::len_utf16).sum()
}
