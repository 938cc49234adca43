// The badge: icon and label in one line.
import { html, type TemplateResult } from "lit";
import type { BatchContext } from "../render-context.js";
import { sanitize } from "../sanitize.js";
import { icon } from "./icon.js";

/** Renders the badge. */
export const status = ({ view, locale }: BatchContext): TemplateResult =>
  html`<span part="badge" class="badge" data-tone=${view.tone} lang=${locale}
    ><slot name="icon">${icon(view)}</slot
    ><span part="label" class="label"
      ><slot name="label"><bdi>${sanitize(view.label)}</bdi></slot></span
    ></span
  >`;
