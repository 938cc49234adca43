// The lines that www/vite.config.ts takes from the fixtures: the page needs four of them.
declare module "virtual:sample-lines" {
  type Line = Readonly<Record<string, unknown>>;
  /** A request. */
  export const request: Line;
  /** The result of a request that succeeded. */
  export const succeeded: Line;
  /** The result of a request that the API rejected. */
  export const rejected: Line;
  /** The result of a request that did not run before the deadline. */
  export const expired: Line;
}
