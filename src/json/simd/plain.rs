//! Any machine: byte by byte.

/// Sixteen bytes.
#[derive(Clone, Copy)]
pub(in crate::json) struct Bytes([u8; 16]);

impl Bytes {
    #[inline(always)]
    fn each(self, other: Self, of: impl Fn(u8, u8) -> u8) -> Self {
        Self(std::array::from_fn(|i| of(self.0[i], other.0[i])))
    }

    /// Reads sixteen bytes.
    #[inline(always)]
    pub fn load(bytes: &[u8; 16]) -> Self {
        Self(*bytes)
    }

    /// Sixteen times the same byte.
    #[inline(always)]
    pub fn splat(byte: u8) -> Self {
        Self([byte; 16])
    }

    /// 0xff where the bytes are equal, else 0.
    #[inline(always)]
    pub fn is(self, other: Self) -> Self {
        self.each(other, |a, b| if a == b { 0xff } else { 0 })
    }

    /// 0xff where a byte is below the other, both taken as signed: those beyond ASCII are below all of ASCII.
    #[inline(always)]
    pub fn below(self, other: Self) -> Self {
        self.each(other, |a, b| if a.cast_signed() < b.cast_signed() { 0xff } else { 0 })
    }

    /// The bits of either.
    #[inline(always)]
    pub fn or(self, other: Self) -> Self {
        self.each(other, |a, b| a | b)
    }

    /// The bits of both.
    #[inline(always)]
    pub fn and(self, other: Self) -> Self {
        self.each(other, |a, b| a & b)
    }

    /// The bits of one of them.
    #[inline(always)]
    pub fn xor(self, other: Self) -> Self {
        self.each(other, |a, b| a ^ b)
    }

    /// The sums, carries dropped.
    #[inline(always)]
    pub fn plus(self, other: Self) -> Self {
        self.each(other, u8::wrapping_add)
    }

    /// The differences, 0 where they would be negative.
    #[inline(always)]
    pub fn minus_to_zero(self, other: Self) -> Self {
        self.each(other, u8::saturating_sub)
    }

    /// The upper half of each byte.
    #[inline(always)]
    pub fn high(self) -> Self {
        Self(self.0.map(|byte| byte >> 4))
    }

    /// The lower half of each byte.
    #[inline(always)]
    pub fn low(self) -> Self {
        Self(self.0.map(|byte| byte & 15))
    }

    /// This table's entry for each place, all below 16.
    #[inline(always)]
    pub fn of(self, places: Self) -> Self {
        Self(places.0.map(|place| self.0[usize::from(place & 15)]))
    }

    /// The highest bit of each byte; the first byte's is the lowest.
    #[inline(always)]
    pub fn mask(self) -> u32 {
        self.0.iter().rev().fold(0, |mask, byte| mask << 1 | u32::from(byte >> 7))
    }

    /// Whether any bit is set.
    #[inline(always)]
    pub fn any(self) -> bool {
        self.0 != [0; 16]
    }

    /// The bytes as two numbers, the first byte the lowest of the first.
    #[inline(always)]
    pub fn words(self) -> [u64; 2] {
        let (low, high) = (self.0.first_chunk(), self.0.last_chunk());
        [low, high].map(|word| word.map_or(0, |word| u64::from_le_bytes(*word)))
    }

    #[cfg(test)]
    pub fn store(self) -> [u8; 16] {
        self.0
    }
}
