// `splitInput`: splits an input file into files within the limits.
import { NumberOption, OperationCode, RoleCode, StringOption } from "../../../generated/files-boundary.js";
import type { ByteRange, ShardPlan, SplitPlan as PlannedSplit } from "../../../generated/answers.js";
import type { Runner } from "../engine/runner.js";
import { type LineLocation, type RereadableFile, streamLines, toLineRanges, toRereadable } from "../io/line-ranges.js";
import type { ByteSource, Shard, SplitOptions, SplitPlan } from "../types.js";
import { limitsOf, profileIndex, readOptions, string } from "./options.js";

/** Creates `splitInput` for a runner. */
export const splitInputOn =
  (runner: Runner) =>
  async (source: ByteSource, options?: SplitOptions): Promise<SplitPlan> => {
    const own = readOptions(options, ["profile", "limits", "name"]);
    const request = {
      operation: OperationCode.Split,
      numbers: [
        [NumberOption.Profile, profileIndex(own.profile)] as const,
        ...limitsOf(own.limits, ["requests", "bytes", "embeddingInputs", "tokens"]),
      ],
      strings: [[StringOption.Name, string("name", own.name)] as const],
    };
    const file = await toRereadable(source, own);
    const sources = [{ source: file, role: RoleCode.Input, index: 0 }];
    const { shards, skipped, skippedCount } = (await runner.run({ ...request, sources }, own)).result as PlannedSplit;
    return {
      shards: shards.map((shard) => shardOf(shard, file)),
      manifest: {
        shards: shards.map(({ ranges, inputTokens, embeddingInputs, ...entry }) => entry),
        skipped,
        skippedCount,
      },
    };
  };

function shardOf({ ranges, custom_ids, ...shard }: ShardPlan, file: RereadableFile): Shard {
  return {
    ...shard,
    stream: () =>
      streamLines(
        [file],
        toLineRanges(ranges.map(locationOf), () => 0),
      ),
  };
}

/** Consecutive lines as one line; its `lineBreak` is not 0, so that none is added at the end of the file. */
const locationOf = ({ start, end, hash }: ByteRange): LineLocation => ({
  role: RoleCode.Input,
  index: 0,
  offset: start,
  length: end - start - 1,
  lineBreak: 1,
  hash,
});
