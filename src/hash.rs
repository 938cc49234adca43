//! Keyed hashes of 128 bits: SipHash-1-3 with a secret, random key.
//!
//! Nobody can write a file whose ids or keys collide without knowing the key. No output contains a hash, so
//! that results do not depend on the key. Only in Rust programs for WebAssembly, which has no random numbers,
//! the key is fixed.

#[cfg(all(target_family = "wasm", target_os = "unknown"))]
use host::key;
#[cfg(all(target_family = "wasm", target_os = "unknown", feature = "_files"))]
pub use host::set_key;
use siphasher::sip128::SipHasher13;

/// The hash of some bytes, as its lower and its upper half.
#[inline(never)] // called from many places
pub fn hash(bytes: &[u8]) -> (u64, u64) {
    let [first, second] = key();
    SipHasher13::new_with_keys(first, second).hash(bytes).as_u64()
}

#[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
fn key() -> [u64; 2] {
    use std::hash::{BuildHasher, RandomState};
    use std::sync::OnceLock;
    static KEY: OnceLock<[u64; 2]> = OnceLock::new();
    *KEY.get_or_init(|| {
        let random = RandomState::new();
        [random.hash_one(0), random.hash_one(1)]
    })
}

/// WebAssembly has no random numbers: its host sets the key, which is zero until then.
#[cfg(all(target_family = "wasm", target_os = "unknown"))]
mod host {
    use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

    static KEY: [AtomicU64; 2] = [AtomicU64::new(0), AtomicU64::new(0)];

    /// Sets the key, while no hash of an earlier key is in use.
    #[cfg(feature = "_files")]
    pub fn set_key(key: [u64; 2]) {
        KEY.iter().zip(key).for_each(|(half, key)| half.store(key, Relaxed));
    }

    pub fn key() -> [u64; 2] {
        [KEY[0].load(Relaxed), KEY[1].load(Relaxed)]
    }
}
