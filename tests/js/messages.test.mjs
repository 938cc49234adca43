// The `messages` option: replacements for the messages of the catalogue.
import assert from "node:assert/strict";
import { test } from "node:test";
import { describeBatch, messages } from "./both.mjs";
import { created, rows } from "./support.mjs";

const now = created + 500;
const history = [
  { at: created + 100, completed: 1, failed: 0 },
  { at: created + 400, completed: 5, failed: 0 },
];

/** All messages of a view, without the issues and the server's own errors. */
function textsOf({ label, summary, advice, progress, timeline, timing, files, poll }) {
  const { elapsed, deadline, eta, stall } = timing;
  return [
    label,
    summary,
    advice,
    progress.text,
    poll.text,
    elapsed,
    deadline?.text,
    eta?.text,
    stall?.text,
    ...timeline.flatMap((step) => [step.label, step.duration]),
    ...files.map((file) => file.label),
  ].filter((text) => text !== undefined);
}

test("the catalogue has strings by id, with named placeholders only", () => {
  const ids = Object.keys(messages);
  assert.ok(ids.length > 50);
  for (const id of ids) {
    assert.match(id, /^[a-z]+(\.[a-z_]+)+$/);
    assert.equal(typeof messages[id], "string");
    assert.doesNotMatch(messages[id].replace(/\{[a-z]+\}/g, ""), /[{}]/, id);
  }
});

test("replacing every message by itself changes nothing", () => {
  for (const { batch, profile } of rows) {
    const options = { profile, now, history };
    assert.deepEqual(describeBatch(batch, { ...options, messages }), describeBatch(batch, options));
  }
});

test("every message comes from the catalogue: with all of them replaced, no English is left", () => {
  const other = Object.fromEntries(
    Object.entries(messages).map(([id, text]) => [id, `«${(text.match(/\{[a-z]+\}/g) ?? []).join("")}»`]),
  );
  const values = [...rows.map(({ batch }) => batch), null, {}, "{", [], { status: "completed" }];
  for (const value of values) {
    for (const text of textsOf(describeBatch(value, { profile: "compatible", now, history, messages: other }))) {
      assert.match(text, /^(«.*»|\p{N}.*)$/su, JSON.stringify(text));
    }
  }
});

test("a single message can be replaced, and its placeholders are filled in", () => {
  const view = describeBatch({ ...rows[0].batch }, { now, messages: { "label.validating": "Wird geprüft 🚦" } });
  assert.equal(view.label, "Wird geprüft 🚦");
  assert.equal(
    view.timeline[0].label,
    describeBatch(rows[0].batch, { now, messages: { "label.validating": "Wird geprüft 🚦" } }).timeline[0].label,
  );
  assert.equal(describeBatch(rows[0].batch, { now }).label, messages["label.validating"]);
});

test("unknown ids are ignored, and other values are converted to strings", () => {
  const expected = describeBatch(rows[0].batch, { now });
  assert.deepEqual(
    describeBatch(rows[0].batch, { now, messages: { "no.such_id": "x", constructor: "x", "": "" } }),
    expected,
  );
  assert.equal(describeBatch(rows[0].batch, { now, messages: { "label.validating": 7 } }).label, "7");
});

test("the message for invalid JSON can be replaced", () => {
  assert.equal(describeBatch("{", { messages: { "label.no_batch": "Kein Stapel" } }).label, "Kein Stapel");
});
