//! Vectors of bytes for the parser, vectors of numbers for the hashes of lines, with the few operations that
//! they need, and all `unsafe` code of the crate.
//!
//! Three implementations give the same results: WebAssembly's simd128, x86-64 with SSE4.1, and portable Rust
//! for every other target.

#![allow(unsafe_code, reason = "vector instructions; each use says why it is sound")]

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
#[path = "wasm.rs"]
mod machine;
#[cfg(all(target_arch = "x86_64", target_feature = "sse4.1"))]
#[path = "x86.rs"]
mod machine;
#[cfg(not(any(
    all(target_arch = "wasm32", target_feature = "simd128"),
    all(target_arch = "x86_64", target_feature = "sse4.1")
)))]
#[path = "plain.rs"]
mod machine;

pub(super) mod search;
#[cfg_attr(
    not(any(
        all(target_arch = "wasm32", target_feature = "simd128"),
        all(target_arch = "x86_64", target_feature = "sse4.1")
    )),
    path = "u32x16_plain.rs"
)]
mod u32x16;
mod u8x16;
mod u8x64;

pub(super) use machine::U8x16;
pub(super) use u8x64::{U8x64, Window, zero_padded};
pub(crate) use u32x16::U32x16;
