// Installs pysimdjson for the benchmark of files into an environment of its own in the cache folder.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { at, attempt, print, run } from "../../scripts/process.mjs";
import { folder } from "../peers.mjs";

/** The version of pysimdjson that is measured. */
export const pysimdjson = "pysimdjson 7.0.2";

/**
 * The command line that makes turns with pysimdjson, without its last arguments; `undefined` if there is no Python or
 * no package for it.
 *
 * @returns {Promise<string[] | undefined>}
 */
export async function pysimdjsonTurns() {
  const environment = join(folder, "python");
  const python = join(environment, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
  const program = [python, at("benches", "files", "pysimdjson_turns.py")];
  const isInstalled = () => attempt(python, ["-c", "import simdjson"]);
  if (existsSync(python) && (await isInstalled()) !== undefined) return program;
  print("  installing pysimdjson");
  try {
    await run("python3", ["-m", "venv", environment]);
    await run(python, ["-m", "pip", "install", "--quiet", "--no-input", pysimdjson.replace(" ", "==")]);
    return program;
  } catch (error) {
    print(`  pysimdjson is not measured: ${error.message}`);
    return undefined;
  }
}
