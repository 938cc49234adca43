//! The limits of metadata: the number of pairs, and the length of keys and values in code points.

use crate::model::{Field, MAX_METADATA_KEY_LENGTH, MAX_METADATA_PAIRS, MAX_METADATA_VALUE_LENGTH};
use crate::text::code_points;

use super::raw::cell::{HeaderCell, RawKind};
use super::raw::view::{RawValue, RawView};
use super::rules::Rule;
use super::violation::{Location, Violations};

/// Reports metadata that exceeds its limits.
///
/// A string has at most as many code points as UTF-16 code units. So if the longest key and value are within
/// the limits in code units, no code points are counted.
pub(super) fn check_limits(view: RawView<'_>, violations: &mut Violations) {
    let metadata = view.field(Field::Metadata);
    if metadata.kind != RawKind::Object {
        return;
    }
    #[expect(clippy::cast_precision_loss, reason = "the limits are small")]
    let (max_pairs, max_key, max_value) =
        (MAX_METADATA_PAIRS as f64, MAX_METADATA_KEY_LENGTH as f64, MAX_METADATA_VALUE_LENGTH as f64);
    if metadata.number > max_pairs {
        violations.add(Rule::MetadataPairs, Field::Metadata, MAX_METADATA_PAIRS as u64);
    }
    let long_key = view.header(HeaderCell::MaxKeyLength).number > max_key;
    let long_value = view.header(HeaderCell::MaxValueLength).number > max_value;
    if !long_key && !long_value {
        return;
    }
    for index in 0..view.count(HeaderCell::PairCount) {
        let location = Location::in_row(Field::Metadata, index);
        if exceeds(view.metadata_key(index), MAX_METADATA_KEY_LENGTH) {
            violations.add(Rule::MetadataKey, location, MAX_METADATA_KEY_LENGTH as u64);
        }
        if exceeds(view.metadata_value(index), MAX_METADATA_VALUE_LENGTH) {
            violations.add(Rule::MetadataValue, location, MAX_METADATA_VALUE_LENGTH as u64);
        }
    }
}

fn exceeds(value: RawValue<'_>, max: usize) -> bool {
    // Readers may cut a string, but never to less than twice the limit.
    value.is_string() && code_points(value.string()) > max
}
