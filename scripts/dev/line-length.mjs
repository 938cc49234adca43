// Reports lines that are longer than the formatters allow: rustfmt and Biome leave long strings, templates and comments
// as they are. Prints `file:line: length` for each and exits with 1 if there are any.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { at, root } from "../process.mjs";

const maxRust = 110;
const maxOther = 120;
const checked = /\.(?:rs|ts|tsx|mts|cts|mjs|cjs|js|css|html|vue|svelte)$/;

/** Recorded and generated data, compared byte by byte: a line break would change what is tested. */
const data = [
  "tests/fixtures/", // recorded batches and lines
  "tests/cli/snapshots/", // what the command prints
  "tests/cli/fixtures/", // input files of the command's tests
  "tests/types/files.reference.d.ts", // the published declarations
  "tests/types/index.reference.d.ts",
  "tests/types/mock.reference.d.ts",
];
/** The Rust sources in those folders are code. */
const isData = (path) => !path.endsWith(".rs") && data.some((prefix) => path.startsWith(prefix));

/** Tracked and new files of the project, without what git ignores. */
function sources() {
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: root });
  return listed
    .toString()
    .split("\0")
    .filter((path) => checked.test(path) && !isData(path) && existsSync(at(path)));
}

/** The number of code points, as rustfmt and Biome count columns in all but wide characters. */
const columns = (line) => [...line].length;

let found = 0;
for (const path of sources()) {
  const max = path.endsWith(".rs") ? maxRust : maxOther;
  for (const [index, line] of readFileSync(at(path), "utf8").split(/\r?\n/).entries()) {
    const length = columns(line);
    if (length <= max) continue;
    found += 1;
    console.log(`${path}:${index + 1}: ${length} columns, expected at most ${max}`);
  }
}
if (found > 0) process.exitCode = 1;
