//! What is current at OpenAI, beside what its types say.

use super::openai_types::MODEL_SHUTDOWNS;

/// A current model, for examples.
pub const EXAMPLE_MODEL: &str = "gpt-5.4-mini";

/// The dated snapshot of [`EXAMPLE_MODEL`], from the types of the `openai` package.
pub const EXAMPLE_SNAPSHOT: &str = "gpt-5.4-mini-2026-03-17";

/// The day on which the facts about endpoints, models and parameters were last compared with their sources.
pub const FACTS_DATE: &str = "2026-11-29";

/// The endpoint that was shut down, and the day: openai-node#2313, and the deprecation of its types.
pub const ENDPOINT_SHUTDOWNS: [(&str, &str); 1] = [("/v1/videos", "2026-09-24")];

/// The models that were shut down together with their endpoint, by the beginning of their names.
const SHUTDOWN_PREFIXES: [(&str, &str); 1] = [("sora-", "2026-09-24")];

/// The models of OpenAI with a shutdown date: the date, and the name or, with `-` at the end, the beginning
/// of names.
pub fn model_shutdowns() -> impl Iterator<Item = (&'static str, &'static str)> {
    let named = MODEL_SHUTDOWNS.lines().flat_map(|line| {
        let (date, models) = line.split_once(' ').unwrap_or_default();
        models.split(' ').map(move |model| (date, model))
    });
    named.chain(SHUTDOWN_PREFIXES.map(|(prefix, date)| (date, prefix)))
}

/// The shutdown date of a model of OpenAI, announced or past, as `YYYY-MM-DD`.
///
/// ```
/// use batchlight::model::model_shutdown;
/// assert_eq!(model_shutdown("gpt-4o-mini"), Some("2027-01-14"));
/// assert_eq!(model_shutdown("sora-2"), Some("2026-09-24"));
/// assert_eq!(model_shutdown(batchlight::model::EXAMPLE_MODEL), None);
/// ```
#[must_use]
pub fn model_shutdown(model: &str) -> Option<&'static str> {
    // Loops: the iterators of `model_shutdowns` take three times as much of a module.
    for (prefix, date) in SHUTDOWN_PREFIXES {
        if model.as_bytes().starts_with(prefix.as_bytes()) {
            return Some(date);
        }
    }
    for line in MODEL_SHUTDOWNS.split('\n') {
        let (date, models) = line.split_once(' ')?;
        if models.split(' ').any(|known| known == model) {
            return Some(date);
        }
    }
    None
}
