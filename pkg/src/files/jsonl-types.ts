// The lines of the files as types. Bodies name what each endpoint's documentation asks for and promises, and are open
// to the rest; a second type parameter takes a complete type, such as one of the `openai` package's.

/** The endpoints that batches are documented for; servers have more, so wherever one is given any text will do. */
export type BatchEndpoint = keyof BatchRequestBodies;

/** A type, with whatever members an object has besides. */
export type WithMore<T> = T | (T & Readonly<Record<string, unknown>>);

/** What an endpoint's request must have, and what batches forbid, by endpoint. */
export interface BatchRequestBodies {
  /** A response. */
  "/v1/responses": {
    /** The model that answers. */
    readonly model?: string | undefined;
    /** What is asked: text, or a list of items. */
    readonly input?: string | readonly object[] | undefined;
    /** Batches do not stream. */
    readonly stream?: false | null | undefined;
  };
  /** A chat completion. */
  "/v1/chat/completions": {
    /** The model that answers. */
    readonly model: string;
    /** The conversation so far. */
    readonly messages: readonly object[];
    /** Batches do not stream. */
    readonly stream?: false | null | undefined;
  };
  /** Embeddings. */
  "/v1/embeddings": {
    /** The model that embeds. */
    readonly model: string;
    /** What to embed: a text or its tokens, or many of either. */
    readonly input: string | readonly string[] | readonly number[] | readonly (readonly number[])[];
  };
  /** A completion of the older kind. */
  "/v1/completions": {
    /** The model that answers. */
    readonly model: string;
    /** What to go on from. */
    readonly prompt: string | readonly string[] | readonly number[] | readonly (readonly number[])[] | null;
    /** Batches do not stream. */
    readonly stream?: false | null | undefined;
  };
  /** Moderations. */
  "/v1/moderations": {
    /** The model that judges. */
    readonly model?: string | undefined;
    /** What is judged. */
    readonly input: string | readonly string[] | readonly object[];
  };
  /** Images made from a description. */
  "/v1/images/generations": {
    /** The model that draws. */
    readonly model?: string | null | undefined;
    /** What to draw. */
    readonly prompt: string;
  };
  /** Images made from others. */
  "/v1/images/edits": {
    /** The model that draws. */
    readonly model?: string | null | undefined;
    /** What to make of them. */
    readonly prompt: string;
  };
  /** A video. */
  "/v1/videos": {
    /** The model that films. */
    readonly model?: string | undefined;
    /** What to film. */
    readonly prompt: string;
  };
}

/** What an endpoint answers when it has succeeded, by endpoint. */
export interface BatchResponseBodies {
  /** A response. */
  "/v1/responses": {
    /** Its id. */
    readonly id: string;
    /** The model that answered. */
    readonly model: string;
    /** What it answered, item by item. */
    readonly output: readonly object[];
  };
  /** A chat completion. */
  "/v1/chat/completions": {
    /** Its id. */
    readonly id: string;
    /** The model that answered. */
    readonly model: string;
    /** The answers. */
    readonly choices: readonly object[];
  };
  /** Embeddings. */
  "/v1/embeddings": {
    /** The model that embedded. */
    readonly model: string;
    /** The embeddings. */
    readonly data: readonly object[];
  };
  /** A completion of the older kind. */
  "/v1/completions": {
    /** Its id. */
    readonly id: string;
    /** The model that answered. */
    readonly model: string;
    /** The answers. */
    readonly choices: readonly object[];
  };
  /** Moderations. */
  "/v1/moderations": {
    /** Its id. */
    readonly id: string;
    /** The model that judged. */
    readonly model: string;
    /** The verdicts. */
    readonly results: readonly object[];
  };
  /** Images made from a description. */
  "/v1/images/generations": {
    /** When they were made, in Unix seconds. */
    readonly created: number;
    /** The images. */
    readonly data?: readonly object[] | undefined;
  };
  /** Images made from others. */
  "/v1/images/edits": {
    /** When they were made, in Unix seconds. */
    readonly created: number;
    /** The images. */
    readonly data?: readonly object[] | undefined;
  };
  /** A video, or how far it is. */
  "/v1/videos": {
    /** Its id. */
    readonly id: string;
    /** The model that films. */
    readonly model: string;
    /** How far it is. */
    readonly status: string;
  };
}

/** The bodies of an endpoint; of one that is not known, whatever object. */
export type BodyOf<Bodies, Endpoint extends string> = Endpoint extends keyof Bodies
  ? WithMore<Bodies[Endpoint]>
  : Readonly<Record<string, unknown>>;

/**
 * One line of an input file: one request.
 *
 * @example
 * const line: BatchRequestInput<"/v1/embeddings"> = {
 *   custom_id: "1",
 *   method: "POST",
 *   url: "/v1/embeddings",
 *   body: { model: "text-embedding-3-small", input: "a light for every batch", dimensions: 256 },
 * };
 */
export interface BatchRequestInput<
  Endpoint extends BatchEndpoint | (string & {}) = BatchEndpoint,
  Body = BodyOf<BatchRequestBodies, Endpoint>,
> {
  /** The caller's own name for the request, which its result comes back with: unique in the file. */
  readonly custom_id: string;
  /** Always this one. */
  readonly method: "POST";
  /** The endpoint of the batch. */
  readonly url: Endpoint;
  /** The request itself. */
  readonly body: Body;
}

/** One line of an output or error file: what became of one request. */
export interface BatchRequestOutput<
  Endpoint extends BatchEndpoint | (string & {}) = BatchEndpoint,
  Body = BodyOf<BatchResponseBodies, Endpoint>,
> {
  /** The line's id. Not every server sends one. */
  readonly id?: string | undefined;
  /** The caller's own name for the request. */
  readonly custom_id: string;
  /** What the endpoint answered; null where the request did not get that far. */
  readonly response: {
    /** The HTTP status. */
    readonly status_code: number;
    /** The request's id, for OpenAI's support. */
    readonly request_id: string;
    /** The answer, or for another status than 200 the error. */
    readonly body: Body | BatchErrorBody;
  } | null;
  /**
   * Why there is no response: the request expired, was cancelled, or took too long. Errors of the endpoint stand in its
   * response.
   */
  readonly error?:
    | {
        /** The kind of error. */
        readonly code?: string | undefined;
        /** What went wrong, for people. */
        readonly message?: string | undefined;
      }
    | null
    | undefined;
}

/** What an endpoint answers when it has failed. */
export interface BatchErrorBody {
  /** What went wrong. */
  readonly error: {
    /** For people. */
    readonly message: string;
    /** The family of errors. */
    readonly type?: string | null | undefined;
    /** Which member of the request is at fault. */
    readonly param?: string | null | undefined;
    /** The kind of error. */
    readonly code?: string | null | undefined;
  };
}
