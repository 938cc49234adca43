// Shards that are reconciled by themselves, one after the other or several at once, have exactly the result of one
// operation on all files.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as files from "batchlight/files";
import { ownModule, request } from "./support.mjs";

const { localRunner } = /** @type {any} */ (files);
const { reconcileByShard } = await ownModule("../files/reconciliation/by-shard.ts");
const { reconcileOn } = await ownModule("../files/reconciliation/reconcile.ts");
const { withoutVerdicts } = await ownModule("../files/reconciliation/whole.ts");

const answer = (id, body = {}, status = 200) => ({
  id: `r-${id}`,
  custom_id: id,
  response: { status_code: status, body: { model: "gpt-5.4-mini", ...body } },
  error: null,
});
const tokens = (input, more = {}) => ({ usage: { prompt_tokens: input, completion_tokens: 1, ...more } });
const refused = (id, message) => answer(id, { error: { code: "invalid_prompt", message } }, 400);
const expired = (id) => ({ id, custom_id: id, response: null, error: { code: "batch_expired", message: "Too late." } });
const cut = (id) => answer(id, { choices: [{ index: 0, message: { content: "One" }, finish_reason: "length" }] });

/** The files of a job with three shards. */
function job() {
  const shards = ["a", "b", "c"].map((shard) => ({
    input: Array.from({ length: 40 }, (_, index) => request(`${shard}-${index}`)),
    output: Array.from({ length: 30 }, (_, index) => answer(`${shard}-${index}`, tokens(index))),
    error: [expired(`${shard}-30`), refused(`${shard}-31`, `no ${shard}`), refused(`${shard}-32`, "no")],
  }));
  return { shards, batch: [] };
}

const batchOf = (completed, failed) => ({
  id: "batch_1",
  object: "batch",
  status: "completed",
  output_file_id: "file-1",
  error_file_id: "file-2",
  request_counts: { total: 40, completed, failed },
});

/** What can be special about shards that are still independent. Each function changes the files of {@link job}. */
const separable = {
  "a plain job": () => undefined,
  "a job that is complete": ({ shards }) => {
    for (const shard of shards) shard.input.length = 30;
    for (const shard of shards) shard.error.length = 0;
  },
  "the first causes in a later output file": ({ shards }) => shards[2].output.push(cut("c-33"), cut("c-34")),
  "another model and other details": ({ shards }) => {
    shards[0].output.push({ ...answer("a-33"), response: { status_code: 200, body: { model: "m", ...tokens(1) } } });
    const details = { prompt_tokens_details: { cached_tokens: 0, audio_tokens: 3 } };
    for (const shard of shards) shard.output = shard.output.map(({ custom_id: id }) => answer(id, tokens(2, details)));
  },
  "malformed lines": ({ shards }) => {
    shards[2].output.push("{broken", "[]");
    shards[0].error.push("{");
    for (let line = 0; line < 19; line++) shards[1].input.push(`{"custom_id": ${line}`);
  },
  "lines without custom_id": ({ shards }) => {
    shards[2].input.push({ method: "POST" });
    shards[0].output.push(answer(undefined, tokens(3)));
  },
  "duplicates and conflicts in one shard": ({ shards }) => {
    shards[1].input.push(request("b-1", { url: "/v1/responses" }));
    shards[1].error.push(refused("b-2", "no"));
    shards[0].output.push(answer("a-3", tokens(1)));
  },
  "batches that fit": (job) => (job.batch = [batchOf(30, 3), batchOf(30, 3), batchOf(30, 3)]),
  "batches that differ": (job) =>
    (job.batch = [batchOf(30, 3), batchOf(31, 3), { ...batchOf(30, 9), status: "expired" }]),
};

/** What makes shards depend on each other, or could. */
const dependent = {
  "a cause in output and error files": ({ shards }) => {
    shards[1].output.push(expired("b-33"));
    shards[2].error.push(cut("c-33"));
  },
  "other kinds of tokens in one shard": ({ shards }) => {
    shards[1].output.push(answer("b-33", tokens(5, { prompt_tokens_details: { cached_tokens: 2, audio_tokens: 3 } })));
  },
  "tokens in an error file": ({ shards }) =>
    shards[0].error.push(refused("a-33", "late"), { ...answer("a-34", tokens(7)), error: { message: "half" } }),
  "many malformed lines": ({ shards }) => {
    for (let line = 0; line < 25; line++) shards[1].input.push(`{"custom_id": ${line}`);
  },
  "the same custom_id in two input files": ({ shards }) =>
    shards[2].input.push(request("a-5", { url: "/v1/responses" })),
  "attempts at the same requests": ({ shards }) => {
    shards[1].input = shards[0].input.slice(20);
    shards[1].output = [answer("a-30", tokens(3)), answer("a-31", tokens(4))];
    shards[1].error = [refused("a-32", "again")];
  },
  "a result in the file of another shard": ({ shards }) => shards[0].output.push(answer("c-35", tokens(3))),
  "results without a request": ({ shards }) => shards[1].output.push(answer("nobody", tokens(3)), answer("x")),
  "a file of another kind": ({ shards }) => (shards[1].output = shards[0].input),
  "an input file without requests": ({ shards }) => (shards[1] = { input: [], output: [], error: [] }),
  "more batches than files": (job) => (job.batch = Array.from({ length: 5 }, () => batchOf(30, 3))),
};

