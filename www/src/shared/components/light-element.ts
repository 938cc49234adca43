// What the components of the board have in common.
import { LitElement } from "lit";

/**
 * An element without a shadow: one document, so that ids, the stylesheet and the browser's own search reach everything.
 */
export class LightElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}
