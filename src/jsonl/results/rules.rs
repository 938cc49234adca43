//! The catalogue of rules for result files, alone and compared with each other and with the batch.

use crate::diagnostics::Level::{self, Error, Note, Warning};
use crate::diagnostics::rules;

rules! {
    InvalidJson "invalid_json_line" Error
        expected "JSON" help "download the file again; it may be truncated"
        why "An invalid line contains no result; the other lines are still read."
        source "RFC 8259; litellm 37457";
    WrongFile "wrong_file" Error
        expected "JSON Lines" help "choose the file that the batch names"
        why "The first bytes belong to another kind of file. The rest of the file is not read."
        source "specifications of the formats";
    CompressedFile "wrong_file" Error
        expected "JSON Lines" help "decompress the file"
        why "Compressed files are not read."
        source "RFC 1952; specification of zip files";
    Utf16 "not_utf8" Error
        expected "UTF-8" help "save the file as UTF-8"
        why "JSON files must be UTF-8."
        source "RFC 8259, section 8.1";
    RequestFile "wrong_file" Error
        expected "results" help "choose the output file or the error file of the batch"
        why "The first line is a request. The rest of the file is not read."
        source "published schemas BatchRequestInput and BatchRequestOutput";
    ResultFile "wrong_file" Error
        expected "requests" help "choose the input file of the batch"
        why "The first line is a result. The rest of the file is not read."
        source "published schemas BatchRequestInput and BatchRequestOutput";
    NotAnObject "not_an_object" Error
        expected "an object" help "download the file again, or check that it is a result file"
        why "A line is one object."
        source "published schema BatchRequestOutput";
    LineTooLong "line_too_long" Error
        expected "a line of at most 64 MiB, with at most 262,144 properties outside arrays"
        help "read this line with another tool"
        why "A line is parsed in memory."
        source "this package";
    NoCustomId "missing_custom_id" Warning
        expected "custom_id, a string" help "find the request by the content of the line"
        why "Results are matched to requests by custom_id only."
        source "OpenAI community 718416";
    UnknownCustomId "unknown_custom_id" Warning
        expected "the custom_id of a request in the input files"
        help "check that all files are of the same batches"
        why "A result that no input line asked for belongs to another batch, or its input file was not given."
        source "this package";
    DuplicateCustomId "duplicate_custom_id" Warning
        expected "each custom_id on one line"
        help "use unique custom_ids and send these requests again"
        why "The results cannot be matched to one of the requests."
        source "OpenAI, DashScope and Azure refuse such a file by this code";
    ConflictingResults "conflicting_results" Warning
        expected "results that agree"
        help "compare the two results; merge keeps the first success"
        why "A request has one result; an answer and a failure, or two different answers, need a decision."
        source "this package";
    TotalDiffers "total_differs" Warning
        expected "as many requests as the batch counts"
        help "check that this is the input file of this batch"
        why "The total of a batch is the number of lines in the input file."
        source "published interface";
    CompletedDiffers "completed_differs" Warning
        expected "as many successes as the batch counts"
        help "give the batch's whole output file; download it again"
        why "The completed requests of a batch are the successes in the output file."
        source "published interface; kaibo holds them against each other";
    FailedDiffers "failed_differs" Warning
        expected "as many failures as the batch counts"
        help "give the batch's whole error file; download it again"
        why "The failed requests of a batch are the failures, which stand in the error file. Expired and \
            cancelled batches list unfinished requests there too, uncounted."
        source "published interface; warmbly 333, litellm 36034";
    OutputFileNotGiven "output_file_not_given" Warning
        expected "the batch's output file" help "download the output file too"
        why "The batch has an output file: without it, successes look missing."
        source "published interface";
    ErrorFileNotGiven "error_file_not_given" Warning
        expected "the batch's error file" help "download the error file too"
        why "Failures are in the error file only: read the output file alone and they vanish."
        source "instructor 2657, langchain4j 6094";
    BatchRunning "batch_running" Note
        expected "a batch that has ended" help "reconcile again when it has ended"
        why "Files of a batch that still runs are not complete."
        source "published interface";
}
