//! Numbers that look like chance and are not: the same seed gives the same number, everywhere and for good.

/// Spreads a seed evenly over all 64-bit numbers: the finalizer of `SplitMix64`.
pub const fn spread(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// A number from 0 up to, not including, 1 for a seed, spread evenly.
pub fn unit(seed: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "53 bits are kept")]
    return (spread(seed) >> 11) as f64 / (1_u64 << 53) as f64;
}

/// The seed of one of many draws: `stream` says what is drawn, `index` for which one of its kind.
pub const fn draw(seed: u64, stream: u64, index: u64) -> u64 {
    nth(stream_of(seed, stream), index)
}

/// One of the streams that belong to a seed, for many draws of [`nth`].
pub const fn stream_of(seed: u64, stream: u64) -> u64 {
    spread(seed ^ spread(stream))
}

/// The draw for one of its kind from a stream.
pub const fn nth(stream: u64, index: u64) -> u64 {
    spread(stream.wrapping_add(index))
}

/// A whole number between two, ends included.
pub const fn between(seed: u64, least: u64, most: u64) -> u64 {
    least + spread(seed) % (most - least + 1)
}
