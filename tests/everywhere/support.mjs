// Shared by the checks of this folder and by the suites of the recipes and examples: tools of installed packages,
// servers that a tool starts, pages in Chromium, and sizes of built files.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { brotliCompressSync } from "node:zlib";
import { launchChromium } from "../../scripts/chromium.mjs";
import { freePort } from "../../scripts/local-server.mjs";
import { run } from "../../scripts/process.mjs";

/**
 * The environment of tools: without the options of this project's own Node, and without telemetry. Node's test runner
 * sets `NODE_TEST_CONTEXT`, with which `node --test` would skip all tests.
 */
export const env = {
  NODE_OPTIONS: "",
  NODE_TEST_CONTEXT: undefined,
  NEXT_TELEMETRY_DISABLED: "1",
  ASTRO_TELEMETRY_DISABLED: "1",
  NUXT_TELEMETRY_DISABLED: "1",
  NG_CLI_ANALYTICS: "false",
  STORYBOOK_DISABLE_TELEMETRY: "1",
  CI: "1",
};

/** The Node of a project: some tools need a newer one than this project, and install it as `node24`. */
function nodeOf(folder) {
  const own = join(folder, "node_modules", "node24", "bin", "node");
  return existsSync(own) ? own : process.execPath;
}

/** The path of the program of an installed package, such as `vite`, found from a folder. */
export function programOf(folder, name) {
  for (let at = folder; ; at = dirname(at)) {
    const home = join(at, "node_modules", name);
    if (existsSync(home)) {
      const { bin } = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));
      return join(home, typeof bin === "string" ? bin : (bin[name] ?? Object.values(bin)[0]));
    }
    assert.notEqual(at, dirname(at), `${name} is not installed`);
  }
}

/** Runs a script in the Node of a project. */
export const runNode = (folder, ...args) => run(nodeOf(folder), args, { cwd: folder, env });

/** Runs the program of an installed package in a project. */
export const runTool = (folder, name, ...args) => runNode(folder, programOf(folder, name), ...args);

/**
 * Starts a server and waits until it prints its address.
 *
 * @param {string} folder the project
 * @param {string[]} args arguments of Node
 * @param {Record<string, string>} more additional environment variables
 */
export async function startServer(folder, args, more = {}) {
  const server = spawn(nodeOf(folder), args, {
    cwd: folder,
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, ...env, ...more },
  });
  for await (const line of createInterface(server.stdout)) {
    const [, port] = /https?:\/\/[^:/\s]+:(\d+)/.exec(stripColors(line)) ?? [];
    if (!port) continue;
    server.stdout.resume();
    const stop = async () => {
      server.kill();
      if (server.exitCode === null && server.signalCode === null) await once(server, "exit");
    };
    return { address: `http://127.0.0.1:${port}`, stop };
  }
  throw new Error(`the server ended without an address: ${args.join(" ")}`);
}

const stripColors = (text) => text.replaceAll(/\x1b\[[\d;]*m/g, "");

/** Starts Chromium, and ends it after the work. */
export async function withBrowser(work) {
  const browser = await launchChromium();
  try {
    await work(browser);
  } finally {
    await browser.close();
  }
}

/** Opens a page, and collects what it writes to the console. */
export async function openPage(browser, address) {
  const page = await browser.newPage();
  const messages = [];
  page.on("pageerror", (error) => messages.push(error.message));
  page.on("console", (message) => messages.push(message.text()));
  await page.route("**/favicon.ico", (route) => route.fulfill({ status: 204 }));
  await page.goto(address);
  return { page, messages };
}

/**
 * Opens a page of a server in Chromium, without and with scripts. The page shows a completed batch as `<batch-card>`,
 * and writes the result of the workload into `globalThis.workload`. No message may appear in the console.
 *
 * @param {string} address
 * @param {{ expected: string, isRenderedByServer?: boolean }} options `expected`: the result of the workload
 */
export const checkPage = (address, { expected, isRenderedByServer = false }) =>
  withBrowser(async (browser) => {
    if (isRenderedByServer) {
      const context = await browser.newContext({ javaScriptEnabled: false });
      const page = await context.newPage();
      await page.goto(address);
      await page.locator("batch-card").getByText("All 200 requests succeeded.").waitFor();
      await context.close();
    }
    const { page, messages } = await openPage(browser, address);
    await page
      .waitForFunction(() => document.querySelector("batch-card")?.view?.outcome === "succeeded")
      .catch((error) => assert.fail(`${error.message}\n${messages.join("\n")}`));
    await page.waitForFunction(() => "workload" in globalThis);
    assert.equal(await page.evaluate(() => globalThis.workload), expected);
    assert.deepEqual(messages, [], "no message in the console");
  });

/**
 * Builds an application, starts its server, and opens its page, without and with scripts.
 *
 * @param {string} folder the project
 * @param {object} how
 * @param {string} how.expected the result of the workload
 * @param {string[]} how.build the package whose program builds the application, and its arguments
 * @param {string[]} how.serve the arguments of Node that start the server
 */
export async function checkApplication(folder, { expected, build, serve }) {
  const [tool, ...args] = build;
  await runTool(folder, tool, ...args);
  await withServer(folder, serve, (address) => checkPage(`${address}/`, { expected, isRenderedByServer: true }));
}

/** Starts a server of a built application, and stops it after the work. `more`: additional environment variables. */
export async function withServer(folder, args, work, more = {}) {
  const own = { PORT: String(await freePort()), HOST: "127.0.0.1", NODE_ENV: "production" };
  const server = await startServer(folder, args, { ...own, ...more });
  try {
    await work(server.address);
  } finally {
    await server.stop();
  }
}

/** The size in bytes of all scripts below a folder, after brotli. */
export function scriptBytes(folder) {
  const entries = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const scripts = entries.filter((name) => /\.[mc]?js$|\.wasm$/.test(name));
  return scripts.reduce((sum, name) => sum + brotliCompressSync(readFileSync(join(folder, name))).length, 0);
}

/** The version of a package that a project has installed. */
export const versionOf = (folder, name) =>
  JSON.parse(readFileSync(join(folder, "node_modules", name, "package.json"), "utf8")).version.replace(/^v/, "");
