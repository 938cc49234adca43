// Banners: what went wrong, or what to know before an action.
import { html, nothing, type TemplateResult } from "lit";
import { revealHidden } from "../hidden-characters.js";
import { truncate } from "../text.js";

/** The maximum length of a message that is shown, in UTF-16 code units. */
const maxMessageLength = 500;

/** Renders a message from outside the page, such as that of an error. */
export const shownMessage = (message: string): TemplateResult =>
  html`<bdi>${revealHidden(truncate(message, maxMessageLength))}</bdi>`;

/** Renders a banner. `content` is shown below the title. */
export const banner = (
  tone: "warning" | "danger",
  title: string,
  content: TemplateResult | typeof nothing,
): TemplateResult =>
  html`<div class="banner" data-tone=${tone}>
    <p class="title">${title}</p>
    ${content}
  </div>`;

/** Renders a banner with the message of an error; renders nothing when there is no error. */
export const errorBanner = (
  title: string,
  message: string | undefined,
  tone: "warning" | "danger" = "danger",
): TemplateResult | typeof nothing =>
  message === undefined ? nothing : banner(tone, title, html`<p>${shownMessage(message)}</p>`);
