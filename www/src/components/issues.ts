// What is wrong with a value, or odd about it. Notes are folded: there is nothing to do about them.
import type { BatchIssue } from "batchlight";
import { html, nothing, type TemplateResult } from "lit";
import { counted } from "../text.js";
import { folded } from "./fold.js";

const shownAtOnce = 6;

/** Every issue of a view. */
export function issueList(issues: readonly BatchIssue[]): TemplateResult | typeof nothing {
  const notes = issues.filter(({ level }) => level === "note");
  const others = issues.filter(({ level }) => level !== "note");
  if (issues.length === 0) return nothing;
  return html`<div class="issues">
    ${folded(others, shownAtOnce, item)}
    ${notes.length === 0
      ? nothing
      : html`<details>
          <summary>${counted(notes.length, "note")}</summary>
          ${folded(notes, shownAtOnce, item)}
        </details>`}
  </div>`;
}

const item = ({ level, message, remedy, code }: BatchIssue) => html`
  <li class="issue" data-level=${level}>
    <span class="level">${level}</span>
    <span class="message">${message}</span>
    <span class="remedy">${remedy} <code>${code}</code></span>
  </li>
`;
