//! UTF-8, sixteen bytes at a time: what two bytes next to each other must not be, by three tables (Keiser and Lemire, "Validating
//! UTF-8 In Less Than One Instruction Per Byte", 2021).

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
}

static TABLES: Tables = Tables {
    first_high: FIRST_HIGH,
    first_low: FIRST_LOW,
    second_high: SECOND_HIGH,
    third: [0xe0 - 0x80; 16],
    fourth: [0xf0 - 0x80; 16],
    top: [0x80; 16],
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

/// The bytes of a window at which a sequence is known to be none, not 0. Judged with the three bytes before the window.
#[inline(always)]
pub(super) fn faults(tables: &Tables, window: Window<'_>) -> Block {
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
