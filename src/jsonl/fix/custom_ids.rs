//! Giving a custom_id to requests that have none.

use crate::json::{Kind, Tape};

/// NameCounter made of a prefix and a running number.
#[derive(Debug)]
pub(crate) struct CustomIdGenerator {
    prefix: String,
    next: u64,
    /// Only finds out which numbers are taken.
    survey: bool,
}

impl CustomIdGenerator {
    pub fn from(prefix: &str, first: u64) -> Self {
        Self { prefix: plain(prefix), next: first, survey: false }
    }

    pub fn surveying(prefix: &str) -> Self {
        Self { prefix: plain(prefix), next: 1, survey: true }
    }

    /// The first number that no request has.
    pub const fn free(&self) -> u64 {
        self.next
    }

    /// Gives a name to the request whose tape this is and that begins at `line`, if it has none.
    pub fn name(&mut self, tape: &Tape, out: &mut Vec<u8>, line: usize) -> Option<String> {
        let text = &out[line..];
        let root = tape.node(0);
        let known = tape.find(text, 0, "custom_id").map(|at| tape.node(at));
        if let Some(known) = known.filter(|known| known.kind != Kind::Null) {
            if self.survey
                && let Some(id) = known.text(text)
            {
                self.take(&id);
            }
            return None;
        }
        if self.survey {
            return None;
        }
        let name = [&self.prefix, self.next.to_string().as_str()].concat();
        self.next += 1;
        let quoted = ["\"", &name.replace('\\', "\\\\").replace('"', "\\\""), "\""].concat();
        let (at, value) = if let Some(null) = known {
            let end = line + null.value.end as usize;
            (end - b"null".len()..end, quoted)
        } else {
            let start = line + root.value.start as usize + 1;
            let comma = if root.items > 0 { ", " } else { "" };
            (start..start, ["\"custom_id\": ", &quoted, comma].concat())
        };
        out.splice(at, value.into_bytes());
        Some(name)
    }

    /// A number that a request has is taken, and so are all before it.
    fn take(&mut self, id: &str) {
        let digits = id.strip_prefix(self.prefix.as_str()).unwrap_or_default();
        let plain = (1..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        if plain {
            let number = digits.bytes().fold(0, |sum, byte| sum * 10 + u64::from(byte - b'0'));
            self.next = self.next.max(number + 1);
        }
    }
}

/// A prefix without control characters, which would have to be escaped in each name.
fn plain(prefix: &str) -> String {
    prefix.replace(char::is_control, "")
}
