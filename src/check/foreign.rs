//! Batch objects of other interfaces: they are called batches, too, but have other fields and statuses.

use super::raw::cell::HeaderCell;
use super::raw::view::RawView;
use crate::model::Field;

/// The description of each object of [`FOREIGN_KEYS`].
///
/// Sources: recorded by `crmne/ruby_llm` (Mistral, xAI); documentation of Exa.
const NAMES: [&str; 3] = [
    "a Mistral batch job, which is another object",
    "an xAI batch, which is another object",
    "an Exa batch, which is another object",
];

/// The keys that each known object of another interface has and a batch of `OpenAI`'s interface does not.
pub const FOREIGN_KEYS: [[&str; 2]; 3] =
    [["input_files", "total_requests"], ["batch_id", "state"], ["requestCounts", "createdAt"]];

/// A field that no known object of another interface has.
pub const FOREIGN_ABSENT_FIELD: Field = Field::InputFileId;

/// The name of a known object of another interface, or `None` for any other value.
pub(super) fn foreign_object(view: RawView<'_>) -> Option<&'static str> {
    if !view.field(FOREIGN_ABSENT_FIELD).is_absent() {
        return None;
    }
    let unknown = view.count(HeaderCell::UnknownCount);
    let has = |key: &str| (0..unknown).any(|index| view.unknown_key(index) == key);
    NAMES
        .into_iter()
        .zip(FOREIGN_KEYS)
        .find(|(_, keys)| keys.iter().all(|key| has(key)))
        .map(|(name, _)| name)
}
