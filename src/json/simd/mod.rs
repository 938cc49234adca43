//! Sixteen bytes at once: the few operations that the reader is made of, and all of its `unsafe`.
//!
//! Three machines give the same answers: WebAssembly's simd128, x86-64 with SSSE3, and plain Rust for every
//! other.

#![allow(unsafe_code, reason = "vector instructions, each said why it is sound; plain Rust needs none")]
#![allow(clippy::many_single_char_names, reason = "the four parts of a block")]

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
#[path = "wasm.rs"]
mod machine;
#[cfg(all(target_arch = "x86_64", target_feature = "ssse3"))]
#[path = "x86.rs"]
mod machine;
#[cfg(not(any(
    all(target_arch = "wasm32", target_feature = "simd128"),
    all(target_arch = "x86_64", target_feature = "ssse3")
)))]
#[path = "plain.rs"]
mod machine;

pub(super) use machine::Bytes;

impl Bytes {
    /// Sixteen times the same byte. The compiler does not see which, so that it stays in a register: V8 would
    /// build a constant again in each round of a loop.
    #[inline(always)]
    pub fn all(byte: u8) -> Self {
        std::hint::black_box(Self::splat(byte))
    }
}

impl Bytes {
    /// The first of the bytes, 0 for the others.
    #[inline(always)]
    pub fn first(self, length: usize) -> Self {
        const PLACES: [u8; 16] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];
        let length = Self::splat(length.to_le_bytes()[0]);
        self.and(Self::load(&PLACES).below(length))
    }
}

/// The bytes of a window before its own 64, by which what a character began with is looked up.
pub(super) const BEFORE: usize = 3;

/// Sixty-four bytes of a text and the three before them.
#[derive(Clone, Copy)]
pub(super) struct Window<'a>(&'a [u8; BEFORE + 64]);

/// A window put together where the text does not have all of it.
pub(super) type Pieced = [u8; BEFORE + 64];

impl<'a> Window<'a> {
    /// The window at a place of a text, if the text has all of it.
    #[inline(always)]
    pub fn at(text: &'a [u8], at: usize) -> Option<Self> {
        let window = text.get(at.wrapping_sub(BEFORE)..at + 64)?;
        window.first_chunk().map(Self)
    }

    /// The window of these bytes.
    pub const fn of(pieced: &'a Pieced) -> Self {
        Self(pieced)
    }

    /// Its 64 bytes, or as many from up to three bytes before them on.
    #[inline(always)]
    pub fn block<const BACK: usize>(self) -> Block {
        Block([
            self.part::<BACK, 0>(),
            self.part::<BACK, 1>(),
            self.part::<BACK, 2>(),
            self.part::<BACK, 3>(),
        ])
    }

    #[inline(always)]
    fn part<const BACK: usize, const PART: usize>(self) -> Bytes {
        let (_, from) = self.0.split_at(const { BEFORE - BACK + 16 * PART });
        match from.first_chunk() {
            Some(part) => Bytes::load(part),
            None => Bytes::splat(0),
        }
    }
}

/// The bytes at a place of a text, NUL where there is no text.
#[cold]
pub(super) fn pieced(text: &[u8], at: usize) -> Pieced {
    let mut pieced = [0; BEFORE + 64];
    let from = at.saturating_sub(BEFORE).min(text.len());
    let piece = &text[from..text.len().min(at + 64)];
    let skipped = from + BEFORE - at;
    pieced[skipped..skipped + piece.len()].copy_from_slice(piece);
    pieced
}

/// Sixty-four bytes; each operation is that of its bytes.
#[derive(Clone, Copy)]
pub(super) struct Block([Bytes; 4]);

impl Block {
    #[inline(always)]
    pub fn is(self, byte: Bytes) -> Self {
        let [a, b, c, d] = self.0;
        Self([a.is(byte), b.is(byte), c.is(byte), d.is(byte)])
    }

    #[inline(always)]
    pub fn below(self, byte: Bytes) -> Self {
        let [a, b, c, d] = self.0;
        Self([a.below(byte), b.below(byte), c.below(byte), d.below(byte)])
    }

