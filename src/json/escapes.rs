//! Escapes in strings, 64 bytes at a time: which bytes follow a backslash, and whether they are valid.

use super::simd::{U8x16, U8x64};

/// Lookup tables for the bytes after backslashes.
pub(super) struct Tables {
    /// For each upper half of a byte, the class of its escape characters: 1 for " and /, 2 for \, 4 for
    /// b f n, 8 for r t u.
    high: [u8; 16],
    /// For each lower half, the classes in which it completes an escape character.
    low: [u8; 16],
    letter_u: [u8; 16],
}

static TABLES: Tables = Tables {
    high: [0, 0, 1, 0, 0, 2, 4, 8, 0, 0, 0, 0, 0, 0, 0, 0],
    low: [0, 0, 1 | 4 | 8, 0, 8, 8, 4, 0, 0, 0, 0, 0, 2, 0, 4, 1],
    letter_u: [b'u'; 16],
};

/// The tables, in memory: V8 would build constants again in each iteration of a loop.
#[inline(always)]
pub(super) fn tables() -> &'static Tables {
    std::hint::black_box(&TABLES)
}

/// The state between two blocks.
#[derive(Default)]
pub(super) struct Escapes {
    /// 1 if the first byte of the next block follows a backslash.
    next_follows: u64,
    /// The bytes of the next block that must be hexadecimal digits.
    next_digits: u64,
}

impl Escapes {
    /// Whether the next block depends on the previous ones.
    #[inline(always)]
    pub const fn is_pending(&self) -> bool {
        self.next_follows | self.next_digits != 0
    }

    /// The bytes that follow an odd number of backslashes. The subtraction carries through each run of
    /// backslashes, as in simdjson.
    #[inline(always)]
    pub const fn find(&mut self, backslashes: u64) -> u64 {
        const ODD: u64 = 0xaaaa_aaaa_aaaa_aaaa;
        let starts = backslashes & !self.next_follows;
        let ends = ((starts << 1) | ODD).wrapping_sub(starts) ^ ODD;
        let followers = ends ^ (backslashes | self.next_follows);
        self.next_follows = (ends & backslashes) >> 63;
        followers
    }

    /// Whether all escapes of the string are valid: those of the bytes `inside`. The closing quote, the
    /// lowest of `quotes`, must not be where a digit is expected.
    #[inline(always)]
    pub fn are_valid(
        &mut self,
        tables: &Tables,
        block: U8x64,
        followers: u64,
        inside: u64,
        quotes: u64,
    ) -> bool {
        let followers = followers & inside;
        let (high, low) = (U8x16::load(&tables.high), U8x16::load(&tables.low));
        let invalid = block.lookup_high(high).and(block.lookup_low(low)).eq(U8x16::splat(0)).to_bitmask();
        let unicode = block.eq(U8x16::load(&tables.letter_u)).to_bitmask() & followers;
        let expected = self.next_digits | unicode << 1 | unicode << 2 | unicode << 3 | unicode << 4;
        self.next_digits = unicode >> 63 | unicode >> 62 | unicode >> 61 | unicode >> 60;
        if expected == 0 {
            return followers & invalid == 0;
        }
        let digits = hexadecimal(block).to_bitmask();
        // A digit that is expected after the closing quote is also expected at the quote.
        followers & invalid == 0 && expected & (inside | quotes) & !digits == 0
    }
}

/// The hexadecimal digits of a block.
#[inline(always)]
fn hexadecimal(block: U8x64) -> U8x64 {
    // The sums map the digits, or the letters of either case, to the lowest signed bytes.
    let digit = block.wrapping_add(U8x16::splat(0x80 - b'0')).lt_signed(U8x16::splat(0x80 + 10));
    let letter = block
        .or_each(U8x16::splat(0x20))
        .wrapping_add(U8x16::splat(0x80u8.wrapping_sub(b'a')))
        .lt_signed(U8x16::splat(0x80 + 6));
    digit.or(letter)
}
