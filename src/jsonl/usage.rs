//! Tokens used, summed per model.

use serde::Serialize;

use crate::hash::hash;

use super::names::MOST_NAMES;
use super::result::spelt;

/// The longest name of a model that is told apart, in bytes.
const LONGEST_NAME: usize = 512;

/// The tokens that one request used.
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
    /// `total_tokens`, or input and output together.
    pub total: u64,
}

/// The tokens that all requests of one model used.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
pub struct ModelUsage {
    /// The model as the results name it; absent for results that name none, and for models beyond 256.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// How many results told their usage.
    pub requests: u64,
    /// Tokens read.
    pub input_tokens: u64,
    /// Of these, tokens that were cached; absent when no result tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cached_tokens: Option<u64>,
    /// Tokens written.
    pub output_tokens: u64,
    /// Of these, tokens spent on reasoning; absent when no result tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reasoning_tokens: Option<u64>,
    /// Tokens in all.
    pub total_tokens: u64,
}

/// Sums of usage, in the order in which models appear. They stop at the largest number instead of running
/// over.
#[derive(Clone, Debug, Default)]
pub(super) struct Usage {
    models: Vec<ModelUsage>,
    /// The hash of each name: only names with the same one are compared byte by byte.
    hashes: Vec<u64>,
    last: usize,
}

impl Usage {
    pub(super) fn add(&mut self, model: Option<&[u8]>, tokens: Tokens) {
        let index = self.place_of(model);
        let sum = &mut self.models[index];
        sum.requests += 1;
        sum.input_tokens = sum.input_tokens.saturating_add(tokens.input);
        sum.output_tokens = sum.output_tokens.saturating_add(tokens.output);
        sum.total_tokens = sum.total_tokens.saturating_add(tokens.total);
        add(&mut sum.cached_tokens, tokens.cached);
        add(&mut sum.reasoning_tokens, tokens.reasoning);
    }

    pub(super) fn report(&self) -> Vec<ModelUsage> {
        self.models.clone()
    }

    fn place_of(&mut self, model: Option<&[u8]>) -> usize {
        let model = model.map(|model| model.get(..LONGEST_NAME).unwrap_or(model));
        let is = |sum: &ModelUsage, model: Option<&[u8]>| sum.model.as_deref().map(str::as_bytes) == model;
        if !self.models.get(self.last).is_some_and(|sum| is(sum, model)) {
            let hash_of = |model: Option<&[u8]>| model.map_or(0, |model| hash(model).0);
            let place = |model| {
                let hash = hash_of(model);
                let mut alike = (0..self.models.len()).filter(|&at| self.hashes[at] == hash);
                alike.find(|&at| is(&self.models[at], model))
            };
            let full = self.models.len() >= MOST_NAMES;
            let known = place(model).or_else(|| if full { place(None) } else { None });
            self.last = known.unwrap_or_else(|| {
                let model = model.filter(|_| !full);
                self.hashes.push(hash_of(model));
                let model = model.map(|model| spelt(model).to_owned());
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
