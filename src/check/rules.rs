//! The rule catalogue: every rule once, with its level, what it expects, what to do, why, and the source.

use crate::diagnostics::Level::{Error, Note, Warning};
use crate::diagnostics::{RuleInfo, RuleReason, rules};

rules! {
    InvalidJson "invalid_json" Error
        expected "JSON text" help "pass the body as the server sent it"
        why "Text that is no JSON holds no batch: often an HTML error page or a body cut short."
        source "RFC 8259";
    NotABatch "not_a_batch" Error
        expected "a batch object" help "pass the object that the Batch API sent"
        why "Anything but an object cannot be a batch."
        source "published interface";
    ApiError "api_error" Error
        expected "a batch object" help "read the error: the request for the batch failed"
        why "A failed request answers with an error object; old batches may answer so for good."
        source "tensorzero 1198, curator 231";
    BatchList "batch_list" Error
        expected "one batch" help "pass the elements of its data one by one"
        why "A list response holds batches and is none itself."
        source "published interface";
    Unreadable "unreadable_member" Error
        expected "a member that can be read" help "pass plain data, such as the result of JSON.parse"
        why "A getter or proxy that throws hides its value."
        source "this package";
    MissingMember "missing_member" Error
        expected "{a}" help "pass the whole object, or choose the profile of the server that leaves it out"
        why "The published interface requires the member. null and empty text count as missing."
        source "published interface; Azure and Together leave some out";
    WrongKind "wrong_kind" Error
        expected "{a}" help "pass the object as the server sent it"
        why "The member holds a value of another kind than the published interface says."
        source "published interface";
    WrongObject "wrong_object" Error
        expected "\"batch\"" help "pass a batch: this object calls itself something else"
        why "Every object of the API says in object what it is."
        source "published interface";
    UnknownStatus "unknown_status" Error
        expected "one of {a}" help "show it as it is; describeBatch does"
        why "A status outside the eight has no place in the lifecycle. It is kept as it is."
        source "published interface";
    StatusSpelling "status_spelling" Error
        expected "\"{a}\"" help "choose the profile of the server, or \"compatible\", to read it through"
        why "Some servers capitalise the status or spell canceled with one l."
        source "Azure documentation, kluster.ai, Together";
    StampInvalid "stamp_invalid" Error
        expected "whole Unix seconds, 0 or more" help "pass whole Unix seconds"
        why "Times are whole Unix seconds."
        source "openai-openapi: type integer, format unixtime";
    StampMilliseconds "stamp_milliseconds" Error
        expected "Unix seconds" help "divide by 1000, or choose the profile \"compatible\" to have it done"
        why "A number this large is milliseconds: as seconds it lies thousands of years ahead."
        source "Zhipu, and a gateway that sends milliseconds";
    StampText "stamp_text" Error
        expected "whole Unix seconds"
        help "choose the profile of the server, or \"compatible\", to read it through"
        why "Some servers send times as ISO 8601 text."
        source "Azure documentation, kluster.ai, Together, Qoder";
    StampSentinel "stamp_sentinel" Note
        expected "no value for what has not happened" help "nothing: it is read as absent"
        why "A gateway writes the first day of the year 2000 where nothing is set."
        source "a gateway that sends milliseconds";
    StampOrder "stamp_order" Warning
        expected "{a} or later" help "do not compute durations from these stamps"
        why "A status cannot be entered before one that comes earlier in the lifecycle."
        source "lifecycle table";
    StampMissing "stamp_missing" Warning
        expected "the time at which the batch became {a}" help "take the time of your own poll instead"
        why "Entering a status writes its stamp; Azure and DashScope forget some."
        source "recorded OpenAI traffic";
    StampUnreached "stamp_unreached" Warning
        expected "no value while the status is {a}" help "go by the status"
        why "A stamp says that a status was entered which this batch cannot have passed through."
        source "lifecycle table; Azure and Doubleword send such";
    StampSkipped "stamp_skipped" Note
        expected "a time, as a batch that is {a} has passed here" help "leave the step out of the timeline"
        why "A batch passes through every status on its way, and each writes its stamp."
        source "recorded OpenAI traffic; Azure and DashScope leave some out";
    ExpiryWindow "expiry_window" Warning
        expected "{a}, created_at plus the completion window" help "go by expires_at"
        why "The deadline is the time of creation plus the window, to the second at OpenAI."
        source "all recorded OpenAI traffic";
    ExpiryMissing "expiry_missing" Note
        expected "the deadline in Unix seconds" help "take created_at plus the completion window"
        why "OpenAI sets the deadline at creation; DashScope and Together never do."
        source "recorded traffic";
    CountInvalid "count_invalid" Error
        expected "a whole number, 0 or more" help "pass the object as the server sent it"
        why "Counts of requests, tokens and lines are whole and never negative."
        source "published interface";
    CountsMissing "counts_missing" Note
        expected "an object with completed, failed and total" help "show progress as unknown"
        why "Without counts neither progress nor success can be told."
        source "recorded OpenAI traffic always has them";
    CountsExceedTotal "counts_exceed_total" Error
        expected "at most {a}, the total" help "do not trust these counts"
        why "No more requests can finish than there are: the one rule that no known server breaks."
        source "every fixture";
    CountsUnfinished "counts_unfinished" Warning
        expected "{a} finished, as the batch is completed"
        help "match the result files against the input file"
        why "When a batch completes, every request has succeeded or failed."
        source "every fixture";
    CountsEarly "counts_early" Note
        expected "0 while the status is validating" help "nothing: some servers count at once"
        why "OpenAI counts requests only when validation is over."
        source "recorded OpenAI traffic; Doubleword counts at once";
    OutputFileMissing "output_file_missing" Warning
        expected "a file id, as request_counts.completed is {a}"
        help "retrieve the batch again; the id can come a moment late"
        why "Successful requests are in the output file."
        source "recorded OpenAI traffic; Azure with own storage sends none";
    OutputFileUnexpected "output_file_unexpected" Note
        expected "no value, as no request succeeded" help "expect an empty file"
        why "Without a success there is nothing to put into the output file."
        source "kaapi-backend 723, litellm 33987";
    ErrorFileMissing "error_file_missing" Warning
        expected "a file id, as request_counts.failed is {a}"
        help "look for the failures in the output file"
        why "Failed requests are in the error file; some servers put them into the output file."
        source "published examples; DashScope and Doubleword send none";
    ErrorFileUnexpected "error_file_unexpected" Note
        expected "no value, as no request failed" help "expect an empty file"
        why "Azure always names an error file, empty when nothing failed."
        source "Azure documentation";
    FileEarly "file_early" Warning
        expected "no value while the status is {a}" help "wait for the batch to end before you download"
        why "Result files are named when the batch ends; what is named earlier may be incomplete."
        source "recorded OpenAI traffic; kluster.ai names them early";
    ErrorsMissing "errors_missing" Warning
        expected "the reasons for the failure" help "ask the provider"
        why "A batch fails because its input file was rejected, and errors says why."
        source "recorded OpenAI and DashScope traffic";
    ErrorsUnexpected "errors_unexpected" Warning
        expected "no errors while the status is {a}" help "read them as a warning"
        why "errors is about the input file and set only on a failed batch."
        source "recorded OpenAI traffic";
    ErrorsShape "errors_shape" Error
        expected "an object with a list in data" help "choose the profile \"compatible\" to read it through"
        why "Some servers send a bare list, a text, or one object with a message."
        source "curator, Novita, watsonx, SGLang";
    ErrorsCut "errors_cut" Note
        expected "at most {a} errors" help "read the rest from the object itself"
        why "No more entries are read than any provider allows lines in a file."
        source "Azure documentation: 100,000 lines";
    MetadataKind "metadata_kind" Error
        expected "{a}" help "give every value as text before you create the batch"
        why "Metadata is a map of strings: OpenAI answers 400 for any other value."
        source "recorded OpenAI answer";
    MetadataPairs "metadata_pairs" Warning
        expected "at most {a} pairs" help "use fewer keys"
        why "Metadata holds at most 16 pairs."
        source "published interface";
    MetadataKey "metadata_key" Warning
        expected "a key of at most {a} code points" help "shorten the key"
        why "A key has at most 64 characters. What OpenAI counts is not documented; here it is code points."
        source "published interface";
    MetadataValue "metadata_value" Warning
        expected "a value of at most {a} code points" help "shorten the value"
        why "A value has at most 512 characters. What OpenAI counts is not documented; here it is code \
            points."
        source "published interface";
    EndpointUnknown "endpoint_unknown" Warning
        expected "an endpoint known to the profile: {a}"
        help "check the spelling; the list may be older than the endpoint"
        why "Every request of the batch goes to this endpoint."
        source "openai 7.57.0; Azure documentation";
    WindowUnknown "window_unknown" Warning
        expected "{a}" help "check the window; the list may be older than the provider's"
        why "OpenAI refuses any window but 24h; others allow more."
        source "recorded OpenAI answers; Groq and DashScope documentation";
    IdShape "id_shape" Warning
        expected "{a}" help "check that this is the id of a batch"
        why "OpenAI refuses a batch id that begins otherwise."
        source "recorded OpenAI answer";
    FileIdShape "file_id_shape" Note
        expected "{a}" help "check that this is the id of a file"
        why "Every recorded file id begins so."
        source "recorded OpenAI traffic";
    UsageSum "usage_sum" Warning
        expected "{a}, input_tokens plus output_tokens" help "add the two yourself"
        why "The total is the sum of input and output."
        source "published examples";
    UsageDetails "usage_details" Warning
        expected "at most {a}" help "do not trust these figures"
        why "Cached tokens are part of the input, reasoning tokens part of the output."
        source "published interface";
    NullMember "null_member" Note
        expected "absent members to be left out" help "nothing: null and empty text are read as absent"
        why "Servers, OpenAI's included, send null or empty text where the interface says absent."
        source "41 of 41 recorded captures";
    UnknownMember "unknown_member" Note
        expected "members of the published interface" help "nothing: they are kept as they are"
        why "Servers add members of their own, and OpenAI adds new ones."
        source "Azure and Together documentation";
}
