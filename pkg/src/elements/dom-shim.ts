// Replaces `@lit-labs/ssr-dom-shim`, which Lit uses without a DOM. A server only defines the element classes and never
// creates an element, so that these two suffice.

/** The base class of elements. */
export const HTMLElement = class {};

/** A registry that ignores its elements. */
export const customElements = { get: (): undefined => undefined, define: (): void => undefined };
