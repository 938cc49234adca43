// What is wrong with a value, or odd about it. Notes are collapsibleList: there is nothing to do about them.
import type { BatchIssue } from "batchlight";
import { html, nothing, type TemplateResult } from "lit";
import { pluralize } from "../../shared/text.js";
import { collapsibleList } from "../../shared/components/collapsible-list.js";

const shownAtOnce = 6;

/** Every issue of a view. */
export function issueList(issues: readonly BatchIssue[]): TemplateResult | typeof nothing {
  const notes = issues.filter(({ level }) => level === "note");
  const others = issues.filter(({ level }) => level !== "note");
  if (issues.length === 0) return nothing;
  return html`<div class="issues">
    ${collapsibleList(alike(others), shownAtOnce, block)}
    ${
      notes.length === 0
        ? nothing
        : html`<details>
          <summary>${pluralize(notes.length, "note")}</summary>
          ${collapsibleList(alike(notes), shownAtOnce, block)}
        </details>`
    }
  </div>`;
}

type Issues = readonly [BatchIssue, ...BatchIssue[]];

/** Neighbours that break the same rule with the same help belong together: the help is told once. */
function alike(issues: readonly BatchIssue[]): readonly Issues[] {
  const blocks: [BatchIssue, ...BatchIssue[]][] = [];
  for (const issue of issues) {
    const last = blocks.at(-1);
    if (last?.[0].code === issue.code && last[0].level === issue.level) last.push(issue);
    else blocks.push([issue]);
  }
  return blocks;
}

const block = (issues: Issues) => html`
  <li class="issue" data-level=${issues[0].level}>
    <span class="level">${issues[0].level}</span>
    <div class="messages">${issues.map(({ message }) => html`<p class="message">${message}</p>`)}</div>
    <p class="help">${issues[0].help} <code>${issues[0].code}</code></p>
  </li>
`;
