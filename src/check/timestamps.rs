//! Reading a moment: whole Unix seconds, or what some servers send in their place.

use std::ops::RangeInclusive;

use super::raw::cell::Tag;
use super::raw::view::Found;
use super::rules::Rule;

/// Up to this a number can be seconds (until the year 5138).
pub(super) const MOST_SECONDS: u64 = 99_999_999_999;

/// From here on a number is milliseconds.
const LEAST_MILLISECONDS: u64 = MOST_SECONDS + 1;

/// Beyond this it is not milliseconds either (the year 5138 again).
const MOST_MILLISECONDS: u64 = LEAST_MILLISECONDS * 1000 - 1;

/// The first second of the year 2000, UTC: one gateway's "not set", at midnight of its own time zone.
const SENTINEL: u64 = 946_684_800;

/// The widest time zone, in seconds.
const ZONE: u64 = 14 * 3600;

/// The seconds that may be the year 2000 in place of "not set".
pub(super) const SENTINELS: RangeInclusive<u64> = SENTINEL - ZONE..=SENTINEL + ZONE;

/// The largest whole number that JavaScript holds exactly, and every one below it.
pub(super) const MOST_WHOLE: u64 = (1 << f64::MANTISSA_DIGITS) - 1;

/// What a member that should hold a moment was found to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Moment {
    /// Nothing.
    Absent,
    /// Unix seconds.
    Seconds(u64),
    /// Milliseconds, here in seconds.
    Milliseconds(u64),
    /// Text, here in seconds.
    Text(u64),
    /// A number that is no moment.
    Invalid,
    /// Something else altogether.
    WrongKind,
}

impl Moment {
    pub fn read(found: Found<'_>) -> Self {
        match found.tag {
            Tag::Absent | Tag::Null => Self::Absent,
            Tag::Number => whole(found.number).map_or(Self::Invalid, Self::of_number),
            Tag::Text if found.is_absent() => Self::Absent,
            Tag::Text => Self::of_text(found.text()),
            _ => Self::WrongKind,
        }
    }

    fn of_number(number: u64) -> Self {
        match number {
            0..=MOST_SECONDS => Self::Seconds(number),
            LEAST_MILLISECONDS..=MOST_MILLISECONDS => Self::Milliseconds(number / 1000),
            _ => Self::Invalid,
        }
    }

    fn of_text(text: &str) -> Self {
        let digits = text.len() <= 15 && text.bytes().all(|b| b.is_ascii_digit());
        if digits {
            let number = text.bytes().fold(0, |sum, b| sum * 10 + u64::from(b - b'0'));
            return match Self::of_number(number) {
                Self::Seconds(at) | Self::Milliseconds(at) => Self::Text(at),
                other => other,
            };
        }
        iso_seconds(text).map_or(Self::WrongKind, Self::Text)
    }
}

/// The moment a number means, or the rule it breaks.
///
/// # Errors
/// For milliseconds, and for what is no whole number of seconds.
pub fn moment(number: f64) -> Result<u64, Rule> {
    match whole(number).map_or(Moment::Invalid, Moment::of_number) {
        Moment::Seconds(at) => Ok(at),
        Moment::Milliseconds(_) => Err(Rule::StampMilliseconds),
        _ => Err(Rule::StampInvalid),
    }
}

/// Whether these seconds are the year 2000 in place of "not set".
pub(super) fn is_sentinel(seconds: u64) -> bool {
    SENTINELS.contains(&seconds)
}

/// The number as a whole one that JavaScript holds exactly.
pub(super) fn whole(number: f64) -> Option<u64> {
    // There and back by way of a signed number: processors have an instruction for that one only.
    #[expect(clippy::cast_possible_truncation, reason = "what is cut off does not come back the same")]
    let whole = number as i64;
    #[expect(clippy::cast_precision_loss, clippy::float_cmp, reason = "exact up to the most")]
    let same = whole as f64 == number;
    u64::try_from(whole).ok().filter(|&whole| same && whole <= MOST_WHOLE)
}

/// The Unix seconds of an ISO 8601 time such as `2024-07-19T17:13:57.2491382+00:00`; fractions are cut
/// and a time without a zone is taken as UTC.
fn iso_seconds(text: &str) -> Option<u64> {
    let bytes = text.as_bytes();
    let number = |from: usize, to: usize| -> Option<i64> {
        let digits = bytes.get(from..to)?;
        digits
            .iter()
            .all(u8::is_ascii_digit)
            .then(|| digits.iter().fold(0, |n, b| n * 10 + i64::from(b - b'0')))
    };
    let separators = [(4, b"-"), (7, b"-"), (13, b":"), (16, b":")];
    let joined = matches!(bytes.get(10)?, b'T' | b't' | b' ');
    if !joined || separators.iter().any(|&(at, expected)| bytes.get(at) != Some(&expected[0])) {
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
            let away = number(end + 1, end + 3)? * 3600 + number(minutes, bytes.len())? * 60;
            if *sign == b'+' { away } else { -away }
        }
        _ => return None,
    };
    let seconds = days_from_civil(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset;
    if valid { u64::try_from(seconds).ok() } else { None }
}

/// Days from 1970-01-01 to a date of the Gregorian calendar: years are counted from March, so that
/// the leap day comes last.
const fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_times_that_servers_write() {
        for (text, seconds) in [
            ("2024-07-19T17:13:57.2491382+00:00", 1_721_409_237),
            ("2024-10-07T12:45:38.109049154Z", 1_728_305_138),
            ("2024-10-07T12:45:38", 1_728_305_138),
            ("2024-10-07 14:45:38+0200", 1_728_305_138),
            ("1970-01-01T00:00:00-01:00", 3600),
            ("2000-02-29T00:00:00Z", 951_782_400),
        ] {
            assert_eq!(iso_seconds(text), Some(seconds), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_time() {
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
            assert_eq!(iso_seconds(text), None, "{text}");
        }
    }

    #[test]
    fn tells_milliseconds_from_seconds() {
        let read = |number| Moment::read(Found::number(number));
        assert_eq!(read(1_736_489_775.0), Moment::Seconds(1_736_489_775));
        assert_eq!(read(1_736_489_775_123.0), Moment::Milliseconds(1_736_489_775));
        for bad in [-1.0, 0.5, f64::NAN, f64::INFINITY, 1e300] {
            assert_eq!(read(bad), Moment::Invalid, "{bad}");
        }
        assert_eq!(read(-0.0), Moment::Seconds(0));
    }
}
