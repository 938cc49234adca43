//! Rows of numbers, as in embeddings: 64 bytes at a time, judged by arithmetic on masks in place of one
//! number after the other.

use super::simd::{Block, Bytes, Window};

/// Passes over the numbers that begin at a place right behind a comma, and the commas behind them. Gives
/// where the next element begins, and how many were passed. Stops before whatever is out of the ordinary,
/// right or wrong.
pub(super) fn numbers(text: &[u8], start: usize) -> (usize, u32) {
    let (mut at, mut passed) = (start, 0);
    let (comma, point, minus, space) =
        (Bytes::all(b','), Bytes::all(b'.'), Bytes::all(b'-'), Bytes::all(b' '));
    // Moved so that the digits, and nothing else, are the lowest of signed bytes.
    let (zero, ten) = (Bytes::all(0x80 - b'0'), Bytes::all(0x80 + 10));
    loop {
        // The end of a text is not worth it.
        let Some(window) = Window::at(text, at) else { return (at, passed) };
        let block = window.block::<0>();
        let mut row = Row {
            digits: block.plus(zero).below(ten).mask(),
            commas: block.is(comma).mask(),
            spaces: block.is(space).mask(),
            ..Row::default()
        };
        let mut known = row.digits | row.commas | row.spaces;
        if known != u64::MAX {
            row.points = block.is(point).mask();
            row.minuses = block.is(minus).mask();
            known |= row.points | row.minuses;
        }
        if known != u64::MAX {
            let small = Bytes::splat(0x20);
            row.exponents = block.with(small).is(Bytes::splat(b'e')).mask();
            row.pluses = block.is(Bytes::splat(b'+')).mask();
            known |= row.exponents | row.pluses;
        }
        // Up to the last comma before anything else.
        let commas = row.commas & (known ^ known.wrapping_add(1));
        let end = 64 - commas.leading_zeros();
        let within = if end == 0 { return (at, passed) } else { u64::MAX >> (64 - end) };
        if !row.up_to(within).passes(block) {
            return (at, passed);
        }
        passed += commas.count_ones();
        at += end as usize;
    }
}

/// Where in 64 bytes stands what numbers are made of.
#[derive(Default)]
struct Row {
    digits: u64,
    commas: u64,
    points: u64,
    minuses: u64,
    pluses: u64,
    exponents: u64,
    spaces: u64,
}

impl Row {
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

    /// Whether these are numbers with one comma behind each and at most one space before, none an integer of
    /// sixteen digits.
    #[inline(always)]
    fn passes(self, block: Block) -> bool {
        let Self { digits, commas, points, minuses, pluses, exponents, spaces } = self;
        let after_digit = digits << 1;
        // The last comma ends the row, so that nothing is lost where shifts lose the highest bit.
        let elements = commas << 1 | 1;
        let spaced = elements & spaces;
        let starts = (elements & !spaces | spaced << 1) & (u64::MAX >> commas.leading_zeros());
        let signed = starts & minuses;
        let first_digits = starts & !minuses | signed << 1;
        let signs = exponents << 1 & (minuses | pluses);
        let powers = exponents << 1 & !signs | signs << 1;
        let fractions = points << 1;
        // Adding a run's first bit to the digits carries to the byte behind the run.
        let behind_fraction = digits.wrapping_add(fractions) & !digits;
        let behind_power = digits.wrapping_add(powers) & !digits;
        let misplaced = spaces & !spaced
            | minuses & !(signed | signs)
            | pluses & !signs
            | (commas | points | exponents) & !after_digit
            | (first_digits | fractions | powers) & !digits
            | behind_fraction & points
            | behind_power & (points | exponents);
        if misplaced != 0 {
            return false;
        }
        let several = first_digits & digits >> 1;
        if several == 0 {
            return true;
        }
        let zeros = block.is(Bytes::splat(b'0')).mask();
        let two = digits & digits >> 1;
        let four = two & two >> 2;
        let eight = four & four >> 4;
        let sixteen = eight & eight >> 8;
        several & (zeros | sixteen) == 0
    }
}
