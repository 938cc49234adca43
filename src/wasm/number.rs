//! Whole numbers from JavaScript's.

/// The least number beyond `u64`: 2^64.
const BEYOND: f64 = 18_446_744_073_709_551_616.0;

/// The whole part of any number: 0 below zero and of NaN, the largest `u64` beyond it.
///
/// A cast says the same, but not in the wasm-free twin: there the instruction that a cast is compiled to is
/// replaced by one for numbers within the range.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "within the range by the tests before"
)]
pub(super) fn saturated(number: f64) -> u64 {
    if number >= BEYOND {
        u64::MAX
    } else if number > 0.0 {
        number as u64
    } else {
        0
    }
}
