//! The tokens used, by model.

use serde::Serialize;

use crate::hash::hash;
use crate::jsonl::common::convert::valid_utf8_prefix;
use crate::jsonl::common::name_counter::{MAX_NAMES, compared_part};
use crate::text::concat;

/// The maximum number of other details that are summed for a model.
pub const MAX_DETAILS: usize = 32;

/// The maximum length of the name of such a detail, in bytes.
const MAX_DETAIL_NAME: usize = 64;

/// The tokens that a request used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tokens {
    /// `prompt_tokens` or `input_tokens`.
    pub input: u64,
    /// `cached_tokens` of the details, part of the input.
    pub cached: Option<u64>,
    /// `completion_tokens` or `output_tokens`.
    pub output: u64,
    /// `reasoning_tokens` of the details, part of the output.
    pub reasoning: Option<u64>,
    /// `cache_write_tokens` of the details, part of the input.
    pub cache_write: Option<u64>,
    /// `total_tokens`, or the sum of input and output.
    pub total: u64,
}

/// The tokens that all requests of a model used.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
pub struct ModelUsage {
    /// The model; absent for results without a model, and for the models after the 256th.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// The number of results with a usage.
    pub requests: u64,
    /// The input tokens.
    pub input_tokens: u64,
    /// The input tokens that were cached; absent if no result has the number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cached_tokens: Option<u64>,
    /// The input tokens that were written to the cache; absent if no result has the number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cache_write_tokens: Option<u64>,
    /// The output tokens.
    pub output_tokens: u64,
    /// The output tokens for reasoning; absent if no result has the number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reasoning_tokens: Option<u64>,
    /// All tokens.
    pub total_tokens: u64,
    /// Every other number of the details by its name, such as `audio_tokens`, if it is not 0; at most 32
    /// names for each model.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<UsageDetail>,
}

/// A number that the details of `usage` have besides those of [`ModelUsage`], summed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
pub struct UsageDetail {
    /// The name with that of its object, such as `prompt_tokens_details.audio_tokens`.
    pub name: String,
    /// The sum.
    pub count: u64,
}

/// The sums of each model, in the order in which the models appear. The sums saturate.
#[derive(Clone, Debug, Default)]
pub(crate) struct UsageByModel {
    models: Vec<ModelUsage>,
    /// The hash of each model. Only models with the same hash are compared.
    hashes: Vec<u64>,
    last: usize,
}

impl UsageByModel {
    pub(crate) fn add(&mut self, model: Option<&[u8]>, tokens: Tokens) -> usize {
        let index = self.place_of(model);
        let sum = &mut self.models[index];
        sum.requests += 1;
        sum.input_tokens = sum.input_tokens.saturating_add(tokens.input);
        sum.output_tokens = sum.output_tokens.saturating_add(tokens.output);
        sum.total_tokens = sum.total_tokens.saturating_add(tokens.total);
        add(&mut sum.cached_tokens, tokens.cached);
        add(&mut sum.reasoning_tokens, tokens.reasoning);
        add(&mut sum.cache_write_tokens, tokens.cache_write);
        index
    }

    /// Adds another number of the details to the sums of a model, by the index that [`add`](Self::add)
    /// returned.
    pub(crate) fn add_detail(&mut self, model: usize, object: &str, name: &str, count: u64) {
        let details = &mut self.models[model].details;
        let is = |detail: &UsageDetail| {
            detail.name.strip_prefix(object).and_then(|rest| rest.strip_prefix('.')) == Some(name)
        };
        if let Some(detail) = details.iter_mut().find(|detail| is(detail)) {
            detail.count = detail.count.saturating_add(count);
        } else if details.len() < MAX_DETAILS && name.len() <= MAX_DETAIL_NAME {
            details.push(UsageDetail { name: concat(&[object, ".", name]), count });
        }
    }

    pub(crate) fn report(&self) -> Vec<ModelUsage> {
        self.models.clone()
    }

    fn place_of(&mut self, model: Option<&[u8]>) -> usize {
        let model = model.map(compared_part);
        let is = |sum: &ModelUsage, model: Option<&[u8]>| sum.model.as_deref().map(str::as_bytes) == model;
        if !self.models.get(self.last).is_some_and(|sum| is(sum, model)) {
            let hash_of = |model: Option<&[u8]>| model.map_or(0, |model| hash(model).0);
            let place = |model| {
                let hash = hash_of(model);
                let mut candidates = (0..self.models.len()).filter(|&at| self.hashes[at] == hash);
                candidates.find(|&at| is(&self.models[at], model))
            };
            let full = self.models.len() >= MAX_NAMES;
            let known = place(model).or_else(|| if full { place(None) } else { None });
            self.last = known.unwrap_or_else(|| {
                let model = model.filter(|_| !full);
                self.hashes.push(hash_of(model));
                let model = model.map(|model| valid_utf8_prefix(model).to_owned());
                self.models.push(ModelUsage { model, ..ModelUsage::default() });
                self.models.len() - 1
            });
        }
        self.last
    }
}

fn add(sum: &mut Option<u64>, tokens: Option<u64>) {
    if let Some(tokens) = tokens {
        *sum = Some(sum.unwrap_or_default().saturating_add(tokens));
    }
}
