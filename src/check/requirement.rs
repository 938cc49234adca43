//! The requirement for each field of an object that is valid under every profile.
//!
//! Nearly every object that is checked meets all of them. The npm package generates JavaScript from this
//! table that decides those objects without a call into the WebAssembly module. The bounds are the ones that
//! [`interpret`](super::interpret) applies.

use crate::json::MAX_SAFE_INTEGER;
use crate::model::{Field, FieldKind};

use super::timestamps::{MAX_SECONDS, SENTINEL_RANGE};

/// The value that a field must have. A field that the published interface does not require may also be absent
/// or `null`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Requirement {
    /// A string. If the field is required, it must not be empty.
    String,
    /// One of these strings. Any other string breaks a rule under every profile.
    OneOf(&'static [&'static str]),
    /// An integer within these inclusive bounds. A profile may tolerate integers outside of them.
    Integer(u64, u64),
    /// An object with fields of the field table.
    Object,
    /// An array of objects with fields of the field table.
    ObjectArray,
    /// An object whose values are all strings.
    StringMap,
}

/// Two counts and the count that is their total.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Total {
    /// The fields that are added up.
    pub parts: [Field; 2],
    /// The field that holds the total.
    pub total: Field,
}

/// Completed and failed requests: together at most the number of all requests.
pub const REQUEST_TOTAL: Total =
    Total { parts: [Field::CountsCompleted, Field::CountsFailed], total: Field::CountsTotal };

impl Requirement {
    /// The requirement for a field.
    #[must_use]
    pub fn on(field: Field) -> Self {
        match (field, field.info().kind) {
            (Field::Object | Field::Status, _) => Self::OneOf(field.known_values()),
            (_, FieldKind::String | FieldKind::Interned) => Self::String,
            // Under a profile, timestamps up to the year 2000 can mean "not set".
            (_, FieldKind::Timestamp) => Self::Integer(*SENTINEL_RANGE.end() + 1, MAX_SECONDS),
            (_, FieldKind::Count) => Self::Integer(0, MAX_SAFE_INTEGER),
            (_, FieldKind::Object) => Self::Object,
            (_, FieldKind::Errors) => Self::ObjectArray,
            (_, FieldKind::Pairs) => Self::StringMap,
        }
    }
}
