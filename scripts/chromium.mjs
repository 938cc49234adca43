// Finds a Chromium for the tests, or installs one.
import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { at, attempt, print, ScriptError } from "./process.mjs";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const places = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  join(process.env.ProgramFiles ?? "", "Google", "Chrome", "Application", "chrome.exe"),
];

/** The switches of Chromium in all tests: no display, no sandbox (for containers), no requests of its own. */
export const switches = [
  ...["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"],
  ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
];

/**
 * Returns the path of a Chromium or Chrome: CHROMIUM_PATH, an installed one, or one that it installs.
 *
 * @returns {Promise<string>}
 */
export async function findChromium() {
  const configured = process.env.CHROMIUM_PATH;
  if (configured && !existsSync(configured))
    throw new ScriptError(`expected the path of a browser in CHROMIUM_PATH, found ${configured}, which does not exist`);
  return configured ?? (await installed()) ?? (await install());
}

/**
 * Starts the Chromium that {@link findChromium} returns; `more` are additional switches.
 *
 * @param {string[]} [more]
 * @returns {Promise<import("playwright-core").Browser>}
 */
export async function launchChromium(more = []) {
  const { chromium } = await import("playwright-core");
  return chromium.launch({ executablePath: await findChromium(), args: [...switches, ...more] });
}

async function installed() {
  const onPath = process.env.PATH.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  const { chromium } = await import("playwright-core");
  for (const path of [...onPath, ...places, chromium.executablePath()]) {
    // On Ubuntu, /usr/bin/chromium-browser can be a script that only asks to install a snap.
    if (existsSync(path) && (process.platform !== "linux" || (await attempt(path, ["--version"])))) return path;
  }
}

async function install() {
  if (canUseApt()) {
    print("  no Chromium found; installing it with apt-get");
    await attempt("apt-get", ["update", "-qq"]);
    await attempt("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], {
      env: { DEBIAN_FRONTEND: "noninteractive" },
    });
    const found = await installed();
    if (found) return found;
  }
  print("  no Chromium found; installing the one of Playwright");
  const deps = process.getuid?.() === 0 ? ["--with-deps"] : [];
  const cli = at("node_modules", "playwright-core", "cli.js");
  const done = await attempt("node", [cli, "install", ...deps, "chromium"]);
  const found = done !== undefined && (await installed());
  if (found) return found;
  throw new ScriptError(
    "cannot find or install Chromium: install Chromium or Chrome, or set CHROMIUM_PATH to its path",
  );
}

/**
 * Whether apt-get can install a browser. On Debian it can; the packages of Ubuntu with the same names only refer to
 * snaps.
 */
export const canUseApt = () =>
  process.getuid?.() === 0 &&
  existsSync("/usr/bin/apt-get") &&
  /^ID=debian$/m.test(readFileSync("/etc/os-release", "utf8"));
