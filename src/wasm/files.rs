//! What is asked about files, one operation in each instance: options and pieces of bytes come in, one answer
//! goes out.
//!
//! Numbers and addresses cross, nothing else; so the module needs no glue, and JavaScript copies a piece in
//! with one call. Texts and answers lie in this module's memory.

mod rows;
mod settings;
mod work;

use std::cell::Cell;

use wasm_bindgen::prelude::*;

#[cfg(target_family = "wasm")]
use crate::hash::set_key;
use settings::Settings;
use work::Work;

thread_local! {
    static INSTANCE: Cell<Option<Box<Instance>>> = const { Cell::new(None) };
}

/// What an instance holds.
#[derive(Default)]
struct Instance {
    settings: Settings,
    work: Work,
    /// What was written before an operation was opened: a text among its options.
    text: Vec<u8>,
    /// The part of the answer that was asked for last.
    answer: Vec<u8>,
}

/// The instance is taken out meanwhile: what cannot be borrowed twice needs no check and cannot panic.
fn with<T>(work: impl FnOnce(&mut Instance) -> T) -> T {
    let mut instance = INSTANCE.take().unwrap_or_default();
    let answer = work(&mut instance);
    INSTANCE.set(Some(instance));
    answer
}

/// What tells this version's module from others.
#[wasm_bindgen]
#[must_use]
pub fn files_layout() -> u32 {
    env!("CARGO_PKG_VERSION")
        .bytes()
        .fold(LAYOUT, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// Counted up with every change of what crosses.
const LAYOUT: u32 = 3;

/// Sets the key of all hashes of this instance: 128 random bits. Called first.
#[cfg(target_family = "wasm")]
#[wasm_bindgen]
pub fn set_hash_key(a: u32, b: u32, c: u32, d: u32) {
    let join = |high: u32, low: u32| u64::from(high) << 32 | u64::from(low);
    set_key([join(a, b), join(c, d)]);
}

/// Sets a number among the options of the operation that is opened next.
#[wasm_bindgen]
pub fn set_number(key: usize, value: f64) {
    with(|instance| instance.settings.set_number(key, value));
}

/// Sets a text among them: the beginning of what was written into the room reserved last.
#[wasm_bindgen]
pub fn set_text(key: usize, length: usize) {
    with(|instance| {
        let text = String::from_utf8_lossy(instance.text.get(..length).unwrap_or_default()).into_owned();
        instance.settings.set_text(key, text);
    });
}

/// Adds what a batch says of its files; below zero for what it does not say.
#[wasm_bindgen]
pub fn add_batch(status: f64, total: f64, completed: f64, failed: f64, output: f64, error: f64) {
    with(|instance| instance.settings.add_batch([status, total, completed, failed, output, error]));
}

/// Opens the operation.
#[wasm_bindgen]
pub fn open(operation: u32) {
    with(|instance| instance.work = Work::open(operation, &mut instance.settings));
}

/// How many files of one kind an operation takes.
#[wasm_bindgen]
#[must_use]
pub fn max_files() -> u32 {
    u32::from(u16::MAX) + 1
}

/// Says that a file begins: what it is in the operation, and which of these, below [`max_files`].
#[wasm_bindgen]
pub fn file(role: u32, index: u16) {
    with(|instance| instance.work.file(role, index));
}

/// Makes room for a piece; gives its address.
#[wasm_bindgen]
#[must_use]
pub fn reserve(size: usize) -> usize {
    with(|instance| {
        let room = instance.work.room(size).unwrap_or_else(|| {
            instance.text.resize(size, 0);
            &mut instance.text
        });
        room.as_mut_ptr() as usize
    })
}

/// Takes the piece that was written into the room.
#[wasm_bindgen]
pub fn commit(size: usize) {
    with(|instance| instance.work.take(size));
}

/// Says that the file has ended.
#[wasm_bindgen]
pub fn end() {
    with(|instance| instance.work.end());
}

/// How many lines have ended, of all files.
#[wasm_bindgen]
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "no file has 2^53 lines")]
pub fn lines() -> f64 {
    with(|instance| instance.work.lines() as f64)
}

/// Makes a part of the answer; gives its address. What comes in pages is empty from the page behind the last.
#[wasm_bindgen]
#[must_use]
pub fn answer(part: u32, page: usize) -> usize {
    with(|instance| {
        instance.answer.clear();
        instance.work.answer(part, page, &mut instance.answer);
        instance.answer.as_ptr() as usize
    })
}

/// How many bytes that part has.
#[wasm_bindgen]
#[must_use]
pub fn answer_length() -> usize {
    with(|instance| instance.answer.len())
}
