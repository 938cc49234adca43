//! The exports of the simulator: JavaScript writes a plan as JSON and reads results.
//!
//! Only numbers and memory addresses are passed, so the module needs no glue code. JavaScript calls
//! [`reserve`], writes the plan to the returned address, calls one of the functions, and reads
//! [`answer_length`] bytes from the address that the function returns.

use std::cell::RefCell;

use serde::Serialize;
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;

use crate::simulate::{
    BatchPlan, InputProblem, PlanError, RequestOutcome, Simulation, missing_file, parse_plan, rejection,
    simulate,
};

use super::mock_outcome;
use super::number::to_u64_saturating;

thread_local! {
    static BUFFERS: RefCell<Buffers> =
        const { RefCell::new(Buffers { input: Vec::new(), answer: Vec::new() }) };
}

/// The input and the last answer.
struct Buffers {
    input: Vec<u8>,
    answer: Vec<u8>,
}

/// A hash of the package version and the layout. JavaScript compares it with the one it was generated for.
#[wasm_bindgen]
#[must_use]
pub fn mock_layout() -> u32 {
    env!("CARGO_PKG_VERSION")
        .bytes()
        .fold(LAYOUT, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// Must be incremented with every change of these exports.
const LAYOUT: u32 = 2;

/// Reserves memory for an input of this many bytes. Returns its address.
#[wasm_bindgen]
#[must_use]
pub fn reserve(size: usize) -> usize {
    BUFFERS.with_borrow_mut(|buffers| {
        buffers.input.clear();
        buffers.input.resize(size, 0);
        buffers.input.as_mut_ptr() as usize
    })
}

/// The length of the last answer, in bytes.
#[wasm_bindgen]
#[must_use]
pub fn answer_length() -> usize {
    BUFFERS.with_borrow(|buffers| buffers.answer.len())
}

/// Simulates the batch object of the plan in the input at `now`, in Unix seconds. Returns the address of the
/// answer: the object, or `{"refused": {"field", "message"}}` for an invalid plan.
#[wasm_bindgen]
#[must_use]
pub fn wire(now: f64) -> usize {
    answer(|input, out| match plan_from(input).and_then(|plan| simulate(&plan, to_u64_saturating(now))) {
        Ok(object) => write_json(out, &object),
        Err(refused) => write_json(out, &refusal(&refused)),
    })
}

/// The times at which the batch of a plan enters its statuses, and the model that answers. An invalid plan is
/// answered as by [`wire`].
#[wasm_bindgen]
#[must_use]
pub fn schedule() -> usize {
    answer(|input, out| {
        let description = plan_from(input).and_then(|plan| {
            let simulation = Simulation::new(&plan)?;
            let statuses: Vec<(&str, u64)> =
                simulation.schedule().map(|(status, at)| (status.as_str(), at)).collect();
            Ok(json!({ "statuses": statuses, "model": plan.snapshot_name() }))
        });
        write_json(out, &description.unwrap_or_else(|refused| refusal(&refused)));
    })
}

/// The outcome of each request of a plan at `now`, in the order in which they finish. Each has five 32-bit
/// integers: the index of the request, its outcome (see [`mock_outcome`]), the seconds from the creation of
/// the batch to the end of the request, its input tokens and its output tokens. The answer is empty for an
/// invalid plan.
#[wasm_bindgen]
#[must_use]
pub fn request_outcomes(now: f64) -> usize {
    answer(|input, out| {
        let Ok(plan) = plan_from(input) else { return };
        let Ok(simulation) = Simulation::new(&plan) else { return };
        let mut requests: Vec<_> = simulation.requests(to_u64_saturating(now)).collect();
        requests.sort_unstable_by_key(|request| (request.finishes_at, request.finish_draw, request.index));
        for request in requests {
            let outcome = match request.outcome {
                RequestOutcome::Succeeded => mock_outcome::SUCCEEDED,
                RequestOutcome::Unfinished => mock_outcome::UNFINISHED,
                RequestOutcome::Failed(cause) => mock_outcome::FIRST_CAUSE + cause as u32,
            };
            let after = request.finishes_at.saturating_sub(plan.created_at);
            let after = u32::try_from(after).unwrap_or(u32::MAX);
            for number in [request.index, outcome, after, request.input_tokens, request.output_tokens] {
                out.extend(number.to_le_bytes());
            }
        }
    })
}

/// The entries of `errors.data` that a server sends. The input is `{"endpoint", "issues"}` for the issues of
/// an input file, where `found` is the value itself, or `{"missing": id}` for a file that does not exist.
#[wasm_bindgen]
#[must_use]
pub fn rejections() -> usize {
    answer(|input, out| {
        let description: Value = serde_json::from_slice(input).unwrap_or_default();
        let missing = description.get("missing").and_then(Value::as_str).map(missing_file);
        let endpoint = description.get("endpoint").and_then(Value::as_str).unwrap_or_default();
        let issues = description.get("issues").and_then(Value::as_array);
        let issues = issues.map(Vec::as_slice).unwrap_or_default();
        let entry = |issue: &Value| {
            let text = |name: &str| issue.get(name).and_then(Value::as_str);
            rejection(&InputProblem {
                code: text("code").unwrap_or_default(),
                line: issue.get("line").and_then(Value::as_u64),
                param: text("param"),
                found: text("found").unwrap_or_default(),
                endpoint,
                message: text("message").unwrap_or_default(),
            })
        };
        let entries: Vec<_> = missing.into_iter().chain(issues.iter().map(entry)).collect();
        let entries: Vec<Value> = entries
            .iter()
            .map(|entry| {
                let (code, line, message) = (&entry.code, entry.line, &entry.message);
                json!({ "code": code, "line": line, "message": message, "param": entry.param })
            })
            .collect();
        write_json(out, &entries);
    })
}

fn answer(work: impl FnOnce(&[u8], &mut Vec<u8>)) -> usize {
    BUFFERS.with_borrow_mut(|Buffers { input, answer }| {
        answer.clear();
        work(input, answer);
        answer.as_ptr() as usize
    })
}

fn plan_from(input: &[u8]) -> Result<BatchPlan, PlanError> {
    let value: Value = serde_json::from_slice(input).unwrap_or_default();
    parse_plan(&value)
}

fn refusal(refused: &PlanError) -> Value {
    json!({ "refused": { "field": refused.field, "message": refused.message } })
}

/// Writes JSON. Writing to memory cannot fail.
fn write_json(out: &mut Vec<u8>, value: &impl Serialize) {
    serde_json::to_writer(out, value).unwrap_or_default();
}
