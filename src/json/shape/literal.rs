//! The parts of a line that are the same in each line of a shape.

use crate::json::simd::U8x16;

/// A sequence of bytes, compared sixteen at a time.
#[derive(Clone, Copy, Debug, Default)]
pub struct Literal {
    /// The first sixteen bytes.
    pub head: [u8; 16],
    /// 0xff for each byte that is compared, 0 for the others: of the last block, or of `head` if that is all.
    pub mask: [u8; 16],
    /// The length in bytes.
    pub length: u32,
    /// The index of the second block among the blocks of the shape.
    pub first: u32,
    /// The number of further blocks. The block after them is their `mask`.
    pub more: u32,
}

impl Literal {
    /// Whether the text has this literal at an offset. False if fewer than sixteen bytes are left for a
    /// block.
    #[inline(always)]
    pub fn is_at(&self, at: usize, text: &[u8], blocks: &[[u8; 16]]) -> bool {
        let Some(bytes) = text.get(at..at + 16).and_then(|bytes| bytes.first_chunk()) else { return false };
        let difference = U8x16::load(&self.head).xor(U8x16::load(bytes)).and(U8x16::load(&self.mask));
        !difference.any_bit_set() && (self.more == 0 || self.rest_is_at(at + 16, text, blocks))
    }

    /// Whether the text has the bytes after the first sixteen at an offset.
    #[inline(always)]
    fn rest_is_at(&self, at: usize, text: &[u8], blocks: &[[u8; 16]]) -> bool {
        let (first, more) = (self.first as usize, self.more as usize);
        let (Some(known), Some(text)) = (blocks.get(first..=first + more), text.get(at..at + 16 * more))
        else {
            return false;
        };
        let [known @ .., mask] = known else { return false };
        let (mut difference, mut last) = (U8x16::splat(0), U8x16::splat(0));
        for (known, part) in known.iter().zip(text.as_chunks().0) {
            difference = difference.or(last);
            last = U8x16::load(known).xor(U8x16::load(part));
        }
        !difference.or(last.and(U8x16::load(mask))).any_bit_set()
    }
}
