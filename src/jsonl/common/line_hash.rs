//! Hashes of lines. A second pass over a file compares them to detect changes.
//!
//! The hash is not cryptographic. `pkg/src/files/io/line-hash.ts` computes the same hash in JavaScript, so it
//! uses 32-bit arithmetic only and has 53 bits, which a JavaScript number represents exactly.

use crate::json::U32x16;

/// The number of 32-bit words that are mixed in parallel.
const LANES: usize = 16;

/// The primes of xxHash.
const PRIMES: [u32; 2] = [0x9e37_79b1, 0x85eb_ca77];

/// The bits of the upper half that are kept.
const UPPER: u32 = (1 << 21) - 1;

/// The hash of bytes that come in chunks of any size.
#[derive(Clone, Debug, Default)]
pub struct ByteHash {
    lanes: [u32; LANES],
    /// Bytes that do not fill a block yet.
    rest: Vec<u8>,
    length: u64,
}

type Block = [u8; LANES * 4];

impl ByteHash {
    /// Adds bytes.
    pub fn update(&mut self, mut bytes: &[u8]) {
        self.length += bytes.len() as u64;
        if !self.rest.is_empty() {
            let (before, after) = bytes.split_at(bytes.len().min(size_of::<Block>() - self.rest.len()));
            self.rest.extend_from_slice(before);
            bytes = after;
            let Ok(block) = <&Block>::try_from(self.rest.as_slice()) else { return };
            mix_blocks(&mut self.lanes, block);
            self.rest.clear();
        }
        self.rest.extend_from_slice(mix_blocks(&mut self.lanes, bytes));
    }

    /// The hash of all bytes that were added.
    #[must_use]
    pub fn finish(&self) -> u64 {
        let end = Finalizer { lanes: self.lanes, rest: &self.rest, length: self.length };
        end.finish(0, 0)
    }
}

/// The hash of complete lines, given the hash of the lines before the last one (0 if there are none) and the
/// last line with the length of its line break.
pub fn hash_line(before: u64, line: &[u8], end: u8) -> u64 {
    let mut lanes = [0; LANES];
    let rest = mix_blocks(&mut lanes, line);
    Finalizer { lanes, rest, length: line.len() as u64 }.finish(before, end)
}

/// The hash of complete lines, such as the lines of a range of a file.
///
/// ```
/// use batchlight::jsonl::hash_lines;
/// assert_eq!(hash_lines(b"{}\n[]\n"), hash_lines(b"{}\n[]\n"));
/// assert_ne!(hash_lines(b"{}\n[]\n"), hash_lines(b"{}\n[]"));
/// assert!(hash_lines(b"{}\n") < 1 << 53);
/// ```
#[must_use]
pub fn hash_lines(lines: &[u8]) -> u64 {
    lines.split_inclusive(|&byte| byte == b'\n').fold(0, |before, line| match line {
        [line @ .., b'\r', b'\n'] => hash_line(before, line, 2),
        [line @ .., b'\n'] => hash_line(before, line, 1),
        line => hash_line(before, line, 0),
    })
}

/// The last step of a hash, after all complete blocks.
struct Finalizer<'a> {
    lanes: [u32; LANES],
    rest: &'a [u8],
    length: u64,
}

impl Finalizer<'_> {
    fn finish(mut self, before: u64, end: u8) -> u64 {
        let (words, tail) = self.rest.as_chunks();
        let mut last = [0; 4];
        last[..tail.len()].copy_from_slice(tail);
        for (lane, word) in self.lanes.iter_mut().zip(words.iter().chain([&last])) {
            *lane = mix(*lane, u32::from_le_bytes(*word));
        }
        let [lower, upper] = halves(before);
        let [length, length_high] = halves(self.length);
        let lower = self.lanes.iter().fold(mix(lower, length), |hash, &lane| mix(hash, lane));
        let start = mix(mix(upper, length_high), u32::from(end) + 1);
        let upper = self.lanes.iter().rev().fold(start, |hash, &lane| mix(hash, lane));
        u64::from(avalanche(upper) & UPPER) << 32 | u64::from(avalanche(lower))
    }
}

