// Results held against their input, and what goes on from there.
import assert from "node:assert/strict";
import { test } from "node:test";
import { joinResults, mergeResults, reconcile, writeRetry } from "batchlight";
import { bytesOf, handle, kinds, stream } from "./sources.mjs";
import { file, request, result, textOf, unanswered } from "./support.mjs";

const inputs = ["a", "b", "é 漢字 😀", "d", "e"].map((id) => request(id));
const input = file(...inputs);
const good = [result("e"), result("a")];
const bad = [result("b", { error: { message: "bad request", code: "invalid_prompt" } }, 400), unanswered("é 漢字 😀")];
const output = file(...good);
const error = file(...bad);
const files = { input, output, error };

const found = await reconcile(files);
const told = (reconciliation) =>
  Array.from(reconciliation.verdicts(), ({ custom_id, verdict }) => `${custom_id} ${verdict}`);

test("verdicts in the order of the input", () => {
  assert.deepEqual(told(found), ["a succeeded", "b failed", "é 漢字 😀 failed", "d missing", "e succeeded"]);
  assert.deepEqual([found.complete, found.requests, found.succeeded, found.failed, found.missing], [false, 5, 2, 2, 1]);
  assert.deepEqual(found.verdictOf("a").result, {
    file: "output",
    index: 0,
    offset: bytesOf(`${good[0]}\n`).length,
    length: good[1].length,
  });
  assert.deepEqual(
    [found.verdictOf("b").line, found.verdictOf("b").shard, found.verdictOf("b").statusCode],
    [2, 0, 400],
  );
  const cause = found.causes.find(({ id }) => id === found.verdictOf("é 漢字 😀").cause);
  assert.deepEqual([cause.code, cause.retry], ["batch_expired", "transient"]);
  assert.equal(found.verdictOf("d").result, undefined);
  assert.equal(found.verdictOf("nobody"), undefined);
  assert.deepEqual([...found.verdicts()], [...found.verdicts()], "they can be gone through again");
});

for (const [name, make] of Object.entries(kinds)) {
  test(`from ${name}`, async () => {
    const again = await reconcile({
      input: await make(bytesOf(input)),
      output: await make(bytesOf(output)),
      error: await make(bytesOf(error)),
    });
    assert.deepEqual([...again.verdicts()], [...found.verdicts()]);
    assert.equal(await textOf(writeRetry(again)), file(inputs[1], inputs[2], inputs[3]));
    assert.equal(await textOf(mergeResults(again)), file(good[1], bad[0], bad[1], good[0]));
  });
}

test("what to send again: by verdict, by cause, by hand", async () => {
  const retry = (options) => textOf(writeRetry(found, options));
  assert.equal(await retry({ retry: "transient" }), file(inputs[2], inputs[3]));
  assert.equal(await retry({ verdicts: ["missing"] }), file(inputs[3]));
  assert.equal(await retry({ causes: [found.verdictOf("b").cause] }), file(inputs[1]));
  assert.equal(await retry({ verdicts: ["succeeded"], where: ({ custom_id }) => custom_id > "b" }), file(inputs[4]));
  assert.equal(await retry({ verdicts: [] }), "");
});

test("the exact bytes: white space, carriage returns and a last line without an end", async () => {
  const odd = '  {"custom_id" : "x" }  \r\n{"custom_id":"\\u0079"}\t\n{"custom_id":"z"}';
  const all = await reconcile({ input: odd });
  assert.equal(await textOf(writeRetry(all)), `${odd}\n`);
  assert.equal(
    await textOf(writeRetry(all, { where: ({ custom_id }) => custom_id !== "y" })),
    '  {"custom_id" : "x" }  \r\n{"custom_id":"z"}\n',
  );
});

