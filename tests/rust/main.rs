//! The tests of the crate by its public interface: one binary, with a module for each of the crate's folders.

mod check;
mod documents;
mod json;
mod jsonl;
mod layout;
mod lifecycle;
mod run;
mod simulate;
mod support;
mod view;
