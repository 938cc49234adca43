// `reconcile` and the methods of reconciliations: verdicts, retry, merge, join.
import assert from "node:assert/strict";
import { test } from "node:test";
import { both } from "../both.mjs";
import { bytesOf, handle, sourceKinds, stream } from "./sources.mjs";
import { file, request, result, textOf, unanswered } from "./support.mjs";

const inputs = ["a", "b", "é 漢字 😀", "d", "e"].map((id) => request(id));
const input = file(...inputs);
const good = [result("e"), result("a")];
const refused = { error: { message: "bad request", code: "invalid_prompt" } };
const bad = [result("b", refused, 400), unanswered("é 漢字 😀")];
const output = file(...good);
const error = file(...bad);
const files = { input, output, error };

/**
 * Reconciles files by both entries. Returns the report, the verdicts and the result of a function for each
 * reconciliation, which must be plain data.
 */
const reconciled = (makeSources, question = (_found) => undefined, options = undefined) =>
  both(async (api) => {
    const found = await api.reconcile(await makeSources(), options);
    const { verdicts, verdictOf, retry, merge, join, ...report } = found;
    return {
      report,
      verdicts: [...verdicts()],
      answer: await question(found),
    };
  });

/** The result of a function for the reconciliation of the files above. */
const ask = async (question) => (await reconciled(() => files, question)).answer;

const summary = (verdicts) => Array.from(verdicts, ({ custom_id, verdict }) => `${custom_id} ${verdict}`);
const { report: found, verdicts } = await reconciled(() => files);

test("verdicts are in input order", async () => {
  assert.deepEqual(summary(verdicts), ["a succeeded", "b failed", "é 漢字 😀 failed", "d missing", "e succeeded"]);
  assert.deepEqual([found.complete, found.requests, found.succeeded, found.failed, found.missing], [false, 5, 2, 2, 1]);
  const [a, b, timedOut, d, nobody] = await ask(({ verdictOf }) =>
    ["a", "b", "é 漢字 😀", "d", "nobody"].map((id) => verdictOf(id)),
  );
  assert.deepEqual(a.result, {
    file: "output",
    index: 0,
    offset: bytesOf(`${good[0]}\n`).length,
    length: good[1].length,
  });
  assert.deepEqual([b.line, b.shard, b.statusCode], [2, 0, 400]);
  const cause = found.causes.find(({ id }) => id === timedOut.cause);
  assert.deepEqual([cause.code, cause.retry], ["batch_expired", "transient"]);
  assert.equal(d.result, undefined);
  assert.equal(nobody, undefined);
  const [first, second] = await ask((all) => [[...all.verdicts()], [...all.verdicts()]]);
  assert.deepEqual(first, second, "they can be iterated again");
});

for (const [name, make] of Object.entries(sourceKinds)) {
  test(`reconciles ${name}`, async () => {
    const again = await reconciled(
      async () => ({
        input: await make(bytesOf(input)),
        output: await make(bytesOf(output)),
        error: await make(bytesOf(error)),
      }),
      async (all) => [await textOf(all.retry({ retry: "all" })), await textOf(all.merge())],
    );
    assert.deepEqual(again.verdicts, verdicts);
    const [retry, merged] = again.answer;
    assert.equal(retry, file(inputs[1], inputs[2], inputs[3]));
    assert.equal(merged, file(good[1], bad[0], bad[1], good[0]));
  });
}

test("retry selects requests by advice, verdict, cause and predicate", async () => {
  const retry = (options) => ask((all) => textOf(all.retry(options)));
  const { cause } = verdicts.find(({ custom_id }) => custom_id === "b");
  assert.equal(await retry({}), file(inputs[2], inputs[3]), "by default, what can succeed unchanged");
  assert.equal(await retry({ retry: "transient" }), file(inputs[2], inputs[3]));
  assert.equal(await retry({ retry: "all" }), file(inputs[1], inputs[2], inputs[3]));
  assert.equal(await retry({ where: ({ verdict }) => verdict !== "missing" }), file(inputs[2]));
  assert.equal(await retry({ verdicts: ["missing"] }), file(inputs[3]));
  assert.equal(await retry({ causes: [cause] }), file(inputs[1]));
  assert.equal(await retry({ verdicts: ["succeeded"], where: ({ custom_id }) => custom_id > "b" }), file(inputs[4]));
  assert.equal(await retry({ verdicts: [] }), "");
  for (const options of [{ verdicts: ["no verdict"] }, { retry: "no class" }])
    await assert.rejects(retry(options), { name: "RangeError", message: /^expected (verdicts|retry) to be one of/ });
});

