//! placeholder
#[cfg(feature = "wasm")]
mod wasm;
