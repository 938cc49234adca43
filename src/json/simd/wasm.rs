//! WebAssembly's simd128.

use core::arch::wasm32 as v;

/// A vector of sixteen bytes.
#[derive(Clone, Copy)]
pub(in crate::json) struct U8x16(v::v128);

impl U8x16 {
    /// Loads sixteen bytes.
    #[inline(always)]
    pub fn load(bytes: &[u8; 16]) -> Self {
        // Sound: the reference covers all sixteen bytes that are read, and v128_load needs no alignment.
        Self(unsafe { v::v128_load(std::ptr::from_ref(bytes).cast()) })
    }

    /// A vector with this byte in each lane.
    #[inline(always)]
    pub fn splat(byte: u8) -> Self {
        Self(v::u8x16_splat(byte))
    }

    /// 0xff in each lane in which the bytes are equal, 0 in the others.
    #[inline(always)]
    pub fn eq(self, other: Self) -> Self {
        Self(v::u8x16_eq(self.0, other.0))
    }

    /// 0xff in each lane in which the byte is less than the other as a signed number, 0 in the others. Bytes
    /// beyond ASCII are less than all ASCII bytes.
    #[inline(always)]
    pub fn lt_signed(self, other: Self) -> Self {
        Self(v::i8x16_lt(self.0, other.0))
    }

    /// The bitwise OR.
    #[inline(always)]
    pub fn or(self, other: Self) -> Self {
        Self(v::v128_or(self.0, other.0))
    }

    /// The bitwise AND.
    #[inline(always)]
    pub fn and(self, other: Self) -> Self {
        Self(v::v128_and(self.0, other.0))
    }

    /// The bitwise XOR.
    #[inline(always)]
    pub fn xor(self, other: Self) -> Self {
        Self(v::v128_xor(self.0, other.0))
    }

    /// The sum of each lane modulo 256.
    #[inline(always)]
    pub fn wrapping_add(self, other: Self) -> Self {
        Self(v::u8x16_add(self.0, other.0))
    }

    /// The difference of each lane; 0 instead of a negative one.
    #[inline(always)]
    pub fn saturating_sub(self, other: Self) -> Self {
        Self(v::u8x16_sub_sat(self.0, other.0))
    }

    /// The upper four bits of each byte, shifted down.
    #[inline(always)]
    pub fn shr4(self) -> Self {
        Self(v::u8x16_shr(self.0, 4))
    }

    /// The lower four bits of each byte.
    #[inline(always)]
    pub fn low_nibbles(self) -> Self {
        Self(v::v128_and(self.0, v::u8x16_splat(15)))
    }

    /// The table's byte at each index. All indexes must be below 16.
    #[inline(always)]
    pub fn lookup_16(self, table: Self) -> Self {
        Self(v::u8x16_swizzle(table.0, self.0))
    }

    /// The highest bits of all bytes, that of the first byte lowest.
    #[inline(always)]
    pub fn to_bitmask(self) -> u32 {
        u32::from(v::u8x16_bitmask(self.0))
    }

    /// Whether any bit is set.
    #[inline(always)]
    pub fn any_bit_set(self) -> bool {
        v::v128_any_true(self.0)
    }

    /// The bytes as two little-endian numbers.
    #[inline(always)]
    pub fn to_u64s(self) -> [u64; 2] {
        [v::u64x2_extract_lane::<0>(self.0), v::u64x2_extract_lane::<1>(self.0)]
    }

    #[cfg(test)]
    pub fn store(self) -> [u8; 16] {
        // Sound: both types have sixteen bytes, and any value of these is valid.
        unsafe { std::mem::transmute(self.0) }
    }
}

/// A vector of four numbers.
#[derive(Clone, Copy)]
pub struct U32x4(v::v128);

impl U32x4 {
    /// The numbers of an array.
    #[inline(always)]
    pub fn new([a, b, c, d]: [u32; 4]) -> Self {
        Self(v::u32x4(a, b, c, d))
    }

    /// The same number four times.
    #[inline(always)]
    pub fn splat(number: u32) -> Self {
        Self(v::u32x4_splat(number))
    }

    /// Loads four little-endian numbers.
    #[inline(always)]
    pub fn load(bytes: &[u8; 16]) -> Self {
        Self(U8x16::load(bytes).0)
    }

    /// The numbers as an array.
    #[inline(always)]
    pub fn to_array(self) -> [u32; 4] {
        [
            v::u32x4_extract_lane::<0>(self.0),
            v::u32x4_extract_lane::<1>(self.0),
            v::u32x4_extract_lane::<2>(self.0),
            v::u32x4_extract_lane::<3>(self.0),
        ]
    }

    /// The sums modulo 2^32.
    #[inline(always)]
    pub fn wrapping_add(self, other: Self) -> Self {
        Self(v::u32x4_add(self.0, other.0))
    }

    /// The products modulo 2^32.
    #[inline(always)]
    pub fn wrapping_mul(self, other: Self) -> Self {
        Self(v::u32x4_mul(self.0, other.0))
    }

    /// Rotates the bits of each number by thirteen.
    #[inline(always)]
    pub fn rotate_left_13(self) -> Self {
        Self(v::v128_or(v::u32x4_shl(self.0, 13), v::u32x4_shr(self.0, 19)))
    }
}
