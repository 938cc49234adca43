// What became of every request?
import type { Cause, ReconciliationReport, Verdict } from "../../../generated/files-types.js";
import { statuses } from "../../../generated/facts.js";
import { type ByteSource, lookedAt, sorted } from "../io/byte-source.js";
import { listed } from "../operations/digest.js";
import type { FileOptions } from "../io/progress.js";
import { joined } from "./join.js";
import { kept, type Kept } from "./reconciliation-handle.js";
import { operations } from "../engine/operations.js";
import { readOptions } from "../operations/options.js";
import { messageOf } from "../io/file-error.js";
import { type LinePlace, rangesOf, type Rereadable, rereadable, streamOf } from "../io/line-ranges.js";
import { chosenBy } from "./retry-filter.js";
import { type Names, Rows } from "./verdict-columns.js";
import type { AskedSource, Runner } from "../engine/operation-runner.js";

/** Where a result line is. */
export interface ResultPlace {
  /** In which kind of file. */
  readonly file: "output" | "error";
  /** In which of these. */
  readonly index: number;
  /** Where it begins, in bytes. */
  readonly offset: number;
  /** How many bytes it has, without its end. */
  readonly length: number;
}

/** A request, and what became of it. */
export interface RequestVerdict {
  /** The caller's own name for it; of one longer than 1 KiB the beginning. */
  readonly custom_id: string;
  /** Its line in the input file, from 1; absent when no input file was given. */
  readonly line?: number | undefined;
  /** Its input file, from 0; absent likewise. */
  readonly shard?: number | undefined;
  /** What became of it. */
  readonly verdict: Verdict;
  /** Why it failed: the `id` of a cause. */
  readonly cause?: Cause["id"] | undefined;
  /** The HTTP status of its best result. */
  readonly statusCode?: number | undefined;
  /** How many results it has. */
  readonly attempts: number;
  /** Its best result. */
  readonly result?: ResultPlace | undefined;
}

/** One file, or several; a place among several may be left empty. */
export type ResultSources = ByteSource | readonly (ByteSource | undefined)[];

/**
 * The files to hold against each other. Result files at one place of the two lists are of one batch; leave a place
 * empty where a batch has no such file. Attempts go in order, the earlier batch first.
 */
export interface ReconcileSources {
  /** The input files: what was asked. Without any, every id that has a result is a request. */
  readonly input?: ByteSource | readonly ByteSource[] | undefined;
  /** The output files: what was answered. */
  readonly output?: ResultSources | undefined;
  /** The error files: what failed. */
  readonly error?: ResultSources | undefined;
}

/** How to reconcile. */
export interface ReconcileOptions extends FileOptions {
  /**
   * The batch that the files are of, or the batches in the order of their files: what they count is held against the
   * files.
   */
  readonly batch?: unknown;
}

/** What became of every request. */
export interface Reconciliation extends ReconciliationReport {
  /** Every request, in the order of the input. */
  verdicts(): Iterable<RequestVerdict>;
  /** One request, by its whole custom_id; the first of several that have it. */
  verdictOf(customId: string): RequestVerdict | undefined;
}

/** What the module says first. */
interface Answer extends Names {
  readonly report: ReconciliationReport;
}

/** `reconcile` where a runner runs. */
export const reconcileOn =
  (runner: Runner) =>
  async (sources: ReconcileSources, options?: ReconcileOptions): Promise<Reconciliation> => {
    if (typeof sources !== "object" || sources === null) sorted(sources);
    const lists = lookedAt(() => [sources.input, sources.output, sources.error]).map(listed);
    const own = readOptions(options, ["batch"]);
    const batches = batchesOf(own.batch);
    const files: AskedSource[] = [];
    for (const given of lists.flat()) files.push({ ...given, source: await rereadable(given.source, own) });
    const inputs = lists[0]!.length;
    const asked = {
      operation: operations.reconcile,
      sources: files,
      numbers: [inputs],
      batches,
      parts: 3,
    };
    const { answer, parts } = await runner.run(asked, own);
    const { report, ...names } = answer as Answer;
    return dressed(report, new Rows([parts[0]!, parts[1]!, parts[2]!], names), files);
  };

/** What the option says of batches; what cannot be read is the cause of the error. */
function batchesOf(batch: unknown): number[][] {
  try {
    return factsOf(batch);
  } catch (cause) {
    throw new TypeError(`the option batch could not be read: ${messageOf(cause)}`, { cause });
  }
}

/**
 * What a batch says of its files, in numbers: status, total, completed, failed, whether it has an output file, whether
 * an error file.
 */
function factsOf(batch: unknown): number[][] {
  const list = batch === undefined ? [] : Array.isArray(batch) ? (batch as unknown[]) : [batch];
  return list.map((one) => {
    const known = (typeof one === "string" ? JSON.parse(one) : one) as Record<string, unknown> | null | undefined;
    const counts = known?.request_counts as Record<string, unknown> | null | undefined;
    const number = (name: string): number => (typeof counts?.[name] === "number" ? (counts[name] as number) : -1);
    const file = (name: string): number => (typeof known?.[name] === "string" && known[name] !== "" ? 1 : 0);
    const status = (statuses as readonly unknown[]).indexOf(known?.status);
    return [
      status,
      number("total"),
      number("completed"),
      number("failed"),
      file("output_file_id"),
      file("error_file_id"),
    ];
  });
}

function dressed(report: ReconciliationReport, rows: Rows, given: readonly AskedSource[]): Reconciliation {
  const files = given.map(({ source }) => source as Rereadable);
  const places = new Map(given.map(({ role, index }, at) => [`${role} ${index}`, at]));
  const ranges = (lines: Iterable<LinePlace>): Float64Array =>
    rangesOf(lines, (role, index) => places.get(`${role} ${index}`)!);
  const all = function* (): Generator<RequestVerdict> {
    for (let row = 0; row < rows.count; row++) yield rows.at(row);
  };
  const own: Kept = {
    retry(options) {
      const isChosen = chosenBy(options);
      const lines: LinePlace[] = [];
      for (let row = 0; row < rows.count; row++) {
        const line = rows.input(row);
        if (line && isChosen(rows.at(row), rows.retryOf(row))) lines.push(line);
      }
      return streamOf(files, ranges(lines));
    },
    merge() {
      const lines: LinePlace[] = [];
      for (let row = 0; row < rows.count; row++) lines.push(...[rows.result(row) ?? []].flat());
      return streamOf(files, ranges(lines));
    },
    join: () => joined(files, rows, ranges),
  };
  const reconciliation: Reconciliation = {
    ...report,
    verdicts: () => ({ [Symbol.iterator]: all }),
    verdictOf(customId) {
      const row = rows.find(customId);
      return row === undefined ? undefined : rows.at(row);
    },
  };
  return Object.defineProperty(reconciliation, kept, { value: own });
}
