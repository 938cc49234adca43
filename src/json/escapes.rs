//! Escapes in strings, 64 bytes at a time: which bytes are escaped, and whether they may be.

use super::simd::{Block, Bytes};

/// What the bytes behind backslashes are looked up in.
pub(super) struct Tables {
    /// The upper halves of the bytes that may follow a backslash, one bit each: 2 for " and /, 5 for \, 6 for
    /// b f n, 7 for r t u.
    high: [u8; 16],
    /// For each lower half, with which of those it makes such a byte.
    low: [u8; 16],
    letter: [u8; 16],
}

static TABLES: Tables = Tables {
    high: [0, 0, 1, 0, 0, 2, 4, 8, 0, 0, 0, 0, 0, 0, 0, 0],
    low: [0, 0, 1 | 4 | 8, 0, 8, 8, 4, 0, 0, 0, 0, 0, 2, 0, 4, 1],
    letter: [b'u'; 16],
};

/// The tables, in memory: V8 would build constants again in each round of a loop.
#[inline(always)]
pub(super) fn tables() -> &'static Tables {
    std::hint::black_box(&TABLES)
}

/// What one block leaves to the next.
#[derive(Default)]
pub(super) struct Escapes {
    /// 1 if the next block's first byte is escaped.
    next_escaped: u64,
    /// Which of the next block's first bytes must be hexadecimal digits.
    next_digits: u64,
}

impl Escapes {
    /// Whether the next block depends on those before.
    #[inline(always)]
    pub const fn pending(&self) -> bool {
        self.next_escaped | self.next_digits != 0
    }

    /// Which bytes are escaped: those after an odd number of backslashes. By subtraction, which carries
    /// through runs of them, as simdjson finds them.
    #[inline(always)]
    pub const fn follow(&mut self, backslashes: u64) -> u64 {
        const ODD: u64 = 0xaaaa_aaaa_aaaa_aaaa;
        let starting = backslashes & !self.next_escaped;
        let ends = ((starting << 1) | ODD).wrapping_sub(starting) ^ ODD;
        let escaped = ends ^ (backslashes | self.next_escaped);
        self.next_escaped = (ends & backslashes) >> 63;
        escaped
    }

    /// Whether every escaped byte of the string may be: those `inside`, and the quote that ends it may be no
    /// digit that is due.
    #[inline(always)]
    pub fn legal(&mut self, tables: &Tables, block: Block, escaped: u64, inside: u64, quotes: u64) -> bool {
        let escaped = escaped & inside;
        let (high, low) = (Bytes::load(&tables.high), Bytes::load(&tables.low));
        let illegal = block.high_in(high).and(block.low_in(low)).is(Bytes::splat(0)).mask();
        let unicode = block.is(Bytes::load(&tables.letter)).mask() & escaped;
        let due = self.next_digits | unicode << 1 | unicode << 2 | unicode << 3 | unicode << 4;
        self.next_digits = unicode >> 63 | unicode >> 62 | unicode >> 61 | unicode >> 60;
        if due == 0 {
            return escaped & illegal == 0;
        }
        let digits = hexadecimal(block).mask();
        // What is due behind the string's end is due at its quote first.
        let judged = inside | quotes;
        escaped & illegal == 0 && due & judged & !digits == 0
    }
}

#[inline(always)]
fn hexadecimal(block: Block) -> Block {
    // Moved so that the digits, and nothing else, are the lowest of signed bytes; likewise the letters, of
    // either case.
    let digit = block.plus(Bytes::splat(0x80 - b'0')).below(Bytes::splat(0x80 + 10));
    let letter = block
        .with(Bytes::splat(0x20))
        .plus(Bytes::splat(0x80u8.wrapping_sub(b'a')))
        .below(Bytes::splat(0x80 + 6));
    digit.or(letter)
}
