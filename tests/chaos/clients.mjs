// Clients that upload, create, retrieve, cancel and delete in random order.
import { ask, create, upload } from "../cli/clients/requests.mjs";
import { line } from "../cli/clients/support.mjs";

/** With a fast clock, the first batch ends before it is retrieved, and the second never ends by itself. */
const plans = [
  { validationSeconds: 1, runSeconds: 1, finalizingSeconds: 1 },
  { validationSeconds: 1, runSeconds: 80_000, cancellingSeconds: 80_000 },
];

/** The `custom_id`s of an input file. */
const requestsIn = (text) =>
  text
    .trimEnd()
    .split("\n")
    .map((one) => JSON.parse(one).custom_id);

// Each function sends one request, records what is acknowledged, and returns the response. Returns undefined if there
// is nothing to send.

async function uploads({ url, ledger, round }) {
  const lines = Array.from({ length: 1 + round.random(40) }, (_, at) => `${line(`request-${at}`)}\n`);
  // An input file, or a file that is not valid for a batch.
  const text = round.random(4) > 0 ? lines.join("") : "x".repeat(round.random(100_000));
  const response = await upload(url, text);
  if (response.status === 200) ledger.uploaded(response.body, text);
  return response;
}

async function creates({ url, ledger, round }) {
  const inputs = [...ledger.files.values()].filter(({ text }) => text.startsWith("{"));
  if (inputs.length === 0) return undefined;
  const { file, text } = round.pick(inputs);
  const response = await create(url, file.id, round.pick(plans));
  if (response.status === 200) ledger.created(response.body, requestsIn(text));
  return response;
}

async function retrieves({ url, ledger, round }) {
  if (ledger.batches.size === 0) return undefined;
  const response = await ask(url, `batches/${round.pick([...ledger.batches.keys()])}`);
  if (response.status === 200) ledger.seen(response.body);
  return response;
}

async function cancels({ url, ledger, round }) {
  if (ledger.batches.size === 0) return undefined;
  const id = round.pick([...ledger.batches.keys()]);
  const response = await ask(url, `batches/${id}/cancel`, { method: "POST" });
  if (response.status === 200) ledger.seen(response.body);
  // The batch may have ended meanwhile.
  return response.status === 409 ? undefined : response;
}

async function deletes({ url, ledger, round }) {
  const ids = ledger.deletable();
  if (ids.length === 0) return undefined;
  const id = round.pick(ids);
  ledger.deleting(id);
  const response = await ask(url, `files/${id}`, { method: "DELETE" });
  if (response.status === 200) ledger.deleted(id);
  return response;
}

const requests = [
  uploads,
  uploads,
  uploads,
  creates,
  creates,
  creates,
  creates,
  retrieves,
  retrieves,
  cancels,
  deletes,
];

/**
 * Sends random requests one after the other.
 *
 * @typedef {object} Work
 * @property {string} url
 * @property {import("./ledger.mjs").Ledger} ledger
 * @property {import("./round.mjs").Round} round
 * @property {(done: number) => boolean} more whether to send another request after `done` requests
 * @property {(response: { status: number, body: any }) => boolean} [mayFail] whether an error response is expected
 * @param {Work} work
 */
export async function workAsClient(work) {
  const { round, more, mayFail = () => false } = work;
  for (let done = 0; more(done); done++) {
    const response = await round.pick(requests)(work);
    if (response && response.status !== 200 && !mayFail(response))
      round.tally.fail(`expected status 200, found ${response.status}: ${response.body.error?.message}`);
  }
}
