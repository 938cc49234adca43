//! The exports for batches. JavaScript fills raw batches; frequent results are returned as JSON strings,
//! others as objects.
//!
//! The package's TypeScript reads a JavaScript object field by field, as the generated table of fields says,
//! and writes it into a [`RawBatch`](crate::check::RawBatch), a slot in this module's memory. One call then
//! applies every rule. No user code runs during a call, so no exception can pass through it. Valid objects
//! are recognized without any call, see [`Requirement`](crate::check::Requirement) and
//! [`RESULT_FILES`](crate::check::RESULT_FILES).

use wasm_bindgen::prelude::*;

use crate::check::{self, BatchIssue, Rule, Violation, fixes, issues_from};
use crate::diagnostics::{Level, PathSegment};
use crate::json::Scanner;
use crate::lifecycle::{self, TransitionEffect, TransitionInput};
use crate::model::{BatchStatus, Evidence, Profile};
use crate::view::{self, Catalog, DescribeOptions, ProgressSample};

use super::number::to_u64_saturating;
use super::output::{Report, TransitionOutput, changes, to_js, to_json};
use super::slot::{Interpreted, with_slot};

/// A hash of the memory layout. JavaScript compares it with the one it was generated for.
#[wasm_bindgen]
#[must_use]
pub fn abi_hash() -> u32 {
    check::abi_hash()
}

/// Reserves memory in a slot for this many cells and bytes of strings. Returns the address of the cells.
#[wasm_bindgen]
#[must_use]
pub fn reserve(slot: usize, cells: usize, string_bytes: usize) -> usize {
    with_slot(slot, |slot| {
        slot.raw.reserve(cells, string_bytes);
        slot.raw.cells_mut().as_ptr() as usize
    })
}

/// The address of a slot's string buffer. `reserve` can change it.
#[wasm_bindgen]
#[must_use]
pub fn string_buffer(slot: usize) -> usize {
    with_slot(slot, |slot| slot.raw.strings_mut().as_ptr() as usize)
}

/// All issues of slot 0, and the changes that make it valid. `units` and `bytes` are the lengths of all its
/// strings, in UTF-16 code units and in bytes.
#[wasm_bindgen(unchecked_return_type = "JsonString<Report>")]
#[must_use]
pub fn report(profile: usize, units: usize, bytes: usize) -> String {
    let profile = profile_at(profile);
    with_slot(0, |slot| {
        let interpreted = slot.interpret(profile, units, bytes);
        let violations = interpreted.violations.as_slice();
        to_json(&Report {
            valid: interpreted.violations.highest_level() != Some(Level::Error),
            fixes: fixes(violations, &interpreted.snapshot, interpreted.raw, bytes),
            issues: issues(&interpreted, profile),
        })
    })
}

/// The view of slot 0. `history` has three numbers for each sample: time, completed and failed requests.
/// `messages` has pairs of a message id and a message.
#[wasm_bindgen(unchecked_return_type = "JsonString<BatchViewBase>")]
#[must_use]
pub fn describe(
    profile: usize,
    units: usize,
    bytes: usize,
    now: f64,
    history: &[f64],
    seed: f64,
    messages: Vec<String>,
) -> String {
    let profile = profile_at(profile);
    let (history, messages) = (samples(history), catalogue(messages));
    with_slot(0, |slot| {
        let interpreted = slot.interpret(profile, units, bytes);
        let options = DescribeOptions {
            now: to_integer(now),
            history: &history,
            seed: seed.to_bits(),
            messages: &messages,
        };
        to_json(&view::describe(&interpreted.snapshot, issues(&interpreted, profile), options))
    })
}

/// The view of invalid JSON.
#[wasm_bindgen(unchecked_return_type = "BatchViewBase")]
#[must_use]
pub fn describe_text(text: &[u8], now: f64, messages: Vec<String>) -> JsValue {
    let messages = catalogue(messages);
    let options = DescribeOptions { now: to_integer(now), history: &[], seed: 0, messages: &messages };
    let issues = issue_of_json(text).into_iter().collect();
    to_js(&view::describe(&crate::model::Snapshot::default(), issues, options))
}

