//! Conversion of JavaScript numbers to integers.

/// 2^64, the smallest number that exceeds `u64`.
const LIMIT: f64 = 18_446_744_073_709_551_616.0;

/// Converts a number to an integer without its fraction. Negative numbers and NaN become 0, numbers beyond
/// `u64` the largest `u64`.
///
/// A cast does the same in WebAssembly. The wasm-free build, however, replaces the instruction of that cast
/// by one that is correct only for numbers within the range.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the number is within the range")]
pub(super) fn to_u64_saturating(number: f64) -> u64 {
    if number >= LIMIT {
        u64::MAX
    } else if number > 0.0 {
        number as u64
    } else {
        0
    }
}
