//! How many input tokens a request has, about: from the kinds of characters in its text, without a tokenizer,
//! whose tables would take a megabyte.
//!
//! A token is 4 bytes of ASCII, 3.7 characters that take two bytes (Cyrillic, Arabic, letters with accents),
//! or 1.3 that take more (Chinese, Japanese, Korean); a message takes 3 tokens of its own. Characters that
//! are written as `\u` escapes count as what they spell. Images and other embedded files (`data:`) are not
//! counted, and tools as the JSON they are.
//!
//! Measured in November 2026 against the `o200k_base` encoding (npm `gpt-tokenizer`) on 21 kinds of text, in
//! pieces of 1,500 characters: prose, technical notes and doc comments in English, TypeScript, Rust, JSON,
//! and the messages of the TypeScript compiler in 13 languages. The sums of 20 kinds came out between 0.79
//! (Polish, Czech, traditional Chinese) and 1.17 (plain English prose) of the true number; hence the range
//! from 0.8 to 1.3 of the estimate. Outside it lie texts of random characters, such as base64 and hashes,
//! which have up to twice as many tokens, and the scripts of India, which have half as many.
//!
//! ```
//! use batchlight::json::Tape;
//! use batchlight::jsonl::Prompt;
//! let text = br#"{"input": "Please summarise the story in two sentences and say what you think he felt."}"#;
//! let mut tape = Tape::new(1);
//! tape.read(text).unwrap();
//! let mut prompt = Prompt::default();
//! prompt.add(text, tape.node(tape.find(text, 0, "input").unwrap()), 0);
//! let tokens = prompt.estimate();
//! assert!(tokens.low <= 18 && 18 <= tokens.high, "18 in o200k_base");
//! ```

use serde::Serialize;

use crate::json::{Kind, Node};

use super::bytes::find;

/// An estimate of tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
pub struct TokenEstimate {
    /// The estimate.
    pub estimate: u64,
    /// Rarely fewer: 0.8 of the estimate.
    pub low: u64,
    /// Rarely more: 1.3 of the estimate.
    pub high: u64,
}

/// One member in this many is sampled for escapes, plus the members whose number is a power of two. The other
/// members are assumed to have the same share of escapes.
const SAMPLE: u64 = 256;
/// The number of bytes of a sampled member that are scanned for escapes.
const LOOKED: usize = 4096;

/// Thousandths of a token: of a byte of ASCII, of a character of two bytes, of a longer one.
const TOKENS: [u64; 3] = [250, 270, 750];

/// The text of requests, as far as the estimate needs it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Prompt {
    /// Bytes of ASCII, characters of two bytes, longer ones.
    text: [u64; 3],
    /// What has tokens of its own, whatever the text.
    tokens: u64,
    members: u64,
    /// Of the members looked through: bytes of ASCII, and escapes that spell characters of two bytes and
    /// longer ones.
    sample: [u64; 3],
}

impl Prompt {
    /// Adds the text of a member of a line, each item of which takes so many tokens of its own.
    pub fn add(&mut self, line: &[u8], node: &Node, per_item: u64) {
        let (ascii, wide) = (u64::from(node.weight.ascii), u64::from(node.weight.wide));
        let (items, length) = (u64::from(node.items), u64::from(node.value.end - node.value.start));
        self.tokens += per_item * items.max(1);
        match (node.kind, node.first) {
            (Kind::Array, Some(Kind::Number)) => self.tokens += items,
            // Lists of tokens: five digits each, and a comma.
            (Kind::Array, Some(Kind::Array)) => self.tokens += length / 6,
            _ => {}
        }
        self.text[0] += ascii;
        if wide > 0 {
            // What is left of the bytes when each has two and each item some thirty of keys and brackets.
            let third = length.saturating_sub(ascii + 2 * wide + 30 * items).min(wide);
            self.text[1] += wide - third;
            self.text[2] += third;
        }
        self.members += 1;
        if self.members.is_power_of_two() || self.members.is_multiple_of(SAMPLE) {
            let value = node.value.of(line);
            let looked = value.get(..LOOKED).unwrap_or(value);
            self.sample[0] += ascii * looked.len() as u64 / length.max(1);
            self.look_for_escapes(looked);
        }
    }

    /// Adds JSON that counts as it stands, its keys too.
    pub fn add_json(&mut self, node: &Node) {
        self.tokens += u64::from(node.value.end - node.value.start) * TOKENS[0] / 1000;
    }

    /// Adds the text of other requests.
    pub fn merge(&mut self, other: &Self) {
        self.text.iter_mut().zip(other.text).for_each(|(sum, more)| *sum += more);
        self.sample.iter_mut().zip(other.sample).for_each(|(sum, more)| *sum += more);
        self.tokens += other.tokens;
    }

    /// The tokens it makes, about.
    #[must_use]
    pub fn estimate(&self) -> TokenEstimate {
        let [mut ascii, mut two, mut three] = self.text;
        // In sixteenths, so that no product of two sizes of files comes up.
        let times = ascii * 16 / self.sample[0].max(1);
        let [escaped_two, escaped_three] = [1, 2].map(|at| self.sample[at] * times / 16);
        ascii = ascii.saturating_sub(6 * (escaped_two + escaped_three));
        two += escaped_two;
        three += escaped_three;
        let thousandths = ascii * TOKENS[0] + two * TOKENS[1] + three * TOKENS[2];
        let estimate = self.tokens + thousandths.div_ceil(1000);
        TokenEstimate { estimate, low: estimate * 8 / 10, high: (estimate * 13).div_ceil(10) }
    }

    /// Counts the `\u` escapes in a JSON text that spell characters beyond ASCII.
    fn look_for_escapes(&mut self, mut text: &[u8]) {
        while let Some(at) = find(text, b'\\') {
            match text.get(at + 1..at + 4) {
                Some([b'u', b'0', b'0'..=b'7']) => self.sample[1] += 1,
                Some([b'u', _, _]) => self.sample[2] += 1,
                _ => {}
            }
            text = text.get(at + 2..).unwrap_or_default();
        }
    }
}
