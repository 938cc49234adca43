// The token usage of a batch: the sum over the requests that succeeded.
import type { BatchUsage } from "../../../generated/types.js";

/** The tokens of one answer. */
export interface AnswerTokens {
  readonly input: number;
  readonly output: number;
  readonly cached?: number;
  readonly reasoning?: number;
}

/** Adds up the tokens of answers. */
export class UsageSum {
  #input = 0;
  #output = 0;
  #cached = 0;
  #reasoning = 0;

  /** Adds the tokens of an answer. */
  add({ input, output, cached = 0, reasoning = 0 }: AnswerTokens): void {
    this.#input += input;
    this.#output += output;
    this.#cached += Math.min(input, cached);
    this.#reasoning += Math.min(output, reasoning);
  }

  /** The usage in the format of a batch. */
  toWire(): BatchUsage {
    return {
      input_tokens: this.#input,
      input_tokens_details: { cached_tokens: this.#cached },
      output_tokens: this.#output,
      output_tokens_details: { reasoning_tokens: this.#reasoning },
      total_tokens: this.#input + this.#output,
    };
  }
}

/** The tokens that the body of a response reports, by the names of any endpoint. */
export function tokensIn(body: unknown): AnswerTokens {
  const usage = (body as { usage?: Readonly<Record<string, unknown>> } | null | undefined)?.usage ?? {};
  const whole = (value: unknown) =>
    Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : undefined;
  const number = (...names: readonly string[]) => names.map((name) => whole(usage[name])).find(isFound) ?? 0;
  const detail = (name: string, ...parents: readonly string[]) =>
    parents
      .map((parent) => whole((usage[parent] as Record<string, unknown> | null | undefined)?.[name]))
      .find(isFound) ?? 0;
  return {
    input: number("input_tokens", "prompt_tokens"),
    output: number("output_tokens", "completion_tokens"),
    cached: detail("cached_tokens", "input_tokens_details", "prompt_tokens_details"),
    reasoning: detail("reasoning_tokens", "output_tokens_details", "completion_tokens_details"),
  };
}

const isFound = (value: number | undefined): boolean => value !== undefined;
