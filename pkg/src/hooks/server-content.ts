// What the components of every framework render of an element on a server, besides its children.
import { type ElementName, type RenderOptions, renderShadowRoot } from "#elements";
import { hostAttributes } from "../elements/host-attributes.js";
import { describeBatch } from "../runtime/registered-core.js";

/** The content of an element on a server. */
export interface ServerContent {
  /** The attributes of the element that depend on the batch. */
  readonly attributes: Readonly<Record<string, string | undefined>>;
  /** The HTML of the shadow root, in which every string of the batch is escaped. */
  readonly html: string;
}

/**
 * Renders an element with its properties.
 *
 * @param nonce of the style element, for pages whose Content-Security-Policy requires one
 * @returns `undefined` if the property `batch`, or `batches` of a `<batch-list>`, is not set
 */
export function serverContent(
  element: ElementName,
  properties: Readonly<Record<string, unknown>>,
  nonce?: string,
): ServerContent | undefined {
  const options = { ...(properties as RenderOptions), element, nonce };
  const isList = element === "batch-list";
  const value = isList ? properties.batches : properties.batch;
  if (value === undefined) return undefined;
  return {
    attributes: isList ? {} : hostAttributes(describeBatch(value, options)),
    html: renderShadowRoot(value, options),
  };
}
