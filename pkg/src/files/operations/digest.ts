// What do result files say, without their input?
import type { ResultsDigest } from "../../../generated/files-types.js";
import type { FileOptions } from "../io/progress.js";
import { type ByteSource, lookedAt, sorted } from "../io/byte-source.js";
import { operations } from "../engine/operations.js";
import { readOptions } from "./options.js";
import type { AskedSource, Runner } from "../engine/operation-runner.js";

/** One source or several. */
export type ByteSources = ByteSource | readonly ByteSource[];

/** Sources as a list, each with its role and its place; places may be left empty. */
export const listed = (
  sources: ByteSource | readonly (ByteSource | undefined)[] | undefined,
  role: number,
): readonly AskedSource[] =>
  lookedAt(() => {
    const list = Array.isArray(sources)
      ? Array.from(sources as readonly (ByteSource | undefined)[])
      : [sources as ByteSource | undefined];
    return list.flatMap((source, index) => (source === undefined ? [] : [{ source, role, index }]));
  });

/** `digestResults` where a runner runs. */
export const digestResultsOn =
  (runner: Runner) =>
  async (sources: ByteSources, options?: FileOptions): Promise<ResultsDigest> => {
    // Among several, a place may be empty; nothing at all is no source.
    if (sources === undefined) sorted(sources);
    const asked = { operation: operations.digest, sources: listed(sources, 0) };
    return (await runner.run(asked, readOptions(options))).answer as ResultsDigest;
  };
