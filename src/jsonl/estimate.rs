//! How many input tokens a request has, about: from the weight of its text, without a tokenizer.

use serde::Serialize;

use crate::json::{Kind, Node};

/// An estimate of tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub struct TokenEstimate {
    /// The estimate.
    pub estimate: u64,
    /// Rarely fewer.
    pub low: u64,
    /// Rarely more.
    pub high: u64,
}

/// The text of requests, as far as the estimate needs it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Prompt {
    ascii: u64,
    wide: u64,
    pieces: u64,
    tokens: u64,
}

impl Prompt {
    /// Adds the text of a member of a body.
    pub fn add(&mut self, node: &Node) {
        self.ascii += u64::from(node.weight.ascii);
        self.wide += u64::from(node.weight.wide);
        match (node.kind, node.first) {
            (Kind::Array, Some(Kind::Number)) => self.tokens += u64::from(node.items),
            // Lists of tokens: a comma and some five digits each.
            (Kind::Array, Some(Kind::Array)) => {
                self.tokens += u64::from(node.value.end - node.value.start) / 6;
            }
            (Kind::Array, _) => self.pieces += u64::from(node.items),
            _ => self.pieces += 1,
        }
    }

    /// Adds the text of other requests.
    pub fn merge(&mut self, other: &Self) {
        self.ascii += other.ascii;
        self.wide += other.wide;
        self.pieces += other.pieces;
        self.tokens += other.tokens;
    }

    /// The tokens it makes, about.
    #[must_use]
    pub const fn estimate(&self) -> TokenEstimate {
        let estimate = self.tokens + self.pieces * 4 + self.ascii / 4 + self.wide * 6 / 10;
        TokenEstimate { estimate, low: estimate * 7 / 10, high: estimate * 14 / 10 }
    }
}
