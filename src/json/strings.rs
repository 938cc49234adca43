//! Strings: where one ends, and whether everything in it is allowed.

use super::escapes::{self, Escapes};
use super::simd::{Bytes, Window, pieced};
use super::tape::{Fault, Weight, small};
use super::utf8::{self, Sequences, Starts};

/// A string that has been read.
#[derive(Clone, Copy)]
pub(super) struct Text {
    /// Where its closing quote stands.
    pub end: usize,
    /// Whether it is written with escapes.
    pub escaped: bool,
    /// What it weighs, whatever it begins with.
    pub weight: Weight,
}

/// What a string of up to sixteen bytes is tested by.
#[derive(Clone, Copy)]
pub(super) struct Marks {
    pub quote: Bytes,
    pub backslash: Bytes,
    /// Below it, taken as signed, are the control characters and everything beyond ASCII.
    pub space: Bytes,
}

impl Marks {
    #[inline(always)]
    pub fn new() -> Self {
        Self { quote: Bytes::all(b'"'), backslash: Bytes::all(b'\\'), space: Bytes::all(b' ') }
    }

    /// Whatever does not simply stand for itself.
    #[inline(always)]
    fn special(self, bytes: Bytes) -> Bytes {
        bytes.is(self.quote).or(bytes.is(self.backslash)).or(bytes.below(self.space))
    }

    /// Reads a string that is plain ASCII without escapes and shorter than 48 bytes, from the byte behind its
    /// opening quote on. Gives its length, and its first bytes with those behind it.
    #[inline(always)]
    pub fn short(self, text: &[u8], start: usize) -> Option<(usize, Bytes)> {
        let bytes = text.get(start..)?.first_chunk()?;
        let sixteen = Bytes::load(bytes);
        let length = self.special(sixteen).mask().trailing_zeros() as usize;
        match bytes.get(length) {
            Some(b'"') => Some((length, sixteen)),
            Some(_) => None,
            None => Some((self.middling(text, start)?, sixteen)),
        }
    }

    /// The same for one that is known to be sixteen bytes or longer; gives its length.
    #[inline(always)]
    fn middling(self, text: &[u8], start: usize) -> Option<usize> {
        let bytes: &[u8; 32] = text.get(start + 16..)?.first_chunk()?;
        let ([low, high], _) = bytes.as_chunks() else { return None };
        let special = self.special(Bytes::load(low)).mask() | self.special(Bytes::load(high)).mask() << 16;
        let length = special.trailing_zeros() as usize;
        (bytes.get(length) == Some(&b'"')).then_some(16 + length)
    }
}

/// Reads any string, from the byte behind its opening quote on.
pub(super) fn string(text: &[u8], start: usize) -> Result<Text, Fault> {
    blocks(text, start).ok_or_else(|| fault(text, start))
}

/// Reads a string by blocks of 64 bytes; none if anything in it is not allowed.
#[inline(always)]
fn blocks(text: &[u8], start: usize) -> Option<Text> {
    let Marks { quote, backslash, space } = Marks::new();
    let (legal, tables) = (escapes::tables(), utf8::tables());
    let (mut escapes, mut sequences) = (Escapes::default(), Sequences::default());
    let (mut at, mut has_escapes) = (start, false);
    let (mut beyond_ascii, mut wide) = (0, 0);
    loop {
        let pieces;
        let window = if let Some(window) = Window::at(text, at) {
            window
        } else {
            pieces = pieced(text, at);
            Window::of(&pieces)
        };
        let block = window.block::<0>();
        let (quotes, backslashes) = (block.is(quote), block.is(backslash));
        let special = quotes.or(backslashes).or(block.below(space));
        if !special.any() && !escapes.pending() && !sequences.pending() {
            at += 64;
            continue;
        }
        let (mut quotes, special) = (quotes.mask(), special.mask());
        if quotes & special & special.wrapping_neg() != 0 && !escapes.pending() && !sequences.pending() {
            let end = at + quotes.trailing_zeros() as usize;
            let weight = Weight { ascii: small(end - start) - beyond_ascii, wide };
            return Some(Text { end, escaped: has_escapes, weight });
        }
        let backslashes = backslashes.mask();
        // Control characters, and whatever is beyond ASCII.
        let odd = special & !(quotes | backslashes);
        let mut good = true;
        // Everything before the string's end.
        let mut inside = before(quotes);
        if backslashes & inside != 0 || escapes.pending() {
            has_escapes = true;
            let followed = escapes.follow(backslashes);
            quotes &= !followed;
            inside = before(quotes);
            good &= escapes.legal(legal, block, followed, inside, quotes);
        }
        if odd & inside != 0 || sequences.pending() {
            let beyond = block.mask();
            good &= odd & inside & !beyond == 0;
            if beyond & inside != 0 || sequences.pending() {
                let starts = Starts::of(tables, block, beyond);
                // A sequence may be found too short at the quote, not behind it.
                good &= sequences.good(tables, window, starts, beyond, inside << 1 | 1);
                wide += (starts.all & inside).count_ones();
                beyond_ascii += (beyond & inside).count_ones();
            }
        }
        if !good {
            return None;
        }
        if quotes != 0 {
            let end = at + quotes.trailing_zeros() as usize;
            let weight = Weight { ascii: small(end - start) - beyond_ascii, wide };
            return Some(Text { end, escaped: has_escapes, weight });
        }
        at += 64;
    }
}

/// What a control character in a string stands for, and what its end does.
pub(super) const NO_CONTROL: &str = "no bare control character in a string";
pub(super) const NO_END: &str = "the closing quote of a string";

/// All bits below the lowest one; all of them if there is none.
#[inline(always)]
pub(super) const fn before(bits: u64) -> u64 {
    if bits == 0 { u64::MAX } else { (bits & bits.wrapping_neg()) - 1 }
}

/// Where and why a string is none, byte by byte.
#[cold]
pub(super) fn fault(text: &[u8], start: usize) -> Fault {
    let mut at = start;
    let expected = loop {
        match text.get(at) {
            None => break NO_END,
            Some(b'\\') => match text.get(at + 1) {
                Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => at += 2,
                Some(b'u') => {
                    at += 2;
                    let digits =
                        text[at..].iter().take(4).take_while(|byte| byte.is_ascii_hexdigit()).count();
                    at += digits;
                    if digits < 4 {
                        break "four hexadecimal digits";
                    }
                }
                _ => {
                    at += 1;
                    break "an escape: one of \" \\ / b f n r t u";
                }
            },
            Some(..0x20) => break NO_CONTROL,
            // Reached only if it was no UTF-8 that went before.
            Some(b'"') => break "UTF-8",
            Some(_) => at += 1,
        }
    };
    match std::str::from_utf8(&text[start..at]) {
        Err(error) => Fault { offset: start + error.valid_up_to(), expected: "UTF-8" },
        Ok(_) => super::parse::fault_at(text, at, expected),
    }
}
