//! Causes: failures grouped by status, code and message, a bounded number of groups with bounded text.

use serde::Serialize;

use crate::hash::hash;
use crate::text::beginning;

use super::atlas::{Advice, Blame, Retry, advice};
use super::mask::mask;
use super::result::Failure;

/// Among so many causes, messages are no longer told apart; among twice as many, codes neither.
const MOST_CAUSES: usize = 250;
/// How many `custom_id`s are kept as examples of a cause.
const EXAMPLES: usize = 5;
/// The longest message that is looked at, in code points, and the longest code or example.
const LONGEST_MESSAGE: usize = 500;
const LONGEST_NAME: usize = 200;
/// The message of all causes whose messages are not told apart.
const OTHERS: &str = "other messages";

/// A cause of failure, shared by many requests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
pub struct Cause {
    /// Its number in this report, from 1, in the order in which causes appear in the files.
    pub id: u16,
    /// The HTTP status; absent when the request was never answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_code: Option<u16>,
    /// The error's code, or its type where it has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The message; where it differs from request to request, numbers, ids and quoted values stand as `…`.
    pub message: String,
    /// Whether sending again may help.
    pub retry: Retry,
    /// Whose doing it is.
    pub blame: Blame,
    /// What happened, in plain words.
    pub meaning: &'static str,
    /// What to do.
    pub advice: &'static str,
    /// How many requests failed of it.
    pub count: u64,
    /// Some `custom_id`s among them.
    pub examples: Vec<String>,
}

#[derive(Clone, Debug)]
struct Group {
    /// The hash of its code and masked message: groups are compared by it before they are byte by byte.
    hash: u64,
    /// Whether another failure of it was written differently.
    differs: bool,
    status_code: Option<u16>,
    code: Option<String>,
    message: String,
    masked: String,
    advice: &'static Advice,
    count: u64,
    examples: Vec<String>,
}

/// The causes of the failures seen so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Causes {
    groups: Vec<Group>,
    masked: String,
    /// The cause of the failure before: most files have few causes, in runs.
    last: usize,
}

impl Causes {
    /// The number of a failure's cause, from 1.
    pub(super) fn of(&mut self, failure: &Failure<'_>) -> u16 {
        let (message, _) = beginning(&failure.message, LONGEST_MESSAGE);
        let code = failure.code.as_deref().map(|code| beginning(code, LONGEST_NAME).0);
        let status = failure.status_code;
        let is_last = |group: &Group| group.is_of(status, code) && group.message == message;
        if self.groups.get(self.last).is_some_and(is_last) {
            return number(self.last);
        }
        mask(message, &mut self.masked);
        let index = self.find(status, code).unwrap_or_else(|| match self.groups.len() {
            ..MOST_CAUSES => self.open(status, code, message),
            beyond => {
                let code = code.filter(|_| beyond < 2 * MOST_CAUSES);
                self.masked.clear();
                self.masked.push_str(OTHERS);
                self.find(status, code).unwrap_or_else(|| self.open(status, code, OTHERS))
            }
        });
        let group = &mut self.groups[index];
        group.differs |= group.message != message;
        self.last = index;
        number(index)
    }

    /// Counts a request that failed of a cause.
    pub(super) fn count(&mut self, cause: u16, custom_id: Option<&str>) {
        if let Some(group) = self.groups.get_mut(usize::from(cause).wrapping_sub(1)) {
            group.count += 1;
            if let Some(custom_id) = custom_id.filter(|_| group.examples.len() < EXAMPLES) {
                group.examples.push(beginning(custom_id, LONGEST_NAME).0.to_owned());
            }
        }
    }

    /// Whether sending again may help against a cause.
    pub(super) fn retry(&self, cause: u16) -> Retry {
        let group = self.groups.get(usize::from(cause).wrapping_sub(1));
        group.map_or(Retry::Unknown, |group| group.advice.retry)
    }

    /// The causes with a count, the most frequent first.
    pub(super) fn report(&self) -> Vec<Cause> {
        let mut causes: Vec<Cause> = Vec::new();
        for (index, group) in self.groups.iter().enumerate().filter(|(_, group)| group.count > 0) {
            let at = causes.iter().position(|cause| cause.count < group.count).unwrap_or(causes.len());
            causes.insert(at, group.report(number(index)));
        }
        causes
    }

    /// The cause with the masked message.
    fn find(&self, status: Option<u16>, code: Option<&str>) -> Option<usize> {
        let hash = hash_of(code, &self.masked);
        let is =
            |group: &Group| group.hash == hash && group.is_of(status, code) && group.masked == self.masked;
        self.groups.iter().position(is)
    }

    fn open(&mut self, status: Option<u16>, code: Option<&str>, message: &str) -> usize {
        self.groups.push(Group {
            hash: hash_of(code, &self.masked),
            differs: false,
            status_code: status,
            code: code.map(str::to_owned),
            message: message.to_owned(),
            masked: self.masked.clone(),
            advice: advice(status, code),
            count: 0,
            examples: Vec::new(),
        });
        self.groups.len() - 1
    }
}

impl Group {
    fn is_of(&self, status: Option<u16>, code: Option<&str>) -> bool {
        self.status_code == status && self.code.as_deref() == code
    }

    fn report(&self, id: u16) -> Cause {
        Cause {
            id,
            status_code: self.status_code,
            code: self.code.clone(),
            message: if self.differs { self.masked.clone() } else { self.message.clone() },
            retry: self.advice.retry,
            blame: self.advice.blame,
            meaning: self.advice.meaning,
            advice: self.advice.help,
            count: self.count,
            examples: self.examples.clone(),
        }
    }
}

fn hash_of(code: Option<&str>, masked: &str) -> u64 {
    let code = code.map_or(0, |code| hash(code.as_bytes()).1);
    hash(masked.as_bytes()).0 ^ code
}

/// There are at most 500 causes with codes and one more for each status.
fn number(index: usize) -> u16 {
    u16::try_from(index + 1).unwrap_or(u16::MAX)
}
