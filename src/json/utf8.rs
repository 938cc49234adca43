//! UTF-8, sixteen bytes at a time, by three lookup tables (Keiser and Lemire, "Validating UTF-8 In Less Than
//! One Instruction Per Byte", 2021). The names of the errors are theirs.

use super::simd::{U8x16, U8x64, Window};

const TOO_SHORT: u8 = 1 << 0;
const TOO_LONG: u8 = 1 << 1;
const OVERLONG_3: u8 = 1 << 2;
const TOO_LARGE: u8 = 1 << 3;
const SURROGATE: u8 = 1 << 4;
const OVERLONG_2: u8 = 1 << 5;
const OVERLONG_4: u8 = 1 << 6;
const TOO_LARGE_1000: u8 = 1 << 6;
const TWO_CONTS: u8 = 1 << 7;
const CARRY: u8 = TOO_SHORT | TOO_LONG | TWO_CONTS;

/// Lookup tables, and bytes that blocks are compared with.
pub(super) struct Tables {
    first_high: [u8; 16],
    first_low: [u8; 16],
    second_high: [u8; 16],
    third: [u8; 16],
    fourth: [u8; 16],
    top_bit: [u8; 16],
    lead_of_two: [u8; 16],
    lead_of_three: [u8; 16],
    lead_of_four: [u8; 16],
    lowest_of_three: [u8; 16],
    surrogates: [u8; 16],
    all_but_lowest_bit: [u8; 16],
    overlong: [u8; 16],
}

static TABLES: Tables = Tables {
    first_high: FIRST_HIGH,
    first_low: FIRST_LOW,
    second_high: SECOND_HIGH,
    third: [0xe0 - 0x80; 16],
    fourth: [0xf0 - 0x80; 16],
    top_bit: [0x80; 16],
    lead_of_two: [0xc0; 16],
    lead_of_three: [0xe0; 16],
    lead_of_four: [0xf0; 16],
    lowest_of_three: [0xe0; 16],
    surrogates: [0xed; 16],
    all_but_lowest_bit: [0xfe; 16],
    overlong: [0xc0; 16],
};

/// The tables, in memory: V8 would build constants again in each iteration of a loop.
#[inline(always)]
pub(super) fn tables() -> &'static Tables {
    std::hint::black_box(&TABLES)
}

/// The errors that are possible by the upper half of the first of two bytes.
#[rustfmt::skip]
const FIRST_HIGH: [u8; 16] = [
    TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG,
    TWO_CONTS, TWO_CONTS, TWO_CONTS, TWO_CONTS,
    TOO_SHORT | OVERLONG_2,
    TOO_SHORT,
    TOO_SHORT | OVERLONG_3 | SURROGATE,
    TOO_SHORT | TOO_LARGE | TOO_LARGE_1000 | OVERLONG_4,
];

const HIGH: u8 = CARRY | TOO_LARGE | TOO_LARGE_1000;

/// The errors that are possible by the lower half of the first byte.
#[rustfmt::skip]
const FIRST_LOW: [u8; 16] = [
    CARRY | OVERLONG_3 | OVERLONG_2 | OVERLONG_4,
    CARRY | OVERLONG_2,
    CARRY, CARRY,
    CARRY | TOO_LARGE,
    HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH, HIGH,
    HIGH | SURROGATE,
    HIGH, HIGH,
];

const CONTINUATION: u8 = TOO_LONG | OVERLONG_2 | TWO_CONTS;

/// The errors that are possible by the upper half of the second byte.
#[rustfmt::skip]
const SECOND_HIGH: [u8; 16] = [
    TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT,
    CONTINUATION | OVERLONG_3 | TOO_LARGE_1000 | OVERLONG_4,
    CONTINUATION | OVERLONG_3 | TOO_LARGE,
    CONTINUATION | SURROGATE | TOO_LARGE,
    CONTINUATION | SURROGATE | TOO_LARGE,
    TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT,
];

/// Not 0 for each byte of a window at which a sequence is invalid, given the three bytes before the window.
#[inline(always)]
fn errors(tables: &Tables, window: Window<'_>) -> U8x64 {
    let [first_high, first_low, second_high] =
        [&tables.first_high, &tables.first_low, &tables.second_high].map(U8x16::load);
    let [third, fourth, top_bit] = [&tables.third, &tables.fourth, &tables.top_bit].map(U8x16::load);
    let prev1 = window.prev::<1>();
    let special_cases = prev1
        .lookup_high(first_high)
        .and(prev1.lookup_low(first_low))
        .and(window.block().lookup_high(second_high));
    let third = window.prev::<2>().saturating_sub(third);
    let must_continue = third.or(window.prev::<3>().saturating_sub(fourth)).and_each(top_bit);
    special_cases.xor(must_continue)
}

/// The leading bytes of a block, one bit for each byte.
#[derive(Clone, Copy)]
pub(super) struct Leads {
    /// The leading bytes of all sequences of two bytes or more.
    pub all: u64,
    /// Those of three bytes or more.
    three: u64,
    /// Those of four bytes.
    four: u64,
    /// Whether some of them restrict the second byte or are never valid, which only the tables can check.
    needs_tables: bool,
}

impl Leads {
    /// Finds the leading bytes of a block, of which `non_ascii` are the bytes beyond ASCII.
    #[inline(always)]
    pub fn find(tables: &Tables, block: U8x64, non_ascii: u64) -> Self {
        let is = |byte: &[u8; 16]| block.eq(U8x16::load(byte));
        // As signed numbers, the bytes beyond ASCII are less than the others, and in their own order.
        let from = |byte: &[u8; 16]| !block.lt_signed(U8x16::load(byte)).to_bitmask() & non_ascii;
        let overlong =
            block.and_each(U8x16::load(&tables.all_but_lowest_bit)).eq(U8x16::load(&tables.overlong));
        let restricted = is(&tables.lowest_of_three).or(is(&tables.surrogates)).or(overlong).any_bit_set();
        let four = from(&tables.lead_of_four);
        Self {
            all: from(&tables.lead_of_two),
            three: from(&tables.lead_of_three),
            four,
            needs_tables: restricted || four != 0,
        }
    }
}

/// The state between two blocks.
#[derive(Default)]
pub(super) struct Sequences {
    /// The bytes of the next block that must be continuation bytes.
    next_continuations: u64,
    /// Whether the last block needed the tables, so that the rest of its last sequence does, too.
    needed_tables: bool,
}

impl Sequences {
    /// Whether the next block must begin with a continuation byte.
    #[inline(always)]
    pub const fn is_pending(&self) -> bool {
        self.next_continuations != 0
    }

    /// Whether the `checked` bytes of a window are valid UTF-8. `non_ascii` are its bytes beyond ASCII.
    #[inline(always)]
    pub fn are_valid(
        &mut self,
        tables: &Tables,
        window: Window<'_>,
        leads: Leads,
        non_ascii: u64,
        checked: u64,
    ) -> bool {
        let Leads { all, three, four, needs_tables } = leads;
        let continuations = self.next_continuations | all << 1 | three << 2 | four << 3;
        self.next_continuations = all >> 63 | three >> 62 | four >> 61;
        let by_tables = needs_tables | self.needed_tables;
        self.needed_tables = needs_tables;
        if !by_tables {
            return (continuations ^ (non_ascii & !all)) & checked == 0;
        }
        let errors = errors(tables, window);
        !errors.any_bit_set() || !errors.eq(U8x16::splat(0)).to_bitmask() & checked == 0
    }
}
