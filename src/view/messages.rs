//! The English catalogue: every text a view can hold, by message id. Other languages replace it.
//!
//! `{name}` stands for a value. Numbers come grouped, durations in long units.

use crate::text::fill;

macro_rules! messages {
    ($($message:ident $id:literal $text:literal;)*) => {
        /// A text of the catalogue.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub enum Message { $(#[doc = $text] $message,)* }

        /// The catalogue in the order of [`Message`]: the message's id and its English text.
        pub const MESSAGES: &[(&str, &str)] = &[$(($id, $text),)*];
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
    LabelNoBatch "label.no_batch" "Not a batch";

    SummaryValidating "summary.validating" "The input file is being checked; no request has run yet.";
    SummaryWaiting "summary.waiting" "Requests can run; none has finished yet.";
    SummaryWaitingOf "summary.waiting_of" "None of {total} requests has finished yet.";
    SummaryRunning "summary.in_progress" "{finished} of {total} requests finished.";
    SummaryRunningFailed "summary.in_progress_failed"
        "{finished} of {total} requests finished, {failed} failed.";
    SummaryFinalizing "summary.finalizing" "The requests are done; the result files are being written.";
    SummaryCancelling "summary.cancelling" "Cancellation was asked for; it can take up to 10 minutes.";
    SummaryCancellingOf "summary.cancelling_of"
        "{finished} of {total} requests finished; cancelling can take up to 10 minutes.";
    SummarySucceededOne "summary.succeeded.one" "The one request succeeded.";
    SummarySucceeded "summary.succeeded.other" "All {total} requests succeeded.";
    SummaryPartiallyFailed "summary.partially_failed"
        "{completed} of {total} requests succeeded, {failed} failed.";
    SummaryPartiallyLost "summary.partially_lost"
        "{completed} of {total} requests succeeded, {failed} failed, {unfinished} did not finish.";
    SummaryAllFailedOne "summary.all_failed.one" "The one request failed.";
    SummaryAllFailed "summary.all_failed.other" "All {failed} requests failed.";
    SummaryAllFailedUnknown "summary.all_failed.unknown" "No request succeeded.";
    SummaryEmpty "summary.empty" "The batch completed without a result.";
    SummaryUnverified "summary.unverified"
        "The batch completed; the server did not say how many requests succeeded.";
    SummaryRejected "summary.rejected" "The input file was rejected; no request ran.";
    SummaryRejectedWhy "summary.rejected_why" "The input file was rejected; no request ran. {error}";
    SummaryFailed "summary.failed" "The batch failed after requests had run.";
    SummaryFailedWhy "summary.failed_why" "The batch failed after requests had run. {error}";
    SummaryExpiredPartial "summary.expired_partial"
        "{completed} of {total} requests succeeded before the deadline.";
    SummaryExpiredPartialUnknown "summary.expired_partial.unknown"
        "Some requests succeeded before the deadline.";
    SummaryExpired "summary.expired" "The deadline passed before any request succeeded.";
    SummaryCancelledPartial "summary.cancelled_partial"
        "{completed} of {total} requests succeeded before the batch was cancelled.";
    SummaryCancelledPartialUnknown "summary.cancelled_partial.unknown"
        "Some requests succeeded before the batch was cancelled.";
    SummaryCancelled "summary.cancelled" "The batch was cancelled before any request succeeded.";
    SummaryUnknown "summary.unknown" "This status is not known to this version.";
    SummaryNoStatus "summary.no_status" "The batch has no status.";
    SummaryNoBatch "summary.no_batch" "This is not a batch: {problem}.";

    AdviceSucceeded "advice.succeeded" "Download the output file.";
    AdvicePartiallyFailed "advice.partially_failed" "Download both files and send the failed requests again.";
    AdviceAllFailed "advice.all_failed" "Download the error file to see why, then send the requests again.";
    AdviceEmpty "advice.empty" "Check that the input file holds requests.";
    AdviceUnverified "advice.unverified" "Download the files and match them against the input file.";
    AdviceRejected "advice.rejected" "Correct the input file and create a new batch.";
    AdviceFailed "advice.failed" "Read the errors, save what there is, and create a new batch.";
    AdviceExpiredPartial "advice.expired_partial" "Download what finished and send the rest again.";
    AdviceExpired "advice.expired" "Create a new batch with the same input file.";
    AdviceCancelledPartial "advice.cancelled_partial"
        "Download what finished; send the rest again if you need it.";
    AdviceCancelled "advice.cancelled" "Create a new batch if you still need the results.";
    AdviceUnknown "advice.unknown" "Look the status up with the provider.";
    AdviceNoBatch "advice.no_batch" "Pass the object that the Batch API sent.";

    ProgressUnknown "progress.unknown" "Number of requests not known";
    ProgressValue "progress.value" "{finished} of {total} requests finished";
    ProgressValueFailed "progress.value_failed" "{finished} of {total} requests finished, {failed} failed";

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
    StallState "stall.state" "This step takes longer than usual: {duration} so far";
    StallProgress "stall.progress" "No request has finished in the last {duration}";
    StallOverdue "stall.overdue" "The deadline passed {duration} ago and the batch has not ended";

    PollTerminal "poll.terminal" "The batch has ended; there is nothing to wait for.";
    PollStatus "poll.status" "Ask again in {duration}.";

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
    /// The stable id, such as `label.validating`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        MESSAGES[self as usize].0
    }

    /// The English text.
    #[must_use]
    pub const fn english(self) -> &'static str {
        MESSAGES[self as usize].1
    }
}

