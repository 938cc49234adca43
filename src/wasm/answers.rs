//! The shapes that go out to the package's own TypeScript, which makes the public ones of them.

use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use tsify::Tsify;
use wasm_bindgen::JsValue;

use crate::check::{BatchIssue, Mend, MendValue};
use crate::lifecycle::TransitionError;
use crate::model::{Batch, Member, Snapshot, Stamp};

/// All that was found, and the changes that make the value a batch.
#[derive(Serialize, Tsify)]
pub struct Report {
    /// Whether no issue is an error.
    pub valid: bool,
    /// Every issue.
    pub issues: Vec<BatchIssue>,
    /// The changes that reading through takes.
    #[tsify(type = "Mend[]")]
    pub mends: Vec<Mend>,
}

/// What became of a move: changes to write, a refusal, or issues with what was passed.
#[derive(Default, Serialize, Tsify)]
pub struct Moved {
    /// What the move writes.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[tsify(type = "Mend[]")]
    pub mends: Option<Vec<Mend>>,
    /// Why it cannot be made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refusal: Option<TransitionError>,
    /// What is wrong with the batch or with what it was to be moved by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issues: Option<Vec<BatchIssue>>,
}

/// A plain JavaScript object of an answer. Serializing our own answers cannot fail: no number in them is
/// beyond what JavaScript holds.
pub fn out(answer: &impl Serialize) -> JsValue {
    answer.serialize(&Serializer::json_compatible()).unwrap_or(JsValue::NULL)
}

/// What differs after a move, as changes to write.
pub fn changes(before: &Batch, after: &Batch) -> Vec<Mend> {
    let (was, is) = (Snapshot::from(before), Snapshot::from(after));
    let mut changes = Vec::new();
    let mut write = |member: Member, value: MendValue| {
        changes.push(Mend { path: vec![member.name().to_owned()], value: Some(value) });
    };
    if was.status != is.status {
        write(Member::Status, MendValue::Text(after.status.to_string()));
    }
    for stamp in Stamp::ALL {
        if let Some(at) = is.stamps.get(stamp).filter(|_| is.stamps.get(stamp) != was.stamps.get(stamp)) {
            write(stamp.member(), MendValue::Seconds(at));
        }
    }
    if let Some(counts) = after.request_counts.filter(|_| was.counts != is.counts) {
        write(Member::RequestCounts, MendValue::Counts(counts));
    }
    for file in [Member::OutputFileId, Member::ErrorFileId] {
        if let Some(id) = is.text(file).filter(|_| is.text(file) != was.text(file)) {
            write(file, MendValue::Text(id.to_owned()));
        }
    }
    if let Some(errors) = after.errors.clone().filter(|_| was.errors != is.errors) {
        write(Member::Errors, MendValue::Errors(errors));
    }
    changes
}
