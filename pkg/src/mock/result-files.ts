// The result files of an ended batch: one line per request, in the order in which the requests finished. The simulator
// decides each outcome, so files and counts agree.
import { causes, unfinished } from "../../generated/mock-tables.js";
import type { BatchUsage } from "../../generated/types.js";
import { responseBody } from "./response-bodies.js";
import { createRandom, randomString, hashSeed } from "./random.js";
import type { StoredResponse, StoredBatch } from "./records.js";
import type { InputRequests } from "./input-requests.js";
import { scheduleOf, outcomesOf } from "./simulate.js";

/** The kind of a result file. */
export type ResultKind = "output" | "error";

/**
 * The lines of a result file in chunks, because a line can exceed the maximum length of a string. A simulated body has
 * up to 2,048 results or embeddings of up to 4,096 numbers, and otherwise repeats the request.
 */
export async function* resultLines(
  id: string,
  { plan, endsAt, responses }: StoredBatch,
  requests: InputRequests,
  kind: ResultKind,
): AsyncGenerator<string> {
  const { model, moments } = scheduleOf(plan);
  const unfinishedCause = unfinished[moments.at(-1)![0] === "expired" ? 0 : 1]!;
  for (const [index, outcome, after, input, outputTokens] of outcomesOf(plan, endsAt)) {
    const response = responses?.[index];
    const succeeds = outcome === 0 && !(response && isFailure(response));
    if (index >= requests.count || succeeds !== (kind === "output")) continue;
    const { custom_id, url, body } = await requests.read(index);
    const random = createRandom(hashSeed(id, index));
    const line = { id: `batch_req_${randomString(random, 32)}`, custom_id };
    const answered = (status_code: number) =>
      `${openObject(line)},"response":${openObject({ status_code, request_id: randomString(random, 32) })},"body":`;
    const failed = (error: object) => `${JSON.stringify({ ...line, response: null, error })}\n`;
    const end = '},"error":null}\n';
    if (outcome === 1) yield failed({ code: unfinishedCause.code, message: unfinishedCause.message });
    else if (response !== undefined && (outcome === 0 || isFailure(response)))
      yield answered(response.status) + (JSON.stringify(response.body) ?? "null") + end;
    else if (outcome === 0) {
      yield answered(200);
      yield* responseBody(url, {
        request: body,
        model,
        created: plan.created_at + after,
        input,
        output: outputTokens,
        random,
      });
      yield end;
    } else {
      const { statusCode, message, type, param, code } = causes[outcome - 2]!;
      if (statusCode === null) yield failed({ code, message });
      else yield answered(statusCode) + JSON.stringify({ error: { message, type, param, code } }) + end;
    }
  }
}

/** A JSON object without its closing brace. */
const openObject = (value: object): string => JSON.stringify(value).slice(0, -1);

/** Whether a response belongs to the error file. */
export const isFailure = ({ status }: StoredResponse): boolean => status < 200 || status > 299;

/** The token usage of the requests that succeeded, for batches with a responder. */
export function totalUsage({ plan, endsAt, responses }: StoredBatch): BatchUsage {
  const usage = { input_tokens: 0, cached: 0, output_tokens: 0, reasoning: 0 };
  for (const [index, outcome, , input, output] of outcomesOf(plan, endsAt)) {
    if (outcome !== 0) continue;
    const usageInBody =
      (responses?.[index]?.body as { usage?: Record<string, unknown> } | null | undefined)?.usage ?? {};
    const number = (...names: readonly string[]) => {
      for (const name of names)
        if (Number.isSafeInteger(usageInBody[name]) && (usageInBody[name] as number) >= 0)
          return usageInBody[name] as number;
      return undefined;
    };
    const detail = (name: string, ...parents: readonly string[]) => {
      for (const parent of parents) {
        const value = (usageInBody[parent] as Record<string, unknown> | undefined)?.[name];
        if (Number.isSafeInteger(value) && (value as number) >= 0) return value as number;
      }
      return 0;
    };
    const [read, written] =
      responses?.[index] === undefined
        ? [input, output]
        : [number("input_tokens", "prompt_tokens") ?? 0, number("output_tokens", "completion_tokens") ?? 0];
    usage.input_tokens += read;
    usage.output_tokens += written;
    usage.cached += Math.min(read, detail("cached_tokens", "input_tokens_details", "prompt_tokens_details"));
    usage.reasoning += Math.min(
      written,
      detail("reasoning_tokens", "output_tokens_details", "completion_tokens_details"),
    );
  }
  return {
    input_tokens: usage.input_tokens,
    input_tokens_details: { cached_tokens: usage.cached },
    output_tokens: usage.output_tokens,
    output_tokens_details: { reasoning_tokens: usage.reasoning },
    total_tokens: usage.input_tokens + usage.output_tokens,
  };
}
