// Installs the official Python client once, in a virtual environment below .cache.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { at, cache } from "../../../scripts/process.mjs";
import { step } from "../../../scripts/incremental.mjs";

const call = promisify(execFile);
const home = join(cache, "python");
const own = process.platform === "win32" ? join(home, "Scripts", "python.exe") : join(home, "bin", "python");
const wanted = "tests/cli/clients/requirements.txt";

/** Returns the Python interpreter, or the reason why it is not available. */
export async function findPython() {
  const system = process.platform === "win32" ? "python" : "python3";
  const version = await call(system, ["--version"]).catch(() => undefined);
  if (!version) return { reason: `${system} is not installed` };
  try {
    await step(
      { name: "the official Python client", inputs: [wanted], also: [version.stdout], outputs: [".cache/python"] },
      async () => {
        await call(system, ["-m", "venv", "--clear", home]);
        const options = ["--quiet", "--disable-pip-version-check", "--retries", "1", "--timeout", "10"];
        await call(own, ["-m", "pip", "install", ...options, "-r", at(wanted)], { timeout: 240_000 });
      },
    );
    return { python: own };
  } catch (error) {
    return {
      reason: `the official Python client cannot be installed: ${String(error.stderr || error.message)
        .trim()
        .split("\n")
        .at(-1)}`,
    };
  }
}
