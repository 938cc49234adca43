/** An operation's number in the module. */
export const operations = { check: 0, fix: 1, split: 2, digest: 3, reconcile: 4, survey: 5 } as const;
