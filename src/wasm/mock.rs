//! The simulator for JavaScript: a plan comes in as JSON, what follows from it goes out. Numbers and
//! addresses cross, nothing else, so the module needs no glue; texts and answers lie in its memory.

use std::cell::RefCell;

use serde::Serialize;
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;

use crate::simulate::{
    BatchPlan, InputProblem, PlanError, RequestOutcome, Simulation, missing_file, parse_plan, rejection,
    simulate,
};

use super::number::saturated;
thread_local! {
    static TEXTS: RefCell<Texts> = const { RefCell::new(Texts { given: Vec::new(), answer: Vec::new() }) };
}

/// What came in, and what goes out.
struct Texts {
    given: Vec<u8>,
    answer: Vec<u8>,
}

/// What tells this version's module from others.
#[wasm_bindgen]
#[must_use]
pub fn mock_layout() -> u32 {
    env!("CARGO_PKG_VERSION")
        .bytes()
        .fold(LAYOUT, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// Counted up with every change of what crosses.
const LAYOUT: u32 = 2;

/// Makes room for a text; gives its address.
#[wasm_bindgen]
#[must_use]
pub fn reserve(size: usize) -> usize {
    TEXTS.with_borrow_mut(|texts| {
        texts.given.clear();
        texts.given.resize(size, 0);
        texts.given.as_mut_ptr() as usize
    })
}

/// How many bytes the last answer has.
#[wasm_bindgen]
#[must_use]
pub fn answer_length() -> usize {
    TEXTS.with_borrow(|texts| texts.answer.len())
}

/// The wire object of the plan that was written, at a moment; gives the address of the answer: the object, or
/// `{"refused": {"member", "message"}}`.
#[wasm_bindgen]
#[must_use]
pub fn wire(now: f64) -> usize {
    answer(|given, out| match plan_of(given).and_then(|plan| simulate(&plan, saturated(now))) {
        Ok(object) => write_json(out, &object),
        Err(refused) => write_json(out, &refusal(&refused)),
    })
}

/// When the plan that was written enters which status, and the model that answers; or as [`wire`].
#[wasm_bindgen]
#[must_use]
pub fn course() -> usize {
    answer(|given, out| {
        let told = plan_of(given).and_then(|plan| {
            let simulation = Simulation::new(&plan)?;
            let moments: Vec<(&str, u64)> =
                simulation.schedule().map(|(status, at)| (status.as_str(), at)).collect();
            Ok(json!({ "moments": moments, "model": plan.snapshot_name() }))
        });
        write_json(out, &told.unwrap_or_else(|refused| refusal(&refused)));
    })
}

/// What has become of each request of the plan that was written, in the order in which they finish: for each
/// its index, its fate (0 succeeded, 1 unfinished, from 2 on the cause), the second after creation in which
/// it finishes, and its tokens in and out, as 32-bit numbers. Empty for a plan that [`wire`] refuses.
#[wasm_bindgen]
#[must_use]
pub fn fates(now: f64) -> usize {
    answer(|given, out| {
        let Ok(plan) = plan_of(given) else { return };
        let Ok(simulation) = Simulation::new(&plan) else { return };
        let mut requests: Vec<_> = simulation.requests(saturated(now)).collect();
        requests.sort_unstable_by_key(|request| (request.finishes_at, request.rank, request.index));
        for request in requests {
            let fate = match request.outcome {
                RequestOutcome::Succeeded => 0,
                RequestOutcome::Unfinished => 1,
                RequestOutcome::Failed(cause) => 2 + cause as u32,
            };
            let after = request.finishes_at.saturating_sub(plan.created_at);
            let after = u32::try_from(after).unwrap_or(u32::MAX);
            for number in [request.index, fate, after, request.input_tokens, request.output_tokens] {
                out.extend(number.to_le_bytes());
            }
        }
    })
}

/// The entries that a server writes into `errors.data`: for `{"endpoint", "issues"}` those for what was
/// found in an input file, where `found` is the text itself; for `{"missing": id}` the one for a file that is
/// not there.
#[wasm_bindgen]
#[must_use]
pub fn rejections() -> usize {
    answer(|given, out| {
        let told: Value = serde_json::from_slice(given).unwrap_or_default();
        let missing = told.get("missing").and_then(Value::as_str).map(missing_file);
        let endpoint = told.get("endpoint").and_then(Value::as_str).unwrap_or_default();
        let issues = told.get("issues").and_then(Value::as_array);
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
    TEXTS.with_borrow_mut(|Texts { given, answer }| {
        answer.clear();
        work(given, answer);
        answer.as_ptr() as usize
    })
}

fn plan_of(given: &[u8]) -> Result<BatchPlan, PlanError> {
    let value: Value = serde_json::from_slice(given).unwrap_or_default();
    parse_plan(&value)
}

fn refusal(refused: &PlanError) -> Value {
    json!({ "refused": { "member": refused.field, "message": refused.message } })
}

/// Neither our own trees nor memory can fail to be written.
fn write_json(out: &mut Vec<u8>, value: &impl Serialize) {
    serde_json::to_writer(out, value).unwrap_or_default();
}
