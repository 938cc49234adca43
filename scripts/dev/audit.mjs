// npm run audit: checks the dependencies. `cargo deny` compares their licences and sources with deny.toml; it and npm
// look for published advisories, and npm verifies the signatures of its packages. Skips and reports a check whose
// database cannot be reached, and those of cargo deny if it is not installed.
import { spawn } from "node:child_process";
import { attempt, heading, isMain, main, root, print, ScriptError } from "../process.mjs";

const install = "cargo install cargo-deny --locked";

/** The published crate must pass all checks. The licences of the build tool do not matter. */
const crates = [
  { path: "Cargo.toml", required: ["licenses", "sources"] },
  { path: "scripts/wasm/bindgen/Cargo.toml", required: ["sources"] },
];

/** Runs a program. Returns its exit code, its standard output, and all its output. */
const runToEnd = (command, args) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32",
    });
    let [out, all] = ["", ""];
    child.stdout.on("data", (chunk) => {
      out += chunk;
      all += chunk;
    });
    child.stderr.on("data", (chunk) => {
      all += chunk;
    });
    child.on("error", (/** @type {NodeJS.ErrnoException} */ error) =>
      reject(new ScriptError(`cannot start \`${command}\` (${error.code})`)),
    );
    child.on("close", (code) => resolve({ code, out, all: all.trim() }));
  });

/** The outcome of `cargo deny check`. Its output says if it could not fetch its database. */
export const denyOutcome = ({ code, all }) =>
  code === 0 ? "passed" : /failed to fetch advisory database/.test(all) ? "unreachable" : "failed";

/** The outcome of `npm audit --json`. A report lists what it found; an error does not. */
export function npmOutcome({ code, out }) {
  if (code === 0) return "passed";
  try {
    const report = JSON.parse(out);
    return "vulnerabilities" in report || "invalid" in report || "missing" in report ? "failed" : "unreachable";
  } catch {
    return "unreachable";
  }
}

/** All checks: the name, the command, and the function that reads its result. */
const checks = [
  ...crates.flatMap(({ path, required }) =>
    [required, ["advisories"]].map((kinds) => ({
      name: `cargo deny, ${kinds.join(" and ")} of ${path}`,
      command: ["cargo", ["deny", "--manifest-path", path, "--config", "deny.toml", "check", ...kinds]],
      outcome: denyOutcome,
    })),
  ),
  { name: "npm audit", command: ["npm", ["audit", "--json"]], outcome: npmOutcome },
  { name: "npm audit signatures", command: ["npm", ["audit", "signatures", "--json"]], outcome: npmOutcome },
];

const outcomeTexts = {
  passed: "passed",
  unreachable: "skipped: its database cannot be reached from here",
  failed: "failed",
};

async function audit() {
  heading("audit of the dependencies");
  const installed = (await attempt("cargo", ["deny", "--version"])) !== undefined;
  const failures = [];
  for (const { name, command, outcome } of checks) {
    if (command[0] === "cargo" && !installed) {
      print(`  ${name}: skipped: cargo deny is not installed (${install})`);
      continue;
    }
    const result = await runToEnd(...command);
    const found = outcome(result);
    print(`  ${name}: ${outcomeTexts[found]}`);
    if (found === "failed") failures.push(`${name}\n${result.all}`);
  }
  if (failures.length > 0) throw new ScriptError(failures.join("\n\n"));
}

if (isMain(import.meta.url)) await main(audit);
