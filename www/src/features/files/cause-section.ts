// The causes of failed and incomplete requests under a heading.
import type { Cause } from "batchlight/worker";
import { html, nothing, type TemplateResult } from "lit";
import { causeList } from "../../shared/components/cause-list.js";

/** Renders the causes; renders nothing when there are none. `show` shows the request with a custom_id. */
export const causeSection = (
  causes: readonly Cause[],
  show?: (customId: string) => void,
): TemplateResult | typeof nothing =>
  causes.length === 0
    ? nothing
    : html`<div class="causes">
        <h3>Why requests failed or are incomplete</h3>
        ${causeList(causes, show)}
      </div>`;
