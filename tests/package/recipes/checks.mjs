// What each recipe of examples/recipes must do. A check gets the folder of a copy, in a project whose packages are
// installed, and a browser.
import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { mediaTypeOf, serveLocally } from "../../../scripts/local-server.mjs";
import { run } from "../../../scripts/process.mjs";
import { env, programOf, runNode, runTool, withServer } from "../../everywhere/support.mjs";

/** The recipes that need only packages that this project installs anyway. */
export const light = ["hono-proxy", "react-hook", "svelte", "testing", "vue"];

/**
 * The check of each recipe, by its name.
 *
 * @type {Record<string, (folder: string, browser: import("playwright-core").Browser) => Promise<void>>}
 */
export const checks = {
  "express-proxy": checkExpress,
  "hono-proxy": checkHono,
  next: checkNext,
  "react-hook": checkPage,
  storybook: checkStorybook,
  svelte: checkPage,
  "tanstack-query": checkPage,
  testing: checkTests,
  vue: checkPage,
};

/** An entry of the package as the recipe resolves it. */
const entryOf = (folder, entry) => createRequire(join(folder, "x.js"))(entry);

/** Builds a page with Vite, opens it, and waits until the batch that it watches has ended. */
async function checkPage(folder, browser) {
  await runTool(folder, "vite", "build", "--logLevel", "warn");
  const { scenarios, simulateBatch } = entryOf(folder, "batchlight/mock");
  const answerOf = ({ plan, now }) => JSON.stringify({ ...simulateBatch(plan, now), id: "batch_1" });
  const answers = [answerOf(scenarios.in_progress), answerOf(scenarios.succeeded)];
  const page = await browser.newPage();
  const problems = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  await page.route("**", (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === "/api/batches/batch_1")
      return route.fulfill({
        contentType: "application/json",
        body: answers.length > 1 ? answers.shift() : answers[0],
      });
    const path = join(folder, "dist", pathname === "/" ? "index.html" : pathname);
    if (statSync(path, { throwIfNoEntry: false })?.isFile())
      return route.fulfill({ contentType: mediaTypeOf(path), body: readFileSync(path) });
    return route.fulfill({ status: pathname === "/favicon.ico" ? 204 : 404 });
  });
  await page.clock.install();
  await page.goto("http://recipe.test/");
  const card = page.locator("batch-card");
  await card.getByText("Running").first().waitFor();
  // The clock of the page moves as far as the next poll, however long that is.
  const outcome = () => page.evaluate(() => document.querySelector("batch-card").view.outcome);
  for (let minute = 0; minute < 120 && (await outcome()) === undefined; minute++) await page.clock.runFor(60_000);
  assert.equal(await outcome(), "succeeded");
  assert.deepEqual(problems, []);
  await page.close();
}

const key = "sk-the-key-of-the-server";

/** The ids of the batches of {@link upstream}, in the forms that providers use. */
const ids = ["batch_1", "batch_6caaf24d-54a5-46be", "2b96e3e4-cd7b-43fd"];

/** A server of the Batch API, which records the keys that it is called with. */
async function upstream() {
  const keys = [];
  const { origin, close } = await serveLocally((request, response) => {
    keys.push(request.headers.authorization);
    const id = request.url.split("/").at(-1);
    const found = ids.includes(id);
    response.writeHead(found ? 200 : 404, { "content-type": "application/json" });
    response.end(JSON.stringify(found ? { id, status: "validating" } : { error: { message: `no ${key}` } }));
  });
  return { keys, variables: { OPENAI_API_KEY: key, OPENAI_BASE_URL: `${origin}/v1` }, close };
}

/** Checks a route that passes batches on: the API gets the key, and the page does not. */
async function checkProxy(request, keys) {
  for (const id of ids) {
    const found = await request(`/api/batches/${id}`);
    assert.equal(found.status, 200, id);
    assert.deepEqual(await found.json(), { id, status: "validating" });
  }
  assert.deepEqual([...new Set(keys)], [`Bearer ${key}`]);
  for (const [path, status] of /** @type {const} */ ([
    ["/api/batches/batch_2", 404],
    ["/api/batches/..%2Ffiles", 400],
    ["/api/batches/batch_1%3Flimit=1", 400],
  ])) {
    const refused = await request(path);
    assert.equal(refused.status, status);
    assert.ok(!(await refused.text()).includes(key));
  }
  assert.equal(keys.length, ids.length + 1, "an invalid id is not passed on");
}

