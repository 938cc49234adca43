// Is this input file right, before it is sent?
import type { InputReport } from "../../../generated/files-types.js";
import type { ProfileName } from "../../../generated/types.js";
import type { FileOptions } from "../io/progress.js";
import type { ByteSource } from "../io/byte-source.js";
import { operations } from "../engine/operations.js";
import { count, limit, profile, readOnce, readOptions, text } from "./options.js";
import type { Asked, Runner } from "../engine/operation-runner.js";

/** Limits of an input file, in place of those of the profile. */
export interface InputLimits {
  /** The most requests. */
  readonly requests?: number | undefined;
  /** The most bytes. */
  readonly bytes?: number | undefined;
  /** The most embedding inputs of all requests together. */
  readonly embeddingInputs?: number | undefined;
}

/** How to check an input file. */
export interface CheckOptions extends FileOptions {
  /** The endpoint the batch will have. Default: the first request's. */
  readonly endpoint?: string | undefined;
  /** Whose rules the file is checked by. Default: `openai`. */
  readonly profile?: ProfileName | undefined;
  /** Limits in place of the profile's. */
  readonly limits?: InputLimits | undefined;
  /** How many issues of each code are kept; the rest is counted. Default: 20. */
  readonly keep?: number | undefined;
}

/** What the module is asked for by the options. */
export function checkAsked(source: ByteSource, options: CheckOptions | undefined): Asked {
  const { requests, bytes, embeddingInputs } = readOnce(options?.limits, ["requests", "bytes", "embeddingInputs"]);
  return {
    operation: operations.check,
    sources: [{ source, role: 0, index: 0 }],
    numbers: [
      profile(options?.profile),
      limit("limits.requests", requests),
      limit("limits.bytes", bytes),
      limit("limits.embeddingInputs", embeddingInputs),
      count("keep", options?.keep),
    ],
    texts: [text("endpoint", options?.endpoint)],
  };
}

/** `checkInput` where a runner runs. */
export const checkInputOn =
  (runner: Runner) =>
  async (source: ByteSource, options?: CheckOptions): Promise<InputReport> => {
    const own = readOptions(options, ["endpoint", "profile", "limits", "keep"]);
    return (await runner.run(checkAsked(source, own), own)).answer as InputReport;
  };
