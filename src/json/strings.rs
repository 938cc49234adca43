//! Strings: where one ends, and whether all of it is valid.

use super::cursor::to_u32;
use super::escapes::{self, Escapes};
use super::node::TextLength;
use super::simd::{U8x16, Window, zero_padded};
use super::utf8::{self, Leads, Sequences};

/// A valid string.
#[derive(Clone, Copy)]
pub(super) struct ScannedString {
    /// The offset of its closing quote.
    pub end: usize,
    /// Whether it has escapes.
    pub escaped: bool,
    /// Its length, even if it is a data URL.
    pub length: TextLength,
}

/// Reads short strings. Holds the vectors that they are compared with.
#[derive(Clone, Copy)]
pub(super) struct ShortStrings {
    quote: U8x16,
    backslash: U8x16,
    /// All control characters and all bytes beyond ASCII are less than a space as signed numbers.
    space: U8x16,
}

impl ShortStrings {
    #[inline(always)]
    pub fn new() -> Self {
        Self {
            quote: U8x16::splat_opaque(b'"'),
            backslash: U8x16::splat_opaque(b'\\'),
            space: U8x16::splat_opaque(b' '),
        }
    }

    /// The bytes that do not simply stand for themselves.
    #[inline(always)]
    fn special(self, bytes: U8x16) -> U8x16 {
        bytes.eq(self.quote).or(bytes.eq(self.backslash)).or(bytes.lt_signed(self.space))
    }

    /// Reads a string from the offset after its opening quote, if it is ASCII without escapes and shorter
    /// than 48 bytes. Returns its length, and the sixteen bytes at the offset.
    #[inline(always)]
    pub fn read(self, text: &[u8], start: usize) -> Option<(usize, U8x16)> {
        let bytes = text.get(start..)?.first_chunk()?;
        let sixteen = U8x16::load(bytes);
        let length = self.special(sixteen).to_bitmask().trailing_zeros() as usize;
        match bytes.get(length) {
            Some(b'"') => Some((length, sixteen)),
            Some(_) => None,
            None => Some((self.read_further(text, start)?, sixteen)),
        }
    }

    /// Does the same for a string whose first sixteen bytes are plain. Returns its length.
    #[inline(always)]
    fn read_further(self, text: &[u8], start: usize) -> Option<usize> {
        let bytes: &[u8; 32] = text.get(start + 16..)?.first_chunk()?;
        let ([low, high], _) = bytes.as_chunks() else { return None };
        let special =
            self.special(U8x16::load(low)).to_bitmask() | self.special(U8x16::load(high)).to_bitmask() << 16;
        let length = special.trailing_zeros() as usize;
        (bytes.get(length) == Some(&b'"')).then_some(16 + length)
    }
}

/// Reads any string from the offset after its opening quote, 64 bytes at a time, or `None` if it is invalid.
pub(super) fn string(text: &[u8], start: usize) -> Option<ScannedString> {
    let ShortStrings { quote, backslash, space } = ShortStrings::new();
    let (escape_tables, utf8_tables) = (escapes::tables(), utf8::tables());
    let (mut escapes, mut sequences) = (Escapes::default(), Sequences::default());
    let (mut at, mut has_escapes) = (start, false);
    let (mut non_ascii_bytes, mut non_ascii_points) = (0, 0);
    loop {
        let padded;
        let window = if let Some(window) = Window::at(text, at) {
            window
        } else {
            padded = zero_padded(text, at);
            Window::of(&padded)
        };
        let block = window.block();
        let (quotes, backslashes) = (block.eq(quote), block.eq(backslash));
        let special = quotes.or(backslashes).or(block.lt_signed(space));
        if !special.any_bit_set() && !escapes.is_pending() && !sequences.is_pending() {
            at += 64;
            continue;
        }
        let (mut quotes, special) = (quotes.to_bitmask(), special.to_bitmask());
        let backslashes = backslashes.to_bitmask();
        let control_or_non_ascii = special & !(quotes | backslashes);
        let mut is_valid = true;
        // The bytes before the closing quote.
        let mut inside = below_lowest(quotes);
        if backslashes & inside != 0 || escapes.is_pending() {
            has_escapes = true;
            let followers = escapes.find(backslashes);
            quotes &= !followers;
            inside = below_lowest(quotes);
            is_valid &= escapes.are_valid(escape_tables, block, followers, inside, quotes);
        }
        if control_or_non_ascii & inside != 0 || sequences.is_pending() {
            let non_ascii = block.to_bitmask();
            is_valid &= control_or_non_ascii & inside & !non_ascii == 0;
            if non_ascii & inside != 0 || sequences.is_pending() {
                let leads = Leads::find(utf8_tables, block, non_ascii);
                // A sequence that is too short shows at the closing quote, which is not inside.
                let checked = inside << 1 | 1;
                is_valid &= sequences.are_valid(utf8_tables, window, leads, non_ascii, checked);
                non_ascii_points += (leads.all & inside).count_ones();
                non_ascii_bytes += (non_ascii & inside).count_ones();
            }
        }
        if !is_valid {
            return None;
        }
        if quotes != 0 {
            let end = at + quotes.trailing_zeros() as usize;
            let length =
                TextLength { ascii: to_u32(end - start) - non_ascii_bytes, non_ascii: non_ascii_points };
            return Some(ScannedString { end, escaped: has_escapes, length });
        }
        at += 64;
    }
}

/// All bits below the lowest set bit; all bits if none is set.
#[inline(always)]
const fn below_lowest(bits: u64) -> u64 {
    if bits == 0 { u64::MAX } else { (bits & bits.wrapping_neg()) - 1 }
}
