// Simulated response bodies of all endpoints, in the shape of the `openai` package's types.
import { type Answer, chat, completion } from "./chat.js";
import { embeddings, images, moderations, video } from "./others.js";
import { response } from "./response.js";
import type { AnswerInput, AnswerUsage } from "./text.js";

const byEndpoint: Readonly<Record<string, (facts: AnswerInput) => Answer>> = {
  "/chat/completions": chat,
  "/completions": completion,
  "/responses": response,
  "/moderations": moderations,
  "/images/generations": images,
  "/images/edits": images,
  "/videos": video,
};

/**
 * The response body of an endpoint as JSON in chunks, because embeddings can exceed the maximum length of a string.
 * Returns the tokens that it reports.
 */
export function* responseBody(endpoint: string, facts: AnswerInput): Generator<string, AnswerUsage> {
  const is = (end: string) => endpoint === end || endpoint === `/v1${end}`;
  if (is("/embeddings")) return yield* embeddings(facts);
  const known = Object.entries(byEndpoint).find(([end]) => is(end));
  const [body, usage] = (known?.[1] ?? chat)(facts);
  yield JSON.stringify(body);
  return usage;
}
