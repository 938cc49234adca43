// `fixInput`: fixes an input file.
import { AnswerPart, NumberOption, OperationCode, RoleCode, StringOption } from "../../../generated/files-boundary.js";
import type { FixReport } from "../../../generated/files-types.js";
import { numbersOf } from "../engine/column-decoders.js";
import type { OperationAnswer, Runner, StreamRequest } from "../engine/runner.js";
import { unreadable } from "../io/file-error.js";
import { toRereadable } from "../io/line-ranges.js";
import type { ByteSource, FileOptions, FixedInput, FixOptions } from "../types.js";
import { readOptions, string } from "./options.js";

/** The prefix of added ids for `assignIds: true`. */
export const defaultPrefix = "request-";

/** Creates `fixInput` for a runner. */
export const fixInputOn =
  (runner: Runner) =>
  (source: ByteSource, options?: FixOptions): FixedInput => {
    const { assignIds, ...own } = readOptions(options, ["assignIds"]);
    const prefix =
      assignIds === true ? defaultPrefix : assignIds === false ? undefined : string("assignIds", assignIds);
    const { stream, answer } = runner.stream(
      (streamOptions) => makeRequest(runner, source, prefix, streamOptions),
      own,
    );
    const report = answer.then(({ result }) => result as FixReport);
    // Readers of the stream get the error from it, so the report's rejection need not be handled.
    report.catch(() => undefined);
    return { stream, report };
  };

async function makeRequest(
  runner: Runner,
  source: ByteSource,
  prefix: string | undefined,
  options: FileOptions,
): Promise<StreamRequest> {
  if (prefix === undefined)
    return { operation: OperationCode.Fix, sources: [{ source, role: RoleCode.Input, index: 0 }] };
  // The first read collects the ids of the file, so that added ids are unique.
  const sources = [{ source: await toRereadable(source, options), role: RoleCode.Input, index: 0 }];
  const strings = [[StringOption.IdPrefix, prefix]] as const;
  const survey = await runner.run(
    { operation: OperationCode.Survey, sources, strings, parts: [AnswerPart.Hash] },
    { signal: options.signal },
  );
  return {
    operation: OperationCode.Fix,
    sources,
    numbers: [[NumberOption.FirstId, survey.result as number]],
    strings,
    parts: [AnswerPart.Hash],
    assertValid(answer) {
      if (hashOf(answer) !== hashOf(survey))
        throw unreadable(new Error("the file changed between its two reads, so an added custom_id may be a duplicate"));
    },
  };
}

const hashOf = ({ parts }: OperationAnswer): number | undefined => numbersOf(parts[0]!)[0];
