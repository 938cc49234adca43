//! The exports for batches. JavaScript fills raw batches and reads [`answer`]s. Only numbers and memory
//! addresses are passed, so the module needs no glue code.
//!
//! The package's TypeScript reads a JavaScript object field by field, as the generated table of fields says,
//! and writes it into a [`RawBatch`](crate::check::RawBatch), a slot in this module's memory. One call then
//! applies every rule. No user code runs during a call, so no exception can pass through it. Valid objects
//! are recognized without any call, see [`Requirement`](crate::check::Requirement) and
//! [`RESULT_FILES`](crate::check::RESULT_FILES).

use wasm_bindgen::prelude::*;

use crate::check::{self, BatchIssue, RawCell, Rule, Violation, fixes, issues_from};
use crate::diagnostics::{Level, PathSegment};
use crate::json::Scanner;
use crate::lifecycle::{self, TransitionEffect, TransitionInput};
use crate::model::{BatchStatus, Profile};
use crate::view::{self, Catalog, DescribeOptions, ProgressSample};

use super::answer::answer;
use super::number::to_u64_saturating;
use super::output::{ComparisonOutput, FixOutput, Report, TransitionOutput, changes};
use super::slot::{Interpreted, Slot, with_slot};

/// A hash of the version and the memory layout. JavaScript compares it with the one it was generated for.
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

/// The address of the text of the last answer. The functions below write an answer and return the address of
/// its cells.
#[wasm_bindgen]
#[must_use]
pub fn answer_text() -> usize {
    super::answer::answer_text().0
}

/// The length of the text of the last answer, in bytes.
#[wasm_bindgen]
#[must_use]
pub fn answer_text_length() -> usize {
    super::answer::answer_text().1
}

/// All issues of slot 0, and the changes that make it valid: a `Report`. `units` and `bytes` are the lengths
/// of all its strings, in UTF-16 code units and in bytes.
#[wasm_bindgen]
#[must_use]
pub fn report(profile: usize, units: usize, bytes: usize) -> usize {
    let profile = profile_at(profile);
    with_slot(0, |slot| {
        let interpreted = slot.interpret(profile, units, bytes);
        let violations = interpreted.violations.as_slice();
        answer(&Report {
            valid: interpreted.violations.highest_level() != Some(Level::Error),
            fixes: fixes(violations, &interpreted.snapshot, interpreted.raw, bytes)
                .into_iter()
                .map(FixOutput::from)
                .collect(),
            issues: issues(&interpreted, profile),
        })
    })
}

/// The view of slot 0: a `BatchViewBase`. Slot 1 has the options: `samples` polls, see [`samples_in`], and
/// `message_bytes` bytes of messages, see [`messages_in`].
#[wasm_bindgen]
#[must_use]
pub fn describe(
    profile: usize,
    units: usize,
    bytes: usize,
    now: f64,
    samples: usize,
    seed: f64,
    message_bytes: usize,
) -> usize {
    let profile = profile_at(profile);
    let (history, messages) =
        with_slot(1, |slot| (samples_in(slot, samples), messages_in(slot, message_bytes)));
    with_slot(0, |slot| {
        let interpreted = slot.interpret(profile, units, bytes);
        let options = DescribeOptions {
            now: to_integer(now),
            history: &history,
            seed: seed.to_bits(),
            messages: &messages,
        };
        answer(&view::describe(&interpreted.snapshot, issues(&interpreted, profile), options))
    })
}

/// The view of invalid JSON, of which slot 0 has the bytes: a `BatchViewBase`. Slot 1 has the messages.
#[wasm_bindgen]
#[must_use]
pub fn describe_text(bytes: usize, now: f64, message_bytes: usize) -> usize {
    let messages = with_slot(1, |slot| messages_in(slot, message_bytes));
    let options = DescribeOptions { now: to_integer(now), history: &[], seed: 0, messages: &messages };
    let issues = issue_of_json(bytes).into_iter().collect();
    answer(&view::describe(&crate::model::Snapshot::default(), issues, options))
}

/// The issue of invalid JSON, of which slot 0 has the bytes: an optional `BatchIssue`, absent for valid JSON.
#[wasm_bindgen]
#[must_use]
pub fn json_issue(bytes: usize) -> usize {
    answer(&issue_of_json(bytes))
}

/// When to poll the batch in slot 0 again: a `PollAdvice`. Slot 1 has the samples.
#[wasm_bindgen]
#[must_use]
pub fn next_poll(profile: usize, units: usize, bytes: usize, now: f64, samples: usize, seed: f64) -> usize {
    let history = with_slot(1, |slot| samples_in(slot, samples));
    with_slot(0, |slot| {
        let interpreted = slot.interpret(profile_at(profile), units, bytes);
        let messages = Catalog::default();
        answer(&view::next_poll(&interpreted.snapshot, to_integer(now), &history, seed.to_bits(), &messages))
    })
}