/// A catalogue in use: English, with some texts replaced.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    replaced: Vec<(String, String)>,
}

impl Catalog {
    /// The catalogue with these texts, by message id, in place of the English ones. Ids that are not in
    /// the catalogue have no effect.
    #[must_use]
    pub const fn replacing(replaced: Vec<(String, String)>) -> Self {
        Self { replaced }
    }

    /// A text with its values filled in.
    #[must_use]
    pub fn format(&self, message: Message, values: &[(&str, &str)]) -> String {
        let id = message.id();
        let replaced = self.replaced.iter().rev().find(|(known, _)| known == id);
        let template = replaced.map_or(message.english(), |(_, text)| text.as_str());
        fill(template, values)
    }

    /// A number with its digits grouped.
    #[must_use]
    pub fn number(&self, number: u64) -> String {
        let digits = number.to_string();
        let separator = self.format(Message::NumberGroup, &[]);
        let mut grouped = String::with_capacity(digits.len() * 2);
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                grouped.push_str(&separator);
            }
            grouped.push(digit);
        }
        grouped
    }

    /// A duration in its two largest units, such as `2 hours 5 minutes`.
    #[must_use]
    pub fn duration(&self, seconds: u64) -> String {
        const UNITS: [(u64, Message, Message); 4] = [
            (86_400, Message::UnitDayOne, Message::UnitDay),
            (3_600, Message::UnitHourOne, Message::UnitHour),
            (60, Message::UnitMinuteOne, Message::UnitMinute),
            (1, Message::UnitSecondOne, Message::UnitSecond),
        ];
        let unit = |index: usize, of: u64| {
            let (size, one, other) = UNITS[index];
            match of / size {
                1 => self.format(one, &[]),
                n => self.format(other, &[("n", &self.number(n))]),
            }
        };
        let Some(large) = UNITS.iter().position(|&(size, ..)| seconds >= size) else {
            return unit(UNITS.len() - 1, 0);
        };
        let rest = seconds % UNITS[large].0;
        match UNITS.get(large + 1) {
            Some(&(size, ..)) if rest >= size => {
                let (large, small) = (unit(large, seconds), unit(large + 1, rest));
                self.format(Message::UnitJoin, &[("large", &large), ("small", &small)])
            }
            _ => unit(large, seconds),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_durations_in_long_units() {
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
    fn other_words_replace_the_english_ones() {
        let messages = Catalog::replacing(vec![
            ("label.in_progress".into(), "Läuft".into()),
            ("number.group".into(), ".".into()),
        ]);
        assert_eq!(messages.format(Message::LabelRunning, &[]), "Läuft");
        assert_eq!(messages.number(1_234_567), "1.234.567");
    }

    #[test]
    fn ids_stand_once() {
        let mut ids: Vec<_> = MESSAGES.iter().map(|(id, _)| id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), MESSAGES.len());
    }
}
