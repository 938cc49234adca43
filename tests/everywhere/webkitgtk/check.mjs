// WebKitGTK, the engine of Safari on Linux, through its WebDriver: `apt-get install webkit2gtk-driver xvfb`. The page
// has no bundler but an import map.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { freePort, serveFolder } from "../../../scripts/local-server.mjs";
import { attempt } from "../../../scripts/process.mjs";

const tool = "WebKitGTK";
const entry = "batchlight, batchlight/elements/define";

/** Opens the page and compares the result of the workload. */
export async function check(folder, { expected }) {
  const binary = browser();
  const isInstalled = binary && (await attempt("sh", ["-c", "command -v WebKitWebDriver && command -v xvfb-run"]));
  if (!isInstalled) return [{ tool, entry, result: "not run", reason: "webkit2gtk-driver or xvfb is not installed" }];
  const port = await freePort();
  // A group of its own, so that the driver, its browser and the display end together.
  const driver = spawn("xvfb-run", ["-a", "WebKitWebDriver", `--port=${port}`], {
    detached: true,
    stdio: "ignore",
    env: { ...process.env, LIBGL_ALWAYS_SOFTWARE: "1" },
  });
  const page = await serveFolder(folder);
  try {
    const version = await open({ driver: `http://127.0.0.1:${port}`, binary, address: page.origin, expected });
    return [{ tool, version, where: "import map", entry }];
  } finally {
    page.close();
    process.kill(-driver.pid);
    await once(driver, "exit");
  }
}

/** The browser that belongs to the driver. */
function browser() {
  const libraries = ["/usr/lib", "/usr/libexec"].flatMap((top) => foldersOf(top).map((name) => join(top, name)));
  return libraries
    .flatMap((library) => foldersOf(library).map((name) => join(library, name)))
    .filter((path) => /\/webkit2?gtk-[\d.]+$/.test(path))
    .map((path) => join(path, "MiniBrowser"))[0];
}

function foldersOf(path) {
  try {
    return readdirSync(path, { withFileTypes: true })
      .filter((each) => each.isDirectory())
      .map(({ name }) => name);
  } catch {
    return [];
  }
}

/** Opens the page and returns the version of the browser. */
async function open({ driver, binary, address, expected }) {
  const send = async (path, body) => {
    const response = await fetch(`${driver}/session${path}`, { method: "POST", body: JSON.stringify(body) });
    const { value } = await response.json();
    assert.ok(response.ok, `${path}: ${JSON.stringify(value)}`);
    return value;
  };
  await started(driver);
  const options = { binary, args: ["--automation"] };
  const { sessionId, capabilities } = await send("", {
    capabilities: { alwaysMatch: { "webkitgtk:browserOptions": options } },
  });
  await send(`/${sessionId}/url`, { url: `${address}/` });
  const script = `
    const done = arguments[arguments.length - 1];
    const look = () => {
      const outcome = document.querySelector("batch-card")?.view?.outcome;
      const { messages, workload } = globalThis;
      if (messages.length || (outcome && workload)) done({ messages, outcome, workload });
      else setTimeout(look, 50);
    };
    look();`;
  const { messages, outcome, workload } = await send(`/${sessionId}/execute/async`, { script, args: [] });
  assert.deepEqual(messages, [], "no error in the page");
  assert.equal(outcome, "succeeded");
  assert.equal(workload, expected);
  await fetch(`${driver}/session/${sessionId}`, { method: "DELETE" });
  return capabilities.browserVersion;
}

/** Waits until the driver answers. */
async function started(driver) {
  for (let tries = 0; tries < 100; tries++) {
    const answer = await fetch(`${driver}/status`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("expected WebKitWebDriver to answer within 10 seconds");
}
