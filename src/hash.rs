//! Hashes that the author of a file cannot foresee: SipHash-1-3 of 128 bits with a secret, random key.
//!
//! Equal bytes have equal hashes; different bytes that share one cannot be constructed without the key. No
//! output shows a hash, so that results do not depend on the key.

use std::sync::OnceLock;

use siphasher::sip128::SipHasher13;

static KEY: OnceLock<[u64; 2]> = OnceLock::new();

/// Sets the key, for targets without a source of random numbers of their own. Does nothing once there is one.
#[cfg(feature = "files")]
pub fn set_key(key: [u64; 2]) {
    let _ = KEY.set(key);
}

/// The hash of some bytes, as two halves.
pub fn hash(bytes: &[u8]) -> (u64, u64) {
    let [first, second] = *KEY.get_or_init(random_key);
    SipHasher13::new_with_keys(first, second).hash(bytes).as_u64()
}

#[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
fn random_key() -> [u64; 2] {
    use std::hash::{BuildHasher, RandomState};
    let random = RandomState::new();
    [random.hash_one(0), random.hash_one(1)]
}

/// Such a target has no random numbers; its host calls `set_key`.
#[cfg(all(target_family = "wasm", target_os = "unknown"))]
const fn random_key() -> [u64; 2] {
    [0, 0]
}
