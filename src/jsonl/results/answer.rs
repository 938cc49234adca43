//! Incomplete answers: cut off, filtered, refused or empty, although the server calls them a success.
//!
//! The relevant values are in arrays (`choices`, `output`, `data`), whose elements are not on the tape. They
//! are found by their keys: in valid JSON, a key in quotes that is followed by a colon is a property, because
//! a quote inside a string is always preceded by a backslash.

use std::borrow::Cow;

use serde::Serialize;

use crate::json::find_quoted;
use crate::text::{concat, decimal};

/// The verdict on the requests of a cause.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
pub enum CauseVerdict {
    /// The request failed.
    #[default]
    Failed,
    /// The answer is cut off, filtered, refused or empty.
    Incomplete,
}

/// The reason why an answer is incomplete.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IncompleteReason {
    /// The limit of output tokens was reached: `finish_reason: "length"`, or `status: "incomplete"` with the
    /// reason `max_output_tokens`.
    MaxOutputTokens,
    /// The content filter removed the answer or a part of it.
    ContentFilter,
    /// The model refused.
    Refusal,
    /// There is no answer: an empty list of choices, or an embedding without numbers.
    Empty,
    /// The server calls the answer incomplete for another reason, or for none.
    Other,
}

impl IncompleteReason {
    /// The code of the reason in [causes](crate::jsonl::Cause::code).
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::MaxOutputTokens => "max_output_tokens",
            Self::ContentFilter => "content_filter",
            Self::Refusal => "refusal",
            Self::Empty => "empty_answer",
            Self::Other => "incomplete",
        }
    }

    const fn message(self) -> &'static str {
        match self {
            Self::MaxOutputTokens => "the answer was cut off at the limit of output tokens",
            Self::ContentFilter => "the content filter removed the answer or a part of it",
            Self::Refusal => "the model refused to answer",
            Self::Empty => "the answer is empty",
            Self::Other => "the server calls the answer incomplete",
        }
    }

    /// The reason that a response gives in `incomplete_details.reason`.
    pub(super) fn from_response(reason: Option<&str>) -> Self {
        match reason {
            Some("max_output_tokens") => Self::MaxOutputTokens,
            Some("content_filter") => Self::ContentFilter,
            _ => Self::Other,
        }
    }
}

/// An incomplete answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Incomplete {
    /// The reason; the first one if the answers of a request have several.
    pub reason: IncompleteReason,
    /// The number of incomplete answers.
    pub answers: u32,
    /// The number of answers of the request: more than one if it asked for several (`n`).
    pub of: u32,
}

impl Incomplete {
    /// The reason in words, with the number of answers if there are several.
    pub(super) fn message(self) -> Cow<'static, str> {
        let words = self.reason.message();
        if self.of == 1 {
            return Cow::Borrowed(words);
        }
        Cow::Owned(concat(&[
            &decimal(self.answers.into()),
            " of ",
            &decimal(self.of.into()),
            " answers: ",
            words,
        ]))
    }

    /// The incomplete answer of a request with one answer.
    pub(super) const fn whole(reason: IncompleteReason) -> Self {
        Self { reason, answers: 1, of: 1 }
    }
}

/// Checks the choices of a chat completion or a completion, whose array has `count` elements.
pub(super) fn incomplete_choices(choices: &[u8], count: u32) -> Option<Incomplete> {
    if count == 0 {
        return Some(Incomplete::whole(IncompleteReason::Empty));
    }
    let reason_of = |value: &[u8]| match value {
        value if value.starts_with(b"\"length\"") => Some(IncompleteReason::MaxOutputTokens),
        value if value.starts_with(b"\"content_filter\"") => Some(IncompleteReason::ContentFilter),
        _ => None,
    };
    let (mut reason, mut stopped) = (None, 0);
    for stop in values_of(choices, "finish_reason").filter_map(reason_of) {
        reason.get_or_insert(stop);
        stopped += 1;
    }
    let refused = values_of(choices, "refusal").filter(|value| is_text(value)).count();
    let reason = reason.or((refused > 0).then_some(IncompleteReason::Refusal))?;
    // A refused answer can also be filtered, and is then counted once.
    let answers = u32::try_from(refused).unwrap_or(u32::MAX).max(stopped).min(count);
    Some(Incomplete { reason, answers, of: count })
}