test("an incomplete answer is a verdict with a reason, and is only retried if asked for", async () => {
  const cut = result("b", { choices: [{ index: 0, message: { content: "Once upon" }, finish_reason: "length" }] });
  const {
    report,
    verdicts: all,
    answer,
  } = await reconciled(
    () => ({ input: file(...inputs.slice(0, 2)), output: file(result("a"), cut) }),
    async (found) => {
      const joined = [];
      for await (const { custom_id, verdict } of found.join())
        joined.push([custom_id, verdict.verdict, verdict.reason]);
      const retry = (options) => textOf(found.retry(options));
      const [cause] = found.causes;
      return {
        joined,
        retries: [
          await retry(),
          await retry({ retry: "all" }),
          await retry({ verdicts: ["incomplete"] }),
          await retry({ causes: [cause.id] }),
        ],
      };
    },
  );
  assert.deepEqual(summary(all), ["a succeeded", "b incomplete"]);
  assert.deepEqual([report.succeeded, report.incomplete, report.failed, report.complete], [1, 1, 0, true]);
  const [cause] = report.causes;
  assert.deepEqual([cause.verdict, cause.code, cause.retry], ["incomplete", "max_output_tokens", "permanent"]);
  assert.deepEqual([all[1].reason, all[1].cause], ["max_output_tokens", cause.id]);
  assert.deepEqual(answer.joined, [
    ["a", "succeeded", undefined],
    ["b", "incomplete", "max_output_tokens"],
  ]);
  assert.deepEqual(answer.retries, ["", "", file(inputs[1]), file(inputs[1])]);
});

test("retry returns exact bytes: whitespace, carriage returns and a last line without a line break", async () => {
  const odd = '  {"custom_id" : "x" }  \r\n{"custom_id":"\\u0079"}\t\n{"custom_id":"z"}';
  const { answer } = await reconciled(
    () => ({ input: odd }),
    async (all) => [
      await textOf(all.retry()),
      await textOf(all.retry({ where: ({ custom_id }) => custom_id !== "y" })),
    ],
  );
  assert.deepEqual(answer, [`${odd}\n`, '  {"custom_id" : "x" }  \r\n{"custom_id":"z"}\n']);
});

test("several attempts and shards; a batch can have no error file", async () => {
  const second = file(result("b"), result("d"));
  const { verdicts: all, answer } = await reconciled(
    () => ({
      input: [file(...inputs.slice(0, 2)), file(...inputs.slice(2))],
      output: [output, second],
      error: [error, undefined],
    }),
    async (both) => ({
      verdictOf: [both.verdictOf("b"), both.verdictOf("d")],
      merged: await textOf(both.merge()),
      retry: await textOf(both.retry()),
    }),
  );
  assert.deepEqual(summary(all), ["a succeeded", "b succeeded", "é 漢字 😀 failed", "d succeeded", "e succeeded"]);
  const [b, d] = answer.verdictOf;
  assert.deepEqual([d.shard, d.line, d.result.index, b.attempts], [1, 2, 1, 2]);
  assert.equal(answer.merged, file(good[1], result("b"), bad[1], result("d"), good[0]));
  assert.equal(answer.retry, file(inputs[2]));
});

