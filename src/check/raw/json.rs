//! Reads JSON bytes into a draft, by the member table.

use crate::json::{JsonError, JsonText, Scanner, Token};
use crate::model::{ATOMS, Kind, MEMBERS, Member};

use super::batch::Draft;
use super::cell::{Cell, ENTRY, Fixed, Tag};

/// No more error entries are read: the most lines any provider allows in a file (Azure, documentation).
pub const MOST_ENTRIES: usize = 100_000;

/// No more metadata pairs, and no more unknown keys, are kept.
pub const MOST_PAIRS: usize = 64;

/// Reads one JSON value, whatever it is, into a draft. Of keys that stand twice, the last counts, as
/// everywhere else.
///
/// # Errors
/// When the bytes are no JSON, or no UTF-8.
pub fn read_json(bytes: &[u8], draft: &mut Draft) -> Result<(), JsonError> {
    draft.clear();
    let mut reader = JsonReader {
        scanner: Scanner::new(bytes)?,
        draft,
        entries: Vec::new(),
        data_is_list: false,
        bare: None,
        pairs: Vec::new(),
        unknown: Vec::new(),
        unknown_keys: 0,
    };
    let first = reader.token()?;
    let mut root = reader.cell(first, None);
    if first == Token::ObjectStart {
        reader.members(None)?;
    } else {
        reader.skip(first, &mut root)?;
    }
    reader.draft.set_fixed(Fixed::Root, root);
    while reader.scanner.next()?.is_some() {}
    reader.finish();
    Ok(())
}

struct JsonReader<'a, 'd> {
    scanner: Scanner<'a>,
    draft: &'d mut Draft,
    entries: Vec<[Cell; ENTRY]>,
    data_is_list: bool,
    /// An entry that stands where the list of entries should be.
    bare: Option<[Cell; ENTRY]>,
    pairs: Vec<(String, [Cell; 2])>,
    unknown: Vec<Cell>,
    unknown_keys: usize,
}

