// The types of the package: those made from the Rust types, and what follows from them.
import type { Batch, BatchIssue, BatchStatus, ProfileName } from "../../generated/types.js";

export type * from "../../generated/types.js";
export type { LifecycleStep, Profile, Rule } from "../../generated/catalogue.js";

/**
 * A batch that has been checked: exactly the published interface, with `metadata` narrowed to the map of strings it is.
 * No member is null or empty text; members that the interface does not know are still there, untouched.
 */
export interface ParsedBatch extends Batch {
  /** The caller's own labels: up to 16 pairs of strings. */
  metadata?: Record<string, string>;
}

/**
 * A batch as servers really send it: where the published interface says absent, they send null; and the status may be
 * one that the interface does not know yet. Every function of this package takes it.
 */
export type WireBatch = {
  [K in keyof Batch as undefined extends Batch[K] ? never : K]: K extends "status"
    ? BatchStatus | (string & {})
    : Batch[K];
} & {
  [K in keyof Batch as undefined extends Batch[K] ? K : never]?: Batch[K] | null;
};

/** How a value is read. */
export interface ReadOptions {
  /** Whose ways the value is read by. Default: `openai`. */
  readonly profile?: ProfileName | undefined;
}

/** The result of {@link safeParseBatch}. */
export type ParseResult =
  | {
      /** `true`: the value is a valid batch. */
      readonly success: true;
      /** The batch. */
      readonly data: ParsedBatch;
      /** Warnings and notes about the batch; never errors. */
      readonly issues: readonly BatchIssue[];
    }
  | {
      /** `false`: the value is not a valid batch. */
      readonly success: false;
      /** Absent, so that the result can be destructured before it is checked. */
      readonly data?: undefined;
      /** All issues, at least one of them an error. */
      readonly issues: readonly BatchIssue[];
    };
