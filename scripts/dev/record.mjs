// A reporter for Node's test runner that writes a line of JSON for each test, for scripts/dev/results.mjs.
import { relative } from "node:path";
import { root } from "../process.mjs";

/** @param {AsyncIterable<{ type: string, data: any }>} events */
export default async function* record(events) {
  for await (const { type, data } of events) {
    if (type !== "test:pass" && type !== "test:fail") continue;
    // Files and groups are not counted, only their tests. A file that fails before its first test counts as a failure.
    const isGroup = data.details.type === "suite" || data.name === data.file;
    if (isGroup && type === "test:pass") continue;
    const outcome = data.skip || data.todo ? "skipped" : type === "test:pass" ? "passed" : "failed";
    const file = relative(root, data.file ?? "");
    const isOuter = data.nesting === 0;
    const seconds = isOuter ? data.details.duration_ms / 1000 : 0;
    yield `${JSON.stringify({ file, name: data.name, outcome, seconds })}\n`;
  }
}
