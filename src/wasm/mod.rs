//! The only place that knows JavaScript. One crate, two modules: what is asked about a batch (feature `core`)
//! is small and starts at once, what is asked about files (feature `files`) needs SIMD and is loaded by those
//! who have files.

#[cfg(feature = "core")]
mod batch;
#[cfg(feature = "files")]
mod files;
#[cfg(any(feature = "core", feature = "files"))]
mod json_text;
#[cfg(feature = "mock")]
mod mock;
mod number;
#[cfg(feature = "core")]
mod output;
#[cfg(any(feature = "core", feature = "files"))]
mod output_value;
#[cfg(feature = "core")]
mod slot;

/// The allocator of the module: a quarter of the size of the standard library's, and as quick. It joins what
/// is freed again, so that texts that grow from call to call do not each take memory of their own.
#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
