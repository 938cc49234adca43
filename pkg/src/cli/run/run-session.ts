// Executes the run of a folder: shows it, detaches at Ctrl-C, and writes the results.
import { stat } from "node:fs/promises";
import type { RunOptions, RunResult, RunStatus } from "#run";
import { assertWritable } from "../storage/atomic-file.js";
import { upstreamFromEnv } from "../board/upstream.js";
import type { Context } from "../context.js";
import { CliError, exitCodes, toCliError, withFileName } from "../exit.js";
import { unlessMissing } from "../storage/file-status.js";
import { jsonOf } from "../terminal/json.js";
import { requestLines } from "../reports/results-summary.js";
import { atFirstSignal } from "../signals.js";
import { writeTo } from "../io/write-target.js";
import { chunksOf } from "../../files/io/byte-stream.js";
import { formatNumber, pluralize } from "../../common/format.js";
import { folderStore } from "./folder-store.js";
import { createRunDisplay } from "./run-display.js";
import type { RunFolder } from "./run-folder.js";
import { followServerClock } from "./server-clock.js";

/** The options of a session, besides the folder. */
export interface SessionOptions extends Omit<RunOptions, "store" | "signal" | "onUpdate"> {
  /** The command that continues the run. */
  readonly again: string;
  readonly force: boolean;
  readonly json: boolean;
}

/** Quotes a file name for a shell if it needs it. */
export const quoted = (name: string): string =>
  /^[\w./:@%+=,-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`;

/** The flags that the command that continues a run repeats. */
interface SessionFlags {
  readonly force?: boolean | undefined;
  readonly json?: boolean | undefined;
}

/** The flags as arguments, each with a space before it. */
export const flagsOf = ({ force, json }: SessionFlags): string => `${force ? " --force" : ""}${json ? " --json" : ""}`;

/** The command that continues the run in a folder. */
export const resumeCommand = (folder: string, flags: SessionFlags = {}): string =>
  `batchlight resume ${quoted(folder)}${flagsOf(flags)}`;

/**
 * Refuses to print the report where the results go. A run whose results go to standard output keeps them there: with
 * another output, `batchlight run` would begin a second run.
 *
 * @param hasBegun whether the folder has a journal
 * @throws {CliError} if both would use standard output
 */
export function assertReportApart({ path, output }: RunFolder, json: boolean, hasBegun: boolean): void {
  if (!json || output !== undefined) return;
  const help = hasBegun
    ? `leave out --json; the report of the complete run: batchlight download ${quoted(path)} -o FILE --json`
    : "use -o FILE";
  throw new CliError(`--json and the results both use standard output; ${help}`);
}

/** Loads the functions for runs. */
export const loadRuns = (): Promise<typeof import("#run")> => import("#run");

/**
 * The connection from the environment variables of the official clients.
 *
 * @throws {CliError} if there is no key
 */
export function connectionFromEnv(): Pick<RunOptions, "apiKey" | "baseURL" | "fetch" | "clock"> {
  const upstream = upstreamFromEnv(process.env);
  if (!upstream) throw new CliError("OPENAI_API_KEY is not set; set it, and OPENAI_BASE_URL for another server");
  return { apiKey: upstream.key, baseURL: upstream.base.href, ...followServerClock() };
}

class Detached extends Error {
  override readonly name = "Detached";
}

/** A signal that aborts at the first Ctrl-C. A second one ends the process. */
function detachSignal(): AbortSignal {
  const controller = new AbortController();
  atFirstSignal(() => controller.abort(new Detached("detached")), exitCodes.detached);
  return controller.signal;
}

/** Continues a run until its end or until it is detached, and writes its results. Returns the exit code. */
export async function runSession(context: Context, folder: RunFolder, options: SessionOptions): Promise<number> {
  const { again, force, json, ...runOptions } = options;
  const { output } = folder;
  const { runBatch, runStatus } = await loadRuns();
  const store = folderStore(folder.path);
  if (output !== undefined) {
    const status = force || options.until === "now" ? undefined : await runStatus({ store });
    if (status?.complete && (await hasOutput(output))) {
      // Sends no request: the stored results are read again for the report.
      const result = json ? await runBatch(undefined, { ...runOptions, store }).result : undefined;
      return reportComplete(context, folder, status, result);
    }
    await assertWritable(output, force);
  }
  const signal = detachSignal();
  const display = createRunDisplay(process.stderr, context.err);
  const run = runBatch(undefined, { ...runOptions, store, signal, onUpdate: display.onUpdate });
  let result: RunResult;
  try {
    result = await run.result;
  } catch (error) {
    // A full disk, for example, is no defect of this package.
    if (!(error instanceof Detached)) throw toCliError(folder.path, error);
    await context.log(`detached; no batches were cancelled; to continue, run: ${again}`);
    return exitCodes.detached;
  } finally {
    display.end();
  }
  if (result.complete || options.until === "now")
    await writeTo(context.out, chunksOf(result.results()), { path: output, force });
  await report(context, folder, result, json);
  if (!result.complete) {
    const counts = `${formatNumber(result.succeeded)} of ${pluralize(result.requests, "request")} succeeded so far`;
    await context.log(`${counts}; to continue, run: ${again}`);
    return exitCodes.detached;
  }
  return result.succeeded === result.requests ? exitCodes.ok : exitCodes.issues;
}

/** Reports that the run was complete already and its output exists. Returns the exit code. */
async function reportComplete(
  context: Context,
  folder: RunFolder,
  { shards }: RunStatus,
  result: RunResult | undefined,
): Promise<number> {
  const requests = sum(shards.map((shard) => shard.requests));
  const succeeded = sum(shards.map((shard) => shard.settled.succeeded));
  if (result) await report(context, folder, result, true);
  await context.log(
    `${folder.output}: already complete; ${formatNumber(succeeded)} of ${pluralize(requests, "request")} succeeded`,
  );
  return succeeded === requests ? exitCodes.ok : exitCodes.issues;
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

const hasOutput = (path: string): Promise<boolean> =>
  withFileName(path, async () => (await unlessMissing(stat(path)))?.isFile() === true);

async function report(context: Context, { output }: RunFolder, result: RunResult, json: boolean): Promise<void> {
  const { results, ...facts } = result;
  if (json) return void (await context.out.print([jsonOf({ ...facts, output })]));
  const screen = output === undefined ? context.err : context.out;
  const head = output === undefined ? "" : `: ${output}`;
  if (result.complete)
    await screen.print([
      `${screen.paint(pluralize(result.requests, "request"), "bold")}${head}`,
      ...requestLines(result, screen),
    ]);
}
