// The name of a run in a browser.

/** The name of the database of a run, and of the lock that the page working on the run holds. */
export const browserRunName = (name: string): string => `batchlight run ${name}`;
