// Simulated answers of the endpoints that generate no text: embeddings, moderations, images and videos.
import { randomString } from "../simulator/random.js";
import type { Answer } from "./chat.js";
import { type AnswerInput, type AnswerUsage, countOf, maxAnswers, objectOf } from "./text.js";

/** The default length of a simulated embedding, shorter than real ones to keep files small. */
const dimensions = 64;

/** The maximum length of an embedding. */
const maxDimensions = 4096;

/** The maximum number of images of one request. */
const maxImages = 10;

// A transparent image of one pixel.
const pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

/** The answer of /v1/embeddings as JSON in chunks. */
export function* embeddings({ request, model, input, random }: AnswerInput): Generator<string, AnswerUsage> {
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
  const count = single ? 1 : Math.min(requestInput.length, maxAnswers);
  for (let index = 0; index < count; index++)
    yield `${index === 0 ? "" : ","}${JSON.stringify({ object: "embedding", index, embedding: written() })}`;
  yield `],"model":${JSON.stringify(model)},"usage":${JSON.stringify({ prompt_tokens: input, total_tokens: input })}}`;
  return { input, output: 0 };
}

const categories = [
  ..."harassment harassment/threatening hate hate/threatening illicit illicit/violent self-harm".split(" "),
  ..."self-harm/instructions self-harm/intent sexual sexual/minors violence violence/graphic".split(" "),
];

/** The answer of /v1/moderations: a result for each text, or one for a list of parts. Nothing is flagged. */
export function moderations({ request, model, random }: AnswerInput): Answer {
  const parts = Array.isArray(request.input) ? (request.input as unknown[]) : [request.input];
  const count = typeof parts[0] === "string" ? Math.min(parts.length, maxAnswers) : 1;
  const hasText = parts.some((part) => typeof part === "string" || objectOf(part).type === "text");
  const hasImage = parts.some((part) => objectOf(part).type === "image_url");
  const types = [...(hasText || !hasImage ? ["text"] : []), ...(hasImage ? ["image"] : [])];
  // The official types allow images only for some categories.
  const imageCategories = /^(self-harm|sexual$|violence)/;
  const row = <T>(value: (name: string) => T) => Object.fromEntries(categories.map((name) => [name, value(name)]));
  const result = () => ({
    flagged: false,
    categories: row(() => false),
    category_scores: row(() => Math.round(random() * 1e4) / 1e7),
    category_applied_input_types: row((name) => types.filter((type) => type === "text" || imageCategories.test(name))),
  });
  const id = `modr-${randomString(random, 32)}`;
  return [
    { id, model, results: Array.from({ length: count }, result) },
    { input: 0, output: 0 },
  ];
}

/** The settings of an image that the answer repeats, with the values of the official types. */
const imageSettings: Readonly<Record<string, readonly string[]>> = {
  background: ["transparent", "opaque"],
  output_format: ["png", "webp", "jpeg"],
  quality: ["low", "medium", "high"],
  size: ["1024x1024", "1024x1536", "1536x1024"],
};

/** The answer of /v1/images/generations and /v1/images/edits. */
export function images({ request, created, input, random }: AnswerInput): Answer {
  const image = request.response_format === "url" ? { url: `data:image/png;base64,${pixel}` } : { b64_json: pixel };
  const count = countOf(request.n, maxImages);
  const output = count * (200 + Math.floor(random() * 100));
  const settings = Object.entries(imageSettings).filter(([name, values]) => values.includes(request[name] as string));
  const body = {
    created,
    data: Array.from({ length: count }, () => image),
    ...Object.fromEntries(settings.map(([name]) => [name, request[name]])),
    usage: {
      input_tokens: input,
      input_tokens_details: { text_tokens: input, image_tokens: 0 },
      output_tokens: output,
      total_tokens: input + output,
    },
  };
  return [body, { input, output }];
}

/** The answer of /v1/videos. */
export function video({ request, model, created, random }: AnswerInput): Answer {
  const body = {
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
  return [body, { input: 0, output: 0 }];
}

const base64 = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