/// Compares the earlier batch in slot 0 with the later one in slot 1: a `ComparisonOutput`.
#[wasm_bindgen]
#[must_use]
pub fn compare(profile: usize, units: usize, bytes: usize, units_after: usize, bytes_after: usize) -> usize {
    let profile = profile_at(profile);
    with_slot(0, |before| {
        with_slot(1, |after| {
            let (before, after) =
                (before.interpret(profile, units, bytes), after.interpret(profile, units_after, bytes_after));
            match [&before, &after].into_iter().find(|interpreted| interpreted.is_not_a_batch()) {
                Some(invalid) => answer(&ComparisonOutput {
                    issues: Some(issues(invalid, profile)),
                    ..ComparisonOutput::default()
                }),
                None => answer(&ComparisonOutput {
                    change: Some(lifecycle::compare_snapshots(&before.snapshot, &after.snapshot)),
                    ..ComparisonOutput::default()
                }),
            }
        })
    })
}

/// The transition of the batch in slot 0 to the status `to`, with the counts, files and errors in slot 1: a
/// `TransitionOutput`.
#[wasm_bindgen]
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
) -> usize {
    let profile = profile_at(profile);
    with_slot(0, |slot| {
        with_slot(1, |input| {
            let interpreted = slot.interpret(profile, units, bytes);
            let input = input.interpret(profile, units_input, bytes_input);
            answer(&transition_of(&interpreted, &input, profile, (status_at(to), at, unobserved)))
        })
    })
}

fn transition_of(
    interpreted: &Interpreted<'_>,
    input: &Interpreted<'_>,
    profile: &Profile,
    (to, at, allow_unobserved): (BatchStatus, f64, bool),
) -> TransitionOutput {
    let refused = |issues| TransitionOutput { issues: Some(issues), ..TransitionOutput::default() };
    let is_valid = interpreted.violations.highest_level() != Some(Level::Error);
    let Some(from) = interpreted.snapshot.status.filter(|_| is_valid) else {
        return refused(issues(interpreted, profile));
    };
    let (at, input_issues) = issues_of_input(at, input, profile);
    if !input_issues.is_empty() {
        return refused(input_issues);
    }
    let parts = &input.snapshot;
    let change = TransitionInput {
        at,
        counts: parts.counts.complete(),
        output_file_id: parts.output_file_id.map(str::to_owned),
        error_file_id: parts.error_file_id.map(str::to_owned),
        errors: parts.to_errors(),
        allow_unobserved,
    };
    match lifecycle::check_transition(&interpreted.snapshot, from, to, &change) {
        Ok(()) => TransitionOutput {
            fixes: Some(changes(TransitionEffect::new(to, change))),
            ..TransitionOutput::default()
        },
        Err(refusal) => TransitionOutput { refusal: Some(refusal), ..TransitionOutput::default() },
    }
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

fn issue_of_json(bytes: usize) -> Option<BatchIssue> {
    let scan = |text: &[u8]| {
        let mut scanner = Scanner::new(text)?;
        while scanner.next()?.is_some() {}
        Ok(())
    };
    with_slot(0, |slot| scan(slot.bytes(bytes)).err().map(|error| BatchIssue::invalid_json(&error)))
}

/// Converts any number to an integer of at most `Number.MAX_SAFE_INTEGER`, so that every result can be
/// returned to JavaScript.
fn to_integer(number: f64) -> u64 {
    to_u64_saturating(number).min((1 << f64::MANTISSA_DIGITS) - 1)
}

/// The polls in a slot: three cells with a number for each, the time, completed and failed requests.
fn samples_in(slot: &mut Slot, samples: usize) -> Vec<ProgressSample> {
    let (cells, _) = slot.raw.cells_mut().as_chunks::<3>();
    let sample = |cells: &[RawCell; 3]| {
        let [at, completed, failed] = cells.map(|cell| to_integer(cell.number()));
        ProgressSample { at, completed, failed }
    };
    cells.iter().take(samples).map(sample).collect()
}

/// The messages in a slot: the ids, each with its message, all separated by U+0000.
fn messages_in(slot: &mut Slot, bytes: usize) -> Catalog {
    let text = std::str::from_utf8(slot.bytes(bytes)).unwrap_or_default();
    let mut parts = text.split('\0');
    let mut replaced = Vec::new();
    while let (Some(id), Some(message)) = (parts.next(), parts.next()) {
        replaced.push((id.to_owned(), message.to_owned()));
    }
    Catalog::with_replacements(replaced)
}
