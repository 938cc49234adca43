// Joins requests with their results as objects.
import { newDecoder } from "../../runtime/utf8.js";
import { type LineLocation, type LineRanges, readLines, type RereadableFile } from "../io/line-ranges.js";
import type { BatchRequestInput, BatchRequestOutput } from "../jsonl-types.js";
import type { JoinedResult } from "../types.js";
import type { Verdicts } from "./verdict-table.js";

/** The number of requests that are read at once, each with its result. */
const pageSize = 512;

/** Iterates over the requests with their results, and reads the files on demand. */
export async function* joinResults(
  files: readonly RereadableFile[],
  table: Verdicts,
  toRanges: (lines: Iterable<LineLocation>) => LineRanges,
): AsyncGenerator<JoinedResult> {
  const decoder = newDecoder();
  for (let first = 0; first < table.count; first += pageSize) {
    const locations = Array.from(
      { length: Math.min(pageSize, table.count - first) },
      (_, index) => [table.inputOf(first + index), table.resultOf(first + index)] as const,
    );
    const ranges = toRanges(locations.flat().filter((line) => line !== undefined));
    let lines: Uint8Array[] = [];
    let [taken, next] = [0, 0];
    const read = async (line: LineLocation | undefined): Promise<unknown> => {
      if (line === undefined) return undefined;
      if (taken === lines.length) {
        ({ lines, next } = await readLines(files, ranges, next));
        taken = 0;
      }
      return JSON.parse(decoder.decode(lines[taken++]!));
    };
    for (const [index, [input, result]] of locations.entries()) {
      const verdict = table.verdictAt(first + index);
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
