// Webhook events and their signatures, verified by official clients.
import assert from "node:assert/strict";
import { test } from "node:test";
import { settle } from "../support.mjs";
import { input, mock, quick } from "./support.mjs";

const secret = `whsec_${btoa("a secret of thirty-two bytes !!!")}`;

/** A mock with a webhook that responds with a status, and the events it received. */
function mockWithWebhook(answer = (/** @type {number} */ _count) => 200) {
  const sent = [];
  const fetch = async (request) => {
    sent.push({ headers: Object.fromEntries(request.headers), body: await request.text() });
    return new Response(null, { status: await answer(sent.length) });
  };
  return { sent, ...mock({ seed: 2, webhook: { url: "http://app.test/hook", secret, fetch } }) };
}

for (const version of ["openai5", "openai6", "openai7"]) {
  test(`${version}: verifies the signature, and unwraps the event`, async () => {
    const { OpenAI } = await import(version);
    const client = new OpenAI({ apiKey: "any", webhookSecret: secret });
    const { sent, create, clock, api } = mockWithWebhook();
    const { id } = await create(input(2), { plan: quick });
    clock.advance(600);
    assert.equal(await api.runDue(), 1);
    const [{ headers, body }] = sent;
    const event = await client.webhooks.unwrap(body, headers);
    assert.deepEqual([event.type, event.data, event.object], ["batch.completed", { id }, "event"]);
    await assert.rejects(async () => client.webhooks.unwrap(`${body} `, headers));
    await assert.rejects(async () => client.webhooks.unwrap(body, headers, `whsec_${btoa("another secret")}`));
  });
}

test("each end is reported once, when it is due", async () => {
  const { sent, create, post, clock, api } = mockWithWebhook();
  const types = () => sent.map(({ body }) => JSON.parse(body).type).sort();
  await create(input(2), { plan: quick });
  await create(input(2), { plan: { ...quick, runSeconds: 100_000 } });
  await create("{}\n");
  const { id } = await create(input(2), { plan: { ...quick, runSeconds: 5000 } });
  assert.equal(await api.runDue(), 0);
  clock.advance(30);
  await post(`batches/${id}/cancel`);
  clock.advance(3600);
  await api.runDue();
  assert.deepEqual(types(), ["batch.cancelled", "batch.completed", "batch.failed"]);
  clock.advance(100_000);
  await api.runDue();
  await api.runDue();
  assert.deepEqual(types(), ["batch.cancelled", "batch.completed", "batch.expired", "batch.failed"]);
});

test("a rejected event is sent again", async () => {
  const { sent, create, clock, api } = mockWithWebhook((count) => (count === 1 ? 500 : 200));
  await create(input(1), { plan: quick });
  clock.advance(600);
  assert.deepEqual([await api.runDue(), await api.runDue(), await api.runDue()], [0, 1, 0]);
  assert.equal(sent[0].body, sent[1].body);
});

test("a rejected event is not sent again by every request", async () => {
  const { sent, create, get, clock, api } = mockWithWebhook(() => 500);
  await create(input(1), { plan: quick });
  clock.advance(600);
  for (let at = 0; at < 10; at++) {
    await get("batches");
    await settle();
  }
  assert.equal(sent.length, 1);
  await api.runDue();
  assert.equal(sent.length, 2);
});

test("a webhook may send requests to the mock", async () => {
  const statuses = [];
  const mocked = mock({
    webhook: {
      url: "http://app.test/hook",
      secret,
      fetch: async (request) => {
        const { data } = await request.json();
        statuses.push((await mocked.get(`batches/${data.id}`)).body.status);
        return new Response();
      },
    },
  });
  await mocked.create(input(1), { plan: quick });
  mocked.clock.advance(600);
  await mocked.api.runDue();
  assert.deepEqual(statuses, ["completed"]);
});
