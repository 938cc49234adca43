/** The groups of a list, the most urgent first. */
export const groupOrder = ["attention", "active", "done"] as const;
