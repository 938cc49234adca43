// The log of the mock, for errors that no response reports.

/** Wraps a log function so that its errors are ignored. By default, lines go to `console.error`. */
export const safeLog =
  (write = (line: string): void => console.error(`batchlight/mock: ${line}`)) =>
  (line: string): void => {
    try {
      write(line);
    } catch {
      // A failing log must not fail the request.
    }
  };
