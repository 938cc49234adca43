//! Reads timestamps: whole Unix seconds, or the other forms that some servers send.

use std::ops::RangeInclusive;

use crate::json::MAX_SAFE_INTEGER;

use super::raw::cell::RawKind;
use super::raw::view::RawValue;

/// The largest number that is read as seconds: in the year 5138.
pub(super) const MAX_SECONDS: u64 = 99_999_999_999;

/// The smallest number that is read as milliseconds.
const MIN_MILLISECONDS: u64 = MAX_SECONDS + 1;

/// The largest number that is read as milliseconds: in the year 5138, too.
const MAX_MILLISECONDS: u64 = MIN_MILLISECONDS * 1000 - 1;

/// 2000-01-01T00:00:00Z. One gateway sends midnight of this day, in its own time zone, for "not set".
const SENTINEL: u64 = 946_684_800;

/// The largest offset of a time zone, in seconds.
const MAX_TIME_ZONE: u64 = 14 * 3600;

/// The Unix seconds that can mean "not set".
pub(super) const SENTINEL_RANGE: RangeInclusive<u64> = SENTINEL - MAX_TIME_ZONE..=SENTINEL + MAX_TIME_ZONE;

/// The value of a timestamp field. All variants with a number hold Unix seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TimestampReading {
    Absent,
    Seconds(u64),
    /// Sent in milliseconds.
    Milliseconds(u64),
    /// Sent as a string: a date in ISO 8601, or digits.
    String(u64),
    /// A number that is not a timestamp.
    Invalid,
    /// Neither a number nor a string with a timestamp.
    WrongKind,
}

impl TimestampReading {
    pub fn of(value: RawValue<'_>) -> Self {
        match value.kind {
            RawKind::Absent | RawKind::Null => Self::Absent,
            RawKind::Number => safe_integer(value.number).map_or(Self::Invalid, Self::of_number),
            RawKind::String if value.is_absent() => Self::Absent,
            RawKind::String => Self::of_string(value.string()),
            _ => Self::WrongKind,
        }
    }

    fn of_number(number: u64) -> Self {
        match number {
            0..=MAX_SECONDS => Self::Seconds(number),
            MIN_MILLISECONDS..=MAX_MILLISECONDS => Self::Milliseconds(number / 1000),
            _ => Self::Invalid,
        }
    }

    fn of_string(string: &str) -> Self {
        let is_number = string.len() <= 15 && string.bytes().all(|b| b.is_ascii_digit());
        if is_number {
            let number = string.bytes().fold(0, |sum, b| sum * 10 + u64::from(b - b'0'));
            return match Self::of_number(number) {
                Self::Seconds(at) | Self::Milliseconds(at) => Self::String(at),
                other => other,
            };
        }
        parse_iso_8601(string).map_or(Self::WrongKind, Self::String)
    }
}

/// Converts a number to Unix seconds.
///
/// # Errors
/// The rule that the number breaks, if it is in milliseconds or not a timestamp at all.
#[cfg(feature = "_wasm")]
pub(crate) fn timestamp_from_number(number: f64) -> Result<u64, super::rules::Rule> {
    use super::rules::Rule;

    match safe_integer(number).map_or(TimestampReading::Invalid, TimestampReading::of_number) {
        TimestampReading::Seconds(at) => Ok(at),
        TimestampReading::Milliseconds(_) => Err(Rule::TimestampMilliseconds),
        _ => Err(Rule::TimestampInvalid),
    }
}

/// The ranges of Unix seconds, inclusive, that can mean "not set". Some servers send 0.
pub const SENTINELS: [(u64, u64); 2] = [(0, 0), (*SENTINEL_RANGE.start(), *SENTINEL_RANGE.end())];

/// Whether a timestamp can mean "not set".
pub(super) fn is_sentinel(seconds: u64) -> bool {
    SENTINELS.iter().any(|&(first, last)| (first..=last).contains(&seconds))
}

