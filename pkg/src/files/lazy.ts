// The functions for files in entries that do not contain their module. The first call loads it from the file next to
// the entry.
import type { ModuleSource } from "../runtime/load/provided.js";
import type * as Slim from "./engine/init-slim.js";
import type * as Files from "./signatures.js";

const load = (): Promise<typeof Files> => import("#files");

/** `fixInput` of functions that are loaded first. Its stream waits for them. */
export function fixInputOf(
  functions: Promise<Pick<typeof Files, "fixInput">>,
  ...args: Parameters<typeof Files.fixInput>
): ReturnType<typeof Files.fixInput> {
  const fixing = functions.then((files) => files.fixInput(...args));
  const report = fixing.then((fixed) => fixed.report);
  report.catch(() => undefined);
  const loading = fixing.then((fixed) => fixed.stream.getReader());
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await (await loading).read();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: async (reason) => (await loading).cancel(reason),
    },
    { highWaterMark: 0 },
  );
  loading.catch(() => undefined);
  return { stream, report };
}

export const checkInput: typeof Files.checkInput = async (...args) => (await load()).checkInput(...args);

export const splitInput: typeof Files.splitInput = async (...args) => (await load()).splitInput(...args);

export const digestResults: typeof Files.digestResults = async (...args) => (await load()).digestResults(...args);

export const reconcile: typeof Files.reconcile = async (...args) => (await load()).reconcile(...args);

export const fixInput: typeof Files.fixInput = (...args) => fixInputOf(load(), ...args);

/**
 * Provides the module for files, fetching and compiling it without blocking. Required before the first function that
 * reads files. A second call does nothing. After a failure, the next call tries again.
 *
 * @param source `batchlight/files.wasm`: its URL, a response, its bytes, a compiled module, or a promise of one of
 * these
 * @throws {BatchlightLoadError} with code `wrong_module` if it is another file, or the file of another version
 */
export const initFiles = async (source: ModuleSource | PromiseLike<ModuleSource>): Promise<void> =>
  ((await import("#files")) as unknown as typeof Slim).initFiles(source);

export { isBatchlightFileError } from "./io/file-error.js";
