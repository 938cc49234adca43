// The licences of all crates in the modules are in the package.
import assert from "node:assert/strict";
import { test } from "node:test";
import { cratesIn, cratesInModules } from "../../scripts/dev/licences.mjs";
import { denyOutcome, npmOutcome } from "../../scripts/dev/audit.mjs";
import { installedText } from "./support.mjs";

const text = installedText("THIRD-PARTY-LICENSES");

test("every crate in the modules is listed with its licence, and no other", async () => {
  const crates = await cratesInModules();
  assert.ok(crates.some((crate) => crate.startsWith("talc ")) && crates.length > 10);
  // A crate with several licences is listed once for each.
  assert.deepEqual([...new Set(cratesIn(text))], crates, "npm run licences writes it anew");
});

test("each licence has its text and, where required, the copyright holder", () => {
  const [, ...sections] = text.split(/^-{80}$/m);
  for (const section of sections) {
    assert.ok(cratesIn(section).length > 0);
    assert.match(section, /Permission is hereby granted, free of charge/, section.slice(0, 100));
    assert.doesNotMatch(section, /<year>|<copyright holders>/);
  }
  assert.match(text, /Rust standard library/);
});

test("an audit fails if it finds something, and is skipped only if its database cannot be reached", () => {
  assert.equal(denyOutcome({ code: 0, all: "" }), "passed");
  assert.equal(denyOutcome({ code: 1, all: "[ERROR] failed to fetch advisory database https://x: no" }), "unreachable");
  assert.equal(denyOutcome({ code: 1, all: "error[vulnerability]: Use after free" }), "failed");
  assert.equal(npmOutcome({ code: 0, out: "{}" }), "passed");
  assert.equal(npmOutcome({ code: 1, out: JSON.stringify({ auditReportVersion: 2, vulnerabilities: {} }) }), "failed");
  assert.equal(npmOutcome({ code: 1, out: JSON.stringify({ invalid: [{}], missing: [] }) }), "failed");
  assert.equal(npmOutcome({ code: 1, out: JSON.stringify({ message: "request failed" }) }), "unreachable");
  assert.equal(npmOutcome({ code: 1, out: "npm error network" }), "unreachable");
});