/** The size from which a shard is reconciled by itself, as a line that only takes space. */
const padding = `${" ".repeat(1 << 16)}\n`.repeat(64);

const fileOf = (lines) => lines.map((line) => `${typeof line === "string" ? line : JSON.stringify(line)}\n`).join("");

/** Everything that a reconciliation says, and whether one operation read all files. */
async function reconciled({ shards, batch }, read) {
  const operations = [];
  const runner = {
    ...localRunner,
    run: (request, options) => {
      operations.push(request.sources.length);
      return localRunner.run(request, options);
    },
  };
  const sources = {
    input: shards.map(({ input }) => new Blob([fileOf(input), padding])),
    output: shards.map(({ output }) => new Blob([fileOf(output)])),
    error: shards.map(({ error }) => new Blob([fileOf(error)])),
  };
  const found = await reconcileOn(runner, read)(sources, { batch });
  const { verdicts, verdictOf, retry, merge, join, ...report } = found;
  const joined = [];
  for await (const { custom_id } of found.join()) joined.push(custom_id);
  const all = {
    // As text, because the order of properties counts.
    report: JSON.stringify(report),
    verdicts: [...verdicts()],
    found: ["a-0", "b-31", "c-39", "nobody", "missing"].map((id) => verdictOf(id)),
    retry: await new Response(retry({ retry: "all" })).text(),
    merged: await new Response(merge()).text(),
    joined,
  };
  const wasWhole = operations.includes(3 * shards.length);
  return { all, wasWhole };
}

for (const [cases, isSeparable] of /** @type {const} */ ([
  [separable, true],
  [dependent, false],
])) {
  for (const [name, change] of Object.entries(cases)) {
    test(`${isSeparable ? "one by one" : "all at once"}: ${name}`, async () => {
      const made = job();
      change(made);
      const { all } = await reconciled(made);
      for (const jobs of [1, 3]) {
        const found = await reconciled(made, reconcileByShard(jobs));
        assert.deepEqual(found.all, all);
        assert.equal(found.wasWhole, !isSeparable);
      }
    });
  }
}

test("many causes", async () => {
  const made = job();
  const words = (number) => number.toString(26).replaceAll(/\d/g, (digit) => "qrstuvwxyz"[Number(digit)]);
  for (const [index, { error, output }] of made.shards.entries())
    for (let number = 0; number < 110; number++) {
      error.push(refused(`${"abc"[index]}-${33 + (number % 6)}`, `cause ${words(1000 + index * 200 + number)}`));
      output.push({ ...answer("x"), custom_id: `${"abc"[index]}-39` });
    }
  const { all } = await reconciled(made);
  assert.deepEqual((await reconciled(made, reconcileByShard(3))).all, all);
});

test("the progress is that of all files, and an error of its listener ends the operation", async () => {
  const { shards } = job();
  const input = shards.map((shard) => new Blob([fileOf(shard.input), padding]));
  const output = shards.map((shard) => new Blob([fileOf(shard.output)]));
  const size = [...input, ...output].reduce((sum, blob) => sum + blob.size, 0);
  const reconcile = reconcileOn(localRunner, reconcileByShard(2));
  const seen = [];
  await reconcile({ input, output }, { onProgress: (progress) => seen.push(progress) });
  assert.deepEqual([seen.at(-1).bytes, seen.at(-1).total], [size, size]);
  assert.equal(seen.at(-1).lines, 3 * (40 + 64 + 30));
  const wrong = new Error("no more");
  const onProgress = () => {
    throw wrong;
  };
  await assert.rejects(reconcile({ input, output }, { onProgress }), (error) => error === wrong);
  const reason = new Error("enough");
  await assert.rejects(
    reconcile({ input, output }, { signal: AbortSignal.abort(reason) }),
    (error) => error === reason,
  );
  let operations = 0;
  const counting = {
    ...localRunner,
    run: (...args) => {
      operations += 1;
      return localRunner.run(...args);
    },
  };
  const options = { signal: AbortSignal.abort(reason) };
  await assert.rejects(reconcileOn(counting, reconcileByShard(2))({ input, output }, options));
  assert.equal(operations, 0);
});

test("without verdicts the table has no rows", async () => {
  const { shards } = job();
  const input = shards.map((shard) => new Blob([fileOf(shard.input), padding]));
  const output = shards.map((shard) => new Blob([fileOf(shard.output)]));
  const found = await reconcileOn(localRunner, withoutVerdicts(reconcileByShard(2)))({ input, output });
  assert.equal(found.requests, (await reconcileOn(localRunner)({ input, output })).requests);
  assert.deepEqual([...found.verdicts()], []);
});

test("the error is that of the first file that cannot be read", async () => {
  const { shards } = job();
  const broken = (message) => ({ stat: async () => ({ size: 5e6 }), read: () => Promise.reject(new Error(message)) });
  const input = shards.map((shard, index) =>
    index < 2 ? new Blob([fileOf(shard.input), padding]) : broken("input 2"),
  );
  const sources = { input, output: [broken("output 0")] };
  for (const jobs of [1, 3])
    await assert.rejects(reconcileOn(localRunner, reconcileByShard(jobs))(sources), ({ cause }) => {
      assert.equal(cause.message, "input 2");
      return true;
    });
});
