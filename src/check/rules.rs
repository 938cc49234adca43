//! The rules for a batch.

use crate::diagnostics::Level::{self, Error, Note, Warning};
use crate::diagnostics::rules;

rules! {
    InvalidJson "invalid_json" Error
        expected "valid JSON" help "pass the response body unchanged"
        why "Invalid JSON is often an HTML error page or a truncated response body."
        source "RFC 8259";
    NotABatch "not_a_batch" Error
        expected "a batch object" help "pass the object that the Batch API returned"
        why "A batch is a JSON object."
        source "published interface";
    ApiError "api_error" Error
        expected "a batch object" help "read the error: the API request failed"
        why "A failed API request returns an error object. For an old batch, every request can fail."
        source "tensorzero 1198, curator 231";
    BatchList "batch_list" Error
        expected "one batch" help "pass the elements of its data array one by one"
        why "A list response contains batches. It is not a batch."
        source "published interface";
    ForeignObject "foreign_object" Error
        expected "a batch of OpenAI's Batch API"
        help "use the provider's own client: this object has other fields and statuses"
        why "Some providers call other objects batches, too. None of the rules for a batch apply to them."
        source "recorded by crmne/ruby_llm (Mistral, xAI); Exa documentation";
    Unreadable "unreadable_field" Error
        expected "a property that can be read" help "pass plain data, such as the result of JSON.parse"
        why "A getter or a proxy that throws hides the value."
        source "this package";
    MissingField "missing_field" Error
        expected "{a}"
        help "pass the complete object, or choose the profile of the server that omits the field"
        why "The published interface requires the field. null and an empty string count as missing."
        source "published interface; Azure and Together omit some";
    WrongKind "wrong_kind" Error
        expected "{a}" help "pass the object unchanged, as the server sent it"
        why "The type of the value differs from the published interface."
        source "published interface";
    WrongObject "wrong_object" Error
        expected "\"batch\"" help "pass a batch: this object has another type"
        why "The field named object holds the type of an API object."
        source "published interface";
    UnknownStatus "unknown_status" Error
        expected "one of {a}"
        help "show the status unchanged, as describeBatch does, or choose the profile of the server"
        why "An unknown status is not part of the lifecycle. Its value is kept."
        source "published interface";
    StatusSpelling "status_spelling" Error
        expected "\"{a}\""
        help "choose the profile of the server, or \"compatible\", to accept this spelling"
        why "Some servers capitalize the status, write canceled with one l, or use another word: running."
        source "Azure documentation, kluster.ai, Together; Maritaca, Novita, SiliconFlow";
    TimestampInvalid "timestamp_invalid" Error
        expected "Unix seconds as an integer, 0 or more" help "pass Unix seconds as an integer"
        why "Timestamps are whole Unix seconds."
        source "openai-openapi: type integer, format unixtime";
    TimestampMilliseconds "timestamp_milliseconds" Error
        expected "Unix seconds"
        help "divide the number by 1000, or choose the profile \"compatible\", which does so"
        why "A number this large is in milliseconds. In seconds, it would be thousands of years ahead."
        source "Zhipu, and a gateway that sends milliseconds";
    TimestampString "timestamp_string" Error
        expected "Unix seconds as an integer"
        help "choose the profile of the server, or \"compatible\", to accept strings"
        why "Some servers send timestamps as ISO 8601 strings."
        source "Azure documentation, kluster.ai, Together, Qoder";
    TimestampSentinel "timestamp_sentinel" Note
        expected "no value for an event that has not happened" help "no action needed: it is read as absent"
        why "Some servers send 0 for timestamps that are not set, and one the first day of the year 2000."
        source "Maritaca; a gateway that sends milliseconds";
    TimestampOrder "timestamp_order" Warning
        expected "{a} or later" help "do not compute durations from these timestamps"
        why "A batch cannot enter a status before one that comes earlier in the lifecycle."
        source "lifecycle table";
    TimestampMissing "timestamp_missing" Warning
        expected "the time at which the batch became {a}" help "use the time of your own poll instead"
        why "A batch that enters a status gets its timestamp. Azure and DashScope omit some."
        source "recorded OpenAI traffic";
    TimestampUnreached "timestamp_unreached" Warning
        expected "no value while the status is {a}" help "ignore this timestamp and use the status"
        why "The timestamp belongs to a status that this batch cannot have passed through."
        source "lifecycle table; Azure and Doubleword send such timestamps";
    TimestampSkipped "timestamp_skipped" Note
        expected "a timestamp, because a batch that is {a} has passed this status"
        help "omit this step from the timeline"
        why "A batch gets a timestamp for each status that it passes through."
        source "recorded OpenAI traffic; Azure and DashScope omit some";
    ExpiryWindow "expiry_window" Warning
        expected "{a} (created_at plus the completion window)" help "use expires_at as the deadline"
        why "The deadline is the creation time plus the completion window, exact to the second at OpenAI."
        source "all recorded OpenAI traffic";
    ExpiryMissing "expiry_missing" Note
        expected "the deadline in Unix seconds"
        help "use created_at plus the completion window as the deadline"
        why "OpenAI sets the deadline when it creates the batch. DashScope and Together never set it."
        source "recorded traffic";
    CountInvalid "count_invalid" Error
        expected "an integer, 0 or more" help "pass the object unchanged, as the server sent it"
        why "Numbers of requests, tokens and lines are integers and never negative."
        source "published interface";
    CountsMissing "counts_missing" Note
        expected "an object with completed, failed and total" help "show the progress as unknown"
        why "Without counts, the progress and the outcome are unknown."
        source "recorded OpenAI traffic always has them";
    CountsExceedTotal "counts_exceed_total" Error
        expected "at most {a}, the total" help "do not use these counts"
        why "No more requests can finish than there are. All known servers keep this rule."
        source "every fixture";
    CountsUnfinished "counts_unfinished" Warning
        expected "{a} finished requests, because the batch is completed"
        help "compare the result files with the input file"
        why "In a completed batch, every request has succeeded or failed."
        source "every fixture";
    CountsEarly "counts_early" Note
        expected "0 while the status is validating" help "no action needed: some servers count early"
        why "OpenAI counts the requests after validation."
        source "recorded OpenAI traffic; Doubleword counts early";
    OutputFileMissing "output_file_missing" Warning
        expected "a file id, because request_counts.completed is {a}"
        help "retrieve the batch again: the id can appear a moment later"
        why "Responses of successful requests are in the output file."
        source "recorded OpenAI traffic; Azure with own storage sends none";
    OutputFileUnexpected "output_file_unexpected" Note
        expected "no value, because no request succeeded"
        help "download the file: it is empty, or the counts are outdated"
        why "The output file contains successful requests only. Counts of expired batches can be outdated."
        source "kaapi-backend 723, litellm 33987; recorded by openai-dotnet";
    ErrorFileMissing "error_file_missing" Warning
        expected "a file id, because request_counts.failed is {a}"
        help "look for the failed requests in the output file"
        why "Failed requests are in the error file. Some servers write them to the output file."
        source "published examples; DashScope and Doubleword send none";
    ErrorFileUnexpected "error_file_unexpected" Note
        expected "no value, because no request failed" help "expect an empty file"
        why "Azure always sets the id of an error file. The file is empty if no request failed."
        source "Azure documentation";
    FileEarly "file_early" Warning
        expected "no value while the status is {a}"
        help "wait until the batch has ended to download the file"
        why "Result files are set when the batch ends. A file that is set earlier can be incomplete."
        source "recorded OpenAI traffic; kluster.ai sets them early";
    ErrorsMissing "errors_missing" Warning
        expected "the reasons for the failure" help "ask the provider for the reasons"
        why "A batch fails if its input file is rejected. The field named errors holds the reasons."
        source "recorded OpenAI and DashScope traffic";
    ErrorsUnexpected "errors_unexpected" Warning
        expected "no errors while the status is {a}" help "show the errors as warnings"
        why "Errors are about the input file. Only a failed batch has them."
        source "recorded OpenAI traffic";
    ErrorsShape "errors_shape" Error
        expected "an object with an array in data"
        help "choose the profile \"compatible\" to accept other shapes"
        why "Some servers send an array, a string, or an object with a message, or nest one error in another."
        source "curator, Novita, watsonx, SGLang; Azure and vLLM nest errors";
    ErrorsCut "errors_cut" Note
        expected "at most {a} errors" help "read the remaining errors from the original object"
        why "The limit is the largest number of lines that any provider allows in an input file."
        source "Azure documentation: 100,000 lines";
    MetadataKind "metadata_kind" Error
        expected "{a}" help "convert every value to a string before you create the batch"
        why "Metadata is an object of strings. OpenAI rejects any other value with HTTP 400."
        source "recorded OpenAI response";
    MetadataPairs "metadata_pairs" Warning
        expected "at most {a} pairs" help "remove pairs"
        why "Metadata has at most 16 pairs."
        source "published interface";
    MetadataKey "metadata_key" Warning
        expected "a key of at most {a} code points" help "shorten the key"
        why "A key has at most 64 characters. OpenAI does not document how it counts; this package counts \
            code points."
        source "published interface";
    MetadataValue "metadata_value" Warning
        expected "a value of at most {a} code points" help "shorten the value"
        why "A value has at most 512 characters. OpenAI does not document how it counts; this package counts \
            code points."
        source "published interface";
    EndpointUnknown "endpoint_unknown" Warning
        expected "an endpoint of the profile: {a}"
        help "check the spelling; the endpoint can be newer than this list"
        why "Every request of the batch goes to this endpoint."
        source "openai package; Azure documentation";
    WindowUnknown "window_unknown" Warning
        expected "{a}" help "check the completion window; the provider may have added it recently"
        why "OpenAI accepts only 24h. Other providers accept more."
        source "recorded OpenAI responses; Groq and DashScope documentation";
    IdShape "id_shape" Warning
        expected "{a}" help "check that this is the id of a batch"
        why "OpenAI rejects a batch id with another prefix."
        source "recorded OpenAI response";
    FileIdShape "file_id_shape" Note
        expected "{a}" help "check that this is the id of a file"
        why "All recorded file ids have this prefix."
        source "recorded OpenAI traffic";
    UsageSum "usage_sum" Warning
        expected "{a} (input_tokens plus output_tokens)" help "add input_tokens and output_tokens"
        why "The total is the sum of input and output tokens."
        source "published examples";
    UsageDetails "usage_details" Warning
        expected "at most {a}" help "do not use these numbers"
        why "Cached tokens are part of the input tokens, reasoning tokens part of the output tokens."
        source "published interface";
    NullField "null_field" Note
        expected "absent fields to be omitted"
        help "no action needed: null and an empty string are read as absent"
        why "Servers, including OpenAI's, send null or an empty string for absent fields."
        source "41 of 41 recorded captures";
    UnknownField "unknown_field" Note
        expected "only fields of the published interface" help "no action needed: unknown fields are kept"
        why "Servers add fields of their own, and OpenAI adds new ones."
        source "Azure and Together documentation";
}
