// The view of a batch, and the time of the next poll.
import { readBatchViewBase, readPollAdvice } from "../../generated/answer-readers.js";
import type { PollAdvice, ProgressSample } from "../../generated/types.js";
import { writeBytes, writeOptions } from "../runtime/draft-memory.js";
import { callForAnswer, type CoreExports, wasmExports } from "../runtime/wasm-instance.js";
import { draftOf } from "./draft-writer.js";
import { profileIndex, readInput } from "./input.js";
import type { ReadOptions } from "./types.js";
import type { BatchView } from "./view-types.js";

/** Options of {@link nextPoll}, and of {@link describeBatch}, whose view contains the same advice. */
export interface PollOptions extends ReadOptions {
  /** The current time, as Unix seconds or a Date. Default: the system's clock. */
  readonly now?: number | Date | undefined;
  /** Earlier polls, in any order. Estimates of the time left and the detection of stalls need them. */
  readonly history?: readonly ProgressSample[] | undefined;
  /**
   * Seed of the random part of the interval, up to a tenth in either direction, which spreads the polls of many
   * clients. The same seed gives the same interval. Default: derived from the batch's id.
   */
  readonly seed?: number | undefined;
}

/** Options of {@link describeBatch}. */
export interface DescribeOptions extends PollOptions {
  /** Replacements for the English messages, by message id. The constant `messages` lists all of them. */
  readonly messages?: Readonly<Record<string, string>> | undefined;
}

/**
 * Describes a batch for display: label, tone, icon, sentence, progress, timeline, timing, files, errors, issues and the
 * time of the next poll. Never throws for a value: an invalid one gets a view that says so.
 *
 * @param value a batch, its JSON as a string or bytes, or anything else
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
  const profile = profileIndex(options);
  const now = nowOf(options);
  const [samples, seed] = [samplesOf(options), seedOf(options)];
  const messages = messagesOf(options);
  const input = readInput(value);
  wasmExports();
  if ("issue" in input) {
    const messageBytes = writeOptions([], messages);
    writeBytes(input.bytes);
    return readView((exports) => exports.describe_text(input.bytes.length, now, messageBytes));
  }
  // The value is read first, because its getters may call this function.
  const draft = draftOf(input.value);
  const messageBytes = writeOptions(samples, messages);
  const { units, bytes } = draft.write(0);
  const count = samples.length / 3;
  return readView((exports) => exports.describe(profile, units, bytes, now, count, seed, messageBytes));
}

/**
 * When to poll a batch again: soon while it changes quickly, seldom while it does not, never once it has ended.
 *
 * @param batch a batch, or its JSON as a string or bytes; for anything else the interval is about a minute
 * @example
 * import { nextPoll } from "batchlight";
 * const advice = nextPoll({ status: "completed" });
 * console.log(advice.action === "wait" ? advice.seconds : "ended"); // ended
 */
export function nextPoll(batch: unknown, options?: PollOptions): PollAdvice {
  const profile = profileIndex(options);
  const now = nowOf(options);
  const [samples, seed] = [samplesOf(options), seedOf(options)];
  const input = readInput(batch);
  wasmExports();
  const draft = draftOf("issue" in input ? undefined : input.value, false);
  writeOptions(samples, "");
  const { units, bytes } = draft.write(0);
  const count = samples.length / 3;
  return callForAnswer(readPollAdvice, (exports) => exports.next_poll(profile, units, bytes, now, count, seed));
}

/** The fields of a view depend on its phase, see view-types.ts. */
const readView = (describe: (exports: CoreExports) => number): BatchView =>
  callForAnswer(readBatchViewBase, describe) as BatchView;

/** The current time in Unix seconds. */
function nowOf(options: PollOptions | undefined): number {
  const now = options?.now ?? new Date();
  return typeof now === "object" ? now.getTime() / 1000 : now;
}

const seedOf = (options: PollOptions | undefined): number => options?.seed ?? 0;

const samplesOf = (options: PollOptions | undefined): readonly number[] =>
  options?.history?.flatMap(({ at, completed, failed }) => [at, completed, failed]) ?? [];

/** The messages as the module reads them: each id and its message, separated by U+0000. */
const messagesOf = (options: DescribeOptions | undefined): string =>
  options?.messages === undefined
    ? ""
    : Object.entries(options.messages)
        .flatMap((pair) => pair.map((text) => String(text).replaceAll("\0", "\ufffd")))
        .join("\0");
