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
pub enum Blame {
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

/// What a row of the atlas is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// An error with this code.
    Code(&'static str),
    /// An answer with an HTTP status from the first to the last.
    Status(u16, u16),
    /// An error of this type, when neither code nor status tell more.
    Type(&'static str),
    /// Anything else.
    Anything,
}

/// A row of the atlas.
#[derive(Clone, Copy, Debug)]
pub struct Advice {
    /// What it is about.
    pub about: About,
    /// Whether sending the request again may help.
    pub retry: Retry,
    /// Whose doing it is.
    pub blame: Blame,
    /// What happened.
    pub meaning: &'static str,
    /// What to do.
    pub help: &'static str,
}

macro_rules! atlas {
    ($($about:expr, $retry:ident $blame:ident
        meaning $meaning:literal help $help:literal source $source:literal;)*) => {
        /// The atlas. The first row that fits a failure counts.
        pub const ATLAS: &[Advice] = &[$(Advice {
            about: $about, retry: Retry::$retry, blame: Blame::$blame, meaning: $meaning, help: $help,
        },)*];

        /// Where each row of the atlas is from; apart, so that the module that ships need not carry it.
        pub const ATLAS_SOURCES: &[&str] = &[$($source,)*];
    };
}

use About::{Anything, Code, Status, Type};

atlas! {
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
        source "API reference, error of an output line; openai 7.57.0 types";
    Code("token_limit_exceeded"), Transient Account
        meaning "too many tokens are enqueued for the model"
        help "send it again once other batches have completed, or in smaller batches"
        source "openai-python 2084";
    Code("context_length_exceeded"), Permanent Request
        meaning "messages and answer together are longer than the model's context"
        help "shorten the messages, ask for fewer output tokens, or use a model with a longer context"
        source "openai-openapi 302; openai 7.57.0 types";
    Code("model_not_found"), Permanent Request
        meaning "the model does not exist, or not for batches, or not for this account"
        help "name a model that the account may use in batches"
        source "recorded by llama-stack";
    Code("invalid_prompt"), Permanent Request
        meaning "the prompt was refused"
        help "change the prompt: the message says why"
        source "openai 7.57.0 types, ResponseError";
    Code("rate_limit_exceeded"), Transient Account
        meaning "too many requests or tokens at a time"
        help "send it again later, or in smaller batches"
        source "openai 7.57.0 types, ResponseError";
    Code("server_error"), Transient Server
        meaning "the server failed"
        help "send it again"
        source "openai 7.57.0 types, ResponseError";
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
        source "RFC 9110 15.5.9; openai 7.57.0 retries it";
    Status(409, 409), Transient Server
        meaning "the request met another one that locks the same thing"
        help "send it again"
        source "RFC 9110 15.5.10; openai 7.57.0 retries it";
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
        source "RFC 6585 4; openai 7.57.0 retries it";
    Status(402, 499), Permanent Request
        meaning "the server refuses the request"
        help "change the request: the message says what is wrong with it"
        source "RFC 9110 15.5";
    Status(500, 599), Transient Server
        meaning "the server failed"
        help "send it again; if it fails again, something in the request may bring it about"
        source "RFC 9110 15.6; openai 7.57.0 retries it";
    Type("invalid_request_error"), Permanent Request
        meaning "the server calls the request invalid"
        help "change the request: the message says what is wrong with it"
        source "openai-openapi 302";
    Anything, Unknown Unknown
        meaning "the request has no answer that can be used"
        help "read the message; send one such request again before sending all of them"
        source "no source: nothing is known of it";
}

/// What the atlas says of a failure.
#[must_use]
pub fn advice(status_code: Option<u16>, code: Option<&str>) -> &'static Advice {
    let fits = |about: About| match about {
        Code(known) | Type(known) => code == Some(known),
        Status(first, last) => status_code.is_some_and(|status| (first..=last).contains(&status)),
        Anything => true,
    };
    let last = &ATLAS[ATLAS.len() - 1];
    ATLAS.iter().find(|row| fits(row.about)).unwrap_or(last)
}
