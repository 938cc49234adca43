//! Parses a plan from JSON.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::json::MAX_SAFE_INTEGER;
use crate::model::BatchError;

use super::failure_cause::FailureCause;
use super::plan::{BatchPlan, PlanError, PlannedFailure, plan_error};
use super::server_dialect::ServerDialect;

/// The names of the properties of a plan.
pub const PLAN_FIELDS: [&str; 23] = [
    "seed",
    "wire",
    "id",
    "created_at",
    "endpoint",
    "model",
    "input_file_id",
    "output_file_id",
    "error_file_id",
    "completion_window",
    "metadata",
    "requests",
    "validationSeconds",
    "runSeconds",
    "rate",
    "finalizingSeconds",
    "cancellingSeconds",
    "failureRate",
    "failures",
    "errors",
    "cancelAt",
    "breakAt",
    "usage",
];

/// Parses a plan from a JSON value. A property that is `null` counts as absent.
///
/// # Errors
/// Returns an error if the value is not an object, or if a property is unknown or has the wrong type.
pub fn parse_plan(value: &Value) -> Result<BatchPlan, PlanError> {
    let Value::Object(properties) = value else {
        return Err(plan_error("plan", "an object", type_of(value)));
    };
    let mut plan = BatchPlan::default();
    if properties.get("created_at").is_none_or(Value::is_null) {
        return Err(plan_error("created_at", "Unix seconds", "nothing"));
    }
    for (name, value) in properties.iter().filter(|(_, value)| !value.is_null()) {
        set_field(&mut plan, name, value)?;
    }
    Ok(plan)
}

fn set_field(plan: &mut BatchPlan, name: &str, value: &Value) -> Result<(), PlanError> {
    match name {
        "seed" => plan.seed = whole("seed", value)?,
        "wire" => plan.wire = one_of("wire", value, &ServerDialect::ALL, ServerDialect::as_str)?,
        "id" => plan.id = text("id", value)?,
        "created_at" => plan.created_at = whole("created_at", value)?,
        "endpoint" => plan.endpoint = text("endpoint", value)?,
        "model" => plan.model = text("model", value)?,
        "input_file_id" => plan.input_file_id = text("input_file_id", value)?,
        "output_file_id" => plan.output_file_id = text("output_file_id", value)?,
        "error_file_id" => plan.error_file_id = text("error_file_id", value)?,
        "completion_window" => plan.completion_window = text("completion_window", value)?,
        "metadata" => plan.metadata = deserialize("metadata", value, "an object of strings")?,
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
        "usage" => plan.usage = deserialize("usage", value, "the usage of a batch")?,
        _ => {
            let expected = format!("one of {}", PLAN_FIELDS.join(", "));
            return Err(plan_error("plan", &expected, format_args!("{name:?}")));
        }
    }
    Ok(())
}

fn whole(field: &'static str, value: &Value) -> Result<u64, PlanError> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole, not negative and below 2^53"
    )]
    let of_float = |number: f64| {
        #[expect(clippy::cast_precision_loss, reason = "the bound is exact")]
        let fits = number.fract() == 0.0 && (0.0..=MAX_SAFE_INTEGER as f64).contains(&number);
        fits.then_some(number as u64)
    };
    let number = value
        .as_u64()
        .filter(|&number| number <= MAX_SAFE_INTEGER)
        .or_else(|| value.as_f64().and_then(of_float));
    number.ok_or_else(|| plan_error(field, "a whole number, 0 or more", describe(value)))
}

fn number(field: &'static str, value: &Value) -> Result<f64, PlanError> {
    value.as_f64().ok_or_else(|| plan_error(field, "a number", describe(value)))
}

fn text(field: &'static str, value: &Value) -> Result<Option<String>, PlanError> {
    let text = value.as_str().ok_or_else(|| plan_error(field, "a string", describe(value)))?;
    Ok(Some(text.to_owned()))
}

fn one_of<T: Copy>(
    field: &'static str,
    value: &Value,
    all: &[T],
    name: impl Fn(T) -> &'static str,
) -> Result<T, PlanError> {
    let found = all.iter().copied().find(|&one| value.as_str() == Some(name(one)));
    found.ok_or_else(|| {
        let names: Vec<&str> = all.iter().map(|&one| name(one)).collect();
        plan_error(field, &format!("one of {}", names.join(", ")), describe(value))
    })
}

fn deserialize<T: DeserializeOwned>(
    field: &'static str,
    value: &Value,
    expected: &str,
) -> Result<Option<T>, PlanError> {
    T::deserialize(value).map(Some).map_err(|_| plan_error(field, expected, type_of(value)))
}

fn list<T>(
    field: &'static str,
    value: &Value,
    item: impl Fn(&Map<String, Value>) -> Result<T, PlanError>,
) -> Result<Vec<T>, PlanError> {
    let items = value.as_array().ok_or_else(|| plan_error(field, "a list", describe(value)))?;
    let object = |value: &Value| match value {
        Value::Object(properties) => item(properties),
        _ => Err(plan_error(field, "a list of objects", describe(value))),
    };
    items.iter().map(object).collect()
}

fn failure(properties: &Map<String, Value>) -> Result<PlannedFailure, PlanError> {
    let index = whole("failures", properties.get("index").unwrap_or(&Value::Null))?;
    let cause = properties.get("cause").filter(|cause| !cause.is_null());
    let cause =
        cause.map(|cause| one_of("failures", cause, &FailureCause::ALL, FailureCause::as_str)).transpose()?;
    Ok(PlannedFailure { index: u32::try_from(index).unwrap_or(u32::MAX), cause })
}

fn error(properties: &Map<String, Value>) -> Result<BatchError, PlanError> {
    let entry = deserialize(
        "errors",
        &Value::Object(properties.clone()),
        "entries with code, line, message and param",
    )?;
    Ok(entry.unwrap_or_default())
}

/// Formats a value for an error message: scalars as JSON, lists and objects by their type.
fn describe(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::Array(_) | Value::Object(_) => type_of(value).to_owned(),
        _ => value.to_string().chars().take(80).collect(),
    }
}

/// The type of a value for an error message.
const fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
