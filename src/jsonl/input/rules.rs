//! The catalogue of rules for input files: each rule with its code, level, help, reason and source.
//!
//! If a server has its own code for a violation, that code is used, and several rules can share it: a line
//! that is not valid JSON is `invalid_json_line` whatever the cause, and each cause has its own help.
//!
//! ```
//! use batchlight::jsonl::FileRule;
//! assert_eq!(FileRule::SingleQuotes.info().code, FileRule::TrailingComma.info().code);
//! assert_ne!(FileRule::SingleQuotes.info().help, FileRule::TrailingComma.info().help);
//! ```

use crate::diagnostics::Level::{self, Error, Note, Warning};
use crate::diagnostics::rules;

rules! {
    EmptyFile "empty_file" Error
        expected "at least one request" help "write one request per line"
        why "An empty file is rejected at upload or in validation."
        source "Azure documentation; OpenAI refuses the upload (recorded response)";
    WrongFile "wrong_file" Error
        expected "JSON Lines, one request per line" help "choose the file with the requests"
        why "The first bytes belong to another kind of file. The rest of the file is not checked."
        source "specifications of the formats";
    CompressedFile "wrong_file" Error
        expected "JSON Lines, one request per line" help "decompress the file"
        why "Servers read input files as they are. The rest of the file is not checked."
        source "RFC 1952; specification of zip files";
    ResultFile "wrong_file" Error
        expected "requests" help "choose the input file of the batch"
        why "The first line is a result of a batch. The rest of the file is not checked."
        source "published schemas BatchRequestInput and BatchRequestOutput";
    Utf16 "not_utf8" Error
        expected "UTF-8" help "save the file as UTF-8, or use fix if it has a byte order mark"
        why "JSON files must be UTF-8; some editors on Windows write UTF-16."
        source "RFC 8259, section 8.1";
    ByteOrderMark "byte_order_mark" Warning
        expected "the first line"
        help "save the file as UTF-8 without a byte order mark, or use fix"
        why "A byte order mark is not part of JSON. Azure rejects the whole file."
        source "RFC 8259, section 8.1; Azure documentation: an error there; OpenAI: not known";
    ArrayInsteadOfLines "array_instead_of_lines" Error
        expected "one request per line" help "write each element on its own line, or use fix"
        why "An input file is JSON Lines: one request per line, not an array."
        source "published batch guide; OpenAI rejects a first line that is not an object";
    InvalidJson "invalid_json_line" Error
        expected "{a}" help "generate the line with a JSON serializer"
        why "One invalid line fails the whole batch."
        source "OpenAI (recorded response)";
    InvalidUtf8 "invalid_json_line" Error
        expected "UTF-8" help "save the file as UTF-8"
        why "JSON files must be UTF-8."
        source "RFC 8259, section 8.1";
    TrailingComma "invalid_json_line" Error
        expected "an element after the comma" help "remove the comma, or use fix"
        why "JavaScript and Python allow a trailing comma; JSON does not."
        source "RFC 8259";
    CommaAfterLine "invalid_json_line" Error
        expected "the end of the line" help "remove the comma, or use fix"
        why "Lines are separated by newlines only; the commas may remain from an array."
        source "JSON Lines";
    SeveralValues "invalid_json_line" Error
        expected "the end of the line" help "put each request on its own line"
        why "Each line holds one request."
        source "JSON Lines";
    NotJsonWord "invalid_json_line" Error
        expected "a JSON value" help "use null, true or false; JSON has no NaN and no Infinity"
        why "NaN, Infinity, None and undefined are not part of JSON."
        source "RFC 8259";
    SingleQuotes "invalid_json_line" Error
        expected "double quotes"
        help "use a JSON serializer; Python's str() and repr() write single quotes"
        why "JSON strings have double quotes."
        source "RFC 8259";
    Comment "invalid_json_line" Error
        expected "JSON without comments" help "remove the comment"
        why "JSON has no comments."
        source "RFC 8259";
    SpreadOverLines "invalid_json_line" Error
        expected "the whole request on one line"
        help "write it without line breaks, or use fix to join the lines"
        why "Each line is parsed by itself, so a request on several lines is several invalid lines."
        source "JSON Lines";
    NewlineInText "invalid_json_line" Error
        expected "\\n instead of a line break in a string"
        help "escape the line break; a JSON serializer does this"
        why "A line break ends the line, even inside a string."
        source "RFC 8259";
    NestedTooDeep "nested_too_deep" Warning
        expected "at most 512 levels of nesting"
        help "reduce the nesting; deeper values are only checked for valid JSON"
        why "JSON parsers limit the depth of nesting."
        source "this package";
    LineTooLong "line_too_long" Warning
        expected "a line of at most 64 MiB, with at most 262,144 properties outside arrays"
        help "shorten the request; the rest of the line is not checked"
        why "A line is parsed in memory."
        source "this package";
    NotAnObject "not_an_object" Error
        expected "an object" help "write an object with custom_id, method, url and body"
        why "A request is an object."
        source "published schema BatchRequestInput";
    MissingParameter "missing_required_parameter" Error
        expected "{a}" help "add it"
        why "Each request has custom_id, method, url and body, and a chat request model and messages."
        source "OpenAI (recorded response)";
    MissingBodyMember "missing_required_parameter" Warning
        expected "{a}" help "add it"
        why "The endpoint requires it in the body."
        source "request types of the openai package";
    CustomIdKind "custom_id_invalid" Error
        expected "a non-empty string" help "use a unique custom_id"
        why "Results are matched by custom_id; their order differs from that of the requests."
        source "published schema BatchRequestInput";
    DuplicateCustomId "duplicate_custom_id" Error
        expected "a unique custom_id" help "use a unique custom_id"
        why "Results are matched by custom_id."
        source "Azure documentation; DashScope documentation";
    CustomIdSpaced "custom_id_whitespace" Note
        expected "a custom_id without whitespace around it" help "remove the whitespace, or use fix"
        why "The custom_id of the result includes the whitespace, so a comparison without it fails."
        source "this package";
    WrongMethod "wrong_method" Error
        expected "\"POST\"" help "use \"POST\""
        why "Batches accept no other method."
        source "published schema BatchRequestInput";
    UrlKind "invalid_url" Error
        expected "a string: {a}" help "use the path of the endpoint"
        why "The url of a request is the path of the batch's endpoint."
        source "published schema BatchRequestInput";
    UrlMismatch "invalid_url" Error
        expected "{a}, the endpoint of the batch"
        help "send the request in a batch of its own endpoint, or use split"
        why "Every request of a batch goes to the batch's endpoint."
        source "OpenAI (recorded response)";
    UrlMixed "invalid_url" Error
        expected "{a}, as the first request has"
        help "use one endpoint per file, or use split"
        why "A batch has one endpoint, so some of these requests cannot match it."
        source "OpenAI (recorded response)";
    UrlUnknown "invalid_url" Error
        expected "one of {a}" help "check the spelling, and omit the host"
        why "No batch can be created for another endpoint."
        source "openai package, BatchCreateParams; for Azure and Together, whose lists differ, a warning";
    UrlNotFound "url_not_found" Error
        expected "one of {a}" help "check the spelling, and omit the host"
        why "The server does not know the url."
        source "DashScope (recorded)";
    TestUrl "mismatched_test_url" Error
        expected "{a}, the url of the test model" help "change the url, or the model"
        why "The test model, which only validates a file, has its own url."
        source "DashScope (recorded)";
    BodyKind "body_invalid" Error
        expected "an object, the body of the request" help "write the body as an object, not as a string"
        why "The body is the request body that the endpoint accepts."
        source "published schema BatchRequestInput";
    ModelMixed "mismatched_model" Error
        expected "{a}, as the first request has"
        help "use one model per file, or use split"
        why "A batch has one model."
        source "DashScope documentation; reported for OpenAI; other servers may allow it: a warning there";
    ModelUnknown "model_not_found" Warning
        expected "an OpenAI model" help "check the spelling, or choose the server's profile"
        why "The server rejects models that it does not run in batches."
        source "OpenAI (recorded response); beginnings of the names in the openai package";
    ModelSpaced "model_whitespace" Warning
        expected "a model name without whitespace around it" help "remove the whitespace, or use fix"
        why "The name with whitespace is another name, which no model has."
        source "names of models in the openai package";
    ModelShutdown "model_shutdown" Warning
        expected "a model without a shutdown date" help "use a model that has no shutdown date"
        why "OpenAI announces shutdowns. Which requests a server refuses past the date is not known."
        source "documentation of ChatModel and ImageModel in the openai package; once for each model";
    EndpointShutdown "endpoint_shutdown" Warning
        expected "an endpoint that is available" help "use another endpoint"
        why "OpenAI has shut this endpoint down. How batches for it are refused is not known."
        source "openai-node#2313; documentation of the openai package";
    Streaming "streaming_unsupported" Error
        expected "no stream" help "remove stream; batches do not support it"
        why "Results are written to a file, so there is no stream."
        source "OpenAI (recorded response)";
    MemberKind "wrong_kind" Warning
        expected "{a}" help "see the API reference for this parameter"
        why "The endpoint expects another type."
        source "request types of the openai package";
    UnknownParameter "unknown_parameter" Warning
        expected "{a}" help "correct the name, or remove the parameter"
        why "The server can reject the request. Names that begin with x- or x_ are not checked, and for \
            servers other than OpenAI only names that are nearly a known one."
        source "request types of the openai package";
    UnknownValue "unknown_value" Warning
        expected "one of {a}" help "use one of these values; models and servers differ"
        why "The types list every value. The roles of messages are compared in the first 100 requests, \
            then in one of 256."
        source "request types of the openai package";
    OutOfRange "out_of_range" Warning
        expected "a number from {a}" help "see the API reference for this parameter; models differ"
        why "A number out of range fails the request."
        source "documentation of the request types of the openai package";
    EmptyInput "empty_input" Warning
        expected "{a}" help "add content, or remove the request"
        why "The request has no input."
        source "documentation of the request types of the openai package";
    LongInput "long_input" Warning
        expected "at most {a} inputs per request" help "split them into several requests"
        why "The endpoint limits the inputs of a request."
        source "documentation of EmbeddingCreateParams in the openai package";
    MaxTokensTwice "max_tokens_conflict" Warning
        expected "either max_tokens or max_completion_tokens" help "keep max_completion_tokens"
        why "Both set the same limit; max_tokens is deprecated."
        source "documentation of the request types of the openai package";
    MaxTokensOld "max_tokens_unsupported" Warning
        expected "max_completion_tokens for this model" help "rename it to max_completion_tokens"
        why "max_tokens is not compatible with the o-series of models."
        source "documentation of the request types of the openai package";
    DuplicateKey "duplicate_key" Warning
        expected "unique keys in an object" help "remove one of the two"
        why "Most parsers use the last value, some the first, and some reject the object."
        source "RFC 8259, section 4";
    UnknownKey "unknown_key" Note
        expected "only custom_id, method, url and body" help "move it into body, or remove it"
        why "Some servers reject other keys; for OpenAI this is unknown."
        source "litellm";
    LongInteger "long_integer" Note
        expected "an integer within ±9007199254740991" help "write it as a string if it must stay exact"
        why "Parsers that read numbers as doubles change it."
        source "RFC 8259, section 6";
    BlankLine "blank_line" Warning
        expected "a request" help "remove the line, or use fix"
        why "Some servers skip blank lines; for others each is an invalid line."
        source "litellm and aimock skip them; OpenAI: not known";
    CarriageReturn "carriage_return" Note
        expected "lines that end with a newline only" help "no action needed; fix changes it"
        why "A carriage return is whitespace in JSON, so the lines are valid."
        source "RFC 8259; OpenAI: not known";
    NoLastNewline "missing_last_newline" Note
        expected "a newline after the last line" help "no action needed; fix changes it"
        why "Concatenated files would join two lines."
        source "JSON Lines";
    TooManyRequests "too_many_tasks" Error
        expected "at most {a} requests per file" help "divide it into several files, or use split"
        why "A batch with more requests is rejected."
        source "openai package; Azure documentation, whose code it is";
    TooManyBytes "too_many_bytes" Error
        expected "at most {a} bytes per file" help "divide it into several files, or use split"
        why "A larger file is rejected."
        source "OpenAI (reported reply); Together documentation; a warning for Groq and Azure, whose sources \
            disagree";
    TooManyInputs "too_many_embedding_inputs" Error
        expected "at most {a} embedding inputs per file" help "divide it into several files, or use split"
        why "The inputs of all requests count together."
        source "openai package, BatchCreateParams";
    TooManyTokens "token_limit_exceeded" Error
        expected "at most {a} input tokens" help "shorten the request, or raise the limit"
        why "A batch whose prompts pass what may be in the queue fails."
        source "OpenAI (recorded response); only split reports it, if a limit is given";
    IdsNotCompared "ids_not_compared" Note
        expected "at most {a} requests per file" help "split the file and check each part"
        why "To bound memory, custom_ids beyond this limit are not compared."
        source "this package";
}

