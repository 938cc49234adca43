// The recipes of docs/mock.md: pytest, GitHub Actions, msw and Playwright, as they are written there.
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { launchChromium } from "../../scripts/chromium.mjs";
import { freePort } from "../../scripts/local-server.mjs";
import { at, cache } from "../../scripts/process.mjs";
import { installedFile } from "../package/support.mjs";
import { findPython } from "./clients/python.mjs";
import { plainEnv, program } from "./program.mjs";

const call = promisify(execFile);
const windows = process.platform === "win32" && "the recipe is for a POSIX shell";
const text = readFileSync(at("docs", "mock.md"), "utf8");

/** The code block after a bold heading. */
function recipe(name) {
  const found = new RegExp(`\\*\\*${name}\\.\\*\\*[^\\n]*\\n\\n\`\`\`[^\\n]*\\n([\\s\\S]*?)\`\`\``).exec(text);
  assert.ok(found, `docs/mock.md has a recipe for ${name}`);
  return found[1];
}

/** An empty folder in which the packages of this project are found. */
function folderInProject() {
  mkdirSync(join(cache, "recipes"), { recursive: true });
  const path = mkdtempSync(join(cache, "recipes", "it-"));
  after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A project in which `npx batchlight` is the installed package. */
function project() {
  const path = folderInProject();
  mkdirSync(join(path, "node_modules", ".bin"), { recursive: true });
  symlinkSync(installedFile(), join(path, "node_modules", "batchlight"));
  // As npm makes it: executable, which the package's own folder is not before it is installed.
  const command = `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`;
  writeFileSync(join(path, "node_modules", ".bin", "batchlight"), command, { mode: 0o755 });
  writeFileSync(join(path, "package.json"), '{ "private": true, "scripts": { "test": "node test.mjs" } }');
  return path;
}

test("pytest: the fixture starts a mock that the official client uses", { skip: windows }, async (context) => {
  const { python, reason } = await findPython();
  if (!python) return context.skip(reason);
  const path = project();
  writeFileSync(join(path, "conftest.py"), recipe("pytest"));
  const used = `import openai

def test_it(batch_api):
    assert openai.OpenAI().batches.list().data == []
    print(batch_api)
`;
  writeFileSync(join(path, "test_it.py"), used);
  const { stdout } = await call(python, ["-m", "pytest", "-qs", "-p", "no:cacheprovider"], {
    cwd: path,
    env: plainEnv(),
    timeout: 120_000,
  });
  assert.match(stdout, /1 passed/);
  // Nothing is left running.
  const [url] = /http:\S+\/v1/.exec(stdout);
  while (await fetch(url).then(Boolean, () => false)) await wait(50);
});

test("GitHub Actions: the commands start a mock, wait for it, and test with it", { skip: windows }, async () => {
  const steps = recipe("GitHub Actions").replaceAll("4010", String(await freePort()));
  const commands = [...steps.matchAll(/^- run: (.*)$/gm)].map(([, command]) => command);
  const variables = [...steps.matchAll(/^ {4}(\w+): (.*)$/gm)].map(([, name, value]) => `export ${name}=${value}`);
  assert.deepEqual([commands.length, variables.length], [3, 2]);
  const path = project();
  writeFileSync(
    join(path, "test.mjs"),
    `const headers = { authorization: "Bearer " + process.env.OPENAI_API_KEY };
     const response = await fetch(process.env.OPENAI_BASE_URL + "/batches", { headers });
     console.log("batches:", response.status);`,
  );
  const script = ["set -e", commands[0], commands[1], ...variables, commands[2]].join("\n");
  // A group of its own: its end also ends what the first step has left running, as the end of a job does.
  const shell = spawn("bash", ["-c", script], { cwd: path, env: plainEnv(), detached: true });
  try {
    let printed = "";
    const [code] = await new Promise((resolve) => {
      shell.stdout.on("data", (chunk) => (printed += chunk));
      shell.on("exit", (...how) => resolve(how));
    });
    assert.equal(code, 0, printed);
    assert.match(printed, /batches: 200/);
  } finally {
    process.kill(-shell.pid, "SIGKILL");
  }
});

test("msw: an unchanged client", async () => {
  const path = join(folderInProject(), "msw.mjs");
  writeFileSync(path, `${recipe("msw")}\nexport { server };\n`);
  const { server } = await import(pathToFileURL(path).href);
  try {
    const response = await fetch("https://api.openai.com/v1/batches", { headers: { authorization: "Bearer any" } });
    assert.deepEqual((await response.json()).data, []);
  } finally {
    server.close();
  }
});

test("Playwright: the requests of a page", async () => {
  const path = join(folderInProject(), "playwright.mjs");
  writeFileSync(path, recipe("Playwright"));
  const { mockBatches } = await import(pathToFileURL(path).href);
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await mockBatches(page);
    const models = await page.evaluate(async () => {
      const response = await fetch("https://api.openai.com/v1/models", { headers: { "api-key": "any" } });
      return (await response.json()).data.length;
    });
    assert.ok(models > 100);
  } finally {
    await browser.close();
  }
});