test("attempts and shards: places may be left empty", async () => {
  const second = file(result("b"), result("d"));
  const both = await reconcile({
    input: [file(...inputs.slice(0, 2)), file(...inputs.slice(2))],
    output: [output, second],
    error: [error, undefined],
  });
  assert.deepEqual(told(both), ["a succeeded", "b succeeded", "é 漢字 😀 failed", "d succeeded", "e succeeded"]);
  assert.deepEqual(
    [
      both.verdictOf("d").shard,
      both.verdictOf("d").line,
      both.verdictOf("d").result.index,
      both.verdictOf("b").attempts,
    ],
    [1, 2, 1, 2],
  );
  assert.equal(await textOf(mergeResults(both)), file(good[1], result("b"), bad[1], result("d"), good[0]));
  assert.equal(await textOf(writeRetry(both)), file(inputs[2]));
});

test("without input, and without anything", async () => {
  const alone = await reconcile({ output });
  assert.deepEqual(told(alone), ["e succeeded", "a succeeded"]);
  assert.equal(alone.verdictOf("a").line, undefined);
  assert.equal(await textOf(writeRetry(alone, { verdicts: ["succeeded"] })), "");
  assert.equal((await reconcile({})).requests, 0);
  await assert.rejects(reconcile(), { code: "wrong_source" });
  await assert.rejects(reconcile({ input: 5 }), { code: "wrong_source" });
});

test("what the batch counts is held against the files", async () => {
  const batch = {
    status: "completed",
    output_file_id: "file-1",
    error_file_id: "file-2",
    request_counts: { total: 5, completed: 3, failed: 2 },
  };
  const held = await reconcile(files, { batch });
  assert.deepEqual(
    held.issues.map(({ code, expected, found: is }) => [code, expected, is]),
    [["completed_differs", 3, 2]],
  );
  assert.deepEqual((await reconcile(files, { batch: JSON.stringify(batch) })).issues, held.issues);
  assert.deepEqual((await reconcile(files, { batch: [batch] })).issues, held.issues);
  for (const odd of [null, 5, {}, [], { request_counts: null }, { request_counts: { total: "5" } }])
    assert.deepEqual((await reconcile(files, { batch: odd })).issues, []);
});

test("joined: parsed, in the order of the input, page by page", async () => {
  const joined = (await Array.fromAsync?.(joinResults(found))) ?? (await collected(joinResults(found)));
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
  const large = await reconcile({
    input: stream(bytesOf(file(...many.map((id) => request(id)))), 4096),
    output: await handle(bytesOf(file(...many.toReversed().map((id) => result(id, { id }))))),
  });
  let count = 0;
  for await (const { custom_id, request: asked, response } of joinResults(large)) {
    assert.deepEqual([custom_id, asked.custom_id, response.body.id], Array(3).fill(many[count++]));
  }
  assert.equal(count, 3000);
  const reversed = file(...many.map((id) => result(id, { id })));
  assert.equal(await textOf(mergeResults(large)), reversed);
});

async function collected(all) {
  const list = [];
  for await (const one of all) list.push(one);
  return list;
}

test("a copy knows no files, and says so", async () => {
  assert.throws(() => writeRetry({ ...found }), { message: /reconcile\(\)/ });
  assert.throws(() => mergeResults(undefined), { message: /reconcile\(\)/ });
  assert.ok(!JSON.stringify(found).includes('custom_id":"a"'));
});

test("a file that is shorter than it was is an error, not a wrong line", async () => {
  let text = input;
  const shrinking = {
    stat: async () => ({ size: text.length }),
    async read(into, { length, position }) {
      const part = bytesOf(text).subarray(position, position + length);
      into.set(part);
      return { bytesRead: part.length };
    },
  };
  const before = await reconcile({ input: shrinking });
  text = text.slice(0, 50);
  await assert.rejects(textOf(writeRetry(before)), { code: "unreadable_source", message: /shorter/ });
});

test("50,000 requests stay under 64 MiB", async () => {
  const ids = Array.from({ length: 50_000 }, (_, index) => `request-${index}-of-a-batch`);
  let memory = 0;
  const all = await reconcile(
    { input: file(...ids.map((id) => request(id))), output: file(...ids.toReversed().map((id) => result(id))) },
    { onProgress: (progress) => (memory = progress.memory) },
  );
  assert.deepEqual([all.complete, all.succeeded], [true, 50_000]);
  assert.ok(memory < 64 << 20, `${memory} bytes`);
});
