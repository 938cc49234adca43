//! x86-64 with SSSE3, by which tests and fuzzers run the same code natively.
//!
//! Sound throughout: this file is compiled only for builds that have SSSE3, and but for `load` nothing
//! touches memory.

use core::arch::x86_64 as v;

/// Sixteen bytes.
#[derive(Clone, Copy)]
pub(in crate::json) struct Bytes(v::__m128i);

impl Bytes {
    /// Reads sixteen bytes.
    #[inline(always)]
    pub fn load(bytes: &[u8; 16]) -> Self {
        // Sound: the reference holds for all sixteen bytes that are read, and loadu asks for no alignment.
        Self(unsafe { v::_mm_loadu_si128(std::ptr::from_ref(bytes).cast()) })
    }

    /// Sixteen times the same byte.
    #[inline(always)]
    pub fn splat(byte: u8) -> Self {
        Self(unsafe { v::_mm_set1_epi8(byte.cast_signed()) })
    }

    /// 0xff where the bytes are equal, else 0.
    #[inline(always)]
    pub fn is(self, other: Self) -> Self {
        Self(unsafe { v::_mm_cmpeq_epi8(self.0, other.0) })
    }

    /// 0xff where a byte is below the other, both taken as signed: those beyond ASCII are below all of ASCII.
    #[inline(always)]
    pub fn below(self, other: Self) -> Self {
        Self(unsafe { v::_mm_cmplt_epi8(self.0, other.0) })
    }

    /// The bits of either.
    #[inline(always)]
    pub fn or(self, other: Self) -> Self {
        Self(unsafe { v::_mm_or_si128(self.0, other.0) })
    }

    /// The bits of both.
    #[inline(always)]
    pub fn and(self, other: Self) -> Self {
        Self(unsafe { v::_mm_and_si128(self.0, other.0) })
    }

    /// The bits of one of them.
    #[inline(always)]
    pub fn xor(self, other: Self) -> Self {
        Self(unsafe { v::_mm_xor_si128(self.0, other.0) })
    }

    /// The sums, carries dropped.
    #[inline(always)]
    pub fn plus(self, other: Self) -> Self {
        Self(unsafe { v::_mm_add_epi8(self.0, other.0) })
    }

    /// The differences, 0 where they would be negative.
    #[inline(always)]
    pub fn minus_to_zero(self, other: Self) -> Self {
        Self(unsafe { v::_mm_subs_epu8(self.0, other.0) })
    }

    /// The upper half of each byte.
    #[inline(always)]
    pub fn high(self) -> Self {
        Self(unsafe { v::_mm_srli_epi16::<4>(self.0) }).low()
    }

    /// The lower half of each byte.
    #[inline(always)]
    pub fn low(self) -> Self {
        self.and(Self::splat(15))
    }

    /// This table's entry for each place, all below 16.
    #[inline(always)]
    pub fn of(self, places: Self) -> Self {
        Self(unsafe { v::_mm_shuffle_epi8(self.0, places.0) })
    }

    /// The highest bit of each byte; the first byte's is the lowest.
    #[inline(always)]
    pub fn mask(self) -> u32 {
        unsafe { v::_mm_movemask_epi8(self.0) }.cast_unsigned()
    }

    /// Whether any bit is set.
    #[inline(always)]
    pub fn any(self) -> bool {
        self.is(Self::splat(0)).mask() != 0xffff
    }

    /// The bytes as two numbers, the first byte the lowest of the first.
    #[inline(always)]
    pub fn words(self) -> [u64; 2] {
        // Sound: both are sixteen bytes, of which any value is one.
        unsafe { std::mem::transmute(self.0) }
    }

    #[cfg(test)]
    pub fn store(self) -> [u8; 16] {
        // Sound: both are sixteen bytes, of which any value is one.
        unsafe { std::mem::transmute(self.0) }
    }
}
