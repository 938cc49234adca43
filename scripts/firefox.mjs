// Finds a Firefox to test in, or installs one where that is a matter of seconds.
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
 * The path of a Firefox: FIREFOX_PATH, an installed one, or Debian's, installed now. `undefined` where there is none to
 * be had: that is for the reader to know, and no failure, as Firefox cannot be installed everywhere.
 *
 * @returns {Promise<string | undefined>}
 */
export async function findFirefox() {
  const told = process.env.FIREFOX_PATH;
  if (told && !existsSync(told)) throw new ScriptError(`FIREFOX_PATH is ${told}, and there is no such file`);
  return told ?? (await installed()) ?? (await install());
}

async function installed() {
  const onPath = process.env.PATH.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  for (const path of [...onPath, ...places]) if (existsSync(path) && (await attempt(path, ["--version"]))) return path;
}

async function install() {
  if (!canUseApt()) return undefined;
  print("  no Firefox here; installing it by apt-get");
  await attempt("apt-get", ["update", "-qq"]);
  await attempt("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "firefox-esr"], {
    env: { DEBIAN_FRONTEND: "noninteractive" },
  });
  return installed();
}
