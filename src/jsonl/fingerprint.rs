//! Fingerprints of bytes: equal bytes have equal ones, different bytes almost never. Not for secrets.

const PRIMES: [u64; 4] =
    [0x9e37_79b1_85eb_ca87, 0xc2b2_ae3d_27d4_eb4f, 0x1656_67b1_9e37_79f9, 0x85eb_ca77_c2b2_ae63];
const BLOCK: usize = 32;

/// The fingerprint of some bytes. Other seeds give other fingerprints.
pub(super) fn fingerprint(bytes: &[u8], seed: u64) -> u64 {
    join(lanes(bytes, seed), [1, 7, 12, 18], bytes.len())
}

/// A fingerprint of 96 bits, for texts that are not compared themselves. Were it spread evenly, two of
/// 230,000 different texts would share one in 1 of 3 · 10^18 such files: 230,000² / 2 pairs among 2^96.
#[expect(clippy::cast_possible_truncation, reason = "half of the second is enough")]
pub(super) fn fingerprint96(bytes: &[u8]) -> (u64, u32) {
    let lanes = lanes(bytes, 0);
    (join(lanes, [1, 7, 12, 18], bytes.len()), join(lanes, [41, 3, 29, 52], bytes.len()) as u32)
}

/// Four lanes of eight bytes, because one multiplication must not wait for the one before it: bodies are read
/// at the speed of memory.
fn lanes(bytes: &[u8], seed: u64) -> [u64; 4] {
    let mut lanes = PRIMES.map(|prime| prime ^ seed);
    let (blocks, rest) = bytes.as_chunks::<BLOCK>();
    for block in blocks {
        mix_all(&mut lanes, block.as_chunks().0);
    }
    let (words, tail) = rest.as_chunks();
    mix_all(&mut lanes, words);
    if !tail.is_empty() {
        // The last eight bytes. Some were mixed into the lane before; the length tells how many.
        let last = bytes.last_chunk().map_or_else(
            || tail.iter().fold(0, |word, &byte| word << 8 | u64::from(byte)),
            |word| u64::from_le_bytes(*word),
        );
        lanes[words.len()] = mix(lanes[words.len()], last);
    }
    lanes
}

#[inline]
fn mix_all(lanes: &mut [u64; 4], words: &[[u8; 8]]) {
    for (lane, word) in lanes.iter_mut().zip(words) {
        *lane = mix(*lane, u64::from_le_bytes(*word));
    }
}

/// High bits come down to the low ones, which the next multiplication spreads again.
#[inline]
const fn mix(lane: u64, word: u64) -> u64 {
    let mixed = (lane ^ word).wrapping_mul(PRIMES[0]);
    mixed ^ (mixed >> 32)
}

fn join(lanes: [u64; 4], turns: [u32; 4], length: usize) -> u64 {
    let turned = lanes.iter().zip(turns).map(|(lane, by)| lane.rotate_left(by));
    let hash = turned.fold((length as u64).wrapping_mul(PRIMES[0]), u64::wrapping_add);
    spread(spread(hash))
}

const fn spread(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 33)).wrapping_mul(PRIMES[2]);
    hash ^ (hash >> 29)
}

#[cfg(test)]
mod tests {
    use super::{fingerprint, fingerprint96};

    #[test]
    fn every_bit_and_the_length_count() {
        let bytes: Vec<u8> = (0..100).collect();
        let mut seen = vec![fingerprint(&bytes, 0), fingerprint(&bytes, 1), fingerprint(&[], 0)];
        for length in 2..bytes.len() {
            seen.push(fingerprint(&bytes[..length], 0));
            seen.push(fingerprint(&vec![0; length], 0));
        }
        for bit in 0..bytes.len() * 8 {
            let mut other = bytes.clone();
            other[bit / 8] ^= 1 << (bit % 8);
            seen.push(fingerprint(&other, 0));
        }
        let mut other_bits: Vec<u32> =
            (0..60_000u32).map(|id| fingerprint96(format!("request-{id}").as_bytes()).1).collect();
        other_bits.sort_unstable();
        other_bits.dedup();
        assert!(other_bits.len() > 59_990, "of so many texts, hardly two share 32 bits");
        let many = seen.len();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), many);
    }
}