async function checkHono(folder) {
  const { keys, variables, close } = await upstream();
  try {
    Object.assign(process.env, variables);
    const { default: app } = await import(pathToFileURL(join(folder, "app.js")).href);
    await checkProxy((path) => app.request(path), keys);
  } finally {
    for (const name of Object.keys(variables)) delete process.env[name];
    close();
  }
}

async function checkExpress(folder) {
  const { keys, variables, close } = await upstream();
  const test = (address) => checkProxy((path) => fetch(`${address}${path}`), keys);
  await withServer(folder, ["server.js"], test, variables).finally(close);
}

/** The batch is in the HTML of the server, and the browser watches it until it ends. */
async function checkNext(folder, browser) {
  const { createMockApi } = entryOf(folder, "batchlight/mock");
  const api = createMockApi({ advance: "poll" });
  const { origin, close } = await serveLocally(async (request, response) => {
    const answer = await api.fetch(`http://localhost${request.url}`, { headers: { authorization: `Bearer ${key}` } });
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  const variables = { OPENAI_API_KEY: key, OPENAI_BASE_URL: `${origin}/v1` };
  const program = programOf(folder, "next");
  const test = async (address) => {
    const { id } = await createBatch(api);
    const html = await (await fetch(`${address}/batches/${id}`)).text();
    assert.match(html, /shadowrootmode="open"/);
    assert.match(html, new RegExp(id));
    assert.ok(!html.includes(key));
    assert.equal((await fetch(`${address}/api/batches/..%2Ffiles`)).status, 400);
    const page = await browser.newPage();
    await page.clock.install();
    await page.goto(`${address}/batches/${id}`);
    await page.waitForFunction(() => document.querySelector("batch-card")?.view);
    const outcome = () => page.evaluate(() => document.querySelector("batch-card").view.outcome);
    for (let minute = 0; minute < 120 && (await outcome()) === undefined; minute++) await page.clock.runFor(60_000);
    assert.equal(await outcome(), "succeeded");
  };
  try {
    await run(process.execPath, [program, "build"], { cwd: folder, env: { ...env, ...variables } });
    await withServer(folder, [program, "start", "--hostname", "127.0.0.1"], test, variables);
  } finally {
    close();
  }
}

/** Uploads a file with one request and creates a batch of it. */
async function createBatch(api) {
  const headers = { authorization: `Bearer ${key}` };
  const url = "/v1/chat/completions";
  const body = { model: "gpt-5.4-mini", messages: [{ role: "user", content: "Name a prime." }] };
  const form = new FormData();
  form.set("purpose", "batch");
  form.set("file", new File([JSON.stringify({ custom_id: "a", method: "POST", url, body })], "input.jsonl"));
  const file = await api.fetch("http://localhost/v1/files", { method: "POST", headers, body: form });
  const created = await api.fetch("http://localhost/v1/batches", {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify({ input_file_id: (await file.json()).id, endpoint: url, completion_window: "24h" }),
  });
  return created.json();
}

async function checkTests(folder) {
  const printed = await runNode(folder, "--test", "--test-reporter=tap", "translate.test.js");
  assert.match(printed, /^# pass 2$/m);
}

/** Builds the stories, and opens one of them. */
async function checkStorybook(folder, browser) {
  await runTool(folder, "storybook", "build", "--quiet", "--output-dir", "dist");
  const { entries } = JSON.parse(readFileSync(join(folder, "dist", "index.json"), "utf8"));
  assert.equal(Object.keys(entries).length, 6);
  const page = await browser.newPage();
  await page.route("**", (route) => {
    const path = join(folder, "dist", new URL(route.request().url()).pathname);
    if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return route.fulfill({ status: 404 });
    return route.fulfill({ contentType: mediaTypeOf(path), body: readFileSync(path) });
  });
  await page.goto("http://stories.test/iframe.html?id=batch-card--all-failed&viewMode=story");
  await page.locator("batch-card").getByText("Completed, all failed").first().waitFor();
  await page.close();
}
