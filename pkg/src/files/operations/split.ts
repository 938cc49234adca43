// How is an input file split into files under the limits?
import type { ShardPlan, SplitPlan as Planned } from "../../../generated/answers.js";
import type { LeftOut, TokenEstimate } from "../../../generated/files-types.js";
import type { ProfileName } from "../../../generated/types.js";
import type { FileOptions } from "../io/progress.js";
import type { ByteSource } from "../io/byte-source.js";
import { operations } from "../engine/operations.js";
import { limit, profile, readOptions, text } from "./options.js";
import { rereadable, type Rereadable, streamOf } from "../io/line-ranges.js";
import type { Runner } from "../engine/operation-runner.js";

/** How to split an input file. */
export interface SplitOptions extends FileOptions {
  /** The most requests of a file. Default: the profile's limit. */
  readonly requests?: number | undefined;
  /** The most bytes of a file. Default: the profile's limit. */
  readonly bytes?: number | undefined;
  /** The most embedding inputs of a file. Default: the profile's limit. */
  readonly embeddingInputs?: number | undefined;
  /** The most input tokens of a file, by estimate. Default: no limit, as servers' limits go by account. */
  readonly tokens?: number | undefined;
  /** Whose limits are the default. Default: `openai`. */
  readonly profile?: ProfileName | undefined;
  /**
   * What the files' names begin with, with or without `.jsonl`: `jobs` makes `jobs-1.jsonl` and so on. Default:
   * `batch`.
   */
  readonly name?: string | undefined;
}

/** One of the files that an input file is split into. */
export interface Shard {
  /** What it is called. */
  readonly name: string;
  /** The model of its requests. */
  readonly model?: string | undefined;
  /** Their endpoint. */
  readonly endpoint?: string | undefined;
  /** How many there are. */
  readonly requests: number;
  /** How many bytes it has. */
  readonly bytes: number;
  /** How many inputs its embeddings requests have in all. */
  readonly embeddingInputs: number;
  /** How many tokens its prompts have, about. */
  readonly inputTokens: TokenEstimate;
  /**
   * Its bytes: the lines as they were. Read from the source anew whenever this is called; a line that has changed since
   * then is a `BatchlightFileError`.
   */
  stream(): ReadableStream<Uint8Array>;
}

/** Which request went where; it can be written as JSON. */
export interface SplitManifest {
  /** The files, in order. */
  readonly shards: readonly {
    /** What the file is called. */
    readonly name: string;
    /** The model of its requests. */
    readonly model?: string | undefined;
    /** Their endpoint. */
    readonly endpoint?: string | undefined;
    /** How many there are. */
    readonly requests: number;
    /** How many bytes the file has. */
    readonly bytes: number;
    /** Their custom_ids, in order. */
    readonly custom_ids: readonly string[];
  }[];
  /** The lines that went nowhere, each with the reason; of very many the first. */
  readonly leftOut: readonly LeftOut[];
  /** How many lines went nowhere. */
  readonly leftOutCount: number;
}

/** How an input file is split. */
export interface SplitPlan {
  /** The files. */
  readonly shards: readonly Shard[];
  /** Which request went where. */
  readonly manifest: SplitManifest;
}

/** `splitInput` where a runner runs. */
export const splitInputOn =
  (runner: Runner) =>
  async (source: ByteSource, options?: SplitOptions): Promise<SplitPlan> => {
    const own = readOptions(options, ["requests", "bytes", "embeddingInputs", "tokens", "profile", "name"]);
    const numbers = [
      profile(own.profile),
      limit("requests", own.requests),
      limit("bytes", own.bytes),
      limit("embeddingInputs", own.embeddingInputs),
      limit("tokens", own.tokens),
    ];
    const texts = [text("name", own.name)];
    const file = await rereadable(source, own);
    const asked = { operation: operations.split, sources: [{ source: file, role: 0, index: 0 }], numbers, texts };
    const { shards, leftOut, leftOutCount } = (await runner.run(asked, own)).answer as Planned;
    return {
      shards: shards.map((shard) => shardOf(shard, file)),
      manifest: {
        shards: shards.map(({ ranges, inputTokens, embeddingInputs, ...entry }) => entry),
        leftOut,
        leftOutCount,
      },
    };
  };

function shardOf({ ranges, custom_ids, ...shard }: ShardPlan, file: Rereadable): Shard {
  return {
    ...shard,
    stream: () => streamOf([file], Float64Array.from(ranges.flatMap(numbersOf))),
  };
}

/** Whole lines as a range that is read; an end of their own is not asked for. */
const numbersOf = ({ start, end, hash }: ShardPlan["ranges"][number]): number[] => [0, start, end - start, 1, hash];