/// Converts a number to an integer. `None` if it is not an integer, is negative, or exceeds
/// [`MAX_SAFE_INTEGER`].
pub(super) fn safe_integer(number: f64) -> Option<u64> {
    // Cast to a signed integer, as processors have an instruction for that cast only.
    #[expect(clippy::cast_possible_truncation, reason = "a truncated number differs from the original")]
    let integer = number as i64;
    #[expect(clippy::cast_precision_loss, clippy::float_cmp, reason = "exact within the limit")]
    let same = integer as f64 == number;
    u64::try_from(integer).ok().filter(|&integer| same && integer <= MAX_SAFE_INTEGER)
}

/// Converts a date and time in ISO 8601, such as `2024-07-19T17:13:57.2491382+00:00`, to Unix seconds.
/// Ignores fractions of a second. Without a time zone, the time is in UTC.
fn parse_iso_8601(string: &str) -> Option<u64> {
    let bytes = string.as_bytes();
    let number = |from: usize, to: usize| -> Option<i64> {
        let digits = bytes.get(from..to)?;
        digits
            .iter()
            .all(u8::is_ascii_digit)
            .then(|| digits.iter().fold(0, |n, b| n * 10 + i64::from(b - b'0')))
    };
    let separators = [(4, b"-"), (7, b"-"), (13, b":"), (16, b":")];
    let has_separator = matches!(bytes.get(10)?, b'T' | b't' | b' ');
    if !has_separator || separators.iter().any(|&(at, expected)| bytes.get(at) != Some(&expected[0])) {
        return None;
    }
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
    let valid =
        (1..=12).contains(&month) && (1..=31).contains(&day) && hour < 24 && minute < 60 && second <= 60;
    let mut end = 19;
    if bytes.get(end) == Some(&b'.') {
        end += 1;
        while bytes.get(end).is_some_and(u8::is_ascii_digit) {
            end += 1;
        }
    }
    let offset = match bytes.get(end..)? {
        [] | b"Z" | b"z" => 0,
        [sign @ (b'+' | b'-'), .., b':', _, _] | [sign @ (b'+' | b'-'), _, _, _, _] => {
            let minutes = bytes.len() - 2;
            let offset = number(end + 1, end + 3)? * 3600 + number(minutes, bytes.len())? * 60;
            if *sign == b'+' { offset } else { -offset }
        }
        _ => return None,
    };
    let seconds = days_from_civil(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset;
    if valid { u64::try_from(seconds).ok() } else { None }
}

/// The number of days from 1970-01-01 to a date of the Gregorian calendar. Years are counted from March, so
/// that the leap day is the last day of a year.
const fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_the_iso_8601_variants_of_known_servers() {
        for (text, seconds) in [
            ("2024-07-19T17:13:57.2491382+00:00", 1_721_409_237),
            ("2024-10-07T12:45:38.109049154Z", 1_728_305_138),
            ("2024-10-07T12:45:38", 1_728_305_138),
            ("2024-10-07 14:45:38+0200", 1_728_305_138),
            ("1970-01-01T00:00:00-01:00", 3600),
            ("2000-02-29T00:00:00Z", 951_782_400),
        ] {
            assert_eq!(parse_iso_8601(text), Some(seconds), "{text}");
        }
    }

    #[test]
    fn rejects_invalid_dates_and_times() {
        for text in [
            "",
            "2024",
            "yesterday",
            "2024-13-01T00:00:00Z",
            "2024-01-01T25:00:00Z",
            "2024-01-01T00:00:00+",
            "2024-01-01T00:00:00+1",
            "1969-12-31T23:59:59Z",
            "2024-01-01Tää:00:00Z",
        ] {
            assert_eq!(parse_iso_8601(text), None, "{text}");
        }
    }

    #[test]
    fn distinguishes_milliseconds_from_seconds() {
        let read = |number| TimestampReading::of(RawValue::of_number(number));
        assert_eq!(read(1_736_489_775.0), TimestampReading::Seconds(1_736_489_775));
        assert_eq!(read(1_736_489_775_123.0), TimestampReading::Milliseconds(1_736_489_775));
        for bad in [-1.0, 0.5, f64::NAN, f64::INFINITY, 1e300] {
            assert_eq!(read(bad), TimestampReading::Invalid, "{bad}");
        }
        assert_eq!(read(-0.0), TimestampReading::Seconds(0));
    }
}
