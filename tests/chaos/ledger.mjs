// What a mock has acknowledged, and whether it is all still there.
import { isDeepStrictEqual } from "node:util";
import { ask, content } from "../cli/clients/requests.mjs";
import { requireInstalled } from "../package/support.mjs";

const { compareBatches } = requireInstalled("batchlight");

/** How many questions are asked at once. */
const lanes = 8;

/** Everything that the mock of a folder has acknowledged, over all its restarts. */
export class Ledger {
  /** Files by id: the object and the content. */
  files = new Map();
  /** Batches by id: the newest object, and the `custom_id`s of the requests. */
  batches = new Map();
  /** Files whose deletion was acknowledged, and those whose deletion was asked for only. */
  #deleted = new Set();
  #leaving = new Set();
  /** The contents of result files, as they were first read. */
  #results = new Map();
  /** The newest `created_at` of a batch: so far, and at the last check. Requests at once overtake each other. */
  #latest = 0;
  #floor = 0;

  /** @param {import("./tally.mjs").Tally} tally */
  constructor(tally) {
    this.tally = tally;
  }

  /** Notes an acknowledged upload. */
  uploaded(file, text) {
    this.tally.acknowledge();
    this.tally.check(!this.files.has(file.id) && !this.#deleted.has(file.id), `the id ${file.id} is given twice`);
    this.files.set(file.id, { file, text });
  }

  /** Notes an acknowledged creation. */
  created(batch, requests) {
    this.tally.acknowledge();
    this.tally.check(!this.batches.has(batch.id), `the id ${batch.id} is given twice`);
    this.tally.check(batch.created_at >= this.#floor, `the clock of ${batch.id} is behind that before a restart`);
    this.#latest = Math.max(this.#latest, batch.created_at);
    this.batches.set(batch.id, { batch, requests });
  }

  /** Notes a batch as an answer shows it; of two answers that overtake each other the newer one counts. */
  seen(batch) {
    this.tally.acknowledge();
    const known = this.batches.get(batch.id);
    const { relation } = compareBatches(known.batch, batch);
    this.tally.check(relation !== "conflicting", `${batch.id} was ${known.batch.status}, and is ${batch.status}`);
    if (relation === "advanced") known.batch = batch;
  }

  /** The ids of files that nobody has asked to delete. */
  deletable() {
    return [...this.files.keys()].filter((id) => !this.#leaving.has(id));
  }

  /** Notes that a deletion is asked for; from now on the file may be gone. */
  deleting(id) {
    this.#leaving.add(id);
  }

  /** Notes an acknowledged deletion. */
  deleted(id) {
    this.tally.acknowledge();
    this.#leaving.delete(id);
    this.#deleted.add(id);
    this.files.delete(id);
  }

  /** Forgets what depends on the time, which nobody knows any more. */
  forgetTime() {
    this.batches.clear();
    this.#latest = 0;
  }

  /**
   * Asks for everything, and notes what is lost. Only when nothing else is asked of the server.
   *
   * @param {string} url
   * @param {ReadonlySet<string>} damaged ids of files and batches that need not be there
   */
  async check(url, damaged = new Set()) {
    this.#floor = this.#latest;
    const isWhole = (/** @type {[string, any]} */ [id]) => !damaged.has(id);
    await inLanes([...this.files].filter(isWhole), ([id, kept]) => this.#checkFile(url, id, kept));
    await inLanes([...this.#deleted], (id) => this.#checkDeleted(url, id));
    await inLanes([...this.batches].filter(isWhole), ([, known]) => this.#checkBatch(url, known, damaged));
    await this.#checkLists(url, damaged);
  }

  async #checkFile(url, id, { file, text }) {
    const found = await ask(url, `files/${id}`);
    if (found.status === 404 && this.#leaving.delete(id)) {
      this.files.delete(id);
      this.#deleted.add(id);
      return;
    }
    if (found.status !== 200) return this.tally.lose(`the file ${id}: ${found.status}`);
    if (!isDeepStrictEqual(found.body, file)) this.tally.lose(`the file ${id} has changed`);
    if ((await content(url, id)) !== text) this.tally.lose(`the content of ${id} has changed`);
  }

  async #checkDeleted(url, id) {
    const { status } = await ask(url, `files/${id}`);
    if (status !== 404) this.tally.lose(`the deletion of ${id}: ${status}`);
  }

  async #checkBatch(url, known, damaged) {
    const { id } = known.batch;
    const { status, body } = await ask(url, `batches/${id}`);
    if (status !== 200) return this.tally.lose(`the batch ${id}: ${status}`);
    const { relation } = compareBatches(known.batch, body);
    if (relation !== "unchanged" && relation !== "advanced")
      this.tally.lose(`the batch ${id} was ${known.batch.status}, and is ${body.status}: ${relation}`);
    known.batch = body;
    if (body.output_file_id && !damaged.has(body.output_file_id)) await this.#checkResults(url, known);
  }

  /** Result files have an answer to each request, and stay as they were first read. */
  async #checkResults(url, { batch, requests }) {
    const id = batch.output_file_id;
    const text = await content(url, id);
    if (this.#results.has(id)) {
      if (this.#results.get(id) !== text) this.tally.lose(`the results ${id} have changed`);
      return;
    }
    this.#results.set(id, text);
    const answered = text
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line).custom_id);
    if (batch.status === "completed" && !isDeepStrictEqual(answered.sort(), [...requests].sort()))
      this.tally.lose(`the results ${id} of ${batch.id} answer ${answered.length} of ${requests.length} requests`);
  }

  async #checkLists(url, damaged) {
    const { body } = await ask(url, "files?limit=10000");
    const files = new Map(body.data.map((file) => [file.id, file]));
    for (const id of this.files.keys())
      if (!files.has(id) && !damaged.has(id)) this.tally.lose(`the file ${id} is not listed`);
    // Neither is anything half there that was never acknowledged.
    await inLanes([...files.values()], async ({ id, bytes }) => {
      const { length } = Buffer.from(await content(url, id));
      this.tally.check(length === bytes, `${id} is listed with ${bytes} bytes, and has ${length}`);
    });
    const batches = await allBatches(url);
    for (const id of this.batches.keys())
      if (!batches.has(id) && !damaged.has(id)) this.tally.lose(`the batch ${id} is not listed`);
  }
}

/** The ids of all batches, page by page. */
async function allBatches(url) {
  const ids = new Set();
  for (let after = ""; ; ) {
    const { body } = await ask(url, `batches?limit=100${after}`);
    for (const { id } of body.data) ids.add(id);
    if (!body.has_more) return ids;
    after = `&after=${body.last_id}`;
  }
}

/** Does some work with each item, with a few at once. */
async function inLanes(items, work) {
  const left = items[Symbol.iterator]();
  const lane = async () => {
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
