//! The numbers that stand for names on the boundary to JavaScript: operations, options, parts of answers and
//! columns of rows.
//!
//! These tables are the only place where the numbers are defined. `examples/facts.rs` includes this file and
//! prints the names, and the build of the npm package generates `pkg/generated/files-boundary.ts` from them.
//! So this file depends on nothing else in the crate.

/// Defines enums whose variants are numbered in their order, from 0.
macro_rules! numbered {
    ($($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident,)+ })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)+
        }

        impl $name {
            /// All variants, in the order of their numbers.
            pub const ALL: [Self; [$(stringify!($variant)),+].len()] = [$(Self::$variant),+];
            /// The names of the variants, in the order of their numbers.
            pub const NAMES: [&str; Self::ALL.len()] = [$(stringify!($variant)),+];
        }
    )+};
}

numbered! {
    /// What an instance does.
    OperationCode {
        /// Checks an input file.
        Check,
        /// Fixes an input file.
        Fix,
        /// Plans how an input file is split.
        Split,
        /// Summarizes result files.
        Digest,
        /// Matches result files with their input files.
        Reconcile,
        /// Collects the `custom_id`s of an input file before a second pass adds the missing ones.
        Survey,
        /// Reads the journal of a run.
        Run,
    }

    /// The options that are numbers.
    NumberOption {
        /// The profile, by its index.
        Profile,
        /// The maximum number of requests in a file.
        MaxRequests,
        /// The maximum number of bytes of a file.
        MaxBytes,
        /// The maximum number of embedding inputs in a file.
        MaxEmbeddingInputs,
        /// The maximum number of input tokens in a file, estimated.
        MaxTokens,
        /// The maximum number of issues that are listed for each code.
        MaxIssues,
        /// The first number of added ids, or 0 to leave ids unchanged.
        FirstId,
        /// The number of input files of a reconciliation.
        InputFiles,
        /// The maximum number of attempts of a run.
        Attempts,
    }

    /// The options that are strings.
    StringOption {
        /// The endpoint of the batch.
        Endpoint,
        /// The beginning of the names of the files that a file is split into.
        Name,
        /// The beginning of added ids.
        IdPrefix,
    }

    /// The parts of an answer.
    AnswerPart {
        /// The result as JSON.
        Result,
        /// The rows of a reconciliation: a number for each [`RowColumn`], in its [width](RowColumn::width).
        Rows,
        /// The `custom_id` of each row, followed by the byte 0xff.
        Ids,
        /// The rows whose ids are truncated, each with the hash of the complete id.
        LongIds,
        /// The hash of each `custom_id` of a reconciliation, in any order.
        IdHashes,
        /// What is needed to add up reconciliations: the maximum number of models in `usage` and of details
        /// of each, then 1 if an error file has a usage, else 0, then the role of the file in which each
        /// cause appeared first, in the order of the ids.
        Origins,
        /// The hash of a file that is read twice.
        Hash,
        /// The output file of an operation that rewrites its input.
        Output,
    }

    /// The numbers of a record of a run's journal.
    JournalColumn {
        /// What was recorded: a [`RunRecord`].
        Record,
        /// The index of the shard.
        Shard,
        /// The model, by a number.
        Model,
        /// The estimate of the input tokens.
        Tokens,
    }

    /// The records of a run's journal.
    RunRecord {
        /// The input of an attempt is stored.
        Planned,
        /// The input file is uploaded.
        Uploaded,
        /// The request that creates the batch is about to be sent.
        Creating,
        /// The batch exists.
        Created,
        /// The batch does not exist.
        NotCreated,
        /// The server failed the batch at the token limit.
        Limited,
        /// The batch has a terminal status.
        Ended,
        /// The result files are stored.
        Fetched,
        /// The results are matched with the requests.
        Reconciled,
        /// The run was cancelled.
        Cancelled,
    }

    /// The numbers of the next step of a shard. The result of a run's journal is the number of records that
    /// fit, and these numbers of each shard.
    StepColumn {
        /// What to do: a [`RunAction`].
        Action,
        /// The current attempt, from 1.
        Attempt,
        /// Which batch of this attempt it is, from 1.
        Submission,
        /// 1 if requests may be retried after this attempt, else 0.
        MayRetry,
    }

    /// What to do next for a shard.
    RunAction {
        /// Upload the input file.
        Upload,
        /// Create the batch.
        Create,
        /// Look for the batch in the list.
        Find,
        /// Wait until other batches have ended.
        Wait,
        /// Poll the batch until it ends.
        Follow,
        /// Store the result files.
        Fetch,
        /// Match the results with the requests.
        Reconcile,
        /// Nothing is left.
        Finish,
    }

    /// The numbers of a row. Absent values are -1.
    RowColumn {
        /// The line of the request in its input file, from 1.
        Line,
        /// The index of the input file.
        Shard,
        /// The verdict, by its number.
        Verdict,
        /// The cause of the failure.
        Cause,
        /// The HTTP status of the best result.
        StatusCode,
        /// The number of attempts that have a result.
        Attempts,
        /// The retry advice, by its number.
        Retry,
        /// The role of the file with the best result.
        ResultRole,
        /// The index of that file among the files of its role.
        ResultIndex,
        /// The first byte of the best result.
        ResultOffset,
        /// The length of the best result in bytes, without its line break.
        ResultLength,
        /// The length of its line break in bytes.
        ResultLineBreak,
        /// The hash of the best result with its line break.
        ResultHash,
        /// The first byte of the request.
        InputOffset,
        /// The length of the request in bytes, without its line break.
        InputLength,
        /// The length of its line break in bytes.
        InputLineBreak,
        /// The hash of the request with its line break.
        InputHash,
    }
}

impl RowColumn {
    /// The number of bytes of a number in a row: a 64-bit float, or an integer with a sign.
    pub const fn width(self) -> usize {
        match self {
            Self::ResultOffset | Self::ResultHash | Self::InputOffset | Self::InputHash => 8,
            Self::Line
            | Self::Shard
            | Self::Cause
            | Self::StatusCode
            | Self::Attempts
            | Self::ResultIndex
            | Self::ResultLength
            | Self::InputLength => 4,
            Self::Verdict | Self::Retry | Self::ResultRole | Self::ResultLineBreak | Self::InputLineBreak => {
                1
            }
        }
    }
}

/// A hash of all names above in their order.
pub const TABLES_HASH: u32 = {
    let hash = hash_names(&OperationCode::NAMES, 0x811c_9dc5);
    let hash = hash_names(&NumberOption::NAMES, hash);
    let hash = hash_names(&StringOption::NAMES, hash);
    let hash = hash_names(&AnswerPart::NAMES, hash);
    let hash = hash_names(&JournalColumn::NAMES, hash);
    let hash = hash_names(&RunRecord::NAMES, hash);
    let hash = hash_names(&StepColumn::NAMES, hash);
    let hash = hash_names(&RunAction::NAMES, hash);
    hash_names(&RowColumn::NAMES, hash)
};

const fn hash_names(names: &[&str], mut hash: u32) -> u32 {
    let mut index = 0;
    while index < names.len() {
        hash = hash_bytes(names[index].as_bytes(), hash);
        index += 1;
    }
    hash
}

/// Continues an FNV-1a hash.
pub const fn hash_bytes(bytes: &[u8], mut hash: u32) -> u32 {
    let mut index = 0;
    while index < bytes.len() {
        hash = (hash ^ bytes[index] as u32).wrapping_mul(0x0100_0193);
        index += 1;
    }
    hash
}
