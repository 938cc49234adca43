//! The catalogue of messages: every string that a view can contain, by id. A catalogue in another language
//! replaces the English messages.
//!
//! `{name}` is a placeholder for a value. Numbers have grouped digits; durations have long unit names.

use crate::text::{PackedStrings, Template};

macro_rules! messages {
    ($($message:ident $id:literal $text:literal;)*) => {
        /// A message of the catalogue.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        #[non_exhaustive]
        pub enum Message { $(#[doc = $text] $message,)* }

        /// The id and the English text of every message, in the order of [`Message`].
        pub const MESSAGES: &[(&str, &str)] = &[$(($id, $text),)*];

        static STRINGS: PackedStrings<{ 2 * MESSAGES.len() }> =
            PackedStrings::new(concat!($($id, $text,)*), &[$($id, $text,)*]);
    };
}

messages! {
    LabelValidating "label.validating" "Checking file";
    LabelRunning "label.in_progress" "Running";
    LabelFinalizing "label.finalizing" "Writing results";
    LabelCancelling "label.cancelling" "Cancelling";
    LabelSucceeded "label.succeeded" "Completed";
    LabelPartiallyFailed "label.partially_failed" "Completed with errors";
    LabelAllFailed "label.all_failed" "Completed, all failed";
    LabelEmpty "label.empty" "Completed, no results";
    LabelUnverified "label.unverified" "Completed, counts unknown";
    LabelRejected "label.rejected" "Rejected";
    LabelFailed "label.failed" "Failed";
    LabelExpiredPartial "label.expired_partial" "Expired, partial results";
    LabelExpired "label.expired" "Expired";
    LabelCancelledPartial "label.cancelled_partial" "Cancelled, partial results";
    LabelCancelled "label.cancelled" "Cancelled";
    LabelUnknown "label.unknown" "{status}";
    LabelNotABatch "label.no_batch" "Not a batch";

    SummaryValidating "summary.validating" "The input file is being checked; no request has run yet.";
    SummaryWaiting "summary.waiting" "No request has finished yet.";
    SummaryWaitingOf "summary.waiting_of" "0 of {total} requests finished.";
    SummaryRunning "summary.in_progress" "{finished} of {total} requests finished.";
    SummaryRunningFailed "summary.in_progress_failed"
        "{finished} of {total} requests finished, {failed} failed.";
    SummaryRunningUnknown "summary.in_progress.unknown" "{finished} requests finished; the total is unknown.";
    SummaryContradictory "summary.contradictory"
        "The counts contradict each other: {finished} finished, {total} in total.";
    SummaryFinalizing "summary.finalizing" "All requests have finished; the result files are being written.";
    SummaryFinalizingOf "summary.finalizing_of"
        "{finished} of {total} requests finished; the result files are being written.";
    SummaryFinalizingUnknown "summary.finalizing.unknown" "The result files are being written.";
    SummaryCancelling "summary.cancelling"
        "The batch is being cancelled; this takes at least 10 minutes and up to 47.";
    SummaryCancellingOf "summary.cancelling_of"
        "{finished} of {total} requests finished; cancelling takes at least 10 minutes and up to 47.";
    SummarySucceededOne "summary.succeeded.one" "The request succeeded.";
    SummarySucceeded "summary.succeeded.other" "All {total} requests succeeded.";
    SummaryPartiallyFailed "summary.partially_failed"
        "{completed} of {total} requests succeeded, {failed} failed.";
    SummaryPartiallyLost "summary.partially_lost"
        "{completed} of {total} requests succeeded, {failed} failed, {unfinished} did not finish.";
    SummaryAllFailedOne "summary.all_failed.one" "The request failed.";
    SummaryAllFailed "summary.all_failed.other" "All {failed} requests failed.";
    SummaryAllFailedUnknown "summary.all_failed.unknown" "No request succeeded.";
    SummaryEmpty "summary.empty" "The batch completed without results.";
    SummaryUnverified "summary.unverified"
        "The batch completed; its counts do not say how many requests succeeded.";
    SummaryRejected "summary.rejected" "The input file was rejected; no request ran.";
    SummaryRejectedWhy "summary.rejected_why" "The input file was rejected; no request ran. {error}";
    SummaryFailed "summary.failed" "The batch failed after some requests had run.";
    SummaryFailedWhy "summary.failed_why" "The batch failed after some requests had run. {error}";
    SummaryExpiredPartial "summary.expired_partial"
        "{completed} of {total} requests succeeded before the deadline.";
    SummaryExpiredPartialUnknown "summary.expired_partial.unknown"
        "Some requests succeeded before the deadline.";
    SummaryOutputUncounted "summary.output_uncounted"
        "The counts report no success, but there is an output file, which can contain results.";
    SummaryExpired "summary.expired" "The deadline passed before any request succeeded.";
    SummaryCancelledPartial "summary.cancelled_partial"
        "{completed} of {total} requests succeeded before the batch was cancelled.";
    SummaryCancelledPartialUnknown "summary.cancelled_partial.unknown"
        "Some requests succeeded before the batch was cancelled.";
    SummaryCancelled "summary.cancelled" "The batch was cancelled before any request succeeded.";
    SummaryUnknown "summary.unknown" "This status is unknown.";
    SummaryNoStatus "summary.no_status" "The batch has no status.";
    SummaryNotABatch "summary.no_batch" "This is not a batch: {problem}.";

    AdviceSucceeded "advice.succeeded" "Download the output file.";
    AdvicePartiallyFailed "advice.partially_failed" "Download both files and retry the failed requests.";
    AdviceAllFailed "advice.all_failed" "Check the error file, then retry the requests.";
    AdviceEmpty "advice.empty" "Check that the input file contains requests.";
    AdviceUnverified "advice.unverified" "Download the files and compare them with the input file.";
    AdviceRejected "advice.rejected" "Fix the input file and create a new batch.";
    AdviceFailed "advice.failed" "Read the errors, download the available results, and create a new batch.";
    AdviceExpiredPartial "advice.expired_partial" "Download the finished results and retry the rest.";
    AdviceExpired "advice.expired" "Create a new batch with the same input file.";
    AdviceCancelledPartial "advice.cancelled_partial"
        "Download the finished results; retry the rest if you need it.";
    AdviceCancelled "advice.cancelled" "Create a new batch if you still need the results.";
    AdviceUnknown "advice.unknown" "See the provider's documentation for this status.";
    AdviceNotABatch "advice.no_batch" "Pass the batch object from the Batch API.";

    ProgressUnknown "progress.unknown" "Number of requests unknown";
    ProgressValue "progress.value" "{finished} of {total} requests finished";
    ProgressValueFailed "progress.value_failed" "{finished} of {total} requests finished, {failed} failed";
    ProgressContradictory "progress.contradictory"
        "Contradictory counts: {finished} finished, {total} in total";

    StepValidating "step.validating" "Created";
    StepInProgress "step.in_progress" "Running";
    StepFinalizing "step.finalizing" "Writing results";
    StepCompleted "step.completed" "Completed";
    StepFailed "step.failed" "Failed";
    StepExpired "step.expired" "Expired";
    StepCancelling "step.cancelling" "Cancelling";
    StepCancelled "step.cancelled" "Cancelled";

    FileInput "file.input" "Input file";
    FileOutput "file.output" "Output file";
    FileError "file.error" "Error file";

    ErrorLine "error.line" "Line {line}: {message}";
    ErrorPlain "error.plain" "{message}";
    ErrorUnnamed "error.unnamed" "No reason given";

    DeadlineAhead "deadline.ahead" "{duration} until the deadline";
    DeadlinePassed "deadline.passed" "The deadline passed {duration} ago";
    EtaRange "eta.range" "About {earliest} to {latest} left";
    EtaSoon "eta.soon" "Less than {latest} left";
    StallStatus "stall.state" "Taking longer than usual: {duration} so far";
    StallProgress "stall.progress" "No request has finished in the last {duration}";
    StallOverdue "stall.overdue" "The deadline passed {duration} ago, but the batch has not ended";

    PollTerminal "poll.terminal" "The batch has ended; no more polls are needed.";
    PollStatus "poll.status" "Check again in {duration}.";

    UnitDayOne "unit.day.one" "1 day";
    UnitDay "unit.day.other" "{n} days";
    UnitHourOne "unit.hour.one" "1 hour";
    UnitHour "unit.hour.other" "{n} hours";
    UnitMinuteOne "unit.minute.one" "1 minute";
    UnitMinute "unit.minute.other" "{n} minutes";
    UnitSecondOne "unit.second.one" "1 second";
    UnitSecond "unit.second.other" "{n} seconds";
    UnitJoin "unit.join" "{large} {small}";
    NumberGroup "number.group" ",";
}

impl Message {
    /// The id, such as `label.validating`. It never changes.
    #[must_use]
    pub fn id(self) -> &'static str {
        STRINGS.get(2 * self as usize)
    }

    /// The English text.
    #[must_use]
    pub fn english(self) -> &'static str {
        STRINGS.get(2 * self as usize + 1)
    }
}

