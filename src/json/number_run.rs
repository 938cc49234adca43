//! Runs of numbers in arrays, as in embeddings, validated 64 bytes at a time by arithmetic on bit masks.

use super::simd::{U8x16, U8x64, Window};

/// Skips numbers and the commas after them, from the offset after a comma. Returns the offset of the next
/// element, and the number of skipped elements. Stops before anything unusual, valid or not: the caller reads
/// it.
pub(super) fn skip(text: &[u8], start: usize) -> (usize, u32) {
    let (mut at, mut skipped) = (start, 0);
    let [comma, point, minus, space] = [b',', b'.', b'-', b' '].map(U8x16::splat_opaque);
    // The sum maps the digits, and nothing else, to the ten lowest signed bytes.
    let (zero, ten) = (U8x16::splat_opaque(0x80 - b'0'), U8x16::splat_opaque(0x80 + 10));
    loop {
        let Some(window) = Window::at(text, at) else { return (at, skipped) };
        let block = window.block();
        let mut run = Run {
            digits: block.wrapping_add(zero).lt_signed(ten).to_bitmask(),
            commas: block.eq(comma).to_bitmask(),
            spaces: block.eq(space).to_bitmask(),
            ..Run::default()
        };
        let mut known = run.digits | run.commas | run.spaces;
        if known != u64::MAX {
            run.points = block.eq(point).to_bitmask();
            run.minuses = block.eq(minus).to_bitmask();
            known |= run.points | run.minuses;
        }
        if known != u64::MAX {
            let lower_case = U8x16::splat(0x20);
            run.exponents = block.or_each(lower_case).eq(U8x16::splat(b'e')).to_bitmask();
            run.pluses = block.eq(U8x16::splat(b'+')).to_bitmask();
            known |= run.exponents | run.pluses;
        }
        // Take the bytes up to the last comma before any other character.
        let commas = run.commas & (known ^ known.wrapping_add(1));
        let end = 64 - commas.leading_zeros();
        let within = if end == 0 { return (at, skipped) } else { u64::MAX >> (64 - end) };
        if !run.up_to(within).are_numbers(block) {
            return (at, skipped);
        }
        skipped += commas.count_ones();
        at += end as usize;
    }
}

/// The positions of each kind of character in 64 bytes.
#[derive(Default)]
struct Run {
    digits: u64,
    commas: u64,
    points: u64,
    minuses: u64,
    pluses: u64,
    exponents: u64,
    spaces: u64,
}

impl Run {
    #[inline(always)]
    const fn up_to(self, within: u64) -> Self {
        Self {
            digits: self.digits & within,
            commas: self.commas & within,
            points: self.points & within,
            minuses: self.minuses & within,
            pluses: self.pluses & within,
            exponents: self.exponents & within,
            spaces: self.spaces & within,
        }
    }

    /// Whether this is a sequence of numbers, each with a comma after it and at most one space before it, and
    /// none with sixteen digits or more before its fraction.
    #[inline(always)]
    fn are_numbers(self, block: U8x64) -> bool {
        let Self { digits, commas, points, minuses, pluses, exponents, spaces } = self;
        let after_digit = digits << 1;
        // The last comma ends the run, so that the bits that shifts lose do not matter.
        let elements = commas << 1 | 1;
        let spaced = elements & spaces;
        let starts = (elements & !spaces | spaced << 1) & (u64::MAX >> commas.leading_zeros());
        let signed = starts & minuses;
        let first_digits = starts & !minuses | signed << 1;
        let signs = exponents << 1 & (minuses | pluses);
        let powers = exponents << 1 & !signs | signs << 1;
        let fractions = points << 1;
        // Adding the first bit of a sequence of digits carries to the byte after the sequence.
        let after_fraction = digits.wrapping_add(fractions) & !digits;
        let after_power = digits.wrapping_add(powers) & !digits;
        let misplaced = spaces & !spaced
            | minuses & !(signed | signs)
            | pluses & !signs
            | (commas | points | exponents) & !after_digit
            | (first_digits | fractions | powers) & !digits
            | after_fraction & points
            | after_power & (points | exponents);
        if misplaced != 0 {
            return false;
        }
        let several = first_digits & digits >> 1;
        if several == 0 {
            return true;
        }
        let zeros = block.eq(U8x16::splat(b'0')).to_bitmask();
        let two = digits & digits >> 1;
        let four = two & two >> 2;
        let eight = four & four >> 4;
        let sixteen = eight & eight >> 8;
        several & (zeros | sixteen) == 0
    }
}
