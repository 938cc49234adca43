// What can be fixed in an input file without guessing?
import type { FixReport } from "../../../generated/files-types.js";
import type { FileOptions } from "../io/progress.js";
import type { ByteSource } from "../io/byte-source.js";
import { readOptions, text } from "./options.js";
import { numbersOf } from "../engine/column-decoders.js";
import { operations } from "../engine/operations.js";
import { unreadable } from "../io/file-error.js";
import { rereadable } from "../io/line-ranges.js";
import type { Flow, Runner } from "../engine/operation-runner.js";

/** How to fix an input file. */
export interface FixOptions extends FileOptions {
  /**
   * Gives requests without a custom_id one that no other request has: `true` for `request-1` and so on, or the text
   * that they begin with. The source is then read twice. Default: they stay as they are.
   */
  readonly assignIds?: boolean | string | undefined;
}

/** A file being fixed. */
export interface FixedInput {
  /** The fixed file. Nothing is read before this is, and only as fast as this is. */
  readonly stream: ReadableStream<Uint8Array>;
  /** What was changed, once the stream has been read to its end; rejected if it fails or is cancelled. */
  readonly report: Promise<FixReport>;
}

// The text that given ids begin with, where nobody asks for another.
const prefixByDefault = "request-";

/** `fixInput` where a runner runs. */
export const fixInputOn =
  (runner: Runner) =>
  (source: ByteSource, options?: FixOptions): FixedInput => {
    const { assignIds, ...given } = readOptions(options, ["assignIds"]);
    const prefix =
      assignIds === true ? prefixByDefault : assignIds === false ? undefined : text("assignIds", assignIds);
    const { stream, answered } = runner.flow((own) => asked(runner, source, prefix, own), given);
    const report = answered.then(({ answer }) => answer as FixReport);
    // Who reads the stream learns of a failure by it and need not look here too.
    report.catch(() => undefined);
    return { stream, report };
  };

async function asked(
  runner: Runner,
  source: ByteSource,
  prefix: string | undefined,
  options: FileOptions,
): Promise<Flow> {
  if (prefix === undefined) return { operation: operations.fix, sources: [{ source, role: 0, index: 0 }] };
  // Ids are given that no request of the file has: it is read twice.
  const sources = [{ source: await rereadable(source, options), role: 0, index: 0 }];
  const { answer, parts } = await runner.run(
    { operation: operations.survey, sources, texts: [prefix], parts: 1 },
    { signal: options.signal },
  );
  const hash = numbersOf(parts[0]!)[0];
  return {
    operation: operations.fix,
    sources,
    numbers: [answer as number],
    texts: [prefix],
    parts: 1,
    check(answered) {
      if (numbersOf(answered.parts[0]!)[0] !== hash)
        throw unreadable(new Error("the file has changed while it was read twice: an id that was given may be taken"));
    },
  };
}
