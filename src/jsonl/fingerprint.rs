//! Fingerprints of bytes: equal bytes have equal ones, different bytes almost never. Not for secrets.

const PRIMES: [u64; 4] =
    [0x9e37_79b1_85eb_ca87, 0xc2b2_ae3d_27d4_eb4f, 0x1656_67b1_9e37_79f9, 0x85eb_ca77_c2b2_ae63];
const BLOCK: usize = 32;

/// The fingerprint of some bytes. Other seeds give other fingerprints.
///
/// Four lanes of eight bytes, because one multiplication must not wait for the one before it; bodies are read at the speed of
/// memory.
pub(super) fn fingerprint(bytes: &[u8], seed: u64) -> u64 {
    let mut lanes = PRIMES.map(|prime| prime ^ seed);
    let (blocks, rest) = bytes.as_chunks::<BLOCK>();
    for block in blocks {
        mix(&mut lanes, block);
    }
    if !rest.is_empty() {
        let mut block = [0; BLOCK];
        block[..rest.len()].copy_from_slice(rest);
        mix(&mut lanes, &block);
    }
    let joined = lanes.iter().zip([1, 7, 12, 18]).map(|(lane, by)| lane.rotate_left(by));
    let hash = joined.fold((bytes.len() as u64).wrapping_mul(PRIMES[0]), u64::wrapping_add);
    spread(spread(hash))
}

#[inline]
fn mix(lanes: &mut [u64; 4], block: &[u8; BLOCK]) {
    let (words, _) = block.as_chunks::<8>();
    for (lane, word) in lanes.iter_mut().zip(words) {
        // The round of xxHash: multiplied before it is added, so that no small change makes up for another.
        let word = u64::from_le_bytes(*word).wrapping_mul(PRIMES[1]);
        *lane = lane.wrapping_add(word).rotate_left(31).wrapping_mul(PRIMES[0]);
    }
}

const fn spread(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 33)).wrapping_mul(PRIMES[2]);
    hash ^ (hash >> 29)
}

#[cfg(test)]
mod tests {
    use super::fingerprint;

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
        let many = seen.len();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), many);
    }
}
