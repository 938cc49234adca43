// A `fetch` that always settles.

/**
 * Creates a `fetch` for the command. That of Node 20 never settles if the server closes the first connection of the
 * process within milliseconds, before the parser of HTTP is compiled; the process would end with code 13. So the first
 * request is alone, and a request fails as soon as nothing is left for which the process waits.
 */
export function settlingFetch(): typeof globalThis.fetch {
  const pending = new Set<(error: Error) => void>();
  process.on("beforeExit", () => {
    for (const reject of pending) reject(new TypeError("the server closed the connection"));
  });
  let first: Promise<unknown> | undefined;
  return async (...request) => {
    await first?.catch(() => undefined);
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
