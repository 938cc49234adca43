// Security headers of all responses.

const always = {
  "Cache-Control": "no-store",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
} as const;

/** The headers of a response with a Content-Security-Policy. Forbids framing. */
export const headersWithPolicy = (policy: string): Record<string, string> => ({
  ...always,
  "Content-Security-Policy": `${policy}; frame-ancestors 'none'`,
});

/** The headers of responses that are not pages. A browser that opens such a response as a page runs nothing in it. */
export const inertHeaders = headersWithPolicy("default-src 'none'; base-uri 'none'; form-action 'none'; sandbox");
