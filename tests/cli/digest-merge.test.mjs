// `batchlight digest --merge`: the sum of the reports on parts equals the report on the whole, in any order.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { digestResults } from "batchlight";
import fc from "fast-check";
import { serveRuns } from "./run-server.mjs";
import { batchlight, file, ownModule, place, request } from "./support.mjs";

const { mergeReports } = await ownModule("../files/merge-reports.ts");

const usage = fc.record(
  {
    prompt_tokens: fc.nat(100),
    completion_tokens: fc.nat(100),
    prompt_tokens_details: fc.record({ cached_tokens: fc.nat(9), audio_tokens: fc.nat(2) }, { requiredKeys: [] }),
  },
  { requiredKeys: ["prompt_tokens"] },
);
const succeeded = fc.record({ model: fc.constantFrom("m-1", "m-2"), usage }, { requiredKeys: [] });
const cutOff = fc.integer({ min: 1, max: 2 }).map((n) => ({
  choices: Array.from({ length: 2 }, (_, at) => ({ finish_reason: at < n ? "length" : "stop" })),
}));
const message = fc.oneof(
  fc.constantFrom("Too late.", "Limit …", "'a' of \"b\""),
  fc.nat(3).map((number) => `Limit ${number}`),
  fc.nat(3).map((number) => `5'x ${number}' ${"long ".repeat(120)}`),
);
const error = fc.record({ code: fc.constantFrom("slow", "quota", null), message });
const id = fc.option(fc.nat(50).map(String), { nil: undefined });
const line = fc.oneof(
  fc.record({ custom_id: id, body: fc.oneof(succeeded, cutOff), status: fc.constantFrom(200, 201) }),
  fc.record({ custom_id: id, body: fc.record({ error }), status: fc.constantFrom(400, 429, 500) }),
  fc.record({ custom_id: id, error }),
  fc.constantFrom("{", "[]"),
);

const textOf = (each) => {
  if (typeof each === "string") return `${each}\n`;
  const { custom_id, body, status, error = null } = each;
  return `${JSON.stringify({ custom_id, response: body ? { status_code: status, body } : null, error })}\n`;
};

const byKey = (rows, key) => [...rows].sort((a, b) => (JSON.stringify(key(a)) < JSON.stringify(key(b)) ? -1 : 1));

/** A report without what is not defined for a sum: the order of equal counts, and the places of issues. */
const comparable = ({ statusCodes, errorCodes, malformed, withoutCustomId, ...rest }) => ({
  ...rest,
  statusCodes: byKey(statusCodes, ({ statusCode }) => statusCode),
  errorCodes: byKey(errorCodes, ({ code }) => code),
  malformed: malformed.count,
  withoutCustomId: withoutCustomId.count,
});

/** A report also without what depends on the order of its parts: ids, examples and the order of rows. */
const unordered = (report) => {
  const causes = report.causes.map(({ id: _, examples, ...cause }) => ({ ...cause, examples: examples.length }));
  const tokens = report.usage.map(({ details = [], ...row }) => ({
    ...row,
    details: byKey(details, (row) => row.name),
  }));
  return {
    ...comparable(report),
    causes: byKey(causes, ({ verdict, statusCode, code, normalizedMessage }) => [
      verdict,
      statusCode ?? 0,
      code ?? "",
      normalizedMessage,
    ]),
    usage: byKey(tokens, ({ model }) => model ?? ""),
  };
};

test("the sum of the reports on parts is the report on the whole", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(line, { maxLength: 12 }), { minLength: 1, maxLength: 4 }), async (parts) => {
      const texts = parts.map((lines) => lines.map(textOf).join(""));
      const reports = [];
      for (const text of texts) reports.push(await digestResults([text]));
      const whole = comparable(await digestResults([texts.join("")]));
      assert.deepEqual(comparable(mergeReports(reports)), whole);
      const [one, ...others] = reports;
      assert.deepEqual(mergeReports([one, mergeReports([...others])].slice(0, parts.length)), mergeReports(reports));
      assert.deepEqual(unordered(mergeReports([...reports].reverse())), unordered(mergeReports(reports)));
    }),
    { numRuns: 150 },
  );
});

test("more causes than a report distinguishes are counted together", () => {
  const reportOf = (from) => ({
    succeeded: 0,
    incomplete: 0,
    failed: 200,
    usage: [],
    causes: Array.from({ length: 200 }, (_, at) => {
      const message = String.fromCodePoint(0x4e00 + from + at);
      const cause = { verdict: "failed", statusCode: 500, message, normalizedMessage: message, count: 1, examples: [] };
      return { id: at + 1, ...cause, retry: "transient", responsibility: "server", meaning: "m", advice: "a" };
    }),
  });
  const { causes, failed } = mergeReports([reportOf(0), reportOf(200)]);
  assert.deepEqual([causes.length, failed], [251, 400]);
  assert.deepEqual([causes[0].message, causes[0].count], ["other messages", 150]);
});

