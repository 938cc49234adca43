// What Lit takes for a page where there is none, in place of `@lit-labs/ssr-dom-shim`: enough for the classes to be
// made, which is all a server does with them.

/** The parent of elements. */
export const HTMLElement = class {};

/** A registry that keeps nothing. */
export const customElements = { get: (): undefined => undefined, define: (): void => undefined };
