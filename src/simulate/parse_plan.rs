//! Reads a plan from JSON, and says of each member that is not what it should be what was expected.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::model::BatchError;

use super::failure_cause::FailureCause;
use super::plan::{BatchPlan, PlanError, PlannedFailure, refusal};
use super::server_dialect::WireHabits;

/// The largest whole number that JSON carries between languages.
const MOST: u64 = (1 << 53) - 1;

/// Reads a plan from a JSON value. Members that are null count as left out.
///
/// # Errors
/// When it is no object, or a member is unknown or not of the kind it should be.
pub fn read_plan(value: &Value) -> Result<BatchPlan, PlanError> {
    let Value::Object(members) = value else {
        return Err(refusal("plan", "an object", kind(value)));
    };
    let mut plan = BatchPlan::default();
    if members.get("created_at").is_none_or(Value::is_null) {
        return Err(refusal("created_at", "Unix seconds", "nothing"));
    }
    for (name, value) in members.iter().filter(|(_, value)| !value.is_null()) {
        member(&mut plan, name, value)?;
    }
    Ok(plan)
}

fn member(plan: &mut BatchPlan, name: &str, value: &Value) -> Result<(), PlanError> {
    match name {
        "seed" => plan.seed = whole("seed", value)?,
        "wire" => plan.wire = one_of("wire", value, &WireHabits::ALL, WireHabits::as_str)?,
        "id" => plan.id = text("id", value)?,
        "created_at" => plan.created_at = whole("created_at", value)?,
        "endpoint" => plan.endpoint = text("endpoint", value)?,
        "model" => plan.model = text("model", value)?,
        "input_file_id" => plan.input_file_id = text("input_file_id", value)?,
        "output_file_id" => plan.output_file_id = text("output_file_id", value)?,
        "error_file_id" => plan.error_file_id = text("error_file_id", value)?,
        "completion_window" => plan.completion_window = text("completion_window", value)?,
        "metadata" => plan.metadata = shaped("metadata", value, "an object of texts")?,
        "requests" => plan.requests = u32::try_from(whole("requests", value)?).unwrap_or(u32::MAX),
        "validationSeconds" => plan.validation_seconds = Some(whole("validationSeconds", value)?),
        "runSeconds" => plan.run_seconds = Some(whole("runSeconds", value)?),
        "rate" => plan.rate = Some(number("rate", value)?),
        "finalizingSeconds" => plan.finalizing_seconds = Some(whole("finalizingSeconds", value)?),
        "cancellingSeconds" => plan.cancelling_seconds = Some(whole("cancellingSeconds", value)?),
        "failureRate" => plan.failure_rate = number("failureRate", value)?,
        "failures" => plan.failures = list("failures", value, failure)?,
        "errors" => plan.errors = list("errors", value, error)?,
        "cancelAt" => plan.cancel_at = Some(whole("cancelAt", value)?),
        "breakAt" => plan.break_at = Some(whole("breakAt", value)?),
        "usage" => plan.usage = shaped("usage", value, "the usage of a batch")?,
        _ => return Err(refusal("plan", "members of a plan", format_args!("{name:?}"))),
    }
    Ok(())
}

fn whole(member: &'static str, value: &Value) -> Result<u64, PlanError> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole, not negative and below 2^53"
    )]
    let of_float = |number: f64| {
        #[expect(clippy::cast_precision_loss, reason = "the bound is exact")]
        let fits = number.fract() == 0.0 && (0.0..=MOST as f64).contains(&number);
        fits.then_some(number as u64)
    };
    let number =
        value.as_u64().filter(|&number| number <= MOST).or_else(|| value.as_f64().and_then(of_float));
    number.ok_or_else(|| refusal(member, "a whole number, 0 or more", shown(value)))
}

fn number(member: &'static str, value: &Value) -> Result<f64, PlanError> {
    value.as_f64().ok_or_else(|| refusal(member, "a number", shown(value)))
}

fn text(member: &'static str, value: &Value) -> Result<Option<String>, PlanError> {
    let text = value.as_str().ok_or_else(|| refusal(member, "a text", shown(value)))?;
    Ok(Some(text.to_owned()))
}

fn one_of<T: Copy>(
    member: &'static str,
    value: &Value,
    all: &[T],
    name: impl Fn(T) -> &'static str,
) -> Result<T, PlanError> {
    let found = all.iter().copied().find(|&one| value.as_str() == Some(name(one)));
    found.ok_or_else(|| {
        let names: Vec<&str> = all.iter().map(|&one| name(one)).collect();
        refusal(member, &format!("one of {}", names.join(", ")), shown(value))
    })
}

fn shaped<T: DeserializeOwned>(
    member: &'static str,
    value: &Value,
    expected: &str,
) -> Result<Option<T>, PlanError> {
    T::deserialize(value).map(Some).map_err(|_| refusal(member, expected, kind(value)))
}

fn list<T>(
    member: &'static str,
    value: &Value,
    item: impl Fn(&Map<String, Value>) -> Result<T, PlanError>,
) -> Result<Vec<T>, PlanError> {
    let items = value.as_array().ok_or_else(|| refusal(member, "a list", shown(value)))?;
    let object = |value: &Value| match value {
        Value::Object(members) => item(members),
        _ => Err(refusal(member, "a list of objects", shown(value))),
    };
    items.iter().map(object).collect()
}

fn failure(members: &Map<String, Value>) -> Result<PlannedFailure, PlanError> {
    let index = whole("failures", members.get("index").unwrap_or(&Value::Null))?;
    let cause = members.get("cause").filter(|cause| !cause.is_null());
    let cause =
        cause.map(|cause| one_of("failures", cause, &FailureCause::ALL, FailureCause::as_str)).transpose()?;
    Ok(PlannedFailure { index: u32::try_from(index).unwrap_or(u32::MAX), cause })
}

fn error(members: &Map<String, Value>) -> Result<BatchError, PlanError> {
    let entry =
        shaped("errors", &Value::Object(members.clone()), "entries with code, line, message and param")?;
    Ok(entry.unwrap_or_default())
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::Array(_) | Value::Object(_) => kind(value).to_owned(),
        _ => value.to_string().chars().take(80).collect(),
    }
}

const fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
