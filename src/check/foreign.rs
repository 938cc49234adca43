//! Batch objects of other interfaces: they are called batches, too, but have other fields and statuses.

use super::raw::cell::HeaderCell;
use super::raw::view::RawView;
use crate::model::Field;

/// What to call each object, and the keys that it has and a batch of OpenAI's interface does not.
///
/// Sources: recorded by `crmne/ruby_llm` (Mistral, xAI); documentation of Exa.
const OBJECTS: [(&str, [&str; 2]); 3] = [
    ("a Mistral batch job, which is another object", ["input_files", "total_requests"]),
    ("an xAI batch, which is another object", ["batch_id", "state"]),
    ("an Exa batch, which is another object", ["requestCounts", "createdAt"]),
];

/// The name of a known object of another interface, or `None` for any other value.
pub(super) fn foreign_object(view: RawView<'_>) -> Option<&'static str> {
    if !view.field(Field::InputFileId).is_absent() {
        return None;
    }
    let unknown = view.count(HeaderCell::UnknownCount);
    let has = |key: &str| (0..unknown).any(|index| view.unknown_key(index) == key);
    OBJECTS.iter().find(|(_, keys)| keys.iter().all(|key| has(key))).map(|(name, _)| *name)
}
