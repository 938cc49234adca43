// The text of a whole run on a terminal, in docs/run.md and in short in the README, between `<!-- cast -->` and
// `<!-- /cast -->`: a real run against the mock, whose time moves only while the command waits.
// `BATCHLIGHT_UPDATE=1 npm run t -- cli/run-cast` rewrites both.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { manualClock } from "batchlight/mock";
import { at } from "../../scripts/process.mjs";
import { serveRuns } from "./run-server.mjs";
import { batchlight, file, place, request } from "./support.mjs";

const command = "batchlight run requests.jsonl -o results.jsonl --max-requests 100";
/** The times that are shown, in seconds after the start. */
const shownTimes = [60, 600, 1200];

/** The screens of a terminal: for each event the time and the lines. */
function screensOf(events) {
  let lines = [];
  return events.map(([seconds, text]) => {
    const up = /^\x1b\[(\d+)A\r\x1b\[J/.exec(text);
    if (up) lines = lines.slice(0, -Number(up[1]));
    lines = [
      ...lines,
      ...text
        .slice(up?.[0].length ?? 0)
        .replace(/\n$/, "")
        .split("\n"),
    ];
    return { seconds, lines };
  });
}

const durationOf = (seconds) =>
  seconds < 3600
    ? `${Math.round(seconds / 60)} min`
    : `${Math.floor(seconds / 3600)} h ${Math.round((seconds % 3600) / 60)} min`;

test("docs/run.md and the README show a whole run", async () => {
  const time = manualClock(1_764_000_000);
  const server = await serveRuns({
    clock: time,
    sendsClock: false,
    seed: 7,
    plan: ({ requests }) => ({ validationSeconds: 40, runSeconds: requests > 20 ? 1500 : 300, finalizingSeconds: 60 }),
    failureRate: 0.04,
    hook: (moment, { headers }) => void (moment === "before" && time.set(Number(headers["x-now"]))),
  });
  after(server.close);
  file(
    "requests.jsonl",
    Array.from({ length: 250 }, (_, index) => request(`request-${index}`)),
  );
  const castFile = join(place, "cast.jsonl");
  writeFileSync(castFile, "");
  const { code, out, err } = await batchlight(command.split(" ").slice(1), {
    env: { ...server.env, CAST_FILE: castFile, COLUMNS: "110", NO_COLOR: "1", TERM: "xterm" },
    options: [`--import=${new URL("./virtual-time.mjs", import.meta.url).href}`],
  });
  assert.ok(code === 0 || code === 1, err);
  const events = readFileSync(castFile, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const screens = screensOf(events);
  const isRow = (line) => /^\d+\/\d+/.test(line);
  const shown = shownTimes.map((latest) => screens.findLast(({ seconds }) => seconds <= latest));
  const last = screens.at(-1);
  const text = [
    `$ ${command}`,
    ...screens[0].lines.filter((line) => !isRow(line)),
    ...[...shown, last].flatMap(({ seconds, lines }) => [`[after ${durationOf(seconds)}]`, ...lines.filter(isRow)]),
    out.trimEnd(),
  ].join("\n");
  check(at("docs", "run.md"), text);
  // The beginning, the first batch after some time, and the summary.
  const [head] = screens[0].lines.filter((line) => !isRow(line));
  const [row] = shown[1].lines.filter(isRow);
  const summary = out.split("\n\n", 1)[0];
  check(at("README.md"), [`$ npx ${command}`, head, row, summary].join("\n"));
});

/** Checks the text of a page, or rewrites it. */
function check(page, text) {
  const before = readFileSync(page, "utf8");
  const [start, end] = ["<!-- cast -->", "<!-- /cast -->"].map((mark) => before.indexOf(mark));
  assert.ok(start > 0 && end > start, `expected the marks of the text in ${page}`);
  const updated = `${before.slice(0, start)}<!-- cast -->\n\n\`\`\`console\n${text}\n\`\`\`\n\n${before.slice(end)}`;
  if (process.env.BATCHLIGHT_UPDATE === "1") writeFileSync(page, updated);
  else assert.equal(before, updated, "run BATCHLIGHT_UPDATE=1 npm run t -- cli/run-cast to update the text");
}
