// Sources of one role, which callers pass alone or as a list.
import type { RoleCode } from "../../../generated/files-boundary.js";
import type { SourceFile } from "../engine/runner.js";
import { inspectSource } from "../io/byte-source.js";
import type { ResultSources } from "../types.js";

/** The files of a role, each with its index. Absent files are skipped, but count for the index. */
export const sourceFiles = (sources: ResultSources | undefined, role: RoleCode): readonly SourceFile[] =>
  inspectSource(() =>
    (Array.isArray(sources) ? Array.from(sources as readonly unknown[]) : [sources]).flatMap((source, index) =>
      source === undefined ? [] : [{ source, role, index }],
    ),
  );
