//! The object as it goes over the wire, written by a server's habits.

use std::fmt;
use std::ops::Index;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use serde_json::{Map, Value, json};

use crate::model::{Batch, BatchError, Member, Stamp};
use crate::random::draw;

use super::plan::BatchPlan;
use super::server_dialect::WireHabits;

/// A batch as a server writes it: its members in order, unset ones null or left out.
#[derive(Clone, Debug, PartialEq)]
pub struct WireObject(Vec<(&'static str, Value)>);

/// The members that OpenAI sent until about September 2025, in the order in which it sent them.
const EARLY: [Member; 20] = [
    Member::Id,
    Member::Object,
    Member::Endpoint,
    Member::Errors,
    Member::InputFileId,
    Member::CompletionWindow,
    Member::Status,
    Member::OutputFileId,
    Member::ErrorFileId,
    Member::CreatedAt,
    Member::InProgressAt,
    Member::ExpiresAt,
    Member::FinalizingAt,
    Member::CompletedAt,
    Member::FailedAt,
    Member::ExpiredAt,
    Member::CancellingAt,
    Member::CancelledAt,
    Member::RequestCounts,
    Member::Metadata,
];

impl WireObject {
    /// The batch as the plan's server writes it.
    pub(super) fn of(plan: &BatchPlan, batch: &Batch) -> Self {
        let habits = plan.wire;
        let mut members: Vec<Member> = EARLY.to_vec();
        match habits {
            WireHabits::Openai => members.extend([Member::Model, Member::Usage]),
            WireHabits::AzureRest => members.retain(|&member| member != Member::Endpoint),
            _ => {}
        }
        let write = |member: Member| (member.name(), value(plan, batch, member));
        let unset = |value: &Value| value.is_null() && habits == WireHabits::Omitting;
        Self(members.into_iter().map(write).filter(|(_, value)| !unset(value)).collect())
    }

    /// A member's value; none when it is left out.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    /// The members in order.
    pub fn members(&self) -> impl Iterator<Item = (&'static str, &Value)> {
        self.0.iter().map(|(key, value)| (*key, value))
    }
}

impl Index<&str> for WireObject {
    type Output = Value;

    fn index(&self, name: &str) -> &Value {
        self.get(name).unwrap_or(&Value::Null)
    }
}

impl Serialize for WireObject {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in &self.0 {
            object.serialize_entry(key, value)?;
        }
        object.end()
    }
}

/// As JSON text.
impl fmt::Display for WireObject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::to_string(self).map_err(|_| fmt::Error)?)
    }
}

fn value(plan: &BatchPlan, batch: &Batch, member: Member) -> Value {
    let stamp = |which: Stamp, at: Option<u64>| at.map_or(Value::Null, |at| moment(plan, which, at));
    match member {
        Member::Id => json!(batch.id),
        Member::Object => json!(batch.object),
        Member::Endpoint => json!(batch.endpoint),
        Member::Errors => errors(plan.wire, batch),
        Member::InputFileId => json!(batch.input_file_id),
        Member::CompletionWindow => json!(batch.completion_window),
        Member::Status => status(plan.wire, batch.status.as_str()),
        Member::OutputFileId => json!(batch.output_file_id),
        Member::ErrorFileId => json!(batch.error_file_id),
        Member::CreatedAt => stamp(Stamp::Created, Some(batch.created_at)),
        Member::InProgressAt => stamp(Stamp::InProgress, batch.in_progress_at),
        Member::ExpiresAt => stamp(Stamp::Expires, batch.expires_at),
        Member::FinalizingAt => stamp(Stamp::Finalizing, batch.finalizing_at),
        Member::CompletedAt => stamp(Stamp::Completed, batch.completed_at),
        Member::FailedAt => stamp(Stamp::Failed, batch.failed_at),
        Member::ExpiredAt => stamp(Stamp::Expired, batch.expired_at),
        Member::CancellingAt => stamp(Stamp::Cancelling, batch.cancelling_at),
        Member::CancelledAt => stamp(Stamp::Cancelled, batch.cancelled_at),
        Member::RequestCounts if plan.wire == WireHabits::AzureRest => {
            json!({ "total": null, "completed": null, "failed": null })
        }
        Member::RequestCounts => json!(batch.request_counts),
        Member::Metadata => json!(batch.metadata),
        Member::Model => json!(batch.model),
        Member::Usage => json!(batch.usage),
        _ => Value::Null,
    }
}

/// Seconds, or for Azure over plain REST a text such as `2024-07-19T17:13:57.2491382+00:00`.
fn moment(plan: &BatchPlan, stamp: Stamp, at: u64) -> Value {
    if plan.wire != WireHabits::AzureRest {
        return at.into();
    }
    let (year, month, day) = date(at / 86_400);
    let (hour, minute, second) = (at / 3600 % 24, at / 60 % 60, at % 60);
    let fraction = draw(plan.seed, 201, stamp as u64) % 10_000_000;
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{fraction:07}+00:00").into()
}

/// The date of a day since 1970 in the Gregorian calendar: years are counted from March, so that the leap
/// day comes last.
const fn date(days: u64) -> (u64, u64, u64) {
    let days = days + 719_468;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    (year + era * 400 + (month <= 2) as u64, month, day)
}

fn status(habits: WireHabits, status: &str) -> Value {
    if habits != WireHabits::AzureRest {
        return status.into();
    }
    let (first, rest) = status.split_at(1);
    format!("{}{rest}", first.to_ascii_uppercase()).into()
}

/// Azure's entries have code and message only; a server that omits leaves `object` out too.
fn errors(habits: WireHabits, batch: &Batch) -> Value {
    let Some(entries) = batch.errors.as_ref().and_then(|errors| errors.data.as_deref()) else {
        return Value::Null;
    };
    let bare = habits.is_azure();
    let entry = |error: &BatchError| {
        let mut entry = Map::new();
        let members = [
            ("code", json!(error.code)),
            ("message", json!(error.message)),
            ("param", json!(error.param)),
            ("line", json!(error.line)),
        ];
        for (at, (key, value)) in members.into_iter().enumerate() {
            let left_out = value.is_null() && habits == WireHabits::Omitting || bare && at > 1;
            if !left_out {
                entry.insert(key.to_owned(), value);
            }
        }
        Value::Object(entry)
    };
    let data: Vec<Value> = entries.iter().map(entry).collect();
    if habits == WireHabits::Omitting {
        json!({ "data": data })
    } else {
        json!({ "object": "list", "data": data })
    }
}