test("reconciles without input files, and without any file", async () => {
  const alone = await reconciled(
    () => ({ output }),
    async (all) => ({
      a: all.verdictOf("a"),
      retry: await textOf(all.retry({ verdicts: ["succeeded"] })),
    }),
  );
  assert.deepEqual(summary(alone.verdicts), ["e succeeded", "a succeeded"]);
  assert.equal(alone.answer.a.line, undefined);
  assert.equal(alone.answer.retry, "");
  assert.equal((await reconciled(() => ({}))).report.requests, 0);
  await assert.rejects(
    reconciled(() => undefined),
    { code: "wrong_source" },
  );
  await assert.rejects(
    reconciled(() => ({ input: 5 })),
    { code: "wrong_source" },
  );
});

test("the batch's request counts are compared with the files", async () => {
  const batch = {
    status: "completed",
    output_file_id: "file-1",
    error_file_id: "file-2",
    request_counts: { total: 5, completed: 3, failed: 2 },
  };
  const issuesWith = async (given) => (await reconciled(() => files, undefined, { batch: given })).report.countIssues;
  const issues = await issuesWith(batch);
  assert.deepEqual(
    issues.map(({ code, expected, found: is }) => [code, expected, is]),
    [["completed_differs", 3, 2]],
  );
  assert.deepEqual(await issuesWith(JSON.stringify(batch)), issues);
  assert.deepEqual(await issuesWith([batch]), issues);
  for (const odd of [null, 5, {}, [], { request_counts: null }, { request_counts: { total: "5" } }])
    assert.deepEqual(await issuesWith(odd), []);
});

test("join returns parsed lines in input order, also of several pages", async () => {
  const joined = await ask((all) => collected(all.join()));
  assert.deepEqual(
    joined.map(({ custom_id }) => custom_id),
    ["a", "b", "é 漢字 😀", "d", "e"],
  );
  assert.deepEqual(joined[0].request, JSON.parse(inputs[0]));
  assert.deepEqual(joined[0].response, JSON.parse(good[1]).response);
  assert.equal(joined[0].error, undefined);
  assert.equal(joined[2].error.code, "batch_expired");
  assert.equal(joined[2].response, undefined);
  assert.equal(joined[3].verdict.verdict, "missing");
  const many = Array.from({ length: 3000 }, (_, index) => `r-${index}`);
  const { answer: large } = await reconciled(
    async () => ({
      input: stream(bytesOf(file(...many.map((id) => request(id)))), 4096),
      output: await handle(bytesOf(file(...many.toReversed().map((id) => result(id, { id }))))),
    }),
    async (all) => ({
      joined: await collected(all.join()),
      merged: await textOf(all.merge()),
    }),
  );
  assert.deepEqual(
    large.joined.map(({ custom_id, request: asked, response }) => [custom_id, asked.custom_id, response.body.id]),
    many.map((id) => Array(3).fill(id)),
  );
  assert.equal(large.merged, file(...many.map((id) => result(id, { id }))));
});

async function collected(all) {
  const list = [];
  for await (const one of all) list.push(one);
  return list;
}

test("a copy has the same methods, and JSON has the report alone", async () => {
  assert.equal(await ask((all) => textOf({ ...all }.merge())), await ask((all) => textOf(all.merge())));
  assert.deepEqual(JSON.parse(await ask((all) => JSON.stringify(all))), found);
});

test("only failed requests have a cause", async () => {
  const twice = file(request("a"), request("a", { model: "m", input: "other" }), request("b"));
  const { verdicts: all } = await reconciled(() => ({ input: twice, error: file(result("a", refused, 400), bad[0]) }));
  assert.deepEqual(
    all.map(({ verdict, cause }) => [verdict, typeof cause]),
    [
      ["duplicate", "undefined"],
      ["duplicate", "undefined"],
      ["failed", "number"],
    ],
  );
});

test("a file that became shorter is an error, not a wrong line", async () => {
  const read = both(async (api) => {
    let text = input;
    const shrinking = {
      stat: async () => ({ size: bytesOf(text).length }),
      async read(into, { length, position }) {
        const part = bytesOf(text).subarray(position, position + length);
        into.set(part);
        return { bytesRead: part.length };
      },
    };
    const before = await api.reconcile({ input: shrinking });
    text = text.slice(0, 50);
    return textOf(before.retry());
  });
  await assert.rejects(read, { code: "unreadable_source", message: /shorter/ });
});
