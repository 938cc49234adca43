//! x86-64 with SSE4.1. Tests and fuzzers run the vectorized code natively with it.
//!
//! All calls are sound: this file is compiled only if the target has SSE4.1, and only `load` reads memory.

use core::arch::x86_64 as v;

/// A vector of sixteen bytes.
#[derive(Clone, Copy)]
pub(in crate::json) struct U8x16(v::__m128i);

impl U8x16 {
    /// Loads sixteen bytes.
    #[inline(always)]
    pub fn load(bytes: &[u8; 16]) -> Self {
        // Sound: the reference covers all sixteen bytes that are read, and loadu needs no alignment.
        Self(unsafe { v::_mm_loadu_si128(std::ptr::from_ref(bytes).cast()) })
    }

    /// A vector with this byte in each lane.
    #[inline(always)]
    pub fn splat(byte: u8) -> Self {
        Self(unsafe { v::_mm_set1_epi8(byte.cast_signed()) })
    }

    /// 0xff in each lane in which the bytes are equal, 0 in the others.
    #[inline(always)]
    pub fn eq(self, other: Self) -> Self {
        Self(unsafe { v::_mm_cmpeq_epi8(self.0, other.0) })
    }

    /// 0xff in each lane in which the byte is less than the other as a signed number, 0 in the others. Bytes
    /// beyond ASCII are less than all ASCII bytes.
    #[inline(always)]
    pub fn lt_signed(self, other: Self) -> Self {
        Self(unsafe { v::_mm_cmplt_epi8(self.0, other.0) })
    }

    /// The bitwise OR.
    #[inline(always)]
    pub fn or(self, other: Self) -> Self {
        Self(unsafe { v::_mm_or_si128(self.0, other.0) })
    }

    /// The bitwise AND.
    #[inline(always)]
    pub fn and(self, other: Self) -> Self {
        Self(unsafe { v::_mm_and_si128(self.0, other.0) })
    }

    /// The bitwise XOR.
    #[inline(always)]
    pub fn xor(self, other: Self) -> Self {
        Self(unsafe { v::_mm_xor_si128(self.0, other.0) })
    }

    /// The sum of each lane modulo 256.
    #[inline(always)]
    pub fn wrapping_add(self, other: Self) -> Self {
        Self(unsafe { v::_mm_add_epi8(self.0, other.0) })
    }

    /// The difference of each lane; 0 instead of a negative one.
    #[inline(always)]
    pub fn saturating_sub(self, other: Self) -> Self {
        Self(unsafe { v::_mm_subs_epu8(self.0, other.0) })
    }

    /// The upper four bits of each byte, shifted down.
    #[inline(always)]
    pub fn shr4(self) -> Self {
        Self(unsafe { v::_mm_srli_epi16::<4>(self.0) }).low_nibbles()
    }

    /// The lower four bits of each byte.
    #[inline(always)]
    pub fn low_nibbles(self) -> Self {
        self.and(Self::splat(15))
    }

    /// The table's byte at each index. All indexes must be below 16.
    #[inline(always)]
    pub fn lookup_16(self, table: Self) -> Self {
        Self(unsafe { v::_mm_shuffle_epi8(table.0, self.0) })
    }

    /// The highest bits of all bytes, that of the first byte lowest.
    #[inline(always)]
    pub fn to_bitmask(self) -> u32 {
        unsafe { v::_mm_movemask_epi8(self.0) }.cast_unsigned()
    }

    /// Whether any bit is set.
    #[inline(always)]
    pub fn any_bit_set(self) -> bool {
        self.eq(Self::splat(0)).to_bitmask() != 0xffff
    }

    /// The bytes as two little-endian numbers.
    #[inline(always)]
    pub fn to_u64s(self) -> [u64; 2] {
        // Sound: both types have sixteen bytes, and any value of these is valid.
        unsafe { std::mem::transmute(self.0) }
    }

    #[cfg(test)]
    pub fn store(self) -> [u8; 16] {
        // Sound: both types have sixteen bytes, and any value of these is valid.
        unsafe { std::mem::transmute(self.0) }
    }
}

/// A vector of four numbers.
#[derive(Clone, Copy)]
pub struct U32x4(v::__m128i);

impl U32x4 {
    /// The numbers of an array.
    #[inline(always)]
    pub fn new(numbers: [u32; 4]) -> Self {
        // Sound: both types have sixteen bytes, and any value of these is valid.
        Self(unsafe { std::mem::transmute::<[u32; 4], v::__m128i>(numbers) })
    }

    /// The same number four times.
    #[inline(always)]
    pub fn splat(number: u32) -> Self {
        Self(unsafe { v::_mm_set1_epi32(number.cast_signed()) })
    }

    /// Loads four little-endian numbers.
    #[inline(always)]
    pub fn load(bytes: &[u8; 16]) -> Self {
        Self(U8x16::load(bytes).0)
    }

    /// The numbers as an array.
    #[inline(always)]
    pub fn to_array(self) -> [u32; 4] {
        // Sound: both types have sixteen bytes, and any value of these is valid.
        unsafe { std::mem::transmute(self.0) }
    }

    /// The sums modulo 2^32.
    #[inline(always)]
    pub fn wrapping_add(self, other: Self) -> Self {
        Self(unsafe { v::_mm_add_epi32(self.0, other.0) })
    }

    /// The products modulo 2^32.
    #[inline(always)]
    pub fn wrapping_mul(self, other: Self) -> Self {
        Self(unsafe { v::_mm_mullo_epi32(self.0, other.0) })
    }

    /// Rotates the bits of each number by thirteen.
    #[inline(always)]
    pub fn rotate_left_13(self) -> Self {
        Self(unsafe { v::_mm_or_si128(v::_mm_slli_epi32::<13>(self.0), v::_mm_srli_epi32::<19>(self.0)) })
    }
}
