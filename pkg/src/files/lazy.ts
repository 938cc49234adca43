// The functions for files from entries that do not carry their module: it is in a file beside them, which the first
// call loads.
import type * as Files from "./signatures.js";

const load = (): Promise<typeof Files> => import("#files");

export const checkInput: typeof Files.checkInput = async (...given) => (await load()).checkInput(...given);

export const splitInput: typeof Files.splitInput = async (...given) => (await load()).splitInput(...given);

export const digestResults: typeof Files.digestResults = async (...given) => (await load()).digestResults(...given);

export const reconcile: typeof Files.reconcile = async (...given) => (await load()).reconcile(...given);

export const fixInput: typeof Files.fixInput = (...given) => {
  const made = load().then((files) => files.fixInput(...given));
  const report = made.then((fixed) => fixed.report);
  report.catch(() => undefined);
  const reading = made.then((fixed) => fixed.stream.getReader());
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await (await reading).read();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: async (reason) => (await reading).cancel(reason),
    },
    { highWaterMark: 0 },
  );
  reading.catch(() => undefined);
  return { stream, report };
};

export { joinResults, mergeResults, writeRetry } from "./reconciliation/reconciliation-handle.js";
export { isBatchlightFileError } from "./io/file-error.js";