#[expect(clippy::cast_possible_truncation, reason = "splits the number into its halves")]
const fn halves(number: u64) -> [u32; 2] {
    [number as u32, (number >> 32) as u32]
}

/// Mixes all complete blocks and returns the remaining bytes. [`U32x16::mix`] does the same as [`mix`], for
/// all lanes at once.
fn mix_blocks<'a>(lanes: &mut [u32; LANES], bytes: &'a [u8]) -> &'a [u8] {
    let (blocks, rest) = bytes.as_chunks();
    let mut state = U32x16::new(lanes);
    for block in blocks {
        state = state.mix(block, PRIMES);
    }
    *lanes = state.to_array();
    rest
}

/// The round of xxHash. The rotation between the two multiplications moves high bits down, so that a change
/// of a few bits in the next word cannot cancel an earlier change.
#[inline]
const fn mix(state: u32, word: u32) -> u32 {
    state.wrapping_add(word.wrapping_mul(PRIMES[1])).rotate_left(13).wrapping_mul(PRIMES[0])
}

const fn avalanche(state: u32) -> u32 {
    let mixed = (state ^ (state >> 15)).wrapping_mul(PRIMES[1]);
    mixed ^ (mixed >> 13)
}

#[cfg(test)]
mod tests {
    use super::{ByteHash, LANES, hash_line, hash_lines, mix, mix_blocks};

    fn hash_in_chunks(bytes: &[u8], size: usize) -> u64 {
        let mut hash = ByteHash::default();
        bytes.chunks(size).for_each(|chunk| hash.update(chunk));
        hash.finish()
    }

    #[test]
    fn blocks_are_mixed_word_by_word() {
        let words = (1..=48).map(|i| 0x9abc_def1_u32.wrapping_mul(i));
        let bytes: Vec<u8> = words.clone().flat_map(u32::to_le_bytes).chain([7]).collect();
        let mut lanes = [0x1234_5678; LANES];
        let mut expected = lanes;
        assert_eq!(mix_blocks(&mut lanes, &bytes), [7]);
        for (i, word) in words.enumerate() {
            expected[i % LANES] = mix(expected[i % LANES], word);
        }
        assert_eq!(lanes, expected);
    }

    #[test]
    fn the_hash_depends_on_every_bit_the_length_and_the_line_break() {
        let bytes: Vec<u8> = (1..=200).collect();
        let mut seen = vec![hash_line(0, &bytes, 0), hash_line(0, &bytes, 1), hash_line(1, &bytes, 0)];
        for length in 0..bytes.len() {
            seen.push(hash_line(0, &bytes[..length], 2));
            seen.push(hash_line(0, &vec![0; length + 1], 2));
        }
        for bit in 0..bytes.len() * 8 {
            let mut other = bytes.clone();
            other[bit / 8] ^= 1 << (bit % 8);
            seen.push(hash_line(0, &other, 0));
            // The same bit in the word that is mixed next into the same lane.
            if let Some(byte) = other.get_mut(bit / 8 + 64) {
                *byte ^= 1 << (bit % 8);
                seen.push(hash_line(0, &other, 0));
            }
        }
        let many = seen.len();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), many);
        assert!(seen.iter().all(|&hash| hash < 1 << 53));
    }

    #[test]
    fn the_hash_does_not_depend_on_the_chunks() {
        let bytes: Vec<u8> = (0..=255).cycle().take(1000).collect();
        for length in [0, 1, 63, 64, 65, 127, 128, 129, 1000] {
            let bytes = &bytes[..length];
            for size in [1, 3, 63, 64, 65, 128, 500, 1000] {
                assert_eq!(hash_in_chunks(bytes, size), hash_line(0, bytes, 0), "{length} by {size}");
            }
        }
    }

    #[test]
    fn the_hash_of_lines_depends_on_their_order() {
        let two = hash_line(hash_line(0, b"{}", 2), b"", 1);
        assert_eq!(hash_lines(b"{}\r\n\n"), two);
        assert_eq!(hash_lines(b"{}\r\n\n[1]"), hash_line(two, b"[1]", 0));
        assert_ne!(hash_lines(b"{}\n[]\n"), hash_lines(b"[]\n{}\n"));
        assert_eq!(hash_lines(b""), 0);
    }
}
