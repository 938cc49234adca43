//! The bindings to JavaScript. No other module of this crate depends on JavaScript.
//!
//! The npm package has one WebAssembly module for each feature: `_core` for batches is small and starts
//! quickly; `_files` needs SIMD and is loaded only when a file is processed; `_mock` is the simulator of the
//! mock server.

#[cfg(feature = "_core")]
mod answer;
#[cfg(feature = "_core")]
mod batch;
#[cfg(feature = "_files")]
mod files;
#[cfg(feature = "js")]
pub mod js;
#[cfg(feature = "_files")]
mod json_text;
#[cfg(feature = "_mock")]
mod mock;
#[cfg(feature = "_mock")]
mod mock_outcome;
#[cfg(any(feature = "_core", feature = "_files"))]
mod never;
#[cfg(feature = "_wasm")]
mod number;
#[cfg(feature = "_core")]
mod output;
#[cfg(feature = "_core")]
mod slot;

/// The allocator. It has a quarter of the code size of the standard library's and the same speed. It merges
/// adjacent free blocks, so that memory does not grow with strings that are larger in each call.
#[cfg(all(feature = "_wasm", target_family = "wasm"))]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
