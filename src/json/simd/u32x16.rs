//! Sixteen numbers, as four vectors.

use super::machine::U32x4;

/// A vector of sixteen numbers. Each operation acts on its four parts.
#[derive(Clone, Copy)]
pub(crate) struct U32x16([U32x4; 4]);

#[allow(clippy::many_single_char_names, reason = "the four parts")]
impl U32x16 {
    /// The numbers of an array.
    #[inline(always)]
    pub fn new(numbers: &[u32; 16]) -> Self {
        let [a, b, c, d] = numbers.as_chunks().0 else { return Self::splat(0) };
        Self([U32x4::new(*a), U32x4::new(*b), U32x4::new(*c), U32x4::new(*d)])
    }

    /// Loads sixteen little-endian numbers.
    #[inline(always)]
    pub fn load(bytes: &[u8; 64]) -> Self {
        let [a, b, c, d] = bytes.as_chunks().0 else { return Self::splat(0) };
        Self([U32x4::load(a), U32x4::load(b), U32x4::load(c), U32x4::load(d)])
    }

    /// The same number sixteen times.
    #[inline(always)]
    pub fn splat(number: u32) -> Self {
        Self([U32x4::new([number; 4]); 4])
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

    /// The sums modulo 2^32.
    #[inline(always)]
    pub fn wrapping_add(self, other: Self) -> Self {
        let ([a, b, c, d], [e, f, g, h]) = (self.0, other.0);
        Self([a.wrapping_add(e), b.wrapping_add(f), c.wrapping_add(g), d.wrapping_add(h)])
    }

    /// The products modulo 2^32.
    #[inline(always)]
    pub fn wrapping_mul(self, other: Self) -> Self {
        let ([a, b, c, d], [e, f, g, h]) = (self.0, other.0);
        Self([a.wrapping_mul(e), b.wrapping_mul(f), c.wrapping_mul(g), d.wrapping_mul(h)])
    }

    /// Rotates the bits of each number by thirteen.
    #[inline(always)]
    pub fn rotate_left_13(self) -> Self {
        let [a, b, c, d] = self.0;
        Self([a.rotate_left_13(), b.rotate_left_13(), c.rotate_left_13(), d.rotate_left_13()])
    }
}
