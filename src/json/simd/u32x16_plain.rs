//! Sixteen numbers, in portable code.

/// A vector of sixteen numbers.
#[derive(Clone, Copy)]
pub(crate) struct U32x16([u32; 16]);

impl U32x16 {
    /// The numbers of an array.
    #[inline(always)]
    pub fn new(numbers: &[u32; 16]) -> Self {
        Self(*numbers)
    }

    /// The numbers as an array.
    #[inline(always)]
    pub fn to_array(self) -> [u32; 16] {
        self.0
    }

    /// Adds the product of each little-endian word and the second prime, rotates the sum by thirteen bits,
    /// and multiplies it by the first prime.
    #[inline(always)]
    pub fn mix(mut self, words: &[u8; 64], [first, second]: [u32; 2]) -> Self {
        for (number, word) in self.0.iter_mut().zip(words.as_chunks().0) {
            let product = u32::from_le_bytes(*word).wrapping_mul(second);
            *number = number.wrapping_add(product).rotate_left(13).wrapping_mul(first);
        }
        self
    }
}
