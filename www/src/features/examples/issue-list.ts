// The issues of a value. Notes are collapsed, because they need no action.
import type { BatchIssue } from "batchlight";
import { html, nothing, type TemplateResult } from "lit";
import { pluralize } from "#common/format.js";
import { collapsibleList } from "../../shared/components/collapsible-list.js";

const maxShown = 6;

/** The note about nulls, which every server causes: it says nothing about a batch. */
const nullNote = "null_field";

/** Renders all issues of a view but the note about nulls. */
export function issueList(all: readonly BatchIssue[]): TemplateResult | typeof nothing {
  const issues = all.filter(({ code }) => code !== nullNote);
  const notes = issues.filter(({ level }) => level === "note");
  const others = issues.filter(({ level }) => level !== "note");
  if (issues.length === 0) return nothing;
  return html`<div class="issues">
    ${collapsibleList(groupNeighbours(others), maxShown, issueItem)}
    ${
      notes.length === 0
        ? nothing
        : html`<details>
          <summary>${pluralize(notes.length, "note")}</summary>
          ${collapsibleList(groupNeighbours(notes), maxShown, issueItem)}
        </details>`
    }
  </div>`;
}

type IssueGroup = readonly [BatchIssue, ...BatchIssue[]];

/** Groups neighbouring issues with the same code and level, so that their help is shown once. */
function groupNeighbours(issues: readonly BatchIssue[]): readonly IssueGroup[] {
  const groups: [BatchIssue, ...BatchIssue[]][] = [];
  for (const issue of issues) {
    const last = groups.at(-1);
    if (last?.[0].code === issue.code && last[0].level === issue.level) last.push(issue);
    else groups.push([issue]);
  }
  return groups;
}

const issueItem = (issues: IssueGroup) => html`
  <li class="issue" data-level=${issues[0].level}>
    <span class="level">${issues[0].level}</span>
    <div class="messages">${issues.map(({ message }) => html`<p class="message">${message}</p>`)}</div>
    <p class="help">${issues[0].help} <code>${issues[0].code}</code></p>
  </li>
`;
