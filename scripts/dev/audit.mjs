// npm run audit: what is known of the dependencies. `cargo deny` holds their licences and sources to deny.toml; it and
// npm look them up among the published advisories, and npm checks the signatures of its packages. A check whose
// database cannot be reached is skipped, and so is cargo deny where it is not installed: both are said.
import { spawn } from "node:child_process";
import { attempt, heading, isMain, main, root, print, ScriptError } from "../process.mjs";

const install = "cargo install cargo-deny --locked";

/** The crate that ships is held to everything; of the one that makes its module no licence matters. */
const crates = [
  { path: "Cargo.toml", held: ["licenses", "sources"] },
  { path: "scripts/wasm/bindgen/Cargo.toml", held: ["sources"] },
];

/** Runs a program to its end; gives its exit code and what it wrote. */
const ran = (command, args) =>
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
      reject(new ScriptError(`\`${command}\` could not be started (${error.code})`)),
    );
    child.on("close", (code) => resolve({ code, out, all: all.trim() }));
  });

/** What came of `cargo deny check`: it says itself that it could not fetch its database. */
export const denyOutcome = ({ code, all }) =>
  code === 0 ? "passed" : /failed to fetch advisory database/.test(all) ? "unreachable" : "failed";

/** What came of `npm audit --json`: a report, whatever it says, has what it found; an error has not. */
export function npmOutcome({ code, out }) {
  if (code === 0) return "passed";
  try {
    const report = JSON.parse(out);
    return "vulnerabilities" in report || "invalid" in report || "missing" in report ? "failed" : "unreachable";
  } catch {
    return "unreachable";
  }
}

/** Every check: its name, the program, and how its result is read. */
const checks = [
  ...crates.flatMap(({ path, held }) =>
    [held, ["advisories"]].map((kinds) => ({
      name: `cargo deny, ${kinds.join(" and ")} of ${path}`,
      command: ["cargo", ["deny", "--manifest-path", path, "--config", "deny.toml", "check", ...kinds]],
      outcome: denyOutcome,
    })),
  ),
  { name: "npm audit", command: ["npm", ["audit", "--json"]], outcome: npmOutcome },
  { name: "npm audit signatures", command: ["npm", ["audit", "signatures", "--json"]], outcome: npmOutcome },
];

const words = { passed: "passed", unreachable: "skipped: its database cannot be reached from here", failed: "failed" };

async function audit() {
  heading("audit of the dependencies");
  const installed = (await attempt("cargo", ["deny", "--version"])) !== undefined;
  const failures = [];
  for (const { name, command, outcome } of checks) {
    if (command[0] === "cargo" && !installed) {
      print(`  ${name}: skipped: cargo deny is not installed (${install})`);
      continue;
    }
    const result = await ran(...command);
    const found = outcome(result);
    print(`  ${name}: ${words[found]}`);
    if (found === "failed") failures.push(`${name}\n${result.all}`);
  }
  if (failures.length > 0) throw new ScriptError(failures.join("\n\n"));
}

if (isMain(import.meta.url)) await main(audit);
