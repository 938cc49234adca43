// Whose batches the page shows.
import { html, nothing, type TemplateResult } from "lit";
import { formatNumber, pluralize } from "#common/format.js";
import type { BatchFeed } from "../../data/feed/batch-feed.js";

/** Renders whose batches these are. */
export function ownerText({ api: { owner, speed } }: BatchFeed): TemplateResult {
  if (owner.kind === "host")
    return html`<h2 id="live-title">Your batches</h2>
      <p>
        From <b><bdi>${owner.host}</bdi></b>${
          speed === 1 ? nothing : html`, whose clock runs ${formatNumber(speed)} times as fast`
        }. Your API key never reaches the browser.
      </p>`;
  const minutes = Math.round(86_400 / speed / 60);
  return html`<h2 id="live-title">Simulated batches</h2>
    <p>
      <b>These batches are not real.</b>
      ${
        owner.where === "page"
          ? "This page makes them up, without an API key and without a network"
          : "They are simulated on this machine"
      },
      sped up: one day takes ${pluralize(minutes, "minute")}. To see your own, set <code>OPENAI_API_KEY</code> and run
      <code>npx batchlight board</code>.
    </p>`;
}
