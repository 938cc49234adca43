// The result files of a batch that has ended: one line for each request, in the order in which they finished. What
// became of each is the simulator's word, so files and counts agree.
import { causes, unfinished } from "../../generated/mock-tables.js";
import type { BatchUsage } from "../../generated/types.js";
import { bodyFor } from "./bodies.js";
import { draws, letters, seedOf } from "./random.js";
import { courseOf, fatesOf } from "./simulate.js";
import type { StoredAnswer, StoredBatch } from "./store.js";

/** A request of an input file. */
export interface InputRequest {
  /** The caller's own id. */
  readonly custom_id: string;
  /** Always `POST`. */
  readonly method: string;
  /** The endpoint. */
  readonly url: string;
  /** What the endpoint is asked. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** The requests of an input file that has passed the check. */
export async function requestsOf(input: Blob): Promise<InputRequest[]> {
  const text = (await input.text()).replace(/^\ufeff/, "");
  const requests: InputRequest[] = [];
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf("\n", from);
    const line = text.slice(from, end < 0 ? text.length : end);
    if (line.trim() !== "") requests.push(JSON.parse(line) as InputRequest);
    from = end < 0 ? text.length : end + 1;
  }
  return requests;
}

/** What the result files hold; a file without lines is empty. */
export interface Results {
  readonly output: Blob;
  readonly error: Blob;
}

/** Writes the result files. */
export function writeResults(
  id: string,
  { plan, endsAt, answers }: StoredBatch,
  requests: readonly InputRequest[],
): Results {
  const output: string[] = [];
  const error: string[] = [];
  const { model, moments } = courseOf(plan);
  const left = unfinished[moments.at(-1)![0] === "expired" ? 0 : 1]!;
  for (const [index, fate, after, input, tokens] of fatesOf(plan, endsAt)) {
    const request = requests[index];
    if (request === undefined) continue;
    const draw = draws(seedOf(id, index));
    const line = { id: `batch_req_${letters(draw, 32)}`, custom_id: request.custom_id };
    const answered = (status_code: number, body: unknown) => ({
      ...line,
      response: { status_code, request_id: letters(draw, 32), body },
      error: null,
    });
    const given = answers?.[index];
    if (fate === 1)
      error.push(JSON.stringify({ ...line, response: null, error: { code: left.code, message: left.message } }));
    else if (given !== undefined && (fate === 0 || isFailure(given))) {
      (isFailure(given) ? error : output).push(JSON.stringify(answered(given.status, given.body)));
    } else if (fate === 0) {
      const facts = { request: request.body, model, created: plan.created_at + after, input, output: tokens, draw };
      output.push(JSON.stringify(answered(200, bodyFor(request.url, facts))));
    } else {
      const { statusCode, message, type, param, code } = causes[fate - 2]!;
      const told =
        statusCode === null
          ? { ...line, response: null, error: { code, message } }
          : answered(statusCode, { error: { message, type, param, code } });
      error.push(JSON.stringify(told));
    }
  }
  return { output: blobOf(output), error: blobOf(error) };
}

/** Whether an answer belongs into the error file. */
export const isFailure = ({ status }: StoredAnswer): boolean => status < 200 || status > 299;

/** The usage of those requests that succeeded, where a responder made the answers. */
export function usageOf({ plan, endsAt, answers }: StoredBatch): BatchUsage {
  const usage = { input_tokens: 0, cached: 0, output_tokens: 0, reasoning: 0 };
  for (const [index, fate, , input, output] of fatesOf(plan, endsAt)) {
    if (fate !== 0) continue;
    const told = (answers?.[index]?.body as { usage?: Record<string, unknown> } | null | undefined)?.usage ?? {};
    const number = (...names: readonly string[]) => {
      for (const name of names)
        if (Number.isSafeInteger(told[name]) && (told[name] as number) >= 0) return told[name] as number;
      return undefined;
    };
    const detail = (name: string, ...parents: readonly string[]) => {
      for (const parent of parents) {
        const value = (told[parent] as Record<string, unknown> | undefined)?.[name];
        if (Number.isSafeInteger(value) && (value as number) >= 0) return value as number;
      }
      return 0;
    };
    const [read, written] =
      answers?.[index] === undefined
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

const blobOf = (lines: readonly string[]): Blob =>
  new Blob(lines.length === 0 ? [] : [`${lines.join("\n")}\n`], { type: "application/jsonl" });
