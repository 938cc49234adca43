//! The limits of metadata: pairs, and the length of keys and values in code points.

use crate::model::{Field, MAX_METADATA_KEY_LENGTH, MAX_METADATA_PAIRS, MAX_METADATA_VALUE_LENGTH};

use crate::text::code_points;

use super::draft::{Fixed, Found, Tag, View};
use super::{Place, Rule, Violations};

/// Reports metadata that is beyond its limits.
///
/// A text has no more code points than UTF-16 units, so the longest units settle most cases; only a
/// longer text is counted, and only where the reader gave it.
pub(super) fn limits(view: View<'_>, violations: &mut Violations) {
    let metadata = view.member(Field::Metadata);
    if metadata.tag != Tag::Object {
        return;
    }
    #[expect(clippy::cast_precision_loss, reason = "the limits are small")]
    let (most_pairs, most_key, most_value) =
        (MAX_METADATA_PAIRS as f64, MAX_METADATA_KEY_LENGTH as f64, MAX_METADATA_VALUE_LENGTH as f64);
    if metadata.number > most_pairs {
        violations.add(Rule::MetadataPairs, Field::Metadata, MAX_METADATA_PAIRS as u64);
    }
    let long_key = view.fixed(Fixed::LongestKey).number > most_key;
    let long_value = view.fixed(Fixed::LongestValue).number > most_value;
    if !long_key && !long_value {
        return;
    }
    let pairs = view.count(Fixed::Pairs);
    for index in 0..pairs {
        let place = Place { member: Some(Field::Metadata), row: u32::try_from(index).ok() };
        if is_longer(view.key(index), MAX_METADATA_KEY_LENGTH) {
            violations.add(Rule::MetadataKey, place, MAX_METADATA_KEY_LENGTH as u64);
        }
        if is_longer(view.value(index), MAX_METADATA_VALUE_LENGTH) {
            violations.add(Rule::MetadataValue, place, MAX_METADATA_VALUE_LENGTH as u64);
        }
    }
}

fn is_longer(found: Found<'_>, most: usize) -> bool {
    // A reader may cut a text, but never to fewer than twice the limit.
    found.is_text() && code_points(found.text()) > most
}
