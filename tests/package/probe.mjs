// A question whose answer takes the whole way through the module: text in, objects out. Every entry must answer alike.

/** Asks it; the answer is plain data. */
export const probe = (api) => api.sample();

/** The same as source text, for other processes and pages: `api` is in scope there. */
export const probeText = `(${probe})(api)`;

/** The answer every entry has to give. */
export const expected = { id: "x" };
