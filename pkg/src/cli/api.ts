// The package's functions on files, loaded on demand, and the types of their results. The command loads what needs a
// WebAssembly module by its public name, as any user can. Small helpers of lower folders become part of its own file.
import type * as Files from "#files";

export type {
  ByteSource,
  Cause,
  CheckOptions,
  FixReport,
  InputReport,
  IssueList,
  ModelUsage,
  Reconciliation,
  RequestVerdict,
  ResultPlace,
  ResultsDigest,
  SplitPlan,
} from "#files";

/** The exports of `batchlight/files`. */
export type Api = typeof Files;

/** Loads the functions on files from the entry next to the command's own file. */
export const loadApi = (): Promise<Api> => import("#files");
