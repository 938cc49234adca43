// The base class of the board's components.
import { LitElement } from "lit";

/** An element without a shadow root, so that ids, style sheets and the browser's search work across components. */
export class LightElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}
