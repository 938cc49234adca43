// Simulated response bodies of all endpoints, in the shape of the `openai` package's types.
import { randomString } from "./random.js";

/** The values that a body is made of. */
export interface ResponseInput {
  /** The body of the request. */
  readonly request: Readonly<Record<string, unknown>>;
  /** The dated name of the model. */
  readonly model: string;
  /** The time of the response in Unix seconds. */
  readonly created: number;
  /** The number of input tokens; `output` is the number of output tokens. */
  readonly input: number;
  readonly output: number;
  /** The random number generator. */
  readonly random: () => number;
}

/** The default length of a simulated embedding, shorter than real ones to keep files small. */
const dimensions = 64;

/** The maximum length of an embedding, and the maximum number of results of one request. */
const maxDimensions = 4096;
const maxResults = 2048;

// A transparent image of one pixel.
const pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

const byEndpoint: Readonly<Record<string, (facts: ResponseInput) => object>> = {
  "/chat/completions": chat,
  "/completions": completion,
  "/responses": response,
  "/moderations": moderations,
  "/images/generations": images,
  "/images/edits": images,
  "/videos": video,
};

/** The response body of an endpoint as JSON in chunks, because embeddings can exceed the maximum length of a string. */
export function* responseBody(endpoint: string, facts: ResponseInput): Generator<string> {
  const is = (end: string) => endpoint === end || endpoint === `/v1${end}`;
  if (is("/embeddings")) return yield* embeddings(facts);
  const known = Object.entries(byEndpoint).find(([end]) => is(end));
  yield JSON.stringify((known?.[1] ?? chat)(facts));
}

function chat({ request, model, created, input, output, random }: ResponseInput): object {
  const count = typeof request.n === "number" ? Math.min(Math.max(1, request.n), 128) : 1;
  const content = answerTo(
    lastText(request.messages),
    (request.response_format as { type?: unknown } | undefined)?.type,
  );
  return {
    id: `chatcmpl-${randomString(random, 29, "base62")}`,
    object: "chat.completion",
    created,
    model,
    choices: Array.from({ length: count }, (_, index) => ({
      index,
      message: { role: "assistant", content, refusal: null, annotations: [] },
      logprobs: null,
      finish_reason: "stop",
    })),
    usage: {
      prompt_tokens: input,
      completion_tokens: output,
      total_tokens: input + output,
      prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
      completion_tokens_details: {
        reasoning_tokens: 0,
        audio_tokens: 0,
        accepted_prediction_tokens: 0,
        rejected_prediction_tokens: 0,
      },
    },
    service_tier: "default",
    system_fingerprint: `fp_${randomString(random, 10)}`,
  };
}

function completion({ request, model, created, input, output, random }: ResponseInput): object {
  return {
    id: `cmpl-${randomString(random, 29, "base62")}`,
    object: "text_completion",
    created,
    model,
    choices: [{ text: answerTo(lastText(request.prompt)), index: 0, logprobs: null, finish_reason: "stop" }],
    usage: { prompt_tokens: input, completion_tokens: output, total_tokens: input + output },
  };
}

function response({ request, model, created, input, output, random }: ResponseInput): object {
  const format = (request.text as { format?: { type?: unknown } } | undefined)?.format;
  const text = answerTo(lastText(request.input), format?.type);
  return {
    id: `resp_${randomString(random, 48)}`,
    object: "response",
    created_at: created,
    status: "completed",
    background: false,
    error: null,
    incomplete_details: null,
    instructions: request.instructions ?? null,
    max_output_tokens: request.max_output_tokens ?? null,
    model,
    output: [
      {
        id: `msg_${randomString(random, 48)}`,
        type: "message",
        status: "completed",
        role: "assistant",
        content: [{ type: "output_text", annotations: [], logprobs: [], text }],
      },
    ],
    parallel_tool_calls: true,
    previous_response_id: null,
    reasoning: { effort: null, summary: null },
    store: true,
    temperature: request.temperature ?? 1,
    text: { format: format ?? { type: "text" } },
    tool_choice: request.tool_choice ?? "auto",
    tools: request.tools ?? [],
    top_p: request.top_p ?? 1,
    truncation: "disabled",
    usage: {
      input_tokens: input,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: output,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: input + output,
    },
    metadata: request.metadata ?? {},
  };
}

function* embeddings({ request, model, input, random }: ResponseInput): Generator<string> {
  const requestInput = request.input;
  const single = !Array.isArray(requestInput) || typeof requestInput[0] === "number";
  const requested = request.dimensions;
  const length =
    typeof requested === "number" && requested >= 1 ? Math.min(Math.floor(requested), maxDimensions) : dimensions;
  const vector = () => {
    const numbers = Array.from({ length }, () => random() - 0.5);
    const norm = Math.hypot(...numbers) || 1;
    return numbers.map((number) => Math.round((number / norm) * 1e8) / 1e8);
  };
  const written = () =>
    request.encoding_format === "base64" ? base64(new Uint8Array(Float32Array.from(vector()).buffer)) : vector();
  yield '{"object":"list","data":[';
  const count = single ? 1 : Math.min(requestInput.length, maxResults);
  for (let index = 0; index < count; index++)
    yield `${index === 0 ? "" : ","}${JSON.stringify({ object: "embedding", index, embedding: written() })}`;
  yield `],"model":${JSON.stringify(model)},"usage":${JSON.stringify({ prompt_tokens: input, total_tokens: input })}}`;
}

const categories = [
  ..."harassment harassment/threatening hate hate/threatening illicit illicit/violent self-harm".split(" "),
  ..."self-harm/instructions self-harm/intent sexual sexual/minors violence violence/graphic".split(" "),
];

function moderations({ request, model, random }: ResponseInput): object {
  const requestInput = request.input;
  const texts =
    Array.isArray(requestInput) && typeof requestInput[0] === "string" ? Math.min(requestInput.length, maxResults) : 1;
  const row = <T>(value: () => T) => Object.fromEntries(categories.map((name) => [name, value()]));
  const result = () => ({
    flagged: false,
    categories: row(() => false),
    category_scores: row(() => Math.round(random() * 1e4) / 1e7),
    category_applied_input_types: row(() => ["text"]),
  });
  return { id: `modr-${randomString(random, 32)}`, model, results: Array.from({ length: texts }, result) };
}

function images({ created, input, output }: ResponseInput): object {
  const usage = { input_tokens: input, output_tokens: output, total_tokens: input + output };
  return {
    created,
    data: [{ b64_json: pixel }],
    usage: { ...usage, input_tokens_details: { text_tokens: input, image_tokens: 0 } },
  };
}

function video({ request, model, created, random }: ResponseInput): object {
  return {
    id: `video_${randomString(random, 48)}`,
    object: "video",
    status: "completed",
    model,
    progress: 100,
    created_at: created,
    completed_at: created,
    expires_at: null,
    error: null,
    prompt: request.prompt ?? null,
    remixed_from_video_id: null,
    seconds: request.seconds ?? "4",
    size: request.size ?? "720x1280",
  };
}

/** The last text of a prompt, of messages or of input items. */
function lastText(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return lastText(value.at(-1));
  if (typeof value !== "object" || value === null) return "";
  const { content, text } = value as { content?: unknown; text?: unknown };
  return lastText(content ?? text);
}

/** The simulated answer: a sentence, or JSON if the request asks for JSON. */
function answerTo(prompt: string, format?: unknown): string {
  const text = `Simulated answer to: ${prompt.slice(0, 80)}`;
  return format === "json_object" || format === "json_schema" ? JSON.stringify({ simulated: text }) : text;
}

const base64 = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
