//! The catalogue of what can be wrong with a file: every issue once, with its code, level, help, reason
//! and source.
//!
//! Where a server tells of it in a code of its own, the code is the server's, and several rules can share it:
//! a line that is no JSON is `invalid_json_line` whatever made it so, and each has a help of its own.
//!
//! ```
//! use batchlight::jsonl::FileRule;
//! assert_eq!(FileRule::SingleQuotes.info().code, FileRule::TrailingComma.info().code);
//! assert_ne!(FileRule::SingleQuotes.info().help, FileRule::TrailingComma.info().help);
//! ```

use crate::diagnostics::Level::{Error, Note, Warning};
use crate::diagnostics::rules;

rules! {
    EmptyFile "empty_file" Error
        expected "at least one request" help "write one request a line"
        why "A batch of nothing is refused: at upload, or in validation."
        source "Azure documentation; OpenAI refuses the upload (live reply)";
    Utf16 "not_utf8" Error
        expected "UTF-8" help "save the file as UTF-8"
        why "JSON that is exchanged is UTF-8; editors on Windows also write UTF-16."
        source "RFC 8259, section 8.1";
    ByteOrderMark "byte_order_mark" Warning
        expected "the first line at the first byte"
        help "save the file as UTF-8 without a byte order mark; fix does it"
        why "The mark belongs to no JSON text. Azure fails the whole file by it."
        source "RFC 8259, section 8.1; Azure documentation: an error there; OpenAI: not known";
    ArrayInsteadOfLines "array_instead_of_lines" Error
        expected "one request a line" help "write each element on a line of its own; fix does it"
        why "An input file is JSON Lines: the requests stand in lines, not in an array."
        source "published batch guide; OpenAI refuses a first line that is no object";
    InvalidJson "invalid_json_line" Error
        expected "{a}" help "write the line with a JSON library"
        why "One line that is no JSON fails the whole batch."
        source "OpenAI (live reply)";
    InvalidUtf8 "invalid_json_line" Error
        expected "UTF-8" help "save the file as UTF-8"
        why "Bytes that are no UTF-8 are no JSON."
        source "RFC 8259, section 8.1";
    TrailingComma "invalid_json_line" Error
        expected "no comma after the last element" help "take the comma away"
        why "JavaScript and Python allow a comma after the last element, JSON does not."
        source "RFC 8259";
    CommaAfterLine "invalid_json_line" Error
        expected "the end of the line" help "take the comma away; fix does it"
        why "Lines are separated by newlines only; commas are left from an array."
        source "JSON Lines";
    SeveralValues "invalid_json_line" Error
        expected "the end of the line" help "put each request on a line of its own"
        why "Each line holds one request."
        source "JSON Lines";
    NotJsonWord "invalid_json_line" Error
        expected "a JSON value" help "write null, true or false; there is no JSON for numbers that are none"
        why "NaN, Infinity, None and undefined are other languages' words."
        source "RFC 8259";
    SingleQuotes "invalid_json_line" Error
        expected "double quotes"
        help "write with a JSON library; Python's str() and repr() write single quotes"
        why "Strings in JSON stand in double quotes."
        source "RFC 8259";
    Comment "invalid_json_line" Error
        expected "JSON without comments" help "take the comment away"
        why "JSON has no comments."
        source "RFC 8259";
    SpreadOverLines "invalid_json_line" Error
        expected "the whole request on one line" help "write it without indentation; fix joins the lines"
        why "A line is a request: a value that is spread over several is read as several broken ones."
        source "JSON Lines";
    NewlineInText "invalid_json_line" Error
        expected "\\n in place of a line break in a string"
        help "write the line with a JSON library, which escapes it"
        why "A line break ends the line, also within a string."
        source "RFC 8259";
    NestedTooDeep "nested_too_deep" Warning
        expected "at most 512 levels of nesting"
        help "nest less: few servers read so deep; what is nested deeper is only checked to be JSON"
        why "Every reader of JSON sets a limit of depth."
        source "this package";
    LineTooLong "line_too_long" Warning
        expected "at most 64 MiB in a line, and 262,144 members outside of arrays"
        help "make the request smaller; the line is not checked further"
        why "A line is held in memory to be read."
        source "this package";
    NotAnObject "not_an_object" Error
        expected "an object" help "write an object with custom_id, method, url and body"
        why "A line is a request, which is an object."
        source "published schema BatchRequestInput";
    MissingParameter "missing_required_parameter" Error
        expected "{a}" help "add it"
        why "Each request has custom_id, method, url and body, and a chat request model and messages."
        source "OpenAI (live reply)";
    MissingBodyMember "missing_required_parameter" Warning
        expected "{a}" help "add it"
        why "The endpoint requires it in the body."
        source "request types of openai 7.57.0";
    CustomIdKind "custom_id_invalid" Error
        expected "a text of at least one character" help "give each request a text of its own"
        why "Results are told apart by custom_id alone, as their order is not the order of the requests."
        source "published schema BatchRequestInput";
    DuplicateCustomId "duplicate_custom_id" Error
        expected "a custom_id that no other request has" help "give each request a text of its own"
        why "Results are told apart by custom_id alone."
        source "Azure documentation; DashScope documentation";
    WrongMethod "wrong_method" Error
        expected "\"POST\"" help "write POST, in capitals"
        why "No other method is known."
        source "published schema BatchRequestInput";
    UrlKind "invalid_url" Error
        expected "a text: {a}" help "write the path of the endpoint"
        why "The url of a request is the path of the batch's endpoint."
        source "published schema BatchRequestInput";
    UrlMismatch "invalid_url" Error
        expected "{a}, the endpoint of the batch"
        help "send the request with a batch of its own endpoint; split does it"
        why "Every request of a batch goes to the batch's endpoint."
        source "OpenAI (live reply)";
    UrlMixed "invalid_url" Error
        expected "{a}, as the first request has"
        help "put the requests of each endpoint into a file of their own; split does it"
        why "A batch has one endpoint, so whichever it is, some of these requests do not match it."
        source "OpenAI (live reply)";
    UrlUnknown "invalid_url" Error
        expected "one of {a}" help "check the spelling, and leave out the host"
        why "A batch for another endpoint cannot be created."
        source "openai 7.57.0, BatchCreateParams; for Azure, whose list is older, a warning";
    UrlNotFound "url_not_found" Error
        expected "one of {a}" help "check the spelling, and leave out the host"
        why "The server does not know the url."
        source "DashScope (recorded)";
    TestUrl "mismatched_test_url" Error
        expected "{a}, the url of the test model" help "change the url, or the model"
        why "The model that only checks a file goes with a url of its own."
        source "DashScope (recorded)";
    BodyKind "body_invalid" Error
        expected "an object: the body of the request" help "write the body as an object, not as text"
        why "The body is what would be sent to the endpoint."
        source "published schema BatchRequestInput";
    ModelMixed "mismatched_model" Error
        expected "{a}, as the first request has"
        help "put the requests of each model into a file of their own; split does it"
        why "A batch has one model."
        source "DashScope documentation; reported for OpenAI; other servers may allow it: a warning there";
    ModelUnknown "model_not_found" Warning
        expected "a model of OpenAI" help "check the spelling, or choose the profile of the server"
        why "The server refuses models that it does not run in batches."
        source "OpenAI (live reply); beginnings of the names in openai 7.57.0";
    Streaming "streaming_unsupported" Error
        expected "no stream" help "take stream away: results come in a file"
        why "There is nobody to stream to."
        source "OpenAI (live reply)";
    MemberKind "wrong_kind" Warning
        expected "{a}" help "look the member up in the endpoint's reference"
        why "The endpoint takes the member in another kind."
        source "request types of openai 7.57.0";
    OutOfRange "out_of_range" Warning
        expected "a number from {a}" help "look the member up in the endpoint's reference; models differ"
        why "A number out of range fails the request, and often every request of the file alike."
        source "documentation of the request types of openai 7.57.0";
    EmptyInput "empty_input" Warning
        expected "{a}" help "fill it, or leave the request out"
        why "There is nothing to work on."
        source "documentation of the request types of openai 7.57.0";
    LongInput "long_input" Warning
        expected "at most {a} inputs in a request" help "spread them over several requests"
        why "An embeddings request takes so many inputs."
        source "documentation of EmbeddingCreateParams in openai 7.57.0";
    MaxTokensTwice "max_tokens_conflict" Warning
        expected "either max_tokens or max_completion_tokens" help "keep max_completion_tokens"
        why "Both set the same bound; max_tokens is the deprecated one."
        source "documentation of the request types of openai 7.57.0";
    MaxTokensOld "max_tokens_unsupported" Warning
        expected "max_completion_tokens for this model" help "rename it to max_completion_tokens"
        why "max_tokens is not compatible with the o-series of models."
        source "documentation of the request types of openai 7.57.0";
    DuplicateKey "duplicate_key" Warning
        expected "each key once in an object" help "keep one of the two"
        why "Most readers take the last value, some the first, some refuse the text."
        source "RFC 8259, section 4";
    UnknownKey "unknown_key" Note
        expected "custom_id, method, url and body" help "move it into the body, or take it away"
        why "Some servers refuse a line with other keys; whether OpenAI does is not known."
        source "litellm";
    LongInteger "long_integer" Note
        expected "an integer within ±9007199254740991" help "write it as text, if it must stay exact"
        why "Readers that take every number as a double change it."
        source "RFC 8259, section 6";
    BlankLine "blank_line" Warning
        expected "a request" help "take the line away; fix does it"
        why "Some servers skip blank lines, for others each is a line that is no JSON."
        source "litellm and aimock skip them; OpenAI: not known";
    CarriageReturn "carriage_return" Note
        expected "lines that end with a newline alone" help "nothing, or fix, to be sure"
        why "A carriage return is white space in JSON, so that lines read well."
        source "RFC 8259; OpenAI: not known";
    NoLastNewline "missing_last_newline" Note
        expected "a newline after the last line" help "nothing, or fix, to be sure"
        why "Files put together one after the other would join two lines."
        source "JSON Lines";
    TooManyRequests "too_many_tasks" Error
        expected "at most {a} requests in a file" help "make several files of it; split does it"
        why "A batch with more is refused."
        source "openai 7.57.0; Azure documentation, whose code it is";
    TooManyBytes "too_many_bytes" Error
        expected "at most {a} bytes in a file" help "make several files of it; split does it"
        why "A larger file is refused."
        source "OpenAI (reported reply); Groq documentation";
    TooManyInputs "too_many_embedding_inputs" Error
        expected "at most {a} embedding inputs in a file" help "make several files of it; split does it"
        why "The inputs of all requests count together."
        source "openai 7.57.0, BatchCreateParams";
    TooManyTokens "token_limit_exceeded" Error
        expected "at most {a} input tokens" help "make the request smaller, or allow more"
        why "A batch whose prompts pass what may be in the queue fails."
        source "OpenAI (live reply); told by split only, against a limit that is given";
    IdsNotCompared "ids_not_compared" Note
        expected "at most {a} requests in a file" help "split the file, and check the parts"
        why "To keep memory bounded, custom_ids beyond so many are not compared with each other."
        source "this package";
}

impl Rule {
    /// The first rule with the same code.
    pub(crate) fn by_code(self) -> usize {
        RULES.iter().position(|rule| rule.code == self.info().code).unwrap_or_default()
    }

    /// Whether one issue says it for the whole file.
    pub(crate) const fn once(self) -> bool {
        matches!(self, Self::CarriageReturn | Self::ArrayInsteadOfLines | Self::Utf16)
    }

    /// Whether a server that is known tells of it, by this code and by the name of the member at fault.
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
