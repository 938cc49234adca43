//! The causes of failures, grouped by status, code and message. The number of groups and their size are
//! bounded.

use serde::Serialize;

use crate::hash::hash;
use crate::jsonl::common::file_role::FileRole;
use crate::text::beginning;

use super::answer::CauseVerdict;
use super::failure_catalogue::{FailureAdvice, Responsibility, Retry, failure_advice};
use super::line::Failure;
use super::normalize_message::normalize_message;

/// After this number of causes, messages are no longer compared; after twice the number, codes neither.
pub const MAX_CAUSES: usize = 250;
/// The number of `custom_id`s that are kept as examples of a cause.
pub const MAX_CAUSE_EXAMPLES: usize = 5;
/// The maximum length of a message, in code points.
const MAX_MESSAGE_LENGTH: usize = 500;
/// The maximum length of a code or an example, in code points.
const MAX_NAME_LENGTH: usize = 200;
/// The message of causes whose messages are not compared.
pub const OTHER_MESSAGES: &str = "other messages";

/// A cause of failures, shared by several requests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct Cause {
    /// Its number in this report, from 1, in the order in which causes appear in the files.
    pub id: u16,
    /// The verdict of its requests: `failed`, or `incomplete` for answers that are cut off, filtered, refused
    /// or empty.
    pub verdict: CauseVerdict,
    /// The HTTP status; absent if the request was never answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_code: Option<u16>,
    /// The error's code, or its type if it has no code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The message. Numbers, ids and quoted values that differ between the requests are replaced by `…`.
    pub message: String,
    /// The message with all its numbers, ids and quoted values replaced by `…`. Causes of several reports are
    /// the same if verdict, status, code and this are.
    pub normalized_message: String,
    /// Whether a retry can succeed.
    pub retry: Retry,
    /// Who is responsible.
    pub responsibility: Responsibility,
    /// A description of the cause.
    pub meaning: &'static str,
    /// How to fix it.
    pub advice: &'static str,
    /// The number of requests.
    pub count: u64,
    /// The `custom_id`s of the first five requests.
    pub examples: Vec<String>,
}

#[derive(Clone, Debug)]
struct Group {
    /// The hash of the code and the normalized message. Only groups with the same hash are compared.
    hash: u64,
    /// The role of the file in which it appeared first.
    origin: FileRole,
    /// Whether the messages of its failures differ.
    differs: bool,
    verdict: CauseVerdict,
    status_code: Option<u16>,
    code: Option<String>,
    message: String,
    normalized: String,
    advice: &'static FailureAdvice,
    count: u64,
    examples: Vec<String>,
}

/// The causes of the failures seen so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct Causes {
    groups: Vec<Group>,
    normalized: String,
    /// The cause of the last failure. Most files have few causes, in runs.
    last: usize,
}

impl Causes {
    /// The id of the cause of a failure in a file of a role, from 1.
    pub(crate) fn of(&mut self, failure: &Failure<'_>, file: FileRole) -> u16 {
        let (message, _) = beginning(&failure.message, MAX_MESSAGE_LENGTH);
        let code = failure.code.as_deref().map(|code| beginning(code, MAX_NAME_LENGTH).0);
        let status = failure.status_code;
        let verdict = failure.verdict;
        let is_last = |group: &Group| group.is_of(verdict, status, code) && group.message == message;
        if self.groups.get(self.last).is_some_and(is_last) {
            return number(self.last);
        }
        normalize_message(message, &mut self.normalized);
        let index = self.find(verdict, status, code).unwrap_or_else(|| match self.groups.len() {
            ..MAX_CAUSES => self.open(verdict, status, code, message, file),
            beyond => {
                let code = code.filter(|_| beyond < 2 * MAX_CAUSES);
                self.normalized.clear();
                self.normalized.push_str(OTHER_MESSAGES);
                self.find(verdict, status, code)
                    .unwrap_or_else(|| self.open(verdict, status, code, OTHER_MESSAGES, file))
            }
        });
        let group = &mut self.groups[index];
        group.differs |= group.message != message;
        self.last = index;
        number(index)
    }

    /// Counts a request with a cause.
    pub(crate) fn count(&mut self, cause: u16, custom_id: Option<&str>) {
        if let Some(group) = self.groups.get_mut(usize::from(cause).wrapping_sub(1)) {
            group.count += 1;
            if let Some(custom_id) = custom_id.filter(|_| group.examples.len() < MAX_CAUSE_EXAMPLES) {
                group.examples.push(beginning(custom_id, MAX_NAME_LENGTH).0.to_owned());
            }
        }
    }

    /// The role of the file in which each cause appeared first, in the order of the ids.
    pub(crate) fn origins(&self) -> impl Iterator<Item = FileRole> {
        self.groups.iter().map(|group| group.origin)
    }

    /// Whether a retry can succeed.
    pub(crate) fn retry(&self, cause: u16) -> Retry {
        let group = self.groups.get(usize::from(cause).wrapping_sub(1));
        group.map_or(Retry::Unknown, |group| group.advice.retry)
    }

    /// The causes with a count, the most frequent first.
    pub(crate) fn report(&self) -> Vec<Cause> {
        let mut causes: Vec<Cause> = Vec::new();
        for (index, group) in self.groups.iter().enumerate().filter(|(_, group)| group.count > 0) {
            let at = causes.iter().position(|cause| cause.count < group.count).unwrap_or(causes.len());
            causes.insert(at, group.report(number(index)));
        }
        causes
    }

    /// The cause with the normalized message.
    fn find(&self, verdict: CauseVerdict, status: Option<u16>, code: Option<&str>) -> Option<usize> {
        let hash = hash_of(code, &self.normalized);
        let is = |group: &Group| {
            group.hash == hash && group.is_of(verdict, status, code) && group.normalized == self.normalized
        };
        self.groups.iter().position(is)
    }

    fn open(
        &mut self,
        verdict: CauseVerdict,
        status: Option<u16>,
        code: Option<&str>,
        message: &str,
        origin: FileRole,
    ) -> usize {
        self.groups.push(Group {
            hash: hash_of(code, &self.normalized),
            origin,
            differs: false,
            verdict,
            status_code: status,
            code: code.map(str::to_owned),
            message: message.to_owned(),
            normalized: self.normalized.clone(),
            advice: failure_advice(status, code),
            count: 0,
            examples: Vec::new(),
        });
        self.groups.len() - 1
    }
}

impl Group {
    fn is_of(&self, verdict: CauseVerdict, status: Option<u16>, code: Option<&str>) -> bool {
        self.verdict == verdict && self.status_code == status && self.code.as_deref() == code
    }

    fn report(&self, id: u16) -> Cause {
        Cause {
            id,
            verdict: self.verdict,
            status_code: self.status_code,
            code: self.code.clone(),
            message: if self.differs { self.normalized.clone() } else { self.message.clone() },
            normalized_message: self.normalized.clone(),
            retry: self.advice.retry,
            responsibility: self.advice.responsibility,
            meaning: self.advice.meaning,
            advice: self.advice.help,
            count: self.count,
            examples: self.examples.clone(),
        }
    }
}

fn hash_of(code: Option<&str>, normalized: &str) -> u64 {
    let code = code.map_or(0, |code| hash(code.as_bytes()).1);
    hash(normalized.as_bytes()).0 ^ code
}

/// There are at most 500 causes, and one more for each verdict and status, so the numbers fit.
fn number(index: usize) -> u16 {
    u16::try_from(index + 1).unwrap_or(u16::MAX)
}
