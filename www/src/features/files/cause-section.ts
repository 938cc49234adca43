// The causes of failed requests under a heading.
import type { Cause } from "batchlight/worker";
import { html, nothing, type TemplateResult } from "lit";
import { causeList } from "../../shared/components/cause-list.js";

/** Renders the causes; renders nothing when no request failed. */
export const causeSection = (causes: readonly Cause[]): TemplateResult | typeof nothing =>
  causes.length === 0
    ? nothing
    : html`<div class="causes">
        <h3>Why requests failed</h3>
        ${causeList(causes)}
      </div>`;
