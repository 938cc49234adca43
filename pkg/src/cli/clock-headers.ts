// The headers with which a simulated API tells its clock: `batchlight mock` sends them, and `batchlight board` forwards
// them to its page, which would otherwise compare the mock's times with the system's.

/** The API's time in Unix seconds. */
const nowHeader = "batchlight-now";

/** How fast the API's clock runs, compared with the real time. */
const speedHeader = "batchlight-speed";

/** The headers for a clock. */
export const clockHeaders = (now: number, speed: number): Record<string, string> => ({
  [nowHeader]: now.toFixed(3),
  [speedHeader]: String(speed),
});

/** Reads the clock from the headers of a response; undefined if they hold none. */
export function clockOf(headers: Headers): { readonly now: number; readonly speed: number } | undefined {
  const [now, speed] = [nowHeader, speedHeader].map((name) => Number(headers.get(name)));
  return now! > 0 && speed! > 0 ? { now: now!, speed: speed! } : undefined;
}
