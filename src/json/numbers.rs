//! Numbers: where one ends, and whether a double holds it.

use super::parse::fault_at;
use super::simd::Bytes;
use super::tape::Fault;

/// Sixteen digits may be more than 2^53, fifteen are not.
const SURELY_SHORT: usize = 15;
/// The largest integer of which every smaller one is a double too.
const LARGEST: u64 = (1 << 53) - 1;

/// Reads the number that begins with the minus or digit at a place. Gives where it ends, and whether it is an
/// integer beyond ±(2^53 - 1).
#[inline(always)]
pub(super) fn number(text: &[u8], start: usize) -> Result<(usize, bool), Fault> {
    let first = start + usize::from(text.get(start) == Some(&b'-'));
    let digits = if text.get(first) == Some(&b'0') { 1 } else { digits(text, first)? };
    let end = first + digits;
    match text.get(end) {
        Some(b'.' | b'e' | b'E') => Ok((behind(text, end)?, false)),
        _ => Ok((end, digits > SURELY_SHORT && is_long(&text[first..end]))),
    }
}

/// Where a number ends that goes on behind its integer. Out of line: most that are read one by one do not.
#[inline(never)]
fn behind(text: &[u8], mut end: usize) -> Result<usize, Fault> {
    if text.get(end) == Some(&b'.') {
        end += 1 + digits(text, end + 1)?;
    }
    if let Some(b'e' | b'E') = text.get(end) {
        let sign = usize::from(matches!(text.get(end + 1), Some(b'+' | b'-')));
        end += 1 + sign;
        end += digits(text, end)?;
    }
    Ok(end)
}

/// How many digits stand at a place: at least one.
#[inline(always)]
fn digits(text: &[u8], at: usize) -> Result<usize, Fault> {
    let mut end = at;
    while let Some(sixteen) = text.get(end..).and_then(|rest| rest.first_chunk()) {
        let length = is_digit(Bytes::load(sixteen)).mask().trailing_ones() as usize;
        end += length;
        if length < 16 {
            return if end == at { Err(fault_at(text, at, "a digit")) } else { Ok(end - at) };
        }
    }
    while text.get(end).is_some_and(u8::is_ascii_digit) {
        end += 1;
    }
    if end == at { Err(fault_at(text, at, "a digit")) } else { Ok(end - at) }
}

#[inline(always)]
pub(super) fn is_digit(bytes: Bytes) -> Bytes {
    // Moved so that the digits, and nothing else, are the lowest of signed bytes.
    bytes.plus(Bytes::splat(0x80 - b'0')).below(Bytes::splat(0x80 + 10))
}

#[cold]
fn is_long(digits: &[u8]) -> bool {
    let number = digits.iter().try_fold(0u64, |number, digit| {
        number.checked_mul(10).and_then(|number| number.checked_add(u64::from(digit & 15)))
    });
    number.is_none_or(|number| number > LARGEST)
}