/// The issue of invalid JSON, or `undefined` for valid JSON.
#[wasm_bindgen(unchecked_return_type = "BatchIssue | undefined")]
#[must_use]
pub fn json_issue(text: &[u8]) -> JsValue {
    issue_of_json(text).map_or(JsValue::UNDEFINED, |issue| to_js(&issue))
}

/// When to poll the batch in slot 0 again.
#[wasm_bindgen(unchecked_return_type = "PollAdvice")]
#[must_use]
pub fn next_poll(
    profile: usize,
    units: usize,
    bytes: usize,
    now: f64,
    history: &[f64],
    seed: f64,
) -> JsValue {
    let history = samples(history);
    with_slot(0, |slot| {
        let interpreted = slot.interpret(profile_at(profile), units, bytes);
        let messages = Catalog::default();
        to_js(&view::next_poll(&interpreted.snapshot, to_integer(now), &history, seed.to_bits(), &messages))
    })
}

/// Compares the earlier batch in slot 0 with the later one in slot 1. Returns issues if one of them is not a
/// batch.
#[wasm_bindgen(unchecked_return_type = "BatchChange | BatchIssue[]")]
#[must_use]
pub fn compare(
    profile: usize,
    units: usize,
    bytes: usize,
    units_after: usize,
    bytes_after: usize,
) -> JsValue {
    let profile = profile_at(profile);
    with_slot(0, |before| {
        with_slot(1, |after| {
            let (before, after) =
                (before.interpret(profile, units, bytes), after.interpret(profile, units_after, bytes_after));
            match [&before, &after].into_iter().find(|interpreted| interpreted.is_not_a_batch()) {
                Some(invalid) => to_js(&issues(invalid, profile)),
                None => to_js(&lifecycle::compare_snapshots(&before.snapshot, &after.snapshot)),
            }
        })
    })
}

/// The transition of the batch in slot 0 to the status `to`, with the counts, files and errors in slot 1.
#[wasm_bindgen(unchecked_return_type = "TransitionOutput")]
#[must_use]
#[expect(clippy::too_many_arguments, reason = "numbers cross the boundary cheaply, objects do not")]
pub fn transition(
    profile: usize,
    units: usize,
    bytes: usize,
    to: usize,
    at: f64,
    units_input: usize,
    bytes_input: usize,
    unobserved: bool,
) -> JsValue {
    let profile = profile_at(profile);
    with_slot(0, |slot| {
        with_slot(1, |input| {
            let interpreted = slot.interpret(profile, units, bytes);
            let status = interpreted
                .snapshot
                .status
                .filter(|_| interpreted.violations.highest_level() != Some(Level::Error));
            let Some(from) = status else {
                return to_js(&TransitionOutput {
                    issues: Some(issues(&interpreted, profile)),
                    ..TransitionOutput::default()
                });
            };
            let input = input.interpret(profile, units_input, bytes_input);
            let (at, input_issues) = issues_of_input(at, &input, profile);
            if !input_issues.is_empty() {
                return to_js(&TransitionOutput {
                    issues: Some(input_issues),
                    ..TransitionOutput::default()
                });
            }
            let parts = &input.snapshot;
            let change = TransitionInput {
                at,
                counts: parts.counts.complete(),
                output_file_id: parts.output_file_id.map(str::to_owned),
                error_file_id: parts.error_file_id.map(str::to_owned),
                errors: parts.to_errors(),
                allow_unobserved: unobserved,
            };
            let to = status_at(to);
            to_js(&match lifecycle::check_transition(&interpreted.snapshot, from, to, &change) {
                Ok(()) => TransitionOutput {
                    fixes: Some(changes(TransitionEffect::new(to, change))),
                    ..TransitionOutput::default()
                },
                Err(refusal) => TransitionOutput { refusal: Some(refusal), ..TransitionOutput::default() },
            })
        })
    })
}

