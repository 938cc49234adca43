//! Numbers: where one ends, and whether a double holds it exactly.

use super::simd::U8x16;

/// Integers of fifteen digits are below 2^53; integers of sixteen may not be.
const MAX_SAFE_DIGITS: usize = 15;
/// `Number.MAX_SAFE_INTEGER` of JavaScript: doubles represent every integer up to it.
pub(crate) const MAX_SAFE_INTEGER: u64 = (1 << f64::MANTISSA_DIGITS) - 1;

/// A valid number.
#[derive(Clone, Copy)]
pub(super) struct ScannedNumber {
    /// The offset after the number.
    pub end: usize,
    /// Whether the number is an integer beyond ±(2^53 - 1).
    pub is_long: bool,
}

/// Reads the number at an offset, which has a minus or a digit, or `None` if it is invalid.
#[inline(always)]
pub(super) fn number(text: &[u8], start: usize) -> Option<ScannedNumber> {
    let first = start + usize::from(text.get(start) == Some(&b'-'));
    let digits = if text.get(first) == Some(&b'0') { 1 } else { digits(text, first)? };
    let end = first + digits;
    match text.get(end) {
        Some(b'.' | b'e' | b'E') => Some(ScannedNumber { end: fraction_end(text, end)?, is_long: false }),
        _ => Some(ScannedNumber { end, is_long: digits > MAX_SAFE_DIGITS && is_long(&text[first..end]) }),
    }
}

/// The offset after the number at an offset, or `None` if it is invalid. Not inlined, for callers that run
/// rarely.
#[inline(never)]
pub(super) fn number_end(text: &[u8], start: usize) -> Option<usize> {
    number(text, start).map(|number| number.end)
}

/// The offset after the fraction and the exponent at an offset. Out of line, because arrays of numbers, where
/// most fractions are, are read by `number_run`.
#[inline(never)]
fn fraction_end(text: &[u8], mut end: usize) -> Option<usize> {
    if text.get(end) == Some(&b'.') {
        end += 1 + digits(text, end + 1)?;
    }
    if let Some(b'e' | b'E') = text.get(end) {
        let sign = usize::from(matches!(text.get(end + 1), Some(b'+' | b'-')));
        end += 1 + sign;
        end += digits(text, end)?;
    }
    Some(end)
}

/// The number of digits at an offset, or `None` if there is no digit.
#[inline(always)]
fn digits(text: &[u8], at: usize) -> Option<usize> {
    let mut end = at;
    while let Some(sixteen) = text.get(end..).and_then(|rest| rest.first_chunk()) {
        let length = is_digit(U8x16::load(sixteen)).to_bitmask().trailing_ones() as usize;
        end += length;
        if length < 16 {
            return (end > at).then_some(end - at);
        }
    }
    while text.get(end).is_some_and(u8::is_ascii_digit) {
        end += 1;
    }
    (end > at).then_some(end - at)
}

#[inline(always)]
fn is_digit(bytes: U8x16) -> U8x16 {
    // The sum maps the digits, and nothing else, to the ten lowest signed bytes.
    bytes.wrapping_add(U8x16::splat(0x80 - b'0')).lt_signed(U8x16::splat(0x80 + 10))
}

#[cold]
fn is_long(digits: &[u8]) -> bool {
    let number = digits.iter().try_fold(0u64, |number, digit| {
        number.checked_mul(10).and_then(|number| number.checked_add(u64::from(digit & 15)))
    });
    number.is_none_or(|number| number > MAX_SAFE_INTEGER)
}
