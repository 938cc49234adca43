// Options and loading for the commands that match result files against input files.
import { readFile } from "node:fs/promises";
import { devNull } from "node:os";
import type { Command } from "commander";
import { messageOf } from "../../common/thrown.js";
import type { ByteSource, Reconciliation } from "../api.js";
import type { Context } from "../context.js";
import { CliError, withFileName } from "../exit.js";
import { reconcileByShard } from "../../files/reconciliation/by-shard.js";
import { reconcileOn } from "../../files/reconciliation/reconcile.js";
import { withoutVerdicts } from "../../files/reconciliation/whole.js";
import { jobs } from "../options.js";
import { createRunner } from "../threads/thread-runner.js";
import { type InputSource, withInputs } from "./input-source.js";
import { jobsFor } from "./jobs.js";

/** The values of the options that {@link addBatchFileOptions} adds. */
export interface BatchFileOptions {
  readonly input: readonly string[];
  readonly output?: readonly string[];
  readonly error?: readonly string[];
  readonly batch?: readonly string[];
  readonly jobs?: number;
}

/** The opened files by kind. */
export type BatchFiles = Readonly<Record<"input" | "output" | "error", readonly InputSource[]>>;

/** A task that runs while the files of a reconciliation are open. */
export type ReconciliationTask<T> = (of: Reconciliation, files: BatchFiles) => Promise<T>;

/** Options of {@link withReconciliation}. */
export interface ReconciliationOptions {
  /** Whether the task reads verdicts. Without them, a reconciliation takes less time and memory. Default: true. */
  readonly verdicts?: boolean;
}

/** The sources of result files. The null device stands for a file that a batch does not have. */
const toResultSources = (sources: readonly InputSource[]): (ByteSource | undefined)[] =>
  sources.map(({ name, bytes }) => (name === devNull ? undefined : bytes));

/** Adds the options `--input`, `--output`, `--error` and `--batch` to a command. */
export const addBatchFileOptions = (command: Command): Command =>
  command
    .requiredOption("--input <file...>", "the input file, or all shards of it")
    .option("--output <file...>", "output files; for several batches in order, earlier attempts first")
    .option("--error <file...>", "error files in the same order; use /dev/null for a batch without one")
    .option("--batch <file...>", "Batch objects as JSON, to compare their request_counts with the files")
    .addOption(jobs());

/** Opens and reconciles the files, runs a task with the result, and closes the files. */
export async function withReconciliation<T>(
  context: Context,
  { input, output = [], error = [], batch = [], jobs: wanted }: BatchFileOptions,
  work: ReconciliationTask<T>,
  { verdicts = true }: ReconciliationOptions = {},
): Promise<T> {
  if (output.length + error.length === 0) throw new CliError("no result files; use --output and --error");
  const batches = await Promise.all(batch.map(readBatch));
  return withInputs([...input, ...output, ...error], async (sources) => {
    const files = {
      input: sources.slice(0, input.length),
      output: sources.slice(input.length, input.length + output.length),
      error: sources.slice(input.length + output.length),
    };
    const bar = context.progressBar("matching results with requests");
    const inputs = {
      input: files.input.map(({ bytes }) => bytes),
      output: toResultSources(files.output),
      error: toResultSources(files.error),
    };
    const options = { ...(batches.length > 0 ? { batch: batches } : {}), onProgress: bar.onProgress };
    const count = await jobsFor([...input, ...output, ...error], wanted);
    const runner = await createRunner(count);
    try {
      const read = reconcileByShard(count);
      const reconcile = reconcileOn(runner, verdicts ? read : withoutVerdicts(read));
      const found = await withFileName("input or result files", () => reconcile(inputs, options)).finally(bar.clear);
      return await work(found, files);
    } finally {
      await runner.close();
    }
  });
}

/** Reads a Batch object from a JSON file. `reconcile` reports problems inside the object as issues. */
async function readBatch(path: string): Promise<object> {
  const value = parseJson(path, await withFileName(path, () => readFile(path, "utf8")));
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    if ("status" in value || "request_counts" in value) return value;
    throw new CliError(`${path}: expected a Batch object, found an object without status and request_counts`);
  }
  const found = Array.isArray(value) ? "an array" : value === null ? "null" : `a ${typeof value}`;
  throw new CliError(`${path}: expected a Batch object, found ${found}`);
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CliError(`${path}: invalid JSON: ${messageOf(error)}`);
  }
}
