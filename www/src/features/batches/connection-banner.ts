// How up to date the list is, and what to do when it is not.
import { html, nothing, type TemplateResult } from "lit";
import { type ConnectionStatus, formatAgo, formatIn, type RequestFailure } from "../../data/feed/connection-status.js";
import { banner, shownMessage } from "../../shared/components/banner.js";

/** Renders the line beside the title. It is always there, so that the layout does not shift when it changes. */
export function connectionLine(status: ConnectionStatus, now: number, refresh: () => void): TemplateResult {
  return html`<p class="connection" data-status=${status.kind}>
    <span class="indicator" aria-hidden="true"></span><span class="checked">${lineText(status, now)}</span>
    <button
      type="button"
      class="refresh"
      ?disabled=${status.kind === "loading" || status.kind === "offline"}
      @click=${refresh}
    >
      ${status.kind === "failed" ? "Retry" : "Refresh"}
    </button>
  </p>`;
}

function lineText(status: ConnectionStatus, now: number): string {
  switch (status.kind) {
    case "loading":
      return "Loading…";
    case "failed":
      return "Not loaded";
    case "offline":
      return status.checked === undefined ? "Offline" : `Offline, updated ${formatAgo(status.checked, now)}`;
    default:
      return `Updated ${formatAgo(status.checked, now)}`;
  }
}

/** Renders a banner when the list is not up to date. */
export function connectionBanner(status: ConnectionStatus, now: number): TemplateResult | typeof nothing {
  switch (status.kind) {
    case "offline":
      return banner("warning", "You are offline.", html`<p>Reconnects automatically.</p>`);
    case "failed":
      return banner("danger", "Couldn’t load batches.", failureText(status.failure, now));
    case "stale":
      return banner(
        "warning",
        `Couldn’t refresh; showing data from ${formatAgo(status.checked, now)}.`,
        status.failure ? failureText(status.failure, now) : nothing,
      );
    default:
      return nothing;
  }
}

const failureText = ({ message, help, retryAt }: RequestFailure, now: number): TemplateResult =>
  html`<p>${shownMessage(message)}</p>
    ${help === undefined ? nothing : html`<p>${help}</p>`}
    <p class="retry">Retrying ${formatIn(retryAt, now)}.</p>`;
