//! Hashes of `custom_id`s.

use crate::hash::hash;

/// 96 bits of the keyed hash of a `custom_id`. Nobody can write a file whose ids share one on purpose. By
/// chance, two of five million different ids share one in 1 of 6 · 10^15 files.
pub type IdHash = (u64, u32);

/// The hash of a `custom_id`.
#[expect(clippy::cast_possible_truncation, reason = "32 bits of the second half are enough")]
pub fn id_hash(id: &[u8]) -> IdHash {
    let (first, second) = hash(id);
    (first, second as u32)
}
