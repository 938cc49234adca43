//! The catalogue of what can be wrong with result files and with what they say together.

use crate::check::Level::{self, Error, Note, Warning};

/// A row of the catalogue.
#[derive(Clone, Copy, Debug)]
pub struct ResultRuleInfo {
    /// The stable code.
    pub code: &'static str,
    /// How grave it is: an `error` hides results.
    pub level: Level,
    /// What is expected.
    pub expected: &'static str,
    /// What to do.
    pub remedy: &'static str,
}

macro_rules! rules {
    ($($rule:ident $code:literal $level:ident
        expected $expected:literal remedy $remedy:literal why $why:literal source $source:literal;)*) => {
        /// A rule of the catalogue.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub enum ResultRule { $(#[doc = $why] $rule,)* }

        /// The catalogue, in the order of [`ResultRule`].
        pub const RESULT_RULES: &[ResultRuleInfo] = &[$(ResultRuleInfo {
            code: $code, level: $level, expected: $expected, remedy: $remedy,
        },)*];

        /// Why each rule is, and where it is from; apart, so that the module that ships need not carry it.
        pub const RESULT_REASONS: &[(&str, &str)] = &[$(($why, $source),)*];
    };
}

impl ResultRule {
    /// The rule's row of the catalogue.
    #[must_use]
    pub const fn info(self) -> &'static ResultRuleInfo {
        &RESULT_RULES[self as usize]
    }
}

rules! {
    InvalidJson "invalid_json_line" Error
        expected "JSON" remedy "download the file again: it may be cut short"
        why "A line that is no JSON holds no result; the other lines still do."
        source "RFC 8259; litellm 37457";
    NotAnObject "not_an_object" Error
        expected "an object" remedy "download the file again, or check that it is a batch's file"
        why "A line is one object."
        source "published schema BatchRequestOutput";
    LineTooLong "line_too_long" Error
        expected "at most 64 MiB in a line" remedy "read this line by other means"
        why "A line is held in memory to be read."
        source "this package";
    NoCustomId "missing_custom_id" Warning
        expected "custom_id, a text" remedy "look for the request by what the line says"
        why "Only the custom_id tells which request a line is about."
        source "OpenAI community 718416";
    UnknownCustomId "unknown_custom_id" Warning
        expected "the custom_id of a request in the input files" remedy "check that all files are of the same batches"
        why "A result that no input line asked for belongs to another batch, or its input file was not given."
        source "this package";
    DuplicateCustomId "duplicate_custom_id" Warning
        expected "each custom_id on one line" remedy "give each request a custom_id of its own and send these again"
        why "Which of the lines a result is about cannot be known."
        source "OpenAI, DashScope and Azure refuse such a file by this code";
    ConflictingResults "conflicting_results" Warning
        expected "results that agree" remedy "compare the two lines and choose; merging keeps the first success"
        why "A request has one result; a success and a failure, or two different successes, need a decision."
        source "this package";
    TotalDiffers "total_differs" Warning
        expected "as many requests as the batch counts" remedy "check that this is the input file of this batch"
        why "request_counts.total is the number of lines in the input file."
        source "published interface";
    CompletedDiffers "completed_differs" Warning
        expected "as many successes as the batch counts" remedy "give the batch's whole output file; download it again"
        why "request_counts.completed is the number of successes in the output file."
        source "published interface; kaibo holds them against each other";
    FailedDiffers "failed_differs" Warning
        expected "as many failures as the batch counts" remedy "give the batch's whole error file; download it again"
        why "request_counts.failed is the number of failures, which stand in the error file. Expired and cancelled batches list unfinished requests there too, uncounted."
        source "published interface; warmbly 333, litellm 36034";
    OutputFileNotGiven "output_file_not_given" Warning
        expected "the batch's output file" remedy "download the output file too"
        why "The batch has an output file: without it, successes look missing."
        source "published interface";
    ErrorFileNotGiven "error_file_not_given" Warning
        expected "the batch's error file" remedy "download the error file too"
        why "Failures are in the error file only: read the output file alone and they vanish."
        source "instructor 2657, langchain4j 6094";
    BatchRunning "batch_running" Note
        expected "a batch that has ended" remedy "reconcile again when it has ended"
        why "Files of a batch that still runs are not complete."
        source "published interface";
}
