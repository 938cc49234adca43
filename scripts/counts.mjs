// npm run counts: counts the instructions of the cases in benches/hot_paths.rs and compares them with
// benches/counts.json. A change of more than 3 % is an error. This includes a decrease, because it would hide a later
// increase. `npm run counts -- --write REASON` renews the file. Needs Linux on x86-64; installs valgrind by apt-get.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { at, attempt, cache, isMain, main, print, run, ScriptError } from "./process.mjs";

const file = at("benches", "counts.json");
/** The largest accepted change, as a fraction of the recorded count. */
const tolerance = 0.03;

/**
 * Compiles the benchmark in release mode and returns the path of its executable. Like the module for files, it has
 * vector instructions.
 */
async function compile() {
  const messages = await run(
    "cargo",
    [
      ...["bench", "--bench", "hot_paths", "--no-run", "--message-format=json"],
      ...["--target-dir", at("target", "x86-64-v2")],
    ],
    { env: { RUSTFLAGS: "-Ctarget-cpu=x86-64-v2" } },
  );
  const targets = messages
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line));
  const { executable } = targets.find(({ target, executable }) => target?.name === "hot_paths" && executable) ?? {};
  if (!executable) throw new ScriptError("expected cargo to name the executable of hot_paths, found none");
  return executable;
}

/** The instructions that one repeat of a case takes: the difference between three repeats and one, halved. */
async function countOf(executable, name) {
  const [once, thrice] = [await instructions(executable, name, 1), await instructions(executable, name, 3)];
  return Math.round((thrice - once) / 2);
}

async function instructions(executable, name, repeats) {
  const output = join(cache, "callgrind.out");
  const options = ["--tool=callgrind", `--callgrind-out-file=${output}`];
  await run("valgrind", [...options, executable, name, String(repeats)]);
  const [, count] = /^(?:summary|totals): (\d+)/m.exec(readFileSync(output, "utf8")) ?? [];
  if (!count) throw new ScriptError("expected a number of instructions from callgrind, found none");
  return Number(count);
}

async function ensureValgrind() {
  if (process.platform !== "linux" || process.arch !== "x64")
    throw new ScriptError(`expected Linux on x86-64, found ${process.platform} on ${process.arch}`);
  if (await attempt("valgrind", ["--version"])) return;
  await run("apt-get", ["install", "-y", "--no-install-recommends", "valgrind"]);
}

if (isMain(import.meta.url))
  await main(async () => {
    const [option, reason] = process.argv.slice(2);
    if (option !== undefined && (option !== "--write" || !reason))
      throw new ScriptError(`expected no arguments, or --write and a reason, found ${process.argv.slice(2).join(" ")}`);
    await ensureValgrind();
    const executable = await compile();
    const names = (await run(executable, [])).trim().split("\n");
    const counts = {};
    for (const name of names) counts[name] = await countOf(executable, name);
    if (option) return writeFileSync(file, `${JSON.stringify({ reason, counts }, null, 2)}\n`);
    const expected = JSON.parse(readFileSync(file, "utf8")).counts;
    // The condition is negated because the change of a case without a recorded count is NaN.
    const changed = names.filter((name) => !(Math.abs(counts[name] / expected[name] - 1) <= tolerance));
    for (const name of names) {
      const change = ((counts[name] / expected[name] - 1) * 100).toFixed(1);
      print(`${name.padEnd(20)} ${counts[name].toLocaleString("en").padStart(15)}  ${change.padStart(6)} %`);
    }
    if (changed.length)
      throw new ScriptError(
        `expected changes of at most ${tolerance * 100} %, found more for ${changed.join(", ")}; ` +
          "if they are intended: npm run counts -- --write REASON",
      );
  });
