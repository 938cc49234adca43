//! Portable code for all other targets.

/// A vector of sixteen bytes.
#[derive(Clone, Copy)]
pub(in crate::json) struct U8x16([u8; 16]);

impl U8x16 {
    #[inline(always)]
    fn each(self, other: Self, of: impl Fn(u8, u8) -> u8) -> Self {
        Self(std::array::from_fn(|i| of(self.0[i], other.0[i])))
    }

    /// Loads sixteen bytes.
    #[inline(always)]
    pub fn load(bytes: &[u8; 16]) -> Self {
        Self(*bytes)
    }

    /// A vector with this byte in each lane.
    #[inline(always)]
    pub fn splat(byte: u8) -> Self {
        Self([byte; 16])
    }

    /// 0xff in each lane in which the bytes are equal, 0 in the others.
    #[inline(always)]
    pub fn eq(self, other: Self) -> Self {
        self.each(other, |a, b| if a == b { 0xff } else { 0 })
    }

    /// 0xff in each lane in which the byte is less than the other as a signed number, 0 in the others. Bytes
    /// beyond ASCII are less than all ASCII bytes.
    #[inline(always)]
    pub fn lt_signed(self, other: Self) -> Self {
        self.each(other, |a, b| if a.cast_signed() < b.cast_signed() { 0xff } else { 0 })
    }

    /// The bitwise OR.
    #[inline(always)]
    pub fn or(self, other: Self) -> Self {
        self.each(other, |a, b| a | b)
    }

    /// The bitwise AND.
    #[inline(always)]
    pub fn and(self, other: Self) -> Self {
        self.each(other, |a, b| a & b)
    }

    /// The bitwise XOR.
    #[inline(always)]
    pub fn xor(self, other: Self) -> Self {
        self.each(other, |a, b| a ^ b)
    }

    /// The sum of each lane modulo 256.
    #[inline(always)]
    pub fn wrapping_add(self, other: Self) -> Self {
        self.each(other, u8::wrapping_add)
    }

    /// The difference of each lane; 0 instead of a negative one.
    #[inline(always)]
    pub fn saturating_sub(self, other: Self) -> Self {
        self.each(other, u8::saturating_sub)
    }

    /// The upper four bits of each byte, shifted down.
    #[inline(always)]
    pub fn shr4(self) -> Self {
        Self(self.0.map(|byte| byte >> 4))
    }

    /// The lower four bits of each byte.
    #[inline(always)]
    pub fn low_nibbles(self) -> Self {
        Self(self.0.map(|byte| byte & 15))
    }

    /// The table's byte at each index. All indexes must be below 16.
    #[inline(always)]
    pub fn lookup_16(self, table: Self) -> Self {
        Self(self.0.map(|index| table.0[usize::from(index & 15)]))
    }

    /// The highest bits of all bytes, that of the first byte lowest.
    #[inline(always)]
    pub fn to_bitmask(self) -> u32 {
        self.0.iter().rev().fold(0, |mask, byte| mask << 1 | u32::from(byte >> 7))
    }

    /// Whether any bit is set.
    #[inline(always)]
    pub fn any_bit_set(self) -> bool {
        self.0 != [0; 16]
    }

    /// The bytes as two little-endian numbers.
    #[inline(always)]
    pub fn to_u64s(self) -> [u64; 2] {
        let (low, high) = (self.0.first_chunk(), self.0.last_chunk());
        [low, high].map(|word| word.map_or(0, |word| u64::from_le_bytes(*word)))
    }

    #[cfg(test)]
    pub fn store(self) -> [u8; 16] {
        self.0
    }
}
