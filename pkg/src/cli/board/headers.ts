// The headers of every answer: what a browser may do with it.

const always = {
  "Cache-Control": "no-store",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
} as const;

/** The headers of an answer that goes by a policy; no other page may frame it. */
export const headersWithPolicy = (policy: string): Record<string, string> => ({
  ...always,
  "Content-Security-Policy": `${policy}; frame-ancestors 'none'`,
});

/** For what is no page: should anybody open it as one, nothing in it runs. */
export const inertHeaders = headersWithPolicy("default-src 'none'; base-uri 'none'; form-action 'none'; sandbox");
