// Finds a Firefox for the tests, or installs one where that takes seconds.
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { canUseApt } from "./chromium.mjs";
import { attempt, print, ScriptError } from "./process.mjs";

const names = ["firefox", "firefox-esr"];
const places = [
  "/Applications/Firefox.app/Contents/MacOS/firefox",
  join(process.env.ProgramFiles ?? "", "Mozilla Firefox", "firefox.exe"),
];

/**
 * Returns the path of a Firefox: FIREFOX_PATH, an installed one, or Debian's, which it installs. Returns `undefined` if
 * there is none. The caller then skips the tests with a message, because Firefox cannot be installed everywhere.
 *
 * @returns {Promise<string | undefined>}
 */
export async function findFirefox() {
  const configured = process.env.FIREFOX_PATH;
  if (configured && !existsSync(configured))
    throw new ScriptError(`expected the path of a browser in FIREFOX_PATH, found ${configured}, which does not exist`);
  return configured ?? (await installed()) ?? (await install());
}

async function installed() {
  const onPath = process.env.PATH.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  for (const path of [...onPath, ...places]) if (existsSync(path) && (await attempt(path, ["--version"]))) return path;
}

async function install() {
  if (!canUseApt()) return undefined;
  print("  no Firefox found; installing it with apt-get");
  await attempt("apt-get", ["update", "-qq"]);
  await attempt("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "firefox-esr"], {
    env: { DEBIAN_FRONTEND: "noninteractive" },
  });
  return installed();
}
