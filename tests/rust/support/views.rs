//! Views of objects, read under the most tolerant profile.

use batchlight::ProfileName;
use batchlight::view::{BatchView, Catalog, DescribeOptions, ProgressSample, describe_json};
use serde_json::Value;

/// An hour in seconds.
pub const HOUR: u64 = 3600;

/// The view of an object.
pub fn view_of(object: &Value, now: u64, history: &[ProgressSample], messages: &Catalog) -> BatchView {
    let json = serde_json::to_vec(object).unwrap();
    describe_json(&json, ProfileName::Compatible, DescribeOptions { now, history, seed: 0, messages })
}

/// The view of an object at a time, in English.
pub fn view_at(object: &Value, now: u64) -> BatchView {
    view_of(object, now, &[], &Catalog::default())
}
