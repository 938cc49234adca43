//! The catalogue of failure causes: what each code and status means, who is responsible, whether a retry can
//! help, and what to change.

use serde::{Deserialize, Serialize};

/// Whether a failed request can succeed if it is sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
pub enum Retry {
    /// Yes, unchanged: the cause is temporary.
    Transient,
    /// Only after a change: an unchanged request fails again.
    Permanent,
    /// The cause is unknown.
    Unknown,
}

/// Who is responsible for a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "_wasm", derive(tsify::Tsify))]
pub enum Responsibility {
    /// What the request asks for.
    Request,
    /// The key, the project or its limits.
    Account,
    /// The batch ended before the request was run.
    Batch,
    /// The server.
    Server,
    /// The cause is unknown.
    Unknown,
}

/// The failures to which an entry of the catalogue applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailurePattern {
    /// An error with this code.
    Code(&'static str),
    /// A response with an HTTP status in this inclusive range.
    Status(u16, u16),
    /// An error of this type, if no entry applies to its code or status.
    Type(&'static str),
    /// Any other failure.
    Anything,
}

/// An entry of the failure catalogue.
#[derive(Clone, Copy, Debug)]
pub struct FailureAdvice {
    /// The failures to which it applies.
    pub pattern: FailurePattern,
    /// Whether a retry can succeed.
    pub retry: Retry,
    /// Who is responsible.
    pub responsibility: Responsibility,
    /// A description of the failure.
    pub meaning: &'static str,
    /// How to fix it.
    pub help: &'static str,
}

macro_rules! failure_catalogue {
    ($($pattern:expr, $retry:ident $responsibility:ident
        meaning $meaning:literal help $help:literal source $source:literal;)*) => {
        /// The failure catalogue. The first entry that applies to a failure counts.
        pub const FAILURE_CATALOGUE: &[FailureAdvice] = &[$(FailureAdvice {
            pattern: $pattern,
            retry: Retry::$retry,
            responsibility: Responsibility::$responsibility,
            meaning: $meaning,
            help: $help,
        },)*];

        /// The source of each entry. Separate, so that the WebAssembly module does not contain it.
        pub const FAILURE_SOURCES: &[&str] = &[$($source,)*];
    };
}

use FailurePattern::{Anything, Code, Status, Type};

failure_catalogue! {
    Code("batch_expired"), Transient Batch
        meaning "the completion window closed before the request was run"
        help "send it again in a new batch; fewer requests at a time finish sooner"
        source "OpenAI batch guide; API reference, error of an output line";
    Code("batch_cancelled"), Transient Batch
        meaning "the batch was cancelled before the request was run"
        help "send it again in a new batch, if it is still wanted"
        source "API reference, error of an output line";
    Code("request_timeout"), Transient Server
        meaning "the request took too long"
        help "send it again; ask for less at once if it times out again"
        source "API reference, error of an output line; types of the openai package";
    Code("token_limit_exceeded"), Transient Account
        meaning "too many tokens are enqueued for the model"
        help "send it again once other batches have completed, or in smaller batches"
        source "openai-python 2084";
    Code("context_length_exceeded"), Permanent Request
        meaning "messages and answer together are longer than the model's context"
        help "shorten the messages, ask for fewer output tokens, or use a model with a longer context"
        source "openai-openapi 302; types of the openai package";
    Code("model_not_found"), Permanent Request
        meaning "the model does not exist, or not for batches, or not for this account"
        help "name a model that the account may use in batches"
        source "recorded by llama-stack";
    Code("invalid_prompt"), Permanent Request
        meaning "the prompt was refused"
        help "change the prompt: the message says why"
        source "types of the openai package, ResponseError";
    Code("insufficient_quota"), Permanent Account
        meaning "the account has used up its quota"
        help "add credit or raise the limit, then send it again; waiting alone does not help"
        source "topoteretes/cognee 3793";
    Code("json_validate_failed"), Transient Request
        meaning "the model did not write valid JSON"
        help "send it again; use another model or a simpler schema if it fails again"
        source "Groq (recorded): 782 of 836 failures of four batches";
    Code("max_output_tokens"), Permanent Request
        meaning "the answer was cut off at the limit of output tokens"
        help "raise max_output_tokens or max_completion_tokens, or ask for a shorter answer"
        source "types of the openai package: Response.incomplete_details, finish_reason";
    Code("content_filter"), Permanent Request
        meaning "the content filter blocked the prompt or the answer"
        help "change the prompt"
        source "types of the openai package: Response.incomplete_details, finish_reason";
    Code("refusal"), Permanent Request
        meaning "the model refused to answer"
        help "change the prompt"
        source "types of the openai package: refusal";
    Code("empty_answer"), Permanent Request
        meaning "the server calls the request completed, but its answer is empty"
        help "check the request; send one such request again before sending all of them"
        source "this package";
    Code("incomplete"), Permanent Request
        meaning "the server calls the answer incomplete"
        help "see incomplete_details in the body"
        source "types of the openai package: Response.status";
    Code("data_residency_mismatch"), Permanent Account
        meaning "the request does not match the region of the project's data"
        help "send it from a project of the right region, or to that region's host"
        source "types of the openai package, ResponseError";
    Code("bio_policy"), Permanent Request
        meaning "a policy on biology blocked the request"
        help "change the prompt: the message says why"
        source "types of the openai package, ResponseError";
    Code("misalignment_policy_violation"), Permanent Request
        meaning "a policy on misalignment blocked the request"
        help "change the prompt: the message says why"
        source "types of the openai package, ResponseError";
    Code("image_content_policy_violation"), Permanent Request
        meaning "a content policy blocked the image"
        help "use another image, or change the prompt"
        source "types of the openai package, ResponseError";
    Code("vector_store_timeout"), Transient Server
        meaning "the vector store took too long"
        help "send it again"
        source "types of the openai package, ResponseError";
    Code("failed_to_download_image"), Permanent Request
        meaning "the server could not download the image"
        help "check that the image's url is public, or put the image into the request"
        source "types of the openai package, ResponseError";
    Code("image_file_not_found"), Permanent Request
        meaning "the image file does not exist"
        help "check the id of the image file"
        source "types of the openai package, ResponseError";
    Code("invalid_image_url"), Permanent Request
        meaning "the url of the image is invalid"
        help "check the url of the image"
        source "types of the openai package, ResponseError";
    Code("invalid_base64_image"), Permanent Request
        meaning "the image is not valid Base64"
        help "encode the image as Base64 again"
        source "types of the openai package, ResponseError";
    Code("image_too_large"), Permanent Request
        meaning "the image is too large"
        help "use a smaller image"
        source "types of the openai package, ResponseError";
    Code("image_file_too_large"), Permanent Request
        meaning "the image file is too large"
        help "use a smaller image file"
        source "types of the openai package, ResponseError";
    Code("image_too_small"), Permanent Request
        meaning "the image is too small"
        help "use a larger image"
        source "types of the openai package, ResponseError";
    Code("empty_image_file"), Permanent Request
        meaning "the image file is empty"
        help "upload the image file again"
        source "types of the openai package, ResponseError";
    Code("unsupported_image_media_type"), Permanent Request
        meaning "the server does not support the format of the image"
        help "convert the image to a supported format"
        source "types of the openai package, ResponseError";
    Code("invalid_image_format"), Permanent Request
        meaning "the server does not support the format of the image"
        help "convert the image to a supported format"
        source "types of the openai package, ResponseError";
    Code("invalid_image_mode"), Permanent Request
        meaning "the server does not support the color mode of the image"
        help "convert the image to another color mode"
        source "types of the openai package, ResponseError";
    Code("image_parse_error"), Permanent Request
        meaning "the server could not parse the image"
        help "check that the image opens, and encode it again"
        source "types of the openai package, ResponseError";
    Code("invalid_image"), Permanent Request
        meaning "the image is invalid"
        help "check that the image opens, and encode it again"
        source "types of the openai package, ResponseError";
    Code("rate_limit_exceeded"), Transient Account
        meaning "too many requests or tokens at a time"
        help "send it again later, or in smaller batches"
        source "types of the openai package, ResponseError";
    Code("server_error"), Transient Server
        meaning "the server failed"
        help "send it again"
        source "types of the openai package, ResponseError";
    Status(400, 400), Permanent Request
        meaning "the server calls the request invalid"
        help "change the request: the message says what is wrong with it"
        source "RFC 9110 15.5.1";
    Status(401, 401), Permanent Account
        meaning "the key was not accepted"
        help "check the key and its project, then send it again"
        source "RFC 9110 15.5.2";
    Status(403, 403), Permanent Account
        meaning "the account may not do this"
        help "check what the project and the model allow, then send it again"
        source "RFC 9110 15.5.4";
    Status(404, 404), Permanent Request
        meaning "the url, the model or a file it names does not exist"
        help "check the names in the request"
        source "RFC 9110 15.5.5";
    Status(408, 408), Transient Server
        meaning "the request took too long"
        help "send it again; ask for less at once if it times out again"
        source "RFC 9110 15.5.9; the openai package retries it";
    Status(409, 409), Transient Server
        meaning "the request met another one that locks the same thing"
        help "send it again"
        source "RFC 9110 15.5.10; the openai package retries it";
    Status(413, 413), Permanent Request
        meaning "the request is too large"
        help "make the request smaller, such as by smaller images or fewer inputs"
        source "RFC 9110 15.5.14";
    Status(422, 422), Permanent Request
        meaning "the server understands the request but cannot do what it asks"
        help "change the request: the message says what is wrong with it"
        source "RFC 9110 15.5.21";
    Status(429, 429), Transient Account
        meaning "too many requests or tokens at a time"

        help "send it again later, or in smaller batches; \
            if the message speaks of quota or billing, settle that first"
        source "RFC 6585 4; the openai package retries it";
    Status(402, 499), Permanent Request
        meaning "the server refuses the request"
        help "change the request: the message says what is wrong with it"
        source "RFC 9110 15.5";
    Status(500, 599), Transient Server
        meaning "the server failed"
        help "send it again; if it fails again, something in the request may bring it about"
        source "RFC 9110 15.6; the openai package retries it";
    Type("invalid_request_error"), Permanent Request
        meaning "the server calls the request invalid"
        help "change the request: the message says what is wrong with it"
        source "openai-openapi 302";
    Anything, Unknown Unknown
        meaning "the request has no answer that can be used"
        help "read the message; send one such request again before sending all of them"
        source "no source: nothing is known of it";
}

/// The entry that applies to a failure.
#[must_use]
pub fn failure_advice(status_code: Option<u16>, code: Option<&str>) -> &'static FailureAdvice {
    let fits = |pattern: FailurePattern| match pattern {
        Code(known) | Type(known) => code == Some(known),
        Status(first, last) => status_code.is_some_and(|status| (first..=last).contains(&status)),
        Anything => true,
    };
    let last = &FAILURE_CATALOGUE[FAILURE_CATALOGUE.len() - 1];
    FAILURE_CATALOGUE.iter().find(|entry| fits(entry.pattern)).unwrap_or(last)
}
