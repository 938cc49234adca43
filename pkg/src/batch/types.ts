// The types of the package: those generated from the Rust types, and those derived from them.
import type { Batch, BatchIssue, BatchStatus, ProfileName } from "../../generated/types.js";

export type * from "../../generated/types.js";
export type * from "./view-types.js";
export type { LifecycleTransition, Profile, Rule } from "../../generated/catalogue.js";

/**
 * A batch that has been parsed: exactly the published interface, with `metadata` narrowed to a map of strings. No
 * optional field is null or an empty string. Unknown fields are kept.
 */
export interface ParsedBatch extends Batch {
  /** The caller's own labels: up to 16 pairs of strings. */
  metadata?: Record<string, string>;
}

/** A type whose optional properties may also be null, at every depth. */
export type Nullable<T> = T extends readonly (infer Item)[]
  ? Nullable<Item>[]
  : T extends object
    ? { [K in keyof T as undefined extends T[K] ? never : K]: Nullable<T[K]> } & {
        [K in keyof T as undefined extends T[K] ? K : never]?: Nullable<T[K]> | null;
      }
    : T;

/**
 * A valid batch before parsing: where the published interface leaves a field out, servers send null. {@link isBatch}
 * narrows to this type.
 */
export type NullableBatch = Nullable<Batch>;

/**
 * A batch as servers send it: a {@link NullableBatch} whose status may also be one that the interface does not know
 * yet. Every function of this package accepts it.
 */
export type WireBatch = Omit<NullableBatch, "status"> & {
  /** One of the known statuses, or any other string. */
  status: BatchStatus | (string & {});
};

/** How a value is read. */
export interface ReadOptions {
  /** The provider whose known deviations are tolerated. Default: `openai`. */
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
