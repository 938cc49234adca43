// Requests and results as objects, for those who want objects.
import type { BatchEndpoint, BatchRequestInput, BatchRequestOutput } from "../jsonl-types.js";
import { newDecoder } from "../../runtime/utf8.js";
import { type LinePlace, type Ranges, readLines, type Rereadable } from "../io/line-ranges.js";
import type { RequestVerdict } from "./reconcile.js";
import type { Rows } from "./verdict-columns.js";

/** A request with what became of it. */
export interface JoinedResult<Endpoint extends BatchEndpoint | (string & {}) = BatchEndpoint> {
  /** The caller's own name for it. */
  readonly custom_id: string;
  /** The line of the input file; absent when no input file was given. */
  readonly request?: BatchRequestInput<Endpoint> | undefined;
  /** What the endpoint answered. */
  readonly response?: NonNullable<BatchRequestOutput<Endpoint>["response"]> | undefined;
  /** Why there is no answer. */
  readonly error?: NonNullable<BatchRequestOutput<Endpoint>["error"]> | undefined;
  /** What became of it. */
  readonly verdict: RequestVerdict;
}

// So many requests at a time, each with its result, are read and waiting to be asked for.
const page = 512;

/** Joins requests to their results, read from the files as they are asked for. */
export async function* joined(
  files: readonly Rereadable[],
  rows: Rows,
  rangesOf: (lines: Iterable<LinePlace>) => Ranges,
): AsyncGenerator<JoinedResult> {
  const decoder = newDecoder();
  for (let first = 0; first < rows.count; first += page) {
    const asked = Array.from(
      { length: Math.min(page, rows.count - first) },
      (_, index) => [rows.input(first + index), rows.result(first + index)] as const,
    );
    const ranges = rangesOf(asked.flat().filter((line) => line !== undefined));
    let lines: Uint8Array[] = [];
    let [taken, next] = [0, 0];
    const read = async (place: LinePlace | undefined): Promise<unknown> => {
      if (place === undefined) return undefined;
      if (taken === lines.length) {
        ({ lines, next } = await readLines(files, ranges, next));
        taken = 0;
      }
      return JSON.parse(decoder.decode(lines[taken++]!));
    };
    for (const [index, [input, result]] of asked.entries()) {
      const verdict = rows.at(first + index);
      const request = (await read(input)) as BatchRequestInput | undefined;
      const { response, error, custom_id } = ((await read(result)) ?? {}) as Partial<BatchRequestOutput>;
      yield {
        custom_id: request?.custom_id ?? custom_id ?? verdict.custom_id,
        verdict,
        ...(request && { request }),
        ...(response && { response }),
        ...(error && { error }),
      };
    }
  }
}