const results = (from, failed) =>
  [0, 1, 2].map((at) =>
    at < failed
      ? {
          custom_id: `r-${from + at}`,
          response: null,
          error: { code: "batch_expired", message: `${from + at} s late` },
        }
      : { custom_id: `r-${from + at}`, response: { status_code: 200, body: {} } },
  );

test("reports are added up from files, from lines and from standard input", async () => {
  const names = [file("part-1.jsonl", results(0, 1)), file("part-2.jsonl", results(3, 1))];
  const reports = [];
  for (const name of names) reports.push((await batchlight(["digest", "--json", name])).out);
  for (const [at, report] of reports.entries()) file(`report-${at + 1}.json`, report);
  const whole = JSON.parse((await batchlight(["digest", "--json", ...names])).out);
  const merged = await batchlight(["digest", "--merge", "--json", "report-1.json", "report-2.json"]);
  assert.equal(merged.code, 1);
  assert.deepEqual(JSON.parse(merged.out), whole);
  assert.equal(whole.causes[0].message, "… s late");
  const piped = await batchlight(["digest", "--merge", "--json", "-"], { stdin: reports.join("\n") });
  assert.equal(piped.out, merged.out);
  file("indented.json", JSON.stringify(JSON.parse(reports[0]), null, 2));
  const { out, code } = await batchlight(["digest", "--merge", "indented.json", "report-2.json"]);
  assert.equal(code, 1);
  assert.match(out, /^2 reports: 6 lines\n {2}succeeded {2}4\n {2}failed {5}2\n/);
  assert.match(out, /\n {5}cause 1 \(retryable\): r-0, r-3\n/);
});

test("wrong input is an error that names the file and the line", async () => {
  const good = (await batchlight(["digest", "--json", file("good.jsonl", results(0, 1))])).out;
  const wrong = JSON.stringify({ ...JSON.parse(good), causes: [{ ...JSON.parse(good).causes[0], count: "1" }] });
  const cases = {
    [file("requests.jsonl", [request("a")])]:
      /^batchlight: requests\.jsonl: not a report of .*: expected a whole number at succeeded, found nothing\n$/,
    [file("wrong.jsonl", `${good}${wrong}\n`)]:
      /^batchlight: wrong\.jsonl:2: .*: expected a whole number at causes\[0\]\.count, found "1"\n$/,
    [file("text.jsonl", `${good}\nx\n`)]:
      /^batchlight: text\.jsonl:3: expected a report as JSON, found something else\n$/,
    [file("empty.jsonl", "\n")]: /^batchlight: empty\.jsonl: expected a report, found an empty file\n$/,
    "missing.jsonl": /^batchlight: missing\.jsonl: no such file\n$/,
  };
  for (const [name, expected] of Object.entries(cases)) {
    const { code, out, err } = await batchlight(["digest", "--merge", name]);
    assert.deepEqual([code, out], [2, ""]);
    assert.match(err, expected);
  }
});

test("reports of runs add up, and a complete run prints its report again", async () => {
  const server = await serveRuns({ advance: "poll", answers: [{ match: { custom_id: "b" }, status: 400 }] });
  after(server.close);
  const { env } = server;
  const reports = [];
  for (const ids of [["a", "b"], ["c"]]) {
    const name = file(
      `run-${ids[0]}.jsonl`,
      ids.map((each) => request(each)),
    );
    const command = ["run", "--json", name, "-o", `${name}.results`];
    const once = await batchlight(command, { env });
    const again = await batchlight(command, { env });
    assert.match(again.err, /already complete/);
    assert.deepEqual([again.code, JSON.parse(again.out)], [once.code, JSON.parse(once.out)]);
    reports.push(once.out);
  }
  writeFileSync(join(place, "reports.jsonl"), reports.join(""));
  const { out, code } = await batchlight(["digest", "--merge", "reports.jsonl"]);
  assert.equal(code, 1);
  assert.match(out, /^2 reports: 3 requests\n {2}succeeded {2}2 {2}66\.7 %\n {2}failed {5}1 {2}33\.3 %\n/);
  const { complete, requests, missing, lines } = JSON.parse(
    (await batchlight(["digest", "--merge", "--json", "reports.jsonl"])).out,
  );
  assert.deepEqual([complete, requests, missing, lines], [true, 3, 0, undefined]);
  const mixed = await batchlight(["digest", "--merge", "reports.jsonl", "report-1.json"]);
  assert.match(mixed.out, /^3 reports\n {2}succeeded {2}4\n/);
  // A request without a result counts, also if another report does not know how many requests there were.
  file("good.json", JSON.stringify({ lines: 1, succeeded: 1, incomplete: 0, failed: 0, causes: [], usage: [] }));
  file("missing.json", JSON.stringify({ requests: 2, succeeded: 1, incomplete: 0, failed: 0, causes: [], usage: [] }));
  assert.equal((await batchlight(["digest", "--merge", "good.json", "good.json"])).code, 0);
  assert.equal((await batchlight(["digest", "--merge", "good.json", "missing.json"])).code, 1);
});
