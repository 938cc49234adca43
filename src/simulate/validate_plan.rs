//! What a plan may hold: what no server would make a batch of is refused.

use crate::model::{METADATA_KEY, METADATA_PAIRS, METADATA_VALUE, window_seconds};

use super::plan::{BatchPlan, LONGEST_STEP, PlanError, refusal};

/// The most requests a simulated batch may have: twice OpenAI's limit for a file, and as many as Azure takes.
pub const MOST_REQUESTS: u32 = 100_000;

/// The latest creation of a plan, in Unix seconds: no stamp comes near the numbers that are read as
/// milliseconds.
const LATEST: u64 = 50_000_000_000;

impl BatchPlan {
    /// What no server would make a batch of, and what cannot be planned.
    pub(super) fn check(&self) -> Result<(), PlanError> {
        self.check_numbers()?;
        self.check_texts()
    }

    fn check_numbers(&self) -> Result<(), PlanError> {
        at_most("created_at", self.created_at, LATEST)?;
        at_most("requests", self.requests.into(), MOST_REQUESTS.into())?;
        for (member, seconds) in [
            ("validationSeconds", self.validation_seconds),
            ("runSeconds", self.run_seconds),
            ("finalizingSeconds", self.finalizing_seconds),
            ("cancellingSeconds", self.cancelling_seconds),
        ] {
            at_most(member, seconds.unwrap_or(0), LONGEST_STEP)?;
        }
        if !(0.0..=1.0).contains(&self.failure_rate) {
            return Err(refusal("failureRate", "a number from 0 to 1", self.failure_rate));
        }
        if let Some(rate) = self.rate.filter(|&rate| !(rate > 0.0 && rate.is_finite())) {
            return Err(refusal("rate", "a number above 0", rate));
        }
        if self.rate.is_some() && self.run_seconds.is_some() {
            return Err(refusal("rate", "either a rate or runSeconds", "both"));
        }
        if let Some(failure) = self.failures.iter().find(|failure| failure.index >= self.requests) {
            let expected = format!("indexes below {}, the number of requests", self.requests);
            return Err(refusal("failures", &expected, failure.index));
        }
        for (member, at) in [("cancelAt", self.cancel_at), ("breakAt", self.break_at)] {
            if let Some(at) = at.filter(|at| !(self.created_at..=LATEST + LONGEST_STEP).contains(at)) {
                let expected = format!("a moment from {} on, when the batch is created", self.created_at);
                return Err(refusal(member, &expected, at));
            }
        }
        if let Some(window) = window_seconds(self.window()) {
            at_most("completion_window", window, LONGEST_STEP)?;
            if self.validation() >= window && self.wire.expires() {
                // Nobody has recorded a batch that expired while validating.
                return Err(refusal("validationSeconds", "less than the window", self.validation()));
            }
        }
        Ok(())
    }

    fn check_texts(&self) -> Result<(), PlanError> {
        let profile = self.wire.profile().profile();
        let texts = [
            ("id", &self.id, profile.id_prefix),
            ("input_file_id", &self.input_file_id, profile.file_id_prefix),
            ("output_file_id", &self.output_file_id, profile.file_id_prefix),
            ("error_file_id", &self.error_file_id, profile.file_id_prefix),
            ("model", &self.model, None),
        ];
        for (member, text, prefix) in texts {
            let Some(text) = text else { continue };
            let prefix = prefix.unwrap_or_default();
            if text.trim().is_empty() || !text.starts_with(prefix) || text.contains(is_odd) {
                let begins = if prefix.is_empty() { "" } else { " that begins with " };
                let expected = format!("a text without white space{begins}{prefix}");
                return Err(refusal(member, &expected, format_args!("{text:?}")));
            }
        }
        let known = profile.endpoints;
        if self.endpoint().is_empty() || !known.is_empty() && !known.contains(&self.endpoint()) {
            let expected = format!("one of {}", known.join(", "));
            return Err(refusal("endpoint", &expected, format_args!("{:?}", self.endpoint())));
        }
        if self.window().is_empty() || !profile.windows.accept(self.window()) {
            let found = format_args!("{:?}", self.window());
            return Err(refusal("completion_window", "a window that the server accepts", found));
        }
        let long = |text: &str, most: usize| text.chars().count() > most;
        let pairs = self.metadata.iter().flatten();
        let too_long =
            |(key, value): (&String, &String)| long(key, METADATA_KEY) || long(value, METADATA_VALUE);
        if pairs.clone().count() > METADATA_PAIRS || pairs.clone().any(too_long) {
            let expected = format!(
                "at most {METADATA_PAIRS} pairs with keys of {METADATA_KEY} and values of {METADATA_VALUE} \
                    characters"
            );
            return Err(refusal("metadata", &expected, "more"));
        }
        Ok(())
    }
}

fn is_odd(letter: char) -> bool {
    letter.is_ascii_control() || letter == ' '
}

fn at_most(member: &'static str, found: u64, most: u64) -> Result<(), PlanError> {
    if found > most {
        return Err(refusal(member, &format!("at most {most}"), found));
    }
    Ok(())
}
