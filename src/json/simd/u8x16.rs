//! Operations on sixteen bytes that are the same on every target.

use super::machine::U8x16;

impl U8x16 {
    /// [`splat`](Self::splat) with a result that the compiler cannot know, so that it stays in a register: V8
    /// would build a constant again in each iteration of a loop.
    #[inline(always)]
    pub fn splat_opaque(byte: u8) -> Self {
        std::hint::black_box(Self::splat(byte))
    }

    /// The first `length` bytes, and zeros after them.
    #[inline(always)]
    pub fn keep_first(self, length: usize) -> Self {
        const INDEXES: [u8; 16] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];
        let length = Self::splat(length.to_le_bytes()[0]);
        self.and(Self::load(&INDEXES).lt_signed(length))
    }
}

#[cfg(test)]
mod tests {
    use super::super::machine::U8x16;

    /// Vectors that contain every byte, high and low ones mixed.
    fn samples() -> impl Iterator<Item = [u8; 16]> {
        (0..=255u8).map(|seed| {
            std::array::from_fn(|i| {
                seed.wrapping_mul(31).wrapping_add(u8::try_from(i).unwrap().wrapping_mul(83))
            })
        })
    }

    fn lanes(of: impl Fn(u8, u8) -> u8, a: [u8; 16], b: [u8; 16]) -> [u8; 16] {
        std::array::from_fn(|i| of(a[i], b[i]))
    }

    #[test]
    fn each_operation_acts_on_each_byte() {
        let truth = |yes: bool| if yes { 0xff } else { 0 };
        for (a, b) in samples().flat_map(|a| samples().step_by(7).map(move |b| (a, b))) {
            let (va, vb) = (U8x16::load(&a), U8x16::load(&b));
            assert_eq!(va.eq(vb).store(), lanes(|a, b| truth(a == b), a, b));
            let less = |a: u8, b: u8| truth(a.cast_signed() < b.cast_signed());
            assert_eq!(va.lt_signed(vb).store(), lanes(less, a, b));
            assert_eq!(va.or(vb).store(), lanes(|a, b| a | b, a, b));
            assert_eq!(va.and(vb).store(), lanes(|a, b| a & b, a, b));
            assert_eq!(va.xor(vb).store(), lanes(|a, b| a ^ b, a, b));
            assert_eq!(va.wrapping_add(vb).store(), lanes(u8::wrapping_add, a, b));
            assert_eq!(va.saturating_sub(vb).store(), lanes(u8::saturating_sub, a, b));
            assert_eq!(va.shr4().store(), a.map(|a| a >> 4));
            assert_eq!(va.low_nibbles().store(), a.map(|a| a & 15));
            assert_eq!(vb.low_nibbles().lookup_16(va).store(), b.map(|b| a[usize::from(b & 15)]));
            assert_eq!(va.to_bitmask(), (0..16).filter(|&i| a[i] >= 0x80).map(|i| 1 << i).sum::<u32>());
            let numbers = [0, 8].map(|at| u64::from_le_bytes(*a[at..].first_chunk().unwrap()));
            assert_eq!(va.to_u64s(), numbers);
            let length = usize::from(b[0] % 17);
            assert_eq!(va.keep_first(length).store()[..length], a[..length]);
            assert!(va.keep_first(length).store()[length..].iter().all(|&byte| byte == 0));
            assert_eq!(va.any_bit_set(), a.iter().any(|&a| a != 0));
        }
        assert!(!U8x16::splat_opaque(0).any_bit_set());
        assert_eq!(U8x16::splat_opaque(7).store(), [7; 16]);
    }
}