    #[inline(always)]
    pub fn plus(self, byte: Bytes) -> Self {
        let [a, b, c, d] = self.0;
        Self([a.plus(byte), b.plus(byte), c.plus(byte), d.plus(byte)])
    }

    #[inline(always)]
    pub fn minus_to_zero(self, byte: Bytes) -> Self {
        let [a, b, c, d] = self.0;
        Self([a.minus_to_zero(byte), b.minus_to_zero(byte), c.minus_to_zero(byte), d.minus_to_zero(byte)])
    }

    #[inline(always)]
    pub fn with(self, bits: Bytes) -> Self {
        let [a, b, c, d] = self.0;
        Self([a.or(bits), b.or(bits), c.or(bits), d.or(bits)])
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
    pub fn only(self, bits: Bytes) -> Self {
        let [a, b, c, d] = self.0;
        Self([a.and(bits), b.and(bits), c.and(bits), d.and(bits)])
    }

    #[inline(always)]
    pub fn xor(self, other: Self) -> Self {
        let ([a, b, c, d], [e, f, g, h]) = (self.0, other.0);
        Self([a.xor(e), b.xor(f), c.xor(g), d.xor(h)])
    }

    /// The table's entries for the upper half of each byte.
    #[inline(always)]
    pub fn high_in(self, table: Bytes) -> Self {
        let [a, b, c, d] = self.0;
        Self([table.of(a.high()), table.of(b.high()), table.of(c.high()), table.of(d.high())])
    }

    /// The table's entries for the lower half of each byte.
    #[inline(always)]
    pub fn low_in(self, table: Bytes) -> Self {
        let [a, b, c, d] = self.0;
        Self([table.of(a.low()), table.of(b.low()), table.of(c.low()), table.of(d.low())])
    }

    /// The highest bit of each byte; the first byte's is the lowest.
    #[inline(always)]
    pub fn mask(self) -> u64 {
        let [a, b, c, d] = self.0;
        let (low, high) = (a.mask() | b.mask() << 16, c.mask() | d.mask() << 16);
        u64::from(low) | u64::from(high) << 32
    }

    /// Whether any bit is set.
    #[inline(always)]
    pub fn any(self) -> bool {
        let [a, b, c, d] = self.0;
        a.or(b).or(c.or(d)).any()
    }
}

/// Where the first `\n` of a text stands.
pub(crate) fn first_newline(text: &[u8]) -> Option<usize> {
    let newline = Bytes::all(b'\n');
    let (parts, rest) = text.as_chunks();
    let part = parts.iter().position(|part| Bytes::load(part).is(newline).any());
    let from = part.unwrap_or(parts.len()) * 16;
    let part = part.map_or(rest, |part| &parts[part]);
    part.iter().position(|&byte| byte == b'\n').map(|at| from + at)
}

/// Where the last `\n` of a text stands.
pub(crate) fn last_newline(text: &[u8]) -> Option<usize> {
    let newline = Bytes::all(b'\n');
    let (rest, parts) = text.as_rchunks();
    let part = parts.iter().rposition(|part| Bytes::load(part).is(newline).any());
    let from = part.map_or(0, |part| rest.len() + part * 16);
    let part = part.map_or(rest, |part| &parts[part]);
    part.iter().rposition(|&byte| byte == b'\n').map(|at| from + at)
}

/// How many bytes at the start of a text are no quote and no backslash, in whole blocks.
pub(crate) fn plain_blocks(text: &[u8]) -> usize {
    let (quote, backslash) = (Bytes::all(b'"'), Bytes::all(b'\\'));
    let ends = |part: &[u8; 16]| {
        let bytes = Bytes::load(part);
        bytes.is(quote).or(bytes.is(backslash)).any()
    };
    16 * text.as_chunks().0.iter().take_while(|part| !ends(part)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sixteen bytes that walk through every value, in an order that mixes high and low.
    fn samples() -> impl Iterator<Item = [u8; 16]> {
        (0..=255u8).map(|seed| {
            std::array::from_fn(|i| {
                seed.wrapping_mul(31).wrapping_add(u8::try_from(i).unwrap().wrapping_mul(83))
            })
        })
    }

    fn bytes(of: impl Fn(u8, u8) -> u8, a: [u8; 16], b: [u8; 16]) -> [u8; 16] {
        std::array::from_fn(|i| of(a[i], b[i]))
    }

    #[test]
    fn each_operation_is_that_of_its_bytes() {
        let truth = |yes: bool| if yes { 0xff } else { 0 };
        for (a, b) in samples().flat_map(|a| samples().step_by(7).map(move |b| (a, b))) {
            let (va, vb) = (Bytes::load(&a), Bytes::load(&b));
            assert_eq!(va.is(vb).store(), bytes(|a, b| truth(a == b), a, b));
            assert_eq!(va.below(vb).store(), bytes(|a, b| truth(a.cast_signed() < b.cast_signed()), a, b));
            assert_eq!(va.or(vb).store(), bytes(|a, b| a | b, a, b));
            assert_eq!(va.and(vb).store(), bytes(|a, b| a & b, a, b));
            assert_eq!(va.xor(vb).store(), bytes(|a, b| a ^ b, a, b));
            assert_eq!(va.plus(vb).store(), bytes(u8::wrapping_add, a, b));
            assert_eq!(va.minus_to_zero(vb).store(), bytes(u8::saturating_sub, a, b));
            assert_eq!(va.high().store(), a.map(|a| a >> 4));
            assert_eq!(va.low().store(), a.map(|a| a & 15));
            assert_eq!(va.of(vb.low()).store(), b.map(|b| a[usize::from(b & 15)]));
            assert_eq!(va.mask(), (0..16).filter(|&i| a[i] >= 0x80).map(|i| 1 << i).sum::<u32>());
            let words = [0, 8].map(|at| u64::from_le_bytes(*a[at..].first_chunk().unwrap()));
            assert_eq!(va.words(), words);
            let length = usize::from(b[0] % 17);
            assert_eq!(va.first(length).store()[..length], a[..length]);
            assert!(va.first(length).store()[length..].iter().all(|&byte| byte == 0));
            assert_eq!(va.any(), a.iter().any(|&a| a != 0));
        }
        assert!(!Bytes::all(0).any());
        assert_eq!(Bytes::all(7).store(), [7; 16]);
    }

    #[test]
    fn newlines_are_found_from_either_side() {
        for length in 0..70 {
            for at in 0..length {
                let mut text = vec![b'x'; length];
                assert_eq!((first_newline(&text), last_newline(&text)), (None, None));
                text[at] = b'\n';
                assert_eq!((first_newline(&text), last_newline(&text)), (Some(at), Some(at)));
                text[length / 2] = b'\n';
                let (first, last) = (at.min(length / 2), at.max(length / 2));
                assert_eq!((first_newline(&text), last_newline(&text)), (Some(first), Some(last)));
            }
        }
    }

    #[test]
    fn a_window_is_the_text_with_nul_around_it() {
        let text: Vec<u8> = (1..=200).collect();
        for at in 0..text.len() {
            let pieces = pieced(&text, at);
            let window = Window::at(&text, at).unwrap_or(Window::of(&pieces));
            assert_eq!(window.0, &pieces);
            let expected: Vec<u8> = (at..at + 67)
                .map(|i| i.checked_sub(3).and_then(|i| text.get(i)).copied().unwrap_or(0))
                .collect();
            assert_eq!(window.0, &expected[..], "at {at}");
            let stored = |block: Block| block.0.map(Bytes::store).concat();
            assert_eq!(stored(window.block::<0>()), &expected[3..]);
            assert_eq!(stored(window.block::<3>()), &expected[..64]);
            let high: Vec<u32> = (0..64).filter(|&i| expected[i as usize + 3] >= 0x80).collect();
            assert_eq!(window.block::<0>().mask(), high.iter().map(|i| 1 << i).sum::<u64>());
        }
    }
}
