//! Sixty-four bytes of a text, as four vectors.

use super::machine::U8x16;

/// The number of bytes before a window's own 64: enough to complete the longest UTF-8 sequence.
const BEFORE: usize = 3;

/// The size of a window in bytes.
const SIZE: usize = BEFORE + 64;

/// Sixty-four bytes of a text and the three before them.
#[derive(Clone, Copy)]
pub(in crate::json) struct Window<'a>(&'a [u8; SIZE]);

impl<'a> Window<'a> {
    /// The window at an offset, if the text has all of it.
    #[inline(always)]
    pub fn at(text: &'a [u8], at: usize) -> Option<Self> {
        let window = text.get(at.wrapping_sub(BEFORE)..at + 64)?;
        window.first_chunk().map(Self)
    }

    /// A window over bytes from [`zero_padded`].
    pub const fn of(bytes: &'a [u8; SIZE]) -> Self {
        Self(bytes)
    }

    /// The window's 64 bytes.
    #[inline(always)]
    pub fn block(self) -> U8x64 {
        self.prev::<0>()
    }

    /// The 64 bytes that start `N` bytes earlier; `N` is at most 3.
    #[inline(always)]
    pub fn prev<const N: usize>(self) -> U8x64 {
        U8x64([self.part::<N, 0>(), self.part::<N, 1>(), self.part::<N, 2>(), self.part::<N, 3>()])
    }

    #[inline(always)]
    fn part<const N: usize, const PART: usize>(self) -> U8x16 {
        let (_, from) = self.0.split_at(const { BEFORE - N + 16 * PART });
        match from.first_chunk() {
            Some(part) => U8x16::load(part),
            None => U8x16::splat(0),
        }
    }
}

/// The bytes of the window at an offset, zero where the text has none.
#[cold]
pub(in crate::json) fn zero_padded(text: &[u8], at: usize) -> [u8; SIZE] {
    let mut padded = [0; SIZE];
    let from = at.saturating_sub(BEFORE).min(text.len());
    let bytes = &text[from..text.len().min(at + 64)];
    let skipped = from + BEFORE - at;
    padded[skipped..skipped + bytes.len()].copy_from_slice(bytes);
    padded
}

/// A vector of sixty-four bytes. Each operation acts on its four parts.
#[derive(Clone, Copy)]
pub(in crate::json) struct U8x64([U8x16; 4]);

#[allow(clippy::many_single_char_names, reason = "the four parts")]
impl U8x64 {
    /// Loads sixty-four bytes.
    #[inline(always)]
    pub fn load(bytes: &[u8; 64]) -> Self {
        match bytes.as_chunks().0 {
            [a, b, c, d] => Self([U8x16::load(a), U8x16::load(b), U8x16::load(c), U8x16::load(d)]),
            _ => Self([U8x16::splat(0); 4]),
        }
    }

    #[inline(always)]
    pub fn eq(self, byte: U8x16) -> Self {
        let [a, b, c, d] = self.0;
        Self([a.eq(byte), b.eq(byte), c.eq(byte), d.eq(byte)])
    }

    #[inline(always)]
    pub fn lt_signed(self, byte: U8x16) -> Self {
        let [a, b, c, d] = self.0;
        Self([a.lt_signed(byte), b.lt_signed(byte), c.lt_signed(byte), d.lt_signed(byte)])
    }

    #[inline(always)]
    pub fn wrapping_add(self, byte: U8x16) -> Self {
        let [a, b, c, d] = self.0;
        Self([a.wrapping_add(byte), b.wrapping_add(byte), c.wrapping_add(byte), d.wrapping_add(byte)])
    }

    #[inline(always)]
    pub fn saturating_sub(self, byte: U8x16) -> Self {
        let [a, b, c, d] = self.0;
        Self([a.saturating_sub(byte), b.saturating_sub(byte), c.saturating_sub(byte), d.saturating_sub(byte)])
    }

    /// The bitwise OR of each part with the same bits.
    #[inline(always)]
    pub fn or_each(self, bits: U8x16) -> Self {
        let [a, b, c, d] = self.0;
        Self([a.or(bits), b.or(bits), c.or(bits), d.or(bits)])
    }

    /// The bitwise AND of each part with the same bits.
    #[inline(always)]
    pub fn and_each(self, bits: U8x16) -> Self {
        let [a, b, c, d] = self.0;
        Self([a.and(bits), b.and(bits), c.and(bits), d.and(bits)])
    }

    #[inline(always)]
    pub fn or(self, other: Self) -> Self {
        let ([a, b, c, d], [e, f, g, h]) = (self.0, other.0);
        Self([a.or(e), b.or(f), c.or(g), d.or(h)])
    }

    #[inline(always)]
    pub fn and(self, other: Self) -> Self {
        let ([a, b, c, d], [e, f, g, h]) = (self.0, other.0);
        Self([a.and(e), b.and(f), c.and(g), d.and(h)])
    }

    #[inline(always)]
    pub fn xor(self, other: Self) -> Self {
        let ([a, b, c, d], [e, f, g, h]) = (self.0, other.0);
        Self([a.xor(e), b.xor(f), c.xor(g), d.xor(h)])
    }

    /// The table's byte for the upper four bits of each byte.
    #[inline(always)]
    pub fn lookup_high(self, table: U8x16) -> Self {
        let [a, b, c, d] = self.0;
        Self([
            a.shr4().lookup_16(table),
            b.shr4().lookup_16(table),
            c.shr4().lookup_16(table),
            d.shr4().lookup_16(table),
        ])
    }

    /// The table's byte for the lower four bits of each byte.
    #[inline(always)]
    pub fn lookup_low(self, table: U8x16) -> Self {
        let [a, b, c, d] = self.0;
        Self([
            a.low_nibbles().lookup_16(table),
            b.low_nibbles().lookup_16(table),
            c.low_nibbles().lookup_16(table),
            d.low_nibbles().lookup_16(table),
        ])
    }

    /// The highest bits of all bytes, that of the first byte lowest.
    #[inline(always)]
    pub fn to_bitmask(self) -> u64 {
        let [a, b, c, d] = self.0;
        let (low, high) = (a.to_bitmask() | b.to_bitmask() << 16, c.to_bitmask() | d.to_bitmask() << 16);
        u64::from(low) | u64::from(high) << 32
    }

    #[inline(always)]
    pub fn any_bit_set(self) -> bool {
        let [a, b, c, d] = self.0;
        a.or(b).or(c.or(d)).any_bit_set()
    }
}

#[cfg(test)]
mod tests {
    use super::super::machine::U8x16;
    use super::{U8x64, Window, zero_padded};

    #[test]
    fn a_window_contains_the_text_and_zeros_around_it() {
        let text: Vec<u8> = (1..=200).collect();
        for at in 0..text.len() {
            let padded = zero_padded(&text, at);
            let window = Window::at(&text, at).unwrap_or(Window::of(&padded));
            assert_eq!(window.0, &padded);
            let expected: Vec<u8> = (at..at + 67)
                .map(|i| i.checked_sub(3).and_then(|i| text.get(i)).copied().unwrap_or(0))
                .collect();
            assert_eq!(window.0, &expected[..], "at {at}");
            let stored = |block: U8x64| block.0.map(U8x16::store).concat();
            assert_eq!(stored(window.block()), &expected[3..]);
            assert_eq!(stored(window.prev::<3>()), &expected[..64]);
            let high: Vec<u32> = (0..64).filter(|&i| expected[i as usize + 3] >= 0x80).collect();
            assert_eq!(window.block().to_bitmask(), high.iter().map(|i| 1 << i).sum::<u64>());
        }
    }
}
