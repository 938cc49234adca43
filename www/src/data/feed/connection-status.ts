// How up to date the shown batches are, and how times before and after now are formatted.

/** Why the last request for the list failed. */
export interface RequestFailure {
  readonly message: string;
  /** How to fix it; `undefined` where retrying is all there is. */
  readonly help: string | undefined;
  /** The time of the next try, in milliseconds of `Date.now()`. */
  readonly retryAt: number;
}

/** The connection to the API. All times are milliseconds of `Date.now()`. */
export type ConnectionStatus =
  | { readonly kind: "loading" }
  | { readonly kind: "fresh"; readonly checked: number }
  | { readonly kind: "stale"; readonly checked: number; readonly failure: RequestFailure | undefined }
  | { readonly kind: "offline"; readonly checked: number | undefined }
  | { readonly kind: "failed"; readonly failure: RequestFailure };

/** The facts that a {@link ConnectionStatus} is derived from. */
export interface ConnectionFacts {
  /** The time of the last successful response. */
  readonly checked: number | undefined;
  readonly failure: RequestFailure | undefined;
  readonly offline: boolean;
  /** The age from which data is stale, in milliseconds. */
  readonly staleAfter: number;
}

/** Derives the connection status at the time `now`. */
export function connectionStatus(
  { checked, failure, offline, staleAfter }: ConnectionFacts,
  now: number,
): ConnectionStatus {
  if (offline) return { kind: "offline", checked };
  if (checked === undefined) return failure ? { kind: "failed", failure } : { kind: "loading" };
  return failure || now - checked > staleAfter ? { kind: "stale", checked, failure } : { kind: "fresh", checked };
}

const units = [
  { unit: "day", size: 86_400 },
  { unit: "hour", size: 3_600 },
  { unit: "minute", size: 60 },
] as const;

const relative = new Intl.RelativeTimeFormat("en", { numeric: "always" });

/** Formats a past time: `just now`, `12 seconds ago`, `2 minutes ago`. Both times are in milliseconds. */
export function formatAgo(time: number, now: number): string {
  const seconds = Math.max(0, Math.round((now - time) / 1000));
  if (seconds < 2) return "just now";
  const larger = units.find(({ size }) => seconds >= size);
  return larger
    ? relative.format(-Math.floor(seconds / larger.size), larger.unit)
    : relative.format(-seconds, "second");
}

/** Formats a time to come: `in 8 s`, `in 10 min`. Both times are in milliseconds. */
export function formatIn(time: number, now: number): string {
  const seconds = Math.max(1, Math.round((time - now) / 1000));
  return seconds < 120 ? `in ${seconds} s` : `in ${Math.round(seconds / 60)} min`;
}
