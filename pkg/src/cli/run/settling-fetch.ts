// A `fetch` that always settles.

/**
 * Creates a `fetch` for the command. In Node 20, a request never settles if the server closes the first connection of
 * the process within milliseconds, before the HTTP parser is compiled; the process then ends with exit code 13. So
 * other requests wait until the first one has settled, and pending requests are rejected when the event loop is empty.
 */
export function settlingFetch(): typeof globalThis.fetch {
  const pending = new Set<(error: Error) => void>();
  process.on("beforeExit", () => {
    for (const reject of pending) reject(new TypeError("the server closed the connection"));
  });
  let first: Promise<unknown> | undefined;
  return async (...request) => {
    // Without an `await` for the first request, so that others of the same moment see it.
    if (first) await first.catch(() => undefined);
    const response = new Promise<Response>((resolve, reject) => {
      pending.add(reject);
      globalThis
        .fetch(...request)
        .then(resolve, reject)
        .finally(() => pending.delete(reject));
    });
    first ??= response;
    return response;
  };
}
