// Snapshots of the command's output in tests/cli/snapshots/. docs/command.md shows some of them between
// `<!-- snapshot:NAME -->` and `<!-- /snapshot -->`. `BATCHLIGHT_UPDATE=1 npm run t -- cli/output-snapshots` updates
// both.
import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { at } from "../../scripts/process.mjs";
import { batchlight, place } from "./support.mjs";

cpSync(new URL("./fixtures/", import.meta.url), place, { recursive: true });
const update = process.env.BATCHLIGHT_UPDATE === "1";
const batch = "--input batch-input.jsonl --output batch-output.jsonl --error batch-error.jsonl";

/** The commands of each snapshot. */
const commandsBySnapshot = {
  check: ["check requests.jsonl"],
  "check-json": ["check --json --max-issues 1 requests.jsonl"],
  "check-valid": ["check batch-input.jsonl"],
  "check-typos": ["check typos.jsonl"],
  "check-wrong-files": ["check table.csv", "check batch-output.jsonl", "digest batch-input.jsonl"],
  fix: ["fix windows.jsonl -o fixed.jsonl"],
  "fix-partial": ["fix requests.jsonl -o left.jsonl"],
  split: ["split --max-requests 3 batch-input.jsonl -o shards"],
  digest: ["digest batch-output.jsonl batch-error.jsonl"],
  reconcile: [`reconcile ${batch}`],
  retry: [`retry ${batch} -o again.jsonl`],
  help: ["--help"],
};

/** Runs commands and returns the session as a terminal shows it. */
async function outputOf(commands) {
  const shown = [];
  for (const command of commands) {
    const { out, err } = await batchlight(command.split(" "), { env: { COLUMNS: "100" } });
    shown.push(`$ batchlight ${command}\n${out}${err}`.trimEnd());
  }
  return `${shown.join("\n\n").replaceAll(/[ \t]+$/gm, "")}\n`;
}

const page = at("docs", "command.md");
const documented = [...readFileSync(page, "utf8").matchAll(/<!-- snapshot:(\S+) -->/g)].map(([, name]) => name);

test("docs/command.md contains snapshots", () => {
  assert.ok(documented.length >= 2);
  assert.ok(
    documented.every((name) => name in commandsBySnapshot),
    documented.join(),
  );
});

for (const [name, commands] of Object.entries(commandsBySnapshot)) {
  test(`${name} prints its snapshot`, async () => {
    const text = await outputOf(commands);
    const snapshot = new URL(`./snapshots/${name}.txt`, import.meta.url);
    if (update) {
      mkdirSync(new URL("./snapshots/", import.meta.url), { recursive: true });
      writeFileSync(snapshot, text);
    }
    assert.equal(
      text,
      existsSync(snapshot) ? readFileSync(snapshot, "utf8") : undefined,
      "run BATCHLIGHT_UPDATE=1 npm run t -- cli/output-snapshots to update it",
    );
    if (!documented.includes(name)) return;
    const before = readFileSync(page, "utf8");
    const [start, end] = [`<!-- snapshot:${name} -->`, "<!-- /snapshot -->"];
    const from = before.indexOf(start) + start.length;
    const shown = `\`\`\`console\n${text}\`\`\``;
    const after = `${before.slice(0, from)}\n\n${shown}\n\n${before.slice(before.indexOf(end, from))}`;
    if (update) writeFileSync(page, after);
    else
      assert.equal(
        before,
        after,
        "run BATCHLIGHT_UPDATE=1 npm run t -- cli/output-snapshots to update docs/command.md",
      );
  });
}
