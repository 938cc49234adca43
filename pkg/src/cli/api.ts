// The package's functions on files, loaded when a command needs them, and the types it gives. Nothing but what every
// user of it has.
import type * as Files from "#files";

export type {
  ByteSource,
  Cause,
  CheckOptions,
  InputReport,
  Listed,
  ModelUsage,
  Reconciliation,
  RequestVerdict,
  ResultPlace,
  ResultsDigest,
  SplitPlan,
} from "#files";

/** The package's functions on files. */
export type Api = typeof Files;

/** Loads them: the file that has them is beside the command. */
export const loadApi = (): Promise<Api> => import("#files");
