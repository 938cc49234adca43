// The types of the lines of input and result files. Bodies have the documented properties of each endpoint and accept
// others; the second type parameter takes a complete type, such as one of the `openai` package.

/** The endpoints that are documented for batches. Servers have others, so every parameter also accepts any string. */
export type BatchEndpoint = keyof BatchRequestBodies;

/** An object type that also accepts unknown properties. */
export type WithMore<T> = T | (T & Readonly<Record<string, unknown>>);

/** The request bodies by endpoint: the required properties, and those that batches restrict. */
export interface BatchRequestBodies {
  /** The body of a request for a response. */
  "/v1/responses": {
    /** The model. */
    readonly model?: string | undefined;
    /** The input: a string, or a list of items. */
    readonly input?: string | readonly object[] | undefined;
    /** Batches do not support streaming. */
    readonly stream?: false | null | undefined;
  };
  /** The body of a request for a chat completion. */
  "/v1/chat/completions": {
    /** The model. */
    readonly model: string;
    /** The messages of the conversation. */
    readonly messages: readonly object[];
    /** Batches do not support streaming. */
    readonly stream?: false | null | undefined;
  };
  /** The body of a request for embeddings. */
  "/v1/embeddings": {
    /** The model. */
    readonly model: string;
    /** The input: a string or an array of tokens, or a list of these. */
    readonly input: string | readonly string[] | readonly number[] | readonly (readonly number[])[];
  };
  /** The body of a request for a legacy completion. */
  "/v1/completions": {
    /** The model. */
    readonly model: string;
    /** The prompt. */
    readonly prompt: string | readonly string[] | readonly number[] | readonly (readonly number[])[] | null;
    /** Batches do not support streaming. */
    readonly stream?: false | null | undefined;
  };
  /** The body of a request for a moderation. */
  "/v1/moderations": {
    /** The model. */
    readonly model?: string | undefined;
    /** The input to classify. */
    readonly input: string | readonly string[] | readonly object[];
  };
  /** The body of a request for generated images. */
  "/v1/images/generations": {
    /** The model. */
    readonly model?: string | null | undefined;
    /** A description of the images. */
    readonly prompt: string;
  };
  /** The body of a request for edited images. */
  "/v1/images/edits": {
    /** The model. */
    readonly model?: string | null | undefined;
    /** A description of the edit. */
    readonly prompt: string;
  };
  /** The body of a request for a video. */
  "/v1/videos": {
    /** The model. */
    readonly model?: string | undefined;
    /** A description of the video. */
    readonly prompt: string;
  };
}

/** The bodies of successful responses by endpoint. */
export interface BatchResponseBodies {
  /** A response. */
  "/v1/responses": {
    /** The id. */
    readonly id: string;
    /** The model. */
    readonly model: string;
    /** The output items. */
    readonly output: readonly object[];
  };
  /** A chat completion. */
  "/v1/chat/completions": {
    /** The id. */
    readonly id: string;
    /** The model. */
    readonly model: string;
    /** The choices. */
    readonly choices: readonly object[];
  };
  /** Embeddings. */
  "/v1/embeddings": {
    /** The model. */
    readonly model: string;
    /** The embeddings. */
    readonly data: readonly object[];
  };
  /** A legacy completion. */
  "/v1/completions": {
    /** The id. */
    readonly id: string;
    /** The model. */
    readonly model: string;
    /** The choices. */
    readonly choices: readonly object[];
  };
  /** A moderation. */
  "/v1/moderations": {
    /** The id. */
    readonly id: string;
    /** The model. */
    readonly model: string;
    /** The results. */
    readonly results: readonly object[];
  };
  /** Generated images. */
  "/v1/images/generations": {
    /** The creation time in Unix seconds. */
    readonly created: number;
    /** The images. */
    readonly data?: readonly object[] | undefined;
  };
  /** Edited images. */
  "/v1/images/edits": {
    /** The creation time in Unix seconds. */
    readonly created: number;
    /** The images. */
    readonly data?: readonly object[] | undefined;
  };
  /** A video job. */
  "/v1/videos": {
    /** The id. */
    readonly id: string;
    /** The model. */
    readonly model: string;
    /** The status of the job. */
    readonly status: string;
  };
}

/** The body type of an endpoint; for an unknown endpoint, any object. */
export type BodyOf<Bodies, Endpoint extends string> = Endpoint extends keyof Bodies
  ? WithMore<Bodies[Endpoint]>
  : Readonly<Record<string, unknown>>;

/**
 * A line of an input file: a request.
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
  /** The caller's id for the request, unique in the file. The result line has the same. */
  readonly custom_id: string;
  /** The HTTP method. */
  readonly method: "POST";
  /** The endpoint of the batch. */
  readonly url: Endpoint;
  /** The request body. */
  readonly body: Body;
}

/** A line of an output or error file: the result of a request. */
export interface BatchRequestOutput<
  Endpoint extends BatchEndpoint | (string & {}) = BatchEndpoint,
  Body = BodyOf<BatchResponseBodies, Endpoint>,
> {
  /** The id of the line. Some servers omit it. */
  readonly id?: string | undefined;
  /** The caller's id for the request. */
  readonly custom_id: string;
  /** The response of the endpoint; null if the request was not executed. */
  readonly response: {
    /** The HTTP status. */
    readonly status_code: number;
    /** The server's id for the request, for support. */
    readonly request_id: string;
    /** The response body: an error for status codes other than 200. */
    readonly body: Body | BatchErrorBody;
  } | null;
  /** Why there is no response, such as `batch_expired`. An error of the endpoint is in the response instead. */
  readonly error?:
    | {
        /** The error code. */
        readonly code?: string | undefined;
        /** A human-readable message. */
        readonly message?: string | undefined;
      }
    | null
    | undefined;
}

/** The body of an error response. */
export interface BatchErrorBody {
  /** The error. */
  readonly error: {
    /** A human-readable message. */
    readonly message: string;
    /** The type of error. */
    readonly type?: string | null | undefined;
    /** The invalid parameter of the request. */
    readonly param?: string | null | undefined;
    /** The error code. */
    readonly code?: string | null | undefined;
  };
}
