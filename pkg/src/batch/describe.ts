// What do I show, and when do I ask again?
import * as glue from "#glue";
import type { BatchView, PollAdvice, ProgressSample } from "../../generated/types.js";
import { answered, guarded, raw } from "../runtime/wasm-instance.js";
import { given, profileOf } from "./input.js";
import { readFully } from "./draft-writer.js";
import type { ReadOptions } from "./types.js";

/** How to look at a batch. */
export interface LookOptions extends ReadOptions {
  /** The moment of looking, in Unix seconds. Default: now. */
  readonly now?: number | undefined;
  /** Polls remembered, in any order: they make time left and stall verdicts possible. */
  readonly history?: readonly ProgressSample[] | undefined;
  /**
   * Spreads many pollers by up to a tenth either way; the same seed gives the same answer. Default: by the batch's id.
   */
  readonly seed?: number | undefined;
}

/** How to describe a batch. */
export interface DescribeOptions extends LookOptions {
  /** Texts by message id in place of the English ones; `messages` has them all. */
  readonly messages?: Readonly<Record<string, string>> | undefined;
}

/**
 * Everything a page needs to show a batch: label, tone, icon, sentence, progress, timeline, time, files, errors,
 * issues, and when to ask again. Never throws for a value, whatever it is: garbage is described as such.
 *
 * @param value a batch, its JSON as text or bytes, or anything else
 * @example
 * import { describeBatch } from "batchlight";
 * const view = describeBatch({
 *   id: "batch_1", object: "batch", endpoint: "/v1/embeddings", input_file_id: "file-1", completion_window: "24h",
 *   status: "completed", created_at: 1736489775, in_progress_at: 1736489776, finalizing_at: 1736489780, completed_at:
 *   1736489783, error_file_id: "file-2", request_counts: { completed: 0, failed: 3, total: 3 },
 * });
 * console.log(view.label, view.tone, view.outcome); // Completed, all failed danger all_failed
 */
export function describeBatch(value: unknown, options?: DescribeOptions): BatchView {
  const profile = profileOf(options);
  const now = nowOf(options);
  const [samples, seed] = [samplesOf(options), seedOf(options)];
  const replaced = Object.entries(options?.messages ?? {}).flatMap((pair) => pair.map(String));
  const taken = given(value);
  if ("issue" in taken) return guarded(() => glue.describe_text(taken.text, now, replaced));
  raw();
  const { units, bytes } = readFully(taken.value, 0);
  return answered(guarded(() => glue.describe(profile, units, bytes, now, samples, seed, replaced)));
}

/**
 * When to ask for a batch again: soon while much changes, seldom while nothing does, never once it has ended.
 *
 * @param batch a batch, or its JSON as text or bytes; anything else is asked for again in a minute or so
 * @example
 * import { nextPoll } from "batchlight";
 * console.log(nextPoll({ status: "completed" }).seconds); // undefined
 */
export function nextPoll(batch: unknown, options?: LookOptions): PollAdvice {
  const profile = profileOf(options);
  const now = nowOf(options);
  const [samples, seed] = [samplesOf(options), seedOf(options)];
  const taken = given(batch);
  raw();
  const { units, bytes } = readFully("issue" in taken ? undefined : taken.value, 0);
  return guarded(() => glue.next_poll(profile, units, bytes, now, samples, seed));
}

const nowOf = (options: LookOptions | undefined): number => options?.now ?? Date.now() / 1000;

const seedOf = (options: LookOptions | undefined): number => options?.seed ?? 0;

const samplesOf = (options: LookOptions | undefined): Float64Array =>
  Float64Array.from((options?.history ?? []).flatMap(({ at, completed, failed }) => [at, completed, failed]));
