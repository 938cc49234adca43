//! Deterministic pseudorandom numbers from `SplitMix64`: the same seed always gives the same number.

/// The first number of the `SplitMix64` generator with this seed.
pub const fn splitmix64(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// A uniform number in the range from 0 (inclusive) to 1 (exclusive).
pub fn unit_interval(seed: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit exactly")]
    return (splitmix64(seed) >> 11) as f64 / (1_u64 << 53) as f64;
}

/// The number with the index `index` of the stream `stream`.
pub const fn draw(seed: u64, stream: u64, index: u64) -> u64 {
    nth(stream_of(seed, stream), index)
}

/// The state of a stream, for repeated calls of [`nth`]. Streams of one seed are independent.
pub const fn stream_of(seed: u64, stream: u64) -> u64 {
    splitmix64(seed ^ splitmix64(stream))
}

/// The number with the index `index` of a stream.
pub const fn nth(stream: u64, index: u64) -> u64 {
    splitmix64(stream.wrapping_add(index))
}

/// A whole number from `min` to `max`, inclusive.
pub const fn between(seed: u64, min: u64, max: u64) -> u64 {
    min + splitmix64(seed) % (max - min + 1)
}
