//! Validation of a plan: rejects plans that no server would create a batch from.

use crate::model::{MAX_METADATA_KEY_LENGTH, MAX_METADATA_PAIRS, MAX_METADATA_VALUE_LENGTH, window_seconds};

use super::plan::{BatchPlan, MAX_STEP_SECONDS, PlanError, plan_error};

/// The maximum number of requests of a simulated batch: twice the limit of OpenAI, and the limit of Azure.
pub const MAX_REQUESTS: u32 = 100_000;

/// The latest time at which a batch can be created, in Unix seconds. It keeps every timestamp far below the
/// numbers that are read as milliseconds.
const MAX_CREATED_AT: u64 = 50_000_000_000;

impl BatchPlan {
    /// Checks that a server could create this batch and that the plan is consistent.
    pub(super) fn validate(&self) -> Result<(), PlanError> {
        self.validate_numbers()?;
        self.validate_strings()
    }

    fn validate_numbers(&self) -> Result<(), PlanError> {
        at_most("created_at", self.created_at, MAX_CREATED_AT)?;
        at_most("requests", self.requests.into(), MAX_REQUESTS.into())?;
        for (field, seconds) in [
            ("validationSeconds", self.validation_seconds),
            ("runSeconds", self.run_seconds),
            ("finalizingSeconds", self.finalizing_seconds),
            ("cancellingSeconds", self.cancelling_seconds),
        ] {
            at_most(field, seconds.unwrap_or(0), MAX_STEP_SECONDS)?;
        }
        if !(0.0..=1.0).contains(&self.failure_rate) {
            return Err(plan_error("failureRate", "a number from 0 to 1", self.failure_rate));
        }
        if let Some(rate) = self.rate.filter(|&rate| !(rate > 0.0 && rate.is_finite())) {
            return Err(plan_error("rate", "a number above 0", rate));
        }
        if self.rate.is_some() && self.run_seconds.is_some() {
            return Err(plan_error("rate", "either rate or runSeconds", "both"));
        }
        if let Some(failure) = self.failures.iter().find(|failure| failure.index >= self.requests) {
            let expected = format!("indexes below {}, the number of requests", self.requests);
            return Err(plan_error("failures", &expected, failure.index));
        }
        for (field, at) in [("cancelAt", self.cancel_at), ("breakAt", self.break_at)] {
            if let Some(at) =
                at.filter(|at| !(self.created_at..=MAX_CREATED_AT + MAX_STEP_SECONDS).contains(at))
            {
                let expected = format!("a time of {} or later, when the batch is created", self.created_at);
                return Err(plan_error(field, &expected, at));
            }
        }
        if let Some(window) = window_seconds(self.window()) {
            at_most("completion_window", window, MAX_STEP_SECONDS)?;
            if self.validation() >= window && self.wire.expires() {
                // No batch was observed to expire while validating.
                return Err(plan_error(
                    "validationSeconds",
                    "less than the completion window",
                    self.validation(),
                ));
            }
        }
        Ok(())
    }

    fn validate_strings(&self) -> Result<(), PlanError> {
        let profile = self.wire.profile().profile();
        let texts = [
            ("id", &self.id, profile.id_prefix),
            ("input_file_id", &self.input_file_id, profile.file_id_prefix),
            ("output_file_id", &self.output_file_id, profile.file_id_prefix),
            ("error_file_id", &self.error_file_id, profile.file_id_prefix),
            ("model", &self.model, None),
        ];
        for (field, text, prefix) in texts {
            let Some(text) = text else { continue };
            let prefix = prefix.unwrap_or_default();
            if text.trim().is_empty() || !text.starts_with(prefix) || text.contains(is_forbidden_in_ids) {
                let starts = if prefix.is_empty() { "" } else { " that starts with " };
                let expected = format!("a string without whitespace{starts}{prefix}");
                return Err(plan_error(field, &expected, format_args!("{text:?}")));
            }
        }
        let known = profile.endpoints;
        if self.endpoint().is_empty() || !known.is_empty() && !known.contains(&self.endpoint()) {
            let expected = format!("one of {}", known.join(", "));
            return Err(plan_error("endpoint", &expected, format_args!("{:?}", self.endpoint())));
        }
        if self.window().is_empty() || !profile.completion_windows.contains(self.window()) {
            let found = format_args!("{:?}", self.window());
            return Err(plan_error(
                "completion_window",
                "a completion window that the server accepts",
                found,
            ));
        }
        let is_longer = |text: &str, max: usize| text.chars().count() > max;
        let pairs = self.metadata.iter().flatten();
        let too_long = |(key, value): (&String, &String)| {
            is_longer(key, MAX_METADATA_KEY_LENGTH) || is_longer(value, MAX_METADATA_VALUE_LENGTH)
        };
        if pairs.clone().count() > MAX_METADATA_PAIRS || pairs.clone().any(too_long) {
            let expected = format!(
                "at most {MAX_METADATA_PAIRS} pairs with keys of {MAX_METADATA_KEY_LENGTH} and values of \
                    {MAX_METADATA_VALUE_LENGTH} characters"
            );
            return Err(plan_error("metadata", &expected, "more"));
        }
        Ok(())
    }
}

/// Whether ids must not contain a character.
fn is_forbidden_in_ids(letter: char) -> bool {
    letter.is_ascii_control() || letter == ' '
}

fn at_most(field: &'static str, found: u64, max: u64) -> Result<(), PlanError> {
    if found > max {
        return Err(plan_error(field, &format!("at most {max}"), found));
    }
    Ok(())
}
