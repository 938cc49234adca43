// The badge: icon and words in one line.
import { html, type TemplateResult } from "lit";
import type { Scene } from "../render-context.js";
import { plain } from "../sanitize.js";
import { icon } from "./icon.js";

/** A status and what became of the batch, in a few words. */
export const status = ({ view, locale }: Scene): TemplateResult =>
  html`<span part="badge" class="badge" data-tone=${view.tone} lang=${locale}
    ><slot name="icon">${icon(view)}</slot
    ><span part="label" class="label"
      ><slot name="label"><bdi>${plain(view.label)}</bdi></slot></span
    ></span
  >`;
