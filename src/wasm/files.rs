//! The exports for files. Each instance of the module runs one operation at a time: JavaScript sets options,
//! writes the chunks of the files, and reads the answer.
//!
//! Only numbers and memory addresses are passed, so the module needs no glue code. Strings, chunks and
//! answers are in this module's memory.

mod boundary;
mod operation;
mod rows;
mod run;
mod settings;

use std::cell::Cell;

use wasm_bindgen::prelude::*;

#[cfg(target_family = "wasm")]
use crate::hash::set_key;

use boundary::{TABLES_HASH, hash_bytes};
use operation::Operation;
use settings::Settings;

thread_local! {
    static INSTANCE: Cell<Option<Box<Instance>>> = const { Cell::new(None) };
}

/// The state of an instance.
#[derive(Default)]
struct Instance {
    settings: Settings,
    operation: Operation,
    /// A string option, written before an operation was opened.
    string: Vec<u8>,
    /// The part of the answer that was requested last.
    answer: Vec<u8>,
}

/// Takes the instance out of its cell while `run` uses it. Unlike a `RefCell`, this cannot panic.
fn with_instance<T>(run: impl FnOnce(&mut Instance) -> T) -> T {
    let mut instance = INSTANCE.take().unwrap_or_default();
    let result = run(&mut instance);
    INSTANCE.set(Some(instance));
    result
}

/// A hash of the package version, the exports and the tables of [`boundary`]. JavaScript compares it with the
/// one it was generated for.
#[wasm_bindgen]
#[must_use]
pub fn files_layout() -> u32 {
    hash_bytes(env!("CARGO_PKG_VERSION").as_bytes(), TABLES_HASH ^ EXPORTS_VERSION)
}

/// To be incremented with every change of these exports.
const EXPORTS_VERSION: u32 = 7;

/// Frees everything that the previous operation left, and sets the key of the hashes of the next one: 128
/// random bits. To be called before each operation.
#[cfg(target_family = "wasm")]
#[wasm_bindgen]
pub fn reset(a: u32, b: u32, c: u32, d: u32) {
    drop(INSTANCE.take());
    let join = |high: u32, low: u32| u64::from(high) << 32 | u64::from(low);
    set_key([join(a, b), join(c, d)]);
}

/// The number of files of one kind that an operation accepts.
#[wasm_bindgen]
#[must_use]
pub fn max_files() -> u32 {
    u32::from(u16::MAX) + 1
}

/// Sets a numeric option of the operation that is opened next.
#[wasm_bindgen]
pub fn set_number(key: usize, value: f64) {
    with_instance(|instance| instance.settings.set_number(key, value));
}

/// Sets a string option to the first `length` bytes of the memory that was reserved last.
#[wasm_bindgen]
pub fn set_text(key: usize, length: usize) {
    with_instance(|instance| {
        let string = String::from_utf8_lossy(instance.string.get(..length).unwrap_or_default()).into_owned();
        instance.settings.set_string(key, string);
    });
}

/// Adds a batch to the options. Negative numbers stand for absent values.
#[wasm_bindgen]
pub fn add_batch(status: f64, total: f64, completed: f64, failed: f64, output: f64, error: f64) {
    with_instance(|instance| instance.settings.add_batch([status, total, completed, failed, output, error]));
}

/// Opens an operation.
#[wasm_bindgen]
pub fn open(operation: usize) {
    with_instance(|instance| instance.operation = Operation::open(operation, &mut instance.settings));
}

/// Begins a file with this role, and this index among the files of the role, below [`max_files`].
#[wasm_bindgen]
pub fn file(role: u32, index: u16) {
    with_instance(|instance| instance.operation.file(role, index));
}

/// Reserves memory for a chunk, or for a string option if no file has begun. Returns its address.
#[wasm_bindgen]
#[must_use]
pub fn reserve(size: usize) -> usize {
    with_instance(|instance| {
        let buffer = instance.operation.spare_mut(size).unwrap_or_else(|| {
            instance.string.resize(size, 0);
            &mut instance.string
        });
        buffer.as_mut_ptr() as usize
    })
}

/// Processes the chunk that was written into the reserved memory.
#[wasm_bindgen]
pub fn commit(size: usize) {
    with_instance(|instance| instance.operation.advance(size));
}

/// Ends the file.
#[wasm_bindgen]
pub fn end() {
    with_instance(|instance| instance.operation.end());
}

/// The number of lines of all files that have been read.
#[wasm_bindgen]
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "no file has 2^53 lines")]
pub fn lines() -> f64 {
    with_instance(|instance| instance.operation.lines() as f64)
}

/// Makes a part of the answer. Returns its address. A page after the last one is empty.
#[wasm_bindgen]
#[must_use]
pub fn answer(part: usize, page: usize) -> usize {
    with_instance(|instance| {
        instance.answer.clear();
        instance.operation.answer(part, page, &mut instance.answer);
        instance.answer.as_ptr() as usize
    })
}

/// The length of that part, in bytes.
#[wasm_bindgen]
#[must_use]
pub fn answer_length() -> usize {
    with_instance(|instance| instance.answer.len())
}
