// Finds a Chromium to test in, or installs one.
import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { at, attempt, print, ScriptError } from "./process.mjs";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const places = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  join(process.env.ProgramFiles ?? "", "Google", "Chrome", "Application", "chrome.exe"),
];

/** The switches every test starts Chromium with: no display, no sandbox (containers), and no traffic of its own. */
export const switches = [
  ...["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"],
  ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
];

/**
 * The path of a Chromium or Chrome: CHROMIUM_PATH, an installed one, or one installed now.
 *
 * @returns {Promise<string>}
 */
export async function findChromium() {
  const told = process.env.CHROMIUM_PATH;
  if (told && !existsSync(told)) throw new ScriptError(`CHROMIUM_PATH is ${told}, and there is no such file`);
  return told ?? (await installed()) ?? (await install());
}

async function installed() {
  const onPath = process.env.PATH.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  const { chromium } = await import("playwright-core");
  for (const path of [...onPath, ...places, chromium.executablePath()]) {
    // Ubuntu's /usr/bin/chromium-browser may be a script that only says to install a snap.
    if (existsSync(path) && (process.platform !== "linux" || (await attempt(path, ["--version"])))) return path;
  }
}

async function install() {
  if (canUseApt()) {
    print("  no Chromium here; installing it by apt-get");
    await attempt("apt-get", ["update", "-qq"]);
    await attempt("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], {
      env: { DEBIAN_FRONTEND: "noninteractive" },
    });
    const found = await installed();
    if (found) return found;
  }
  print("  no Chromium here; installing Playwright's");
  const deps = process.getuid?.() === 0 ? ["--with-deps"] : [];
  const cli = at("node_modules", "playwright-core", "cli.js");
  const done = await attempt("node", [cli, "install", ...deps, "chromium"]);
  const found = done !== undefined && (await installed());
  if (found) return found;
  throw new ScriptError(
    "no Chromium was found and none could be installed: install Chromium or Chrome, or name one in CHROMIUM_PATH",
  );
}

/**
 * Whether a browser can be installed by apt-get. Debian's packages are browsers; Ubuntu's of the same names only point
 * to snaps.
 */
export const canUseApt = () =>
  process.getuid?.() === 0 &&
  existsSync("/usr/bin/apt-get") &&
  /^ID=debian$/m.test(readFileSync("/etc/os-release", "utf8"));
