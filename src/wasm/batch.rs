//! What is asked about a batch: drafts are filled from outside, answers go out as plain objects, those
//! that are asked for often as the JSON text of one.
//!
//! JavaScript reads, Rust decides. The package's reader, driven by the member table, writes what it finds
//! straight into a [`RawBatch`](crate::check::RawBatch) in this module's memory; one call then applies every rule.
//! Only an answer that somebody asked for is made into an object. No user code runs inside a call, so none
//! can throw through one. Whether a plain object is a batch, and whether there is nothing else to be said of
//! it, is decided without a call at all, see [`Requirement`](crate::check::Requirement) and
//! [`RESULT_FILES`](crate::check::RESULT_FILES).

use wasm_bindgen::prelude::*;

use crate::check::{self, BatchIssue, Rule, Violation, fixes, issues_from};
use crate::diagnostics::{Level, PathSegment};
use crate::json::Scanner;
use crate::lifecycle::{self, Move, Step};
use crate::model::{BatchStatus, Evidence, Profile};
use crate::view::{self, Catalog, DescribeOptions, ProgressSample};

use super::number::saturated;
use super::output::{Moved, Report, changes, out, out_text};
use super::slot::{Looked, with};

/// The layout that the reader and this module agree on.
#[wasm_bindgen]
#[must_use]
pub fn abi() -> u32 {
    check::abi_hash()
}

/// Makes room in a slot for this many cells and bytes of text; gives the address of the cells.
#[wasm_bindgen]
#[must_use]
pub fn room(slot: usize, cells: usize, text: usize) -> usize {
    with(slot, |slot| {
        slot.draft.reserve(cells, text);
        slot.draft.cells_mut().as_ptr() as usize
    })
}

/// The address of a slot's text; another one after `room`.
#[wasm_bindgen]
#[must_use]
pub fn text(slot: usize) -> usize {
    with(slot, |slot| slot.draft.strings_mut().as_ptr() as usize)
}

/// Every issue of slot 0, whose text has this many UTF-16 units and bytes, and the changes that make it a
/// batch of the published interface.
#[wasm_bindgen(unchecked_return_type = "JsonText<Report>")]
#[must_use]
pub fn report(profile: usize, units: usize, bytes: usize) -> String {
    let profile = profile_at(profile);
    with(0, |slot| {
        let looked = slot.look(profile, units, bytes);
        let violations = looked.violations.as_slice();
        out_text(&Report {
            valid: looked.violations.highest_level() != Some(Level::Error),
            fixes: fixes(violations, &looked.snapshot, looked.draft, bytes),
            issues: issues(&looked, profile),
        })
    })
}

/// The view of slot 0. `history` holds samples as moment, completed, failed, one after the other; `words`
/// holds message ids and texts in turns.
#[wasm_bindgen(unchecked_return_type = "JsonText<BatchView>")]
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
    with(0, |slot| {
        let looked = slot.look(profile, units, bytes);
        let look =
            DescribeOptions { now: whole(now), history: &history, seed: seed.to_bits(), messages: &messages };
        out_text(&view::describe(&looked.snapshot, issues(&looked, profile), look))
    })
}

/// The view of a text that is no JSON.
#[wasm_bindgen(unchecked_return_type = "BatchView")]
#[must_use]
pub fn describe_text(text: &[u8], now: f64, messages: Vec<String>) -> JsValue {
    let messages = catalogue(messages);
    let look = DescribeOptions { now: whole(now), history: &[], seed: 0, messages: &messages };
    let issues = text_issue(text).into_iter().collect();
    out(&view::describe(&crate::model::Snapshot::default(), issues, look))
}

/// The issue of a text that is no JSON; `undefined` for one that is.
#[wasm_bindgen(unchecked_return_type = "BatchIssue | undefined")]
#[must_use]
pub fn json_issue(text: &[u8]) -> JsValue {
    text_issue(text).map_or(JsValue::UNDEFINED, |issue| out(&issue))
}

/// When to ask for the batch in slot 0 again.
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
    with(0, |slot| {
        let looked = slot.look(profile_at(profile), units, bytes);
        let messages = Catalog::default();
        out(&view::next_poll(&looked.snapshot, whole(now), &history, seed.to_bits(), &messages))
    })
}

/// Compares slot 0, the look before, with slot 1, the look after; or the issues of one that is no batch.
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
    with(0, |before| {
        with(1, |after| {
            let (before, after) =
                (before.look(profile, units, bytes), after.look(profile, units_after, bytes_after));
            match [&before, &after].into_iter().find(|looked| looked.is_nothing()) {
                Some(nothing) => out(&issues(nothing, profile)),
                None => out(&lifecycle::compare_snapshots(&before.snapshot, &after.snapshot)),
            }
        })
    })
}

