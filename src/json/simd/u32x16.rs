//! Sixteen numbers, as four vectors.

use super::machine::U32x4;

/// A vector of sixteen numbers.
#[derive(Clone, Copy)]
pub(crate) struct U32x16([U32x4; 4]);

impl U32x16 {
    /// The numbers of an array.
    #[inline(always)]
    pub fn new(numbers: &[u32; 16]) -> Self {
        let (fours, _) = numbers.as_chunks();
        let part = |at: usize| U32x4::new(fours[at]);
        Self([part(0), part(1), part(2), part(3)])
    }

    /// The numbers as an array.
    #[inline(always)]
    pub fn to_array(self) -> [u32; 16] {
        let mut numbers = [0; 16];
        for (four, part) in numbers.as_chunks_mut().0.iter_mut().zip(self.0) {
            *four = part.to_array();
        }
        numbers
    }

    /// Adds the product of each little-endian word and the second prime, rotates the sum by thirteen bits,
    /// and multiplies it by the first prime.
    #[inline(always)]
    pub fn mix(self, words: &[u8; 64], [first, second]: [u32; 2]) -> Self {
        let (fours, _) = words.as_chunks();
        let (first, second) = (U32x4::splat(first), U32x4::splat(second));
        let part = |at: usize| {
            let product = U32x4::load(&fours[at]).wrapping_mul(second);
            self.0[at].wrapping_add(product).rotate_left_13().wrapping_mul(first)
        };
        Self([part(0), part(1), part(2), part(3)])
    }
}