impl Rule {
    /// Whether the rule is reported at most once per file.
    pub(crate) const fn once(self) -> bool {
        matches!(self, Self::CarriageReturn | Self::ArrayInsteadOfLines | Self::Utf16)
    }

    /// Whether a fix solves the issues of the rule.
    #[must_use]
    pub const fn fixability(self) -> Fixability {
        match self {
            Self::ByteOrderMark
            | Self::CustomIdSpaced
            | Self::BlankLine
            | Self::CarriageReturn
            | Self::NoLastNewline
            | Self::SpreadOverLines => Fixability::Always,
            Self::Utf16
            | Self::ArrayInsteadOfLines
            | Self::TrailingComma
            | Self::CommaAfterLine
            | Self::WrongMethod
            | Self::UrlMismatch
            | Self::UrlMixed
            | Self::UrlUnknown
            | Self::UrlNotFound
            | Self::ModelMixed
            | Self::ModelSpaced => Fixability::DependsOnValue,
            _ => Fixability::Never,
        }
    }

    /// Whether a known server reports the violation with this code and the name of the invalid parameter.
    pub(crate) const fn is_servers(self) -> bool {
        matches!(
            self,
            Self::MissingParameter
                | Self::MissingBodyMember
                | Self::UrlKind
                | Self::UrlMismatch
                | Self::UrlMixed
                | Self::UrlUnknown
                | Self::UrlNotFound
                | Self::TestUrl
                | Self::ModelMixed
                | Self::ModelUnknown
                | Self::Streaming
                | Self::DuplicateCustomId
        )
    }
}

/// The rules for files of another kind. The rest of such a file is not checked.
pub const WRONG_FILE_RULES: [Rule; 4] =
    [Rule::WrongFile, Rule::CompressedFile, Rule::Utf16, Rule::ResultFile];

/// Whether a fix solves the issues of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fixability {
    /// All of them.
    Always,
    /// Those whose value has only one valid form.
    DependsOnValue,
    /// None of them.
    Never,
}
