//! Adds a `custom_id` to requests without one.

use crate::json::{Kind, Tape};
use crate::text::{concat, decimal};

/// Generates `custom_id`s from a prefix and a number that counts up.
#[derive(Debug)]
pub struct CustomIds {
    prefix: String,
    next: u64,
    /// Whether to add no ids and only find the numbers in use.
    is_survey: bool,
}

impl CustomIds {
    /// Adds ids from this number on.
    pub fn generator(prefix: &str, first: u64) -> Self {
        Self { prefix: without_controls(prefix), next: first, is_survey: false }
    }

    /// Finds the numbers in use.
    pub fn survey(prefix: &str) -> Self {
        Self { prefix: without_controls(prefix), next: 1, is_survey: true }
    }

    /// The next number. After a survey, it is greater than all numbers in use.
    pub const fn next(&self) -> u64 {
        self.next
    }

    /// Processes a request, which begins at `line` and has this tape. Returns the id if one was added.
    pub fn process(&mut self, tape: &Tape, out: &mut Vec<u8>, line: usize) -> Option<String> {
        let json = &out[line..];
        let root = tape.node(0);
        let existing = tape.find(json, 0, "custom_id").map(|at| tape.node(at));
        if let Some(existing) = existing.filter(|node| node.kind != Kind::Null) {
            if self.is_survey
                && let Some(id) = existing.text(json)
            {
                self.mark_used(&id);
            }
            return None;
        }
        if self.is_survey {
            return None;
        }
        let id = concat(&[&self.prefix, &decimal(self.next)]);
        self.next += 1;
        let quoted = ["\"", &id.replace('\\', "\\\\").replace('"', "\\\""), "\""].concat();
        let (range, value) = if let Some(null) = existing {
            let end = line + null.value.end as usize;
            (end - b"null".len()..end, quoted)
        } else {
            let start = line + root.value.start as usize + 1;
            let comma = if root.items > 0 { ", " } else { "" };
            (start..start, ["\"custom_id\": ", &quoted, comma].concat())
        };
        out.splice(range, value.into_bytes());
        Some(id)
    }

    /// Continues after the number of an id, if the id is the prefix and a number.
    fn mark_used(&mut self, id: &str) {
        let digits = id.strip_prefix(self.prefix.as_str()).unwrap_or_default();
        if (1..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()) {
            let number = digits.bytes().fold(0, |sum, byte| sum * 10 + u64::from(byte - b'0'));
            self.next = self.next.max(number + 1);
        }
    }
}

/// Removes control characters, which would have to be escaped.
fn without_controls(prefix: &str) -> String {
    prefix.replace(char::is_control, "")
}
