//! UTF-8, sixteen bytes at a time: what two bytes next to each other must not be, by three tables (Keiser and
//! Lemire, "Validating UTF-8 In Less Than One Instruction Per Byte", 2021).

use super::simd::{Block, Bytes, Window};

const TOO_SHORT: u8 = 1 << 0;
const TOO_LONG: u8 = 1 << 1;
const OVERLONG_3: u8 = 1 << 2;
const TOO_LARGE: u8 = 1 << 3;
const SURROGATE: u8 = 1 << 4;
const OVERLONG_2: u8 = 1 << 5;
const OVERLONG_4: u8 = 1 << 6;
const TOO_LARGE_1000: u8 = 1 << 6;
const TWO_CONTINUED: u8 = 1 << 7;
const ANY_LOW: u8 = TOO_SHORT | TOO_LONG | TWO_CONTINUED;

/// What sequences are looked up in.
pub(super) struct Tables {
    first_high: [u8; 16],
    first_low: [u8; 16],
    second_high: [u8; 16],
    third: [u8; 16],
    fourth: [u8; 16],
    top: [u8; 16],
    two: [u8; 16],
    three: [u8; 16],
    four: [u8; 16],
    first_of_three: [u8; 16],
    surrogates: [u8; 16],
    even: [u8; 16],
    overlong: [u8; 16],
}

static TABLES: Tables = Tables {
    first_high: FIRST_HIGH,
    first_low: FIRST_LOW,
    second_high: SECOND_HIGH,
    third: [0xe0 - 0x80; 16],
    fourth: [0xf0 - 0x80; 16],
    top: [0x80; 16],
    two: [0xc0; 16],
    three: [0xe0; 16],
    four: [0xf0; 16],
    first_of_three: [0xe0; 16],
    surrogates: [0xed; 16],
    even: [0xfe; 16],
    overlong: [0xc0; 16],
};

/// The tables, in memory: V8 would build constants again in each round of a loop.
#[inline(always)]
pub(super) fn tables() -> &'static Tables {
    std::hint::black_box(&TABLES)
}

/// What the upper half of the first byte allows to be wrong.
#[rustfmt::skip]
const FIRST_HIGH: [u8; 16] = [
    TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG, TOO_LONG,
    TWO_CONTINUED, TWO_CONTINUED, TWO_CONTINUED, TWO_CONTINUED,
    TOO_SHORT | OVERLONG_2,
    TOO_SHORT,
    TOO_SHORT | OVERLONG_3 | SURROGATE,
    TOO_SHORT | TOO_LARGE | TOO_LARGE_1000 | OVERLONG_4,
];

const BEYOND: u8 = ANY_LOW | TOO_LARGE | TOO_LARGE_1000;

/// What its lower half allows.
#[rustfmt::skip]
const FIRST_LOW: [u8; 16] = [
    ANY_LOW | OVERLONG_3 | OVERLONG_2 | OVERLONG_4,
    ANY_LOW | OVERLONG_2,
    ANY_LOW, ANY_LOW,
    ANY_LOW | TOO_LARGE,
    BEYOND, BEYOND, BEYOND, BEYOND, BEYOND, BEYOND, BEYOND, BEYOND,
    BEYOND | SURROGATE,
    BEYOND, BEYOND,
];

const CONTINUED: u8 = TOO_LONG | OVERLONG_2 | TWO_CONTINUED;

/// What the upper half of the second byte allows.
#[rustfmt::skip]
const SECOND_HIGH: [u8; 16] = [
    TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT,
    CONTINUED | OVERLONG_3 | TOO_LARGE_1000 | OVERLONG_4,
    CONTINUED | OVERLONG_3 | TOO_LARGE,
    CONTINUED | SURROGATE | TOO_LARGE,
    CONTINUED | SURROGATE | TOO_LARGE,
    TOO_SHORT, TOO_SHORT, TOO_SHORT, TOO_SHORT,
];

/// The bytes of a window at which a sequence is known to be none, not 0. Judged with the three bytes before
/// the window.
#[inline(always)]
fn faults(tables: &Tables, window: Window<'_>) -> Block {
    let [first_high, first_low, second_high] =
        [&tables.first_high, &tables.first_low, &tables.second_high].map(Bytes::load);
    let [third, fourth, top] = [&tables.third, &tables.fourth, &tables.top].map(Bytes::load);
    let one = window.block::<1>();
    let pair =
        one.high_in(first_high).and(one.low_in(first_low)).and(window.block::<0>().high_in(second_high));
    let third = window.block::<2>().minus_to_zero(third);
    let must_continue = third.or(window.block::<3>().minus_to_zero(fourth)).only(top);
    pair.xor(must_continue)
}

/// What the bytes of a block say by themselves, of which each bit is one.
#[derive(Clone, Copy)]
pub(super) struct Starts {
    /// The first bytes of characters beyond ASCII.
    pub all: u64,
    /// Of those, the ones of three bytes or more, and of four.
    three: u64,
    four: u64,
    /// Whether some of them may only be followed by certain bytes, or by none: that is for the tables.
    certain: bool,
}

impl Starts {
    /// Finds them in a block; `beyond` are its bytes beyond ASCII.
    #[inline(always)]
    pub fn of(tables: &Tables, block: Block, beyond: u64) -> Self {
        let is = |byte: &[u8; 16]| block.is(Bytes::load(byte));
        // Signed, the bytes beyond ASCII are below the others, in their own order.
        let from = |byte: &[u8; 16]| !block.below(Bytes::load(byte)).mask() & beyond;
        let short = block.only(Bytes::load(&tables.even)).is(Bytes::load(&tables.overlong));
        let certain = is(&tables.first_of_three).or(is(&tables.surrogates)).or(short).any();
        let four = from(&tables.four);
        Self { all: from(&tables.two), three: from(&tables.three), four, certain: certain || four != 0 }
    }
}

/// What one block leaves to the next.
#[derive(Default)]
pub(super) struct Sequences {
    /// Which of the next block's first bytes must go on with a character.
    due: u64,
    /// Whether the tables were needed, and so may be for what goes on.
    certain: bool,
}

impl Sequences {
    /// Whether the next block must go on with a character.
    #[inline(always)]
    pub const fn pending(&self) -> bool {
        self.due != 0
    }

    /// Whether the judged bytes of a window are UTF-8; `beyond` are its bytes beyond ASCII.
    #[inline(always)]
    pub fn good(
        &mut self,
        tables: &Tables,
        window: Window<'_>,
        starts: Starts,
        beyond: u64,
        judged: u64,
    ) -> bool {
        let Starts { all, three, four, certain } = starts;
        let followed = self.due | all << 1 | three << 2 | four << 3;
        self.due = all >> 63 | three >> 62 | four >> 61;
        let by_tables = certain | self.certain;
        self.certain = certain;
        if !by_tables {
            return (followed ^ (beyond & !all)) & judged == 0;
        }
        let faults = faults(tables, window);
        !faults.any() || !faults.is(Bytes::splat(0)).mask() & judged == 0
    }
}