/// Checks the output items of a response for a refusal.
pub(super) fn incomplete_output(output: &[u8]) -> Option<Incomplete> {
    let refused = values_of(output, "refusal").any(is_text);
    refused.then_some(Incomplete::whole(IncompleteReason::Refusal))
}

/// Checks the elements of `data`, which are embeddings or images.
pub(super) fn incomplete_data(data: &[u8], count: u32) -> Option<Incomplete> {
    if count == 0 {
        return Some(Incomplete::whole(IncompleteReason::Empty));
    }
    let is_empty = |value: &[u8]| match value.split_first() {
        Some((b'[', rest)) => rest.trim_ascii_start().starts_with(b"]"),
        Some((b'"', rest)) => rest.starts_with(b"\""),
        _ => value.starts_with(b"null"),
    };
    let empty = values_of(data, "embedding").filter(|value| is_empty(value)).count();
    let answers = u32::try_from(empty).unwrap_or(u32::MAX).min(count);
    (answers > 0).then_some(Incomplete { reason: IncompleteReason::Empty, answers, of: count })
}

/// Whether a value is a string that is not empty.
fn is_text(value: &[u8]) -> bool {
    value.starts_with(b"\"") && !value.starts_with(b"\"\"")
}

/// The rest of the JSON from each value with this key, at any depth.
fn values_of<'a>(json: &'a [u8], key: &'static str) -> impl Iterator<Item = &'a [u8]> {
    let mut rest = json;
    std::iter::from_fn(move || {
        loop {
            rest = &rest[find_quoted(rest, key)? + key.len() + 2..];
            if let Some(value) = rest.trim_ascii_start().strip_prefix(b":") {
                return Some(value.trim_ascii_start());
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choices(json: &str) -> Option<(IncompleteReason, u32)> {
        incomplete_choices(json.as_bytes(), 2).map(|found| (found.reason, found.answers))
    }

    #[test]
    fn only_keys_count_and_not_the_content_of_strings() {
        use IncompleteReason::{ContentFilter, MaxOutputTokens, Refusal};
        assert_eq!(
            choices(r#"[{"finish_reason": "stop"}, {"finish_reason":"length"}]"#),
            Some((MaxOutputTokens, 1))
        );
        assert_eq!(choices(r#"[{"finish_reason" : "content_filter"}]"#), Some((ContentFilter, 1)));
        assert_eq!(choices(r#"[{"message": {"refusal": "no"}}]"#), Some((Refusal, 1)));
        assert_eq!(choices(r#"[{"message": {"refusal": null}}, {"message": {"refusal": ""}}]"#), None);
        assert_eq!(choices(r#"[{"content": "\"finish_reason\": \"length\""}]"#), None);
        assert_eq!(choices(r#"[{"content": "finish_reason", "role": "length"}]"#), None);
        assert_eq!(choices(r#"[{"a\"finish_reason": "length"}]"#), None);
    }

    #[test]
    fn an_embedding_without_numbers_is_empty() {
        let of = |json: &str| incomplete_data(json.as_bytes(), 2).map(|found| (found.answers, found.of));
        assert_eq!(of(r#"[{"object": "embedding", "embedding": [0.5]}, {"embedding": "AAA="}]"#), None);
        assert_eq!(of(r#"[{"object": "embedding", "embedding": [ ]}, {"embedding": [1]}]"#), Some((1, 2)));
        assert_eq!(of(r#"[{"embedding": null}, {"embedding": ""}]"#), Some((2, 2)));
    }
}
