//! The estimated number of input tokens of a request. It is based on the kinds of characters in its strings.
//! The tables of a tokenizer would take a megabyte.
//!
//! A token is 4 bytes of ASCII, 3.7 characters that take two bytes (Cyrillic, Arabic, letters with accents),
//! or 1.3 that take more (Chinese, Japanese, Korean). A message takes 3 more tokens. `\u` escapes count as
//! the characters they encode. Images and other embedded files (`data:`) are not counted, and tools count as
//! their JSON.
//!
//! Measured in November 2026 against the `o200k_base` encoding (npm `gpt-tokenizer`) on 21 kinds of text, in
//! excerpts of 1,500 characters: prose, technical notes and doc comments in English, TypeScript, Rust, JSON,
//! and the messages of the TypeScript compiler in 13 languages. The sums of 20 kinds came out between 0.79
//! (Polish, Czech, traditional Chinese) and 1.17 (plain English prose) of the true number; hence the range
//! from 0.8 to 1.3 of the estimate. Outside it lie texts of random characters, such as base64 and hashes,
//! which have up to twice as many tokens, and the scripts of India, which have half as many.
//!
//! ```
//! use batchlight::json::Tape;
//! use batchlight::jsonl::TokenCounter;
//! let text = br#"{"input": "Please summarise the story in two sentences and say what you think he felt."}"#;
//! let mut tape = Tape::new(1);
//! tape.read(text).unwrap();
//! let mut counter = TokenCounter::default();
//! counter.add(text, tape.node(tape.find(text, 0, "input").unwrap()), 0);
//! let tokens = counter.estimate();
//! assert!(tokens.low <= 18 && 18 <= tokens.high, "18 in o200k_base");
//! ```

use serde::Serialize;

use crate::json::{Kind, Node, find};

/// An estimated number of tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
pub struct TokenEstimate {
    /// The estimate.
    pub estimate: u64,
    /// The low end of the range: 0.8 of the estimate.
    pub low: u64,
    /// The high end of the range: 1.3 of the estimate.
    pub high: u64,
}

/// One field in this number is sampled for escapes, plus the fields whose number is a power of two. The other
/// fields are assumed to have the same share of escapes.
const SAMPLE: u64 = 256;
/// The number of bytes of a sampled field that are scanned for escapes.
const SCANNED_BYTES: usize = 4096;

/// The tokens of a byte of ASCII, of a character of two bytes, and of a longer character, in thousandths.
const TOKENS: Characters = Characters { ascii: 250, two_bytes: 270, longer: 750 };

/// Numbers by the kind of characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Characters {
    /// Bytes of ASCII.
    ascii: u64,
    /// Characters that take two bytes in UTF-8.
    two_bytes: u64,
    /// Characters that take three or four bytes.
    longer: u64,
}

impl Characters {
    const fn add(&mut self, other: &Self) {
        self.ascii += other.ascii;
        self.two_bytes += other.two_bytes;
        self.longer += other.longer;
    }
}

/// Counts the characters of requests for the estimate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TokenCounter {
    characters: Characters,
    /// The tokens that do not depend on characters.
    tokens: u64,
    /// The number of fields that were added.
    fields: u64,
    /// In the sampled fields: the bytes of ASCII, and the escapes of other characters.
    sample: Characters,
}

impl TokenCounter {
    /// Adds the strings of a field. Each of its items takes `per_item` more tokens.
    pub fn add(&mut self, line: &[u8], node: &Node, per_item: u64) {
        let (ascii, non_ascii) = (u64::from(node.text_length.ascii), u64::from(node.text_length.non_ascii));
        let (items, length) = (u64::from(node.items), u64::from(node.value.end - node.value.start));
        self.tokens += per_item * items.max(1);
        match (node.kind, node.first) {
            (Kind::Array, Some(Kind::Number)) => self.tokens += items,
            // Arrays of tokens: about five digits each, and a comma.
            (Kind::Array, Some(Kind::Array)) => self.tokens += length / 6,
            _ => {}
        }
        self.characters.ascii += ascii;
        if non_ascii > 0 {
            // The remaining bytes, if each character takes two and each item takes thirty for keys and
            // brackets, are the third bytes of longer characters.
            let longer = length.saturating_sub(ascii + 2 * non_ascii + 30 * items).min(non_ascii);
            self.characters.two_bytes += non_ascii - longer;
            self.characters.longer += longer;
        }
        self.fields += 1;
        if self.fields.is_power_of_two() || self.fields.is_multiple_of(SAMPLE) {
            let value = node.value.of(line);
            let scanned = value.get(..SCANNED_BYTES).unwrap_or(value);
            self.sample.ascii += ascii * scanned.len() as u64 / length.max(1);
            self.count_escapes(scanned);
        }
    }

    /// Creates an empty counter that samples as if it had added all fields of `other`.
    #[must_use]
    pub fn continuing(other: &Self) -> Self {
        Self { fields: other.fields, ..Self::default() }
    }

    /// Adds the requests of a counter that [continues](Self::continuing) this one.
    pub const fn append(&mut self, other: &Self) {
        self.merge(other);
        self.fields = other.fields;
    }

    /// Adds JSON that counts as a whole, including its keys.
    pub fn add_json(&mut self, node: &Node) {
        self.tokens += u64::from(node.value.end - node.value.start) * TOKENS.ascii / 1000;
    }

    /// Adds the requests of another counter. The numbers of fields are not added.
    pub const fn merge(&mut self, other: &Self) {
        self.characters.add(&other.characters);
        self.sample.add(&other.sample);
        self.tokens += other.tokens;
    }

    /// The estimated number of tokens.
    #[must_use]
    pub fn estimate(&self) -> TokenEstimate {
        self.estimate_by(self)
    }

    /// The estimated number of tokens with the share of escapes of a larger set of requests.
    #[must_use]
    pub fn estimate_by(&self, all: &Self) -> TokenEstimate {
        let Characters { ascii, two_bytes, longer } = self.characters;
        // In sixteenths, to avoid overflow.
        let factor = ascii * 16 / all.sample.ascii.max(1);
        let escaped_two_bytes = all.sample.two_bytes * factor / 16;
        let escaped_longer = all.sample.longer * factor / 16;
        let thousandths = ascii.saturating_sub(6 * (escaped_two_bytes + escaped_longer)) * TOKENS.ascii
            + (two_bytes + escaped_two_bytes) * TOKENS.two_bytes
            + (longer + escaped_longer) * TOKENS.longer;
        let estimate = self.tokens + thousandths.div_ceil(1000);
        TokenEstimate { estimate, low: estimate * 8 / 10, high: (estimate * 13).div_ceil(10) }
    }

    /// Counts the `\u` escapes of characters beyond ASCII in a JSON value.
    fn count_escapes(&mut self, mut text: &[u8]) {
        while let Some(at) = find(text, b'\\') {
            match text.get(at + 1..at + 4) {
                Some([b'u', b'0', b'0'..=b'7']) => self.sample.two_bytes += 1,
                Some([b'u', _, _]) => self.sample.longer += 1,
                _ => {}
            }
            text = text.get(at + 2..).unwrap_or_default();
        }
    }
}
