//! The limits of metadata: pairs, and the length of keys and values in code points.

use crate::model::{METADATA_KEY, METADATA_PAIRS, METADATA_VALUE, Member};

use crate::text::code_points;

use super::raw::cell::{Fixed, Tag};
use super::raw::view::{Found, View};
use super::rules::Rule;
use super::violation::{Place, Violations};

/// Reports metadata that is beyond its limits.
///
/// A text has no more code points than UTF-16 units, so the longest units settle most cases; only a
/// longer text is counted, and only where the reader gave it.
pub(super) fn limits(view: View<'_>, violations: &mut Violations) {
    let metadata = view.member(Member::Metadata);
    if metadata.tag != Tag::Object {
        return;
    }
    #[expect(clippy::cast_precision_loss, reason = "the limits are small")]
    let (most_pairs, most_key, most_value) =
        (METADATA_PAIRS as f64, METADATA_KEY as f64, METADATA_VALUE as f64);
    if metadata.number > most_pairs {
        violations.add(Rule::MetadataPairs, Member::Metadata, METADATA_PAIRS as u64);
    }
    let long_key = view.fixed(Fixed::LongestKey).number > most_key;
    let long_value = view.fixed(Fixed::LongestValue).number > most_value;
    if !long_key && !long_value {
        return;
    }
    let pairs = view.count(Fixed::Pairs);
    for index in 0..pairs {
        let place = Place { member: Some(Member::Metadata), row: u32::try_from(index).ok() };
        if is_longer(view.key(index), METADATA_KEY) {
            violations.add(Rule::MetadataKey, place, METADATA_KEY as u64);
        }
        if is_longer(view.value(index), METADATA_VALUE) {
            violations.add(Rule::MetadataValue, place, METADATA_VALUE as u64);
        }
    }
}

fn is_longer(found: Found<'_>, most: usize) -> bool {
    // A reader may cut a text, but never to fewer than twice the limit.
    found.is_text() && code_points(found.text()) > most
}