/// Moves the batch in slot 0 to the status `to` by what slot 1 brings: counts, files and errors.
#[wasm_bindgen(unchecked_return_type = "Moved")]
#[must_use]
#[expect(clippy::too_many_arguments, reason = "numbers cross the boundary cheaply, objects do not")]
pub fn transition(
    profile: usize,
    units: usize,
    bytes: usize,
    to: usize,
    at: f64,
    units_move: usize,
    bytes_move: usize,
    unobserved: bool,
) -> JsValue {
    let profile = profile_at(profile);
    with(0, |slot| {
        with(1, |brought| {
            let looked = slot.look(profile, units, bytes);
            let status =
                looked.snapshot.status.filter(|_| looked.violations.highest_level() != Some(Level::Error));
            let Some(from) = status else {
                return out(&Moved { issues: Some(issues(&looked, profile)), ..Moved::default() });
            };
            let brought = brought.look(profile, units_move, bytes_move);
            let (at, faults) = faults(at, &brought, profile);
            if !faults.is_empty() {
                return out(&Moved { issues: Some(faults), ..Moved::default() });
            }
            let parts = &brought.snapshot;
            let change = Move {
                at,
                counts: parts.counts.whole(),
                output_file_id: parts.output_file_id.map(str::to_owned),
                error_file_id: parts.error_file_id.map(str::to_owned),
                errors: parts.to_errors(),
                unobserved,
            };
            let to = status_at(to);
            out(&match lifecycle::admit(&looked.snapshot, from, to, &change) {
                Ok(()) => Moved { fixes: Some(changes(Step::of(to, change))), ..Moved::default() },
                Err(refusal) => Moved { refusal: Some(refusal), ..Moved::default() },
            })
        })
    })
}

/// What is wrong with the time of a move and with what it brings; a partial batch, so nothing is missing.
fn faults(at: f64, brought: &Looked<'_>, profile: &Profile) -> (u64, Vec<BatchIssue>) {
    let whole = |violation: &&Violation| {
        let top = violation.location.member.is_some_and(|member| member.info().parent.is_none());
        violation.level == Level::Error && !(violation.rule == Rule::MissingField && top)
    };
    let grave: Vec<Violation> = brought.violations.as_slice().iter().filter(whole).copied().collect();
    let mut faults = issues_from(&grave, brought.draft, brought.bytes, profile);
    match check::timestamp_from_number(at) {
        Ok(at) => (at, faults),
        Err(rule) => {
            let path = vec![PathSegment::Key("at".to_owned())];
            faults.insert(0, BatchIssue::for_number(rule, path, at));
            (0, faults)
        }
    }
}

/// The statuses that follow a status directly, as bits.
#[wasm_bindgen]
#[must_use]
pub fn next_statuses(status: usize, unobserved: bool) -> u32 {
    let weakest = weakest(unobserved);
    status_at(status)
        .moves()
        .filter(|&(_, evidence)| evidence <= weakest)
        .fold(0, |bits, (to, _)| bits | 1 << to as u32)
}

/// The statuses that a later look can find, as bits.
#[wasm_bindgen]
#[must_use]
pub fn reachable(status: usize, unobserved: bool) -> u32 {
    status_at(status).reach(weakest(unobserved)).iter().fold(0, |bits, status| bits | 1 << status as u32)
}

/// Whether a status is for good.
#[wasm_bindgen]
#[must_use]
pub fn is_terminal(status: usize) -> bool {
    status_at(status).is_terminal()
}

const fn weakest(unobserved: bool) -> Evidence {
    if unobserved { Evidence::Unobserved } else { Evidence::Observed }
}

fn status_at(index: usize) -> BatchStatus {
    BatchStatus::ALL[index.min(BatchStatus::ALL.len() - 1)]
}

fn profile_at(index: usize) -> &'static Profile {
    Profile::ALL[index.min(Profile::ALL.len() - 1)]
}

fn issues(looked: &Looked<'_>, profile: &Profile) -> Vec<BatchIssue> {
    issues_from(looked.violations.as_slice(), looked.draft, looked.bytes, profile)
}

fn text_issue(text: &[u8]) -> Option<BatchIssue> {
    let scan = || {
        let mut scanner = Scanner::new(text)?;
        while scanner.next()?.is_some() {}
        Ok(())
    };
    scan().err().map(|error| BatchIssue::invalid_json(&error))
}

/// A whole number from one that may be anything; none beyond those that JavaScript holds, so that every
/// answer can go out.
fn whole(number: f64) -> u64 {
    saturated(number).min((1 << f64::MANTISSA_DIGITS) - 1)
}

fn samples(flat: &[f64]) -> Vec<ProgressSample> {
    let (samples, _) = flat.as_chunks::<3>();
    let sample = |&[at, completed, failed]: &[f64; 3]| ProgressSample {
        at: whole(at),
        completed: whole(completed),
        failed: whole(failed),
    };
    samples.iter().map(sample).collect()
}

fn catalogue(messages: Vec<String>) -> Catalog {
    let mut messages = messages.into_iter();
    let mut replaced = Vec::new();
    while let (Some(id), Some(text)) = (messages.next(), messages.next()) {
        replaced.push((id, text));
    }
    Catalog::replacing(replaced)
}
