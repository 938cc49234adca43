// The names of the files of a run.

/** A file of an attempt of a shard. Both are counted from 1. */
export const attemptFile = (shard: number, attempt: number, role: "input" | "output" | "error"): string =>
  `shard-${shard + 1}.attempt-${attempt}.${role}.jsonl`;

/** The whole input, if it was fixed, came from a stream, or has shards that interleave. */
export const inputFile = "input.jsonl";