impl<'a> JsonReader<'a, '_> {
    /// The next token, within a value: the text cannot end here.
    fn token(&mut self) -> Result<Token<'a>, JsonError> {
        // The scanner reports a text that ends inside a value, so none is left over.
        Ok(self.scanner.next()?.unwrap_or(Token::Null))
    }

    /// Skips what is left of a value; an array's cell gets its length.
    fn skip(&mut self, token: Token<'a>, cell: &mut Cell) -> Result<(), JsonError> {
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

    /// Forgets what an earlier member of the same name held inside.
    fn forget(&mut self, member: Member) {
        match member.info().kind {
            Kind::Struct => {
                self.bare = self.bare.filter(|_| member != Member::Errors);
                for info in MEMBERS.iter().filter(|info| info.parent == Some(member)) {
                    self.draft.set(info.member, Cell::default());
                    self.forget(info.member);
                }
            }
            Kind::Entries => {
                self.entries.clear();
                self.data_is_list = false;
            }
            Kind::Pairs => self.pairs.clear(),
            _ => {}
        }
    }

    /// The cell for the value that a token begins. Containers are left open, to be read or skipped.
    fn cell(&mut self, token: Token<'a>, kind: Option<Kind>) -> Cell {
        match token {
            Token::Null => Cell::new(Tag::Null, 0.0, 0, 0),
            Token::Boolean(value) => Cell::new(Tag::Boolean, f64::from(u8::from(value)), 0, 0),
            Token::Number(text) => {
                let number = text.parse().unwrap_or(f64::NAN);
                let (start, length) = self.draft.push_text(text);
                Cell::new(Tag::Number, number, start, length)
            }
            Token::Text(text) => self.text(text, kind),
            Token::ArrayStart => Cell::new(Tag::Array, 0.0, 0, 0),
            _ => Cell::new(Tag::Object, 0.0, 0, 0),
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "no text is that long")]
    fn text(&mut self, text: JsonText<'a>, kind: Option<Kind>) -> Cell {
        let text = text.decode();
        if kind == Some(Kind::Atom)
            && let Some(index) = ATOMS.iter().position(|&atom| atom == text)
        {
            return Cell::new(Tag::Atom, index as f64, 0, 0);
        }
        let (start, length) = self.draft.push_text(&text);
        Cell::new(Tag::Text, units(&text) as f64, start, length)
    }

    /// Reads the members of the open object that `parent` holds (none: of the value itself).
    fn members(&mut self, parent: Option<Member>) -> Result<(), JsonError> {
        loop {
            let Token::Key(key) = self.token()? else { return Ok(()) };
            let token = self.token()?;
            match Member::named(parent, &key.decode()) {
                Some(member) => self.member(member, token)?,
                None if parent == Some(Member::Errors) => self.bare_entry(&key.decode(), token)?,
                None => {
                    if parent.is_none() {
                        self.unknown_keys += 1;
                        if self.unknown.len() < MOST_PAIRS {
                            let cell = self.text(key, None);
                            self.unknown.push(cell);
                        }
                    }
                    self.scanner.skip(token)?;
                }
            }
        }
    }

    fn member(&mut self, member: Member, token: Token<'a>) -> Result<(), JsonError> {
        let kind = member.info().kind;
        let mut cell = self.cell(token, Some(kind));
        self.forget(member);
        match (token, kind) {
            (Token::ObjectStart, Kind::Struct) => self.members(Some(member))?,
            (Token::ObjectStart, Kind::Pairs) => cell.number = self.pairs()?,
            (Token::ArrayStart, Kind::Entries) => cell.number = self.entries()?,
            // Some servers send errors as a bare list or a text.
            (Token::ArrayStart, Kind::Struct) if member == Member::Errors => cell.number = self.entries()?,
            (Token::Text(_), Kind::Struct) if member == Member::Errors => {
                let mut entry = [Cell::default(); ENTRY];
                entry[0] = cell;
                self.entries.push(entry);
            }
            _ => self.skip(token, &mut cell)?,
        }
        self.draft.set(member, cell);
        Ok(())
    }

    /// Reads a member of an entry that stands where the list of entries should be.
    fn bare_entry(&mut self, key: &str, token: Token<'a>) -> Result<(), JsonError> {
        let mut cell = self.cell(token, None);
        self.skip(token, &mut cell)?;
        if let Some(member) = Member::named(Some(Member::ErrorsData), key) {
            let mut entry = [Cell::default(); ENTRY];
            entry[0] = Cell::new(Tag::Object, 0.0, 0, 0);
            self.bare.get_or_insert(entry)[entry_part(member)] = cell;
        }
        Ok(())
    }

    /// Reads the open list of error entries; gives how many there are.
    #[expect(clippy::cast_precision_loss, reason = "no list is that long")]
    fn entries(&mut self) -> Result<f64, JsonError> {
        self.data_is_list = true;
        let mut all = 0_usize;
        loop {
            let token = self.token()?;
            if token == Token::ArrayEnd {
                return Ok(all as f64);
            }
            all += 1;
            if all > MOST_ENTRIES {
                self.scanner.skip(token)?;
                continue;
            }
            let mut entry = [Cell::default(); ENTRY];
            entry[0] = self.cell(token, None);
            if token == Token::ObjectStart {
                self.entry(&mut entry)?;
            } else {
                self.skip(token, &mut entry[0])?;
            }
            self.entries.push(entry);
        }
    }

    fn entry(&mut self, entry: &mut [Cell; ENTRY]) -> Result<(), JsonError> {
        while let Token::Key(key) = self.token()? {
            let token = self.token()?;
            let mut cell = self.cell(token, None);
            self.skip(token, &mut cell)?;
            if let Some(member) = Member::named(Some(Member::ErrorsData), &key.decode()) {
                entry[entry_part(member)] = cell;
            }
        }
        Ok(())
    }

    /// Reads the open object of metadata; gives how many pairs it has.
    #[expect(clippy::cast_precision_loss, reason = "no object is that large")]
    fn pairs(&mut self) -> Result<f64, JsonError> {
        let mut beyond = 0_usize;
        while let Token::Key(key) = self.token()? {
            let token = self.token()?;
            let name = key.decode();
            let mut cells = [self.text(key, None), self.cell(token, None)];
            self.skip(token, &mut cells[1])?;
            if let Some(pair) = self.pairs.iter_mut().find(|(known, _)| *known == name) {
                pair.1 = cells;
            } else if self.pairs.len() < MOST_PAIRS {
                self.pairs.push((name.into_owned(), cells));
            } else {
                beyond += 1;
            }
        }
        Ok((self.pairs.len() + beyond) as f64)
    }

    #[expect(clippy::cast_precision_loss, reason = "bounded above")]
    fn finish(mut self) {
        self.entries.extend(self.bare.filter(|_| self.entries.is_empty() && !self.data_is_list));
        let count = |number: usize| Cell::new(Tag::Number, number as f64, 0, 0);
        let longest = |part: usize| {
            let longest = self
                .pairs
                .iter()
                .filter(|pair| pair.1[part].tag() == Tag::Text)
                .map(|pair| pair.1[part].number);
            Cell::new(Tag::Number, longest.fold(0.0, f64::max), 0, 0)
        };
        let odd = self.pairs.iter().filter(|pair| pair.1[1].tag() != Tag::Text).count();
        self.draft.set_fixed(Fixed::Entries, count(self.entries.len()));
        self.draft.set_fixed(Fixed::Pairs, count(self.pairs.len()));
        self.draft.set_fixed(Fixed::Unknown, count(self.unknown.len()));
        self.draft.set_fixed(Fixed::LongestKey, longest(0));
        self.draft.set_fixed(Fixed::LongestValue, longest(1));
        self.draft.set_fixed(Fixed::OddValues, count(odd));
        self.draft.set_fixed(Fixed::UnknownKeys, count(self.unknown_keys));
        let rows = self.entries.into_iter().flatten();
        let pairs = self.pairs.into_iter().flat_map(|pair| pair.1);
        for cell in rows.chain(pairs).chain(self.unknown) {
            self.draft.push_cell(cell);
        }
    }
}

/// The cell of a group of entry cells that belongs to a member of an entry.
const fn entry_part(member: Member) -> usize {
    1 + member as usize - Member::ErrorCode as usize
}

fn units(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}
