// `digestResults`: summarizes result files without their input files.
import { OperationCode, RoleCode } from "../../../generated/files-boundary.js";
import type { ResultsDigest } from "../../../generated/files-types.js";
import type { Runner } from "../engine/runner.js";
import { classifySource } from "../io/byte-source.js";
import type { ByteSources, FileOptions } from "../types.js";
import { readOptions } from "./options.js";
import { sourceFiles } from "./source-files.js";

/** Creates `digestResults` for a runner. */
export const digestResultsOn =
  (runner: Runner) =>
  async (sources: ByteSources, options?: FileOptions): Promise<ResultsDigest> => {
    // Throws. Only an element of a list may be absent.
    if (sources === undefined) classifySource(sources);
    const request = { operation: OperationCode.Digest, sources: sourceFiles(sources, RoleCode.Output) };
    return (await runner.run(request, readOptions(options))).result as ResultsDigest;
  };