/// A value that replaces a placeholder of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MessageValue<'a> {
    /// A string, as it is.
    Text(&'a str),
    /// A number, whose digits are grouped.
    Number(u64),
    /// A number of seconds, in its two largest units.
    Duration(u64),
    /// A count of a unit.
    Unit {
        /// The message for a count of 1.
        one: Message,
        /// The message for any other count, which replaces `{n}`.
        other: Message,
        /// The count.
        count: u64,
    },
}

/// A catalogue of messages: the English ones, some of them replaced.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    replacements: Vec<(String, String)>,
}

impl Catalog {
    /// Creates a catalogue that replaces the English messages by these pairs of id and text. Unknown ids have
    /// no effect; of duplicate ids, the last one counts.
    #[must_use]
    pub const fn with_replacements(replacements: Vec<(String, String)>) -> Self {
        Self { replacements }
    }

    /// Formats a message with its values.
    #[must_use]
    pub fn format(&self, message: Message, values: &[(&str, MessageValue<'_>)]) -> String {
        let mut text = String::new();
        self.write(message, values, &mut text);
        text
    }

    /// Formats a duration in its two largest units, such as `2 hours 5 minutes`.
    #[must_use]
    pub fn duration(&self, seconds: u64) -> String {
        let mut text = String::new();
        self.write_duration(seconds, &mut text);
        text
    }

    fn write(&self, message: Message, values: &[(&str, MessageValue<'_>)], text: &mut String) {
        let replacement = self.replacements.iter().rev().find(|(known, _)| known == message.id());
        let template = replacement.map_or_else(|| message.english(), |(_, text)| text.as_str());
        if values.is_empty() {
            return text.push_str(template);
        }
        text.reserve(template.len() + 16);
        for part in Template(template) {
            let value = part.name().and_then(|name| values.iter().find(|(known, _)| *known == name));
            match value {
                Some(&(_, value)) => self.write_value(value, text),
                None => text.push_str(part.0),
            }
        }
    }

    fn write_value(&self, value: MessageValue<'_>, text: &mut String) {
        match value {
            MessageValue::Text(value) => text.push_str(value),
            MessageValue::Number(number) => self.write_number(number, text),
            MessageValue::Duration(seconds) => self.write_duration(seconds, text),
            MessageValue::Unit { one, other, count } => match count {
                1 => self.write(one, &[], text),
                _ => self.write(other, &[("n", MessageValue::Number(count))], text),
            },
        }
    }

    /// Writes a number with grouped digits.
    fn write_number(&self, number: u64, text: &mut String) {
        let (larger_groups, group) = (number / 1000, number % 1000);
        if larger_groups > 0 {
            self.write_number(larger_groups, text);
            self.write(Message::NumberGroup, &[], text);
        }
        for divisor in [100, 10, 1] {
            if larger_groups > 0 || group >= divisor || divisor == 1 {
                text.push(char::from(b'0' + (group / divisor % 10) as u8));
            }
        }
    }

    fn write_duration(&self, seconds: u64, text: &mut String) {
        const UNITS: [(u64, Message, Message); 4] = [
            (86_400, Message::UnitDayOne, Message::UnitDay),
            (3_600, Message::UnitHourOne, Message::UnitHour),
            (60, Message::UnitMinuteOne, Message::UnitMinute),
            (1, Message::UnitSecondOne, Message::UnitSecond),
        ];
        let unit = |index: usize, seconds: u64| {
            let (size, one, other) = UNITS[index];
            MessageValue::Unit { one, other, count: seconds / size }
        };
        let large = UNITS.iter().position(|&(size, ..)| seconds >= size).unwrap_or(UNITS.len() - 1);
        let rest = seconds % UNITS[large].0;
        match UNITS.get(large + 1) {
            Some(&(size, ..)) if rest >= size => {
                let values = [("large", unit(large, seconds)), ("small", unit(large + 1, rest))];
                self.write(Message::UnitJoin, &values, text);
            }
            _ => self.write_value(unit(large, seconds), text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_durations_in_long_units() {
        let messages = Catalog::default();
        for (seconds, text) in [
            (0, "0 seconds"),
            (1, "1 second"),
            (59, "59 seconds"),
            (60, "1 minute"),
            (3_600, "1 hour"),
            (7_500, "2 hours 5 minutes"),
            (3_630, "1 hour"),
            (90_000, "1 day 1 hour"),
            (86_400_000, "1,000 days"),
        ] {
            assert_eq!(messages.duration(seconds), text);
        }
    }

    #[test]
    fn replacements_override_english_messages() {
        let messages = Catalog::with_replacements(vec![
            ("label.in_progress".into(), "Läuft".into()),
            ("number.group".into(), ".".into()),
        ]);
        assert_eq!(messages.format(Message::LabelRunning, &[]), "Läuft");
        let values = [("line", MessageValue::Number(1_234_567)), ("message", MessageValue::Text("{line}"))];
        assert_eq!(messages.format(Message::ErrorLine, &values), "Line 1.234.567: {line}");
    }

    #[test]
    fn ids_are_unique() {
        let mut ids: Vec<_> = MESSAGES.iter().map(|(id, _)| id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), MESSAGES.len());
    }
}
