// How fresh what is shown is, in words; and what to do when it is not.
import { html, nothing, type TemplateResult } from "lit";
import { ago, ahead, type Standing, type Trouble } from "../../data/feed/connection-status.js";
import { shorten } from "../../shared/text.js";
import { visible } from "../../shared/hidden-characters.js";

const mostOfAMessage = 500;

/** The line beside the title: always there, so that nothing jumps when it changes. */
export function standingLine(standing: Standing, now: number, check: () => void): TemplateResult {
  return html`<p class="standing" data-standing=${standing.kind}>
    <span class="lamp" aria-hidden="true"></span><span class="checked">${words(standing, now)}</span>
    <button
      type="button"
      class="check-now"
      ?disabled=${standing.kind === "loading" || standing.kind === "offline"}
      @click=${check}
    >
      Check now
    </button>
  </p>`;
}

function words(standing: Standing, now: number): string {
  switch (standing.kind) {
    case "loading":
      return "Asking for the batches";
    case "failed":
      return "Not checked yet";
    case "offline":
      return standing.checked === undefined ? "Offline" : `Offline, last checked ${ago(standing.checked, now)}`;
    default:
      return `Last checked ${ago(standing.checked, now)}`;
  }
}

/** What is to be known when not all is well. */
export function standingBanner(standing: Standing, now: number): TemplateResult | typeof nothing {
  switch (standing.kind) {
    case "offline":
      return banner(
        "warning",
        "You are offline.",
        html`<p>
          ${
            standing.checked === undefined
              ? "The batches are asked for"
              : "What is shown was true then. It is asked for again"
          }
          as soon as there is a network.
        </p>`,
      );
    case "failed":
      return banner("danger", "The batches could not be had.", trouble(standing.trouble, now));
    case "stale":
      return banner(
        "warning",
        `Not up to date: this is as of ${ago(standing.checked, now)}.`,
        standing.trouble ? trouble(standing.trouble, now) : nothing,
      );
    default:
      return nothing;
  }
}

const trouble = ({ message, help, again }: Trouble, now: number): TemplateResult =>
  html`<p><bdi>${visible(shorten(message, mostOfAMessage))}</bdi></p>
    ${help === undefined ? nothing : html`<p>${help}</p>`}
    <p class="again">Asked again ${ahead(again, now)}.</p>`;

const banner = (tone: string, title: string, text: TemplateResult | typeof nothing): TemplateResult =>
  html`<div class="banner" data-tone=${tone}>
    <p class="title">${title}</p>
    ${text}
  </div>`;
