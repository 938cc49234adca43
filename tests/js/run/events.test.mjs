// The events of a run: what each loop receives, and that events are not kept for loops that nobody continues.
import assert from "node:assert/strict";
import { test } from "node:test";
import { collectGarbage } from "../memories.mjs";
import { fileOf, runAll, server } from "./support.mjs";

/** The types of the events that a loop receives until its end. */
async function typesOf(run) {
  const types = [];
  for await (const { type } of run) types.push(type);
  return types;
}

test("every loop receives the events since it began, and leaving one does not end the others", async () => {
  const all = [];
  const run = runAll(fileOf(2), server(), { onUpdate: ({ type }) => all.push(type) });
  const [first, second, late] = await Promise.all([
    typesOf(run),
    typesOf(run),
    (async () => {
      for await (const { type } of run) if (type === "created") break;
      return typesOf(run);
    })(),
  ]);
  assert.deepEqual([first, second], [all, all]);
  assert.deepEqual(late, all.slice(all.indexOf("created") + 1));
  assert.deepEqual(await typesOf(run), [], "after the end");
});

test("a loop receives all events, and then the error that ends the run", async () => {
  const end = new AbortController();
  const onUpdate = ({ type }) => type === "ended" && end.abort(new Error("enough"));
  const run = runAll(fileOf(2), server(), { signal: end.signal, onUpdate });
  const types = [];
  const loop = (async () => {
    for await (const { type } of run) types.push(type);
  })();
  await assert.rejects(loop, /enough/);
  assert.equal(types.at(-1), "ended");
  await assert.rejects(run.result, /enough/);
  await assert.rejects(typesOf(run), /enough/, "after the end");
});

test("events that no loop can reach any more are not kept", async () => {
  const events = [];
  const run = runAll(fileOf(2), server(), { onUpdate: (event) => void events.push(new WeakRef(event)) });
  // A loop that takes one event and is neither continued nor ended.
  (() => void run[Symbol.asyncIterator]().next())();
  await run.result;
  assert.ok(events.length > 4);
  const left = () => events.filter((event) => event.deref()).length;
  // The engine may keep an object for a while, such as one in a register.
  for (let round = 0; round < 20 && left() > 1; round++) await collectGarbage();
  assert.ok(left() <= 1, `${left()} of ${events.length} events are kept`);
  // The run itself is still in use.
  assert.deepEqual(await typesOf(run), []);
});
