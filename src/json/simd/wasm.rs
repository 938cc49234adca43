//! WebAssembly's simd128.

use core::arch::wasm32 as v;

/// Sixteen bytes.
#[derive(Clone, Copy)]
pub(in crate::json) struct Bytes(v::v128);

impl Bytes {
    /// Reads sixteen bytes.
    #[inline(always)]
    pub fn load(bytes: &[u8; 16]) -> Self {
        // Sound: the reference holds for all sixteen bytes that are read, and v128_load asks for no
        // alignment.
        Self(unsafe { v::v128_load(std::ptr::from_ref(bytes).cast()) })
    }

    /// Sixteen times the same byte.
    #[inline(always)]
    pub fn splat(byte: u8) -> Self {
        Self(v::u8x16_splat(byte))
    }

    /// 0xff where the bytes are equal, else 0.
    #[inline(always)]
    pub fn is(self, other: Self) -> Self {
        Self(v::u8x16_eq(self.0, other.0))
    }

    /// 0xff where a byte is below the other, both taken as signed: those beyond ASCII are below all of ASCII.
    #[inline(always)]
    pub fn below(self, other: Self) -> Self {
        Self(v::i8x16_lt(self.0, other.0))
    }

    /// The bits of either.
    #[inline(always)]
    pub fn or(self, other: Self) -> Self {
        Self(v::v128_or(self.0, other.0))
    }

    /// The bits of both.
    #[inline(always)]
    pub fn and(self, other: Self) -> Self {
        Self(v::v128_and(self.0, other.0))
    }

    /// The bits of one of them.
    #[inline(always)]
    pub fn xor(self, other: Self) -> Self {
        Self(v::v128_xor(self.0, other.0))
    }

    /// The sums, carries dropped.
    #[inline(always)]
    pub fn plus(self, other: Self) -> Self {
        Self(v::u8x16_add(self.0, other.0))
    }

    /// The differences, 0 where they would be negative.
    #[inline(always)]
    pub fn minus_to_zero(self, other: Self) -> Self {
        Self(v::u8x16_sub_sat(self.0, other.0))
    }

    /// The upper half of each byte.
    #[inline(always)]
    pub fn high(self) -> Self {
        Self(v::u8x16_shr(self.0, 4))
    }

    /// The lower half of each byte.
    #[inline(always)]
    pub fn low(self) -> Self {
        Self(v::v128_and(self.0, v::u8x16_splat(15)))
    }

    /// This table's entry for each place, all below 16.
    #[inline(always)]
    pub fn of(self, places: Self) -> Self {
        Self(v::u8x16_swizzle(self.0, places.0))
    }

    /// The highest bit of each byte; the first byte's is the lowest.
    #[inline(always)]
    pub fn mask(self) -> u32 {
        u32::from(v::u8x16_bitmask(self.0))
    }

    /// Whether any bit is set.
    #[inline(always)]
    pub fn any(self) -> bool {
        v::v128_any_true(self.0)
    }

    /// The bytes as two numbers, the first byte the lowest of the first.
    #[inline(always)]
    pub fn words(self) -> [u64; 2] {
        [v::u64x2_extract_lane::<0>(self.0), v::u64x2_extract_lane::<1>(self.0)]
    }

    #[cfg(test)]
    pub fn store(self) -> [u8; 16] {
        // Sound: both are sixteen bytes, of which any value is one.
        unsafe { std::mem::transmute(self.0) }
    }
}
