// `checkInput`: checks an input file.
import { NumberOption, OperationCode, RoleCode, StringOption } from "../../../generated/files-boundary.js";
import type { InputReport } from "../../../generated/files-types.js";
import type { OperationRequest, Runner } from "../engine/runner.js";
import type { ByteSource, CheckOptions } from "../types.js";
import { limitsOf, nonNegativeInteger, profileIndex, readOptions, string } from "./options.js";

function requestOf(source: ByteSource, options: CheckOptions): OperationRequest {
  return {
    operation: OperationCode.Check,
    sources: [{ source, role: RoleCode.Input, index: 0 }],
    numbers: [
      [NumberOption.Profile, profileIndex(options.profile)],
      ...limitsOf(options.limits, ["requests", "bytes", "embeddingInputs"]),
      [NumberOption.MaxIssues, nonNegativeInteger("maxIssues", options.maxIssues)],
    ],
    strings: [[StringOption.Endpoint, string("endpoint", options.endpoint)]],
  };
}

/** Creates `checkInput` for a runner. */
export const checkInputOn =
  (runner: Runner) =>
  async (source: ByteSource, options?: CheckOptions): Promise<InputReport> => {
    const own = readOptions(options, ["endpoint", "profile", "limits", "maxIssues"]);
    return (await runner.run(requestOf(source, own), own)).result as InputReport;
  };
