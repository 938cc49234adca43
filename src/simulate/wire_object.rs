//! The JSON object of a batch in the format of a server.

use std::fmt;
use std::ops::Index;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use serde_json::{Map, Value, json};

use crate::model::{Batch, BatchError, Field, TimestampField};
use crate::random::draw;

use super::plan::BatchPlan;
use super::server_dialect::ServerDialect;

/// The random stream of the fractions of seconds, beside those of `plan` and of `request_outcome`.
const FRACTIONS: u64 = 201;

/// A batch as a server sends it: properties in order, unset ones null or omitted.
#[derive(Clone, Debug, PartialEq)]
pub struct WireObject(Vec<(&'static str, Value)>);

/// The properties that OpenAI sent until about September 2025, in order.
const EARLY_FIELDS: [Field; 20] = [
    Field::Id,
    Field::Object,
    Field::Endpoint,
    Field::Errors,
    Field::InputFileId,
    Field::CompletionWindow,
    Field::Status,
    Field::OutputFileId,
    Field::ErrorFileId,
    Field::CreatedAt,
    Field::InProgressAt,
    Field::ExpiresAt,
    Field::FinalizingAt,
    Field::CompletedAt,
    Field::FailedAt,
    Field::ExpiredAt,
    Field::CancellingAt,
    Field::CancelledAt,
    Field::RequestCounts,
    Field::Metadata,
];

impl WireObject {
    /// Formats a batch in the dialect of the plan.
    pub(super) fn new(plan: &BatchPlan, batch: &Batch) -> Self {
        let dialect = plan.wire;
        let mut properties: Vec<Field> = EARLY_FIELDS.to_vec();
        match dialect {
            ServerDialect::Openai => properties.extend([Field::Model, Field::Usage]),
            ServerDialect::AzureRest => properties.retain(|&field| field != Field::Endpoint),
            _ => {}
        }
        let write = |field: Field| (field.name(), value(plan, batch, field));
        let unset = |value: &Value| value.is_null() && dialect == ServerDialect::Omitting;
        Self(properties.into_iter().map(write).filter(|(_, value)| !unset(value)).collect())
    }

    /// The value of a property, or `None` if it is omitted.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    /// Iterates over the properties in order.
    pub fn properties(&self) -> impl Iterator<Item = (&'static str, &Value)> {
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

/// Formats the object as JSON.
impl fmt::Display for WireObject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::to_string(self).map_err(|_| fmt::Error)?)
    }
}

fn value(plan: &BatchPlan, batch: &Batch, field: Field) -> Value {
    let time =
        |field: TimestampField, at: Option<u64>| at.map_or(Value::Null, |at| timestamp(plan, field, at));
    match field {
        Field::Id => json!(batch.id),
        Field::Object => json!(batch.object),
        Field::Endpoint => json!(batch.endpoint),
        Field::Errors => errors(plan.wire, batch),
        Field::InputFileId => json!(batch.input_file_id),
        Field::CompletionWindow => json!(batch.completion_window),
        Field::Status => status(plan.wire, batch.status.as_str()),
        Field::OutputFileId => json!(batch.output_file_id),
        Field::ErrorFileId => json!(batch.error_file_id),
        Field::CreatedAt => time(TimestampField::Created, Some(batch.created_at)),
        Field::InProgressAt => time(TimestampField::InProgress, batch.in_progress_at),
        Field::ExpiresAt => time(TimestampField::Expires, batch.expires_at),
        Field::FinalizingAt => time(TimestampField::Finalizing, batch.finalizing_at),
        Field::CompletedAt => time(TimestampField::Completed, batch.completed_at),
        Field::FailedAt => time(TimestampField::Failed, batch.failed_at),
        Field::ExpiredAt => time(TimestampField::Expired, batch.expired_at),
        Field::CancellingAt => time(TimestampField::Cancelling, batch.cancelling_at),
        Field::CancelledAt => time(TimestampField::Cancelled, batch.cancelled_at),
        Field::RequestCounts if plan.wire == ServerDialect::AzureRest => {
            json!({ "total": null, "completed": null, "failed": null })
        }
        Field::RequestCounts => json!(batch.request_counts),
        Field::Metadata => json!(batch.metadata),
        Field::Model => json!(batch.model),
        Field::Usage => json!(batch.usage),
        _ => Value::Null,
    }
}

/// Formats a timestamp: Unix seconds, or a string such as `2024-07-19T17:13:57.2491382+00:00` for the REST
/// API of Azure.
fn timestamp(plan: &BatchPlan, field: TimestampField, at: u64) -> Value {
    if plan.wire != ServerDialect::AzureRest {
        return at.into();
    }
    let (year, month, day) = date(at / 86_400);
    let (hour, minute, second) = (at / 3600 % 24, at / 60 % 60, at % 60);
    let fraction = draw(plan.seed, FRACTIONS, field as u64) % 10_000_000;
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{fraction:07}+00:00").into()
}

/// Converts days since 1970 into a date of the Gregorian calendar. Years start in March, so that the leap day
/// is the last day.
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

fn status(dialect: ServerDialect, status: &str) -> Value {
    if dialect != ServerDialect::AzureRest {
        return status.into();
    }
    let (first, rest) = status.split_at(1);
    format!("{}{rest}", first.to_ascii_uppercase()).into()
}

/// Formats `errors`. Errors of Azure have only a code and a message; a server that omits properties also
/// omits `object`.
fn errors(dialect: ServerDialect, batch: &Batch) -> Value {
    let Some(entries) = batch.errors.as_ref().and_then(|errors| errors.data.as_deref()) else {
        return Value::Null;
    };
    let bare = dialect.is_azure();
    let entry = |error: &BatchError| {
        let mut entry = Map::new();
        let properties = [
            ("code", json!(error.code)),
            ("message", json!(error.message)),
            ("param", json!(error.param)),
            ("line", json!(error.line)),
        ];
        for (at, (key, value)) in properties.into_iter().enumerate() {
            let omitted = value.is_null() && dialect == ServerDialect::Omitting || bare && at > 1;
            if !omitted {
                entry.insert(key.to_owned(), value);
            }
        }
        Value::Object(entry)
    };
    let data: Vec<Value> = entries.iter().map(entry).collect();
    if dialect == ServerDialect::Omitting {
        json!({ "data": data })
    } else {
        json!({ "object": "list", "data": data })
    }
}
