// Which component shows each route, and the module that defines it.
import { html, type TemplateResult } from "lit";
import type { PageName } from "../shared/route.js";

/** How the shell shows a page. */
interface PageDefinition {
  /** Loads the component and its styles. */
  load(): Promise<unknown>;
  render(hidden: boolean): TemplateResult;
  /** The link that is the first stop of the Tab key, and the selector of its target. */
  readonly skip: readonly [text: string, selector: string];
}

/** The pages. Each is loaded when it is first visited. */
export const definitions: Readonly<Record<PageName, PageDefinition>> = {
  batches: {
    load: () => import("../features/batches/main.js"),
    render: (hidden) => html`<board-batches class="page" data-page="batches" ?hidden=${hidden}></board-batches>`,
    skip: ["Skip to the batches", "main"],
  },
  examples: {
    load: () => import("../features/examples/main.js"),
    render: (hidden) => html`<board-examples class="page" data-page="examples" ?hidden=${hidden}></board-examples>`,
    skip: ["Skip to the examples", "#examples"],
  },
  files: {
    load: () => import("../features/files/main.js"),
    render: (hidden) => html`<board-files class="page" data-page="files" ?hidden=${hidden}></board-files>`,
    skip: ["Skip to the files", "main"],
  },
  runs: {
    load: () => import("../features/runs/main.js"),
    render: (hidden) => html`<board-runs class="page" data-page="runs" ?hidden=${hidden}></board-runs>`,
    skip: ["Skip to the runs", "main"],
  },
  lifecycle: {
    load: () => import("../features/lifecycle/main.js"),
    render: (hidden) => html`<board-lifecycle class="page" data-page="lifecycle" ?hidden=${hidden}></board-lifecycle>`,
    skip: ["Skip to the diagram", "main"],
  },
};