/// The time of a transition, and the issues of the time and of the partial batch in slot 1.
fn issues_of_input(at: f64, input: &Interpreted<'_>, profile: &Profile) -> (u64, Vec<BatchIssue>) {
    let is_relevant = |violation: &&Violation| {
        let top = violation.location.field.is_some_and(|field| field.info().parent.is_none());
        violation.level == Level::Error && !(violation.rule == Rule::MissingField && top)
    };
    let errors: Vec<Violation> = input.violations.as_slice().iter().filter(is_relevant).copied().collect();
    let mut issues = issues_from(&errors, input.raw, input.bytes, profile);
    match check::timestamp_from_number(at) {
        Ok(at) => (at, issues),
        Err(rule) => {
            let path = vec![PathSegment::Key("at".to_owned())];
            issues.insert(0, BatchIssue::for_number(rule, path, at));
            (0, issues)
        }
    }
}

/// The direct successors of a status, as a bit set.
#[wasm_bindgen]
#[must_use]
pub fn next_statuses(status: usize, unobserved: bool) -> u32 {
    let weakest_evidence = weakest_evidence(unobserved);
    status_at(status)
        .edges()
        .filter(|&(_, evidence)| evidence <= weakest_evidence)
        .fold(0, |bits, (to, _)| bits | 1 << to as u32)
}

/// The statuses that a batch can have later, as a bit set.
#[wasm_bindgen]
#[must_use]
pub fn reachable(status: usize, unobserved: bool) -> u32 {
    status_at(status)
        .reachable(weakest_evidence(unobserved))
        .iter()
        .fold(0, |bits, status| bits | 1 << status as u32)
}

/// Whether a status is terminal.
#[wasm_bindgen]
#[must_use]
pub fn is_terminal(status: usize) -> bool {
    status_at(status).is_terminal()
}

const fn weakest_evidence(unobserved: bool) -> Evidence {
    if unobserved { Evidence::Unobserved } else { Evidence::Observed }
}

/// The status with an index of `BatchStatus::ALL`; the last one for a greater index.
fn status_at(index: usize) -> BatchStatus {
    BatchStatus::ALL[index.min(BatchStatus::ALL.len() - 1)]
}

/// The profile with an index of `Profile::ALL`; the last one for a greater index.
fn profile_at(index: usize) -> &'static Profile {
    Profile::ALL[index.min(Profile::ALL.len() - 1)]
}

fn issues(interpreted: &Interpreted<'_>, profile: &Profile) -> Vec<BatchIssue> {
    issues_from(interpreted.violations.as_slice(), interpreted.raw, interpreted.bytes, profile)
}

fn issue_of_json(text: &[u8]) -> Option<BatchIssue> {
    let scan = || {
        let mut scanner = Scanner::new(text)?;
        while scanner.next()?.is_some() {}
        Ok(())
    };
    scan().err().map(|error| BatchIssue::invalid_json(&error))
}

/// Converts any number to an integer of at most `Number.MAX_SAFE_INTEGER`, so that every result can be
/// returned to JavaScript.
fn to_integer(number: f64) -> u64 {
    to_u64_saturating(number).min((1 << f64::MANTISSA_DIGITS) - 1)
}

fn samples(flat: &[f64]) -> Vec<ProgressSample> {
    let (samples, _) = flat.as_chunks::<3>();
    let sample = |&[at, completed, failed]: &[f64; 3]| ProgressSample {
        at: to_integer(at),
        completed: to_integer(completed),
        failed: to_integer(failed),
    };
    samples.iter().map(sample).collect()
}

fn catalogue(messages: Vec<String>) -> Catalog {
    let mut messages = messages.into_iter();
    let mut replaced = Vec::new();
    while let (Some(id), Some(text)) = (messages.next(), messages.next()) {
        replaced.push((id, text));
    }
    Catalog::with_replacements(replaced)
}
