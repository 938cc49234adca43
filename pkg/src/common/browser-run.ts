// Where a run is in a browser.

/** The name of the database of a run, and of the lock that its page holds. */
export const browserRunName = (name: string): string => `batchlight run ${name}`;
