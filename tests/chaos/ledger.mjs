// Records what a mock acknowledges, and checks that it is preserved.
import { isDeepStrictEqual } from "node:util";
import { ask, content } from "../cli/clients/requests.mjs";
import { requireInstalled } from "../package/support.mjs";

const { compareBatches } = requireInstalled("batchlight");

/** The number of parallel requests. */
const lanes = 8;

/** Everything that the mock of a folder acknowledged, across restarts. */
export class Ledger {
  /** Files by id: the object and the content. */
  files = new Map();
  /** Batches by id: the newest object, and the `custom_id`s of the requests. */
  batches = new Map();
  /** The ids of files whose deletion was acknowledged. */
  #deleted = new Set();
  /** The ids of files whose deletion was requested and not acknowledged. */
  #leaving = new Set();
  /** The contents of result files as first read. */
  #results = new Map();
  /** The newest `created_at` of a batch so far. */
  #latest = 0;
  /** `#latest` at the last check. Later batches are not older, but parallel requests may overtake each other. */
  #floor = 0;

  /** @param {import("./tally.mjs").Tally} tally */
  constructor(tally) {
    this.tally = tally;
  }

  /** Records an acknowledged upload. */
  uploaded(file, text) {
    this.tally.acknowledge();
    this.tally.check(!this.files.has(file.id) && !this.#deleted.has(file.id), `id ${file.id} was used twice`);
    this.files.set(file.id, { file, text });
  }

  /** Records an acknowledged creation. */
  created(batch, requests) {
    this.tally.acknowledge();
    this.tally.check(!this.batches.has(batch.id), `id ${batch.id} was used twice`);
    this.tally.check(batch.created_at >= this.#floor, `${batch.id} was created before the time of an earlier check`);
    this.#latest = Math.max(this.#latest, batch.created_at);
    this.batches.set(batch.id, { batch, requests });
  }

  /** Records a retrieved batch. If responses overtake each other, the newer one counts. */
  seen(batch) {
    this.tally.acknowledge();
    const known = this.batches.get(batch.id);
    const { relation } = compareBatches(known.batch, batch);
    this.tally.check(relation !== "conflicting", `${batch.id} changed from ${known.batch.status} to ${batch.status}`);
    if (relation === "advanced") known.batch = batch;
  }

  /** The ids of files without a requested deletion. */
  deletable() {
    return [...this.files.keys()].filter((id) => !this.#leaving.has(id));
  }

  /** Records a requested deletion. From now on the file may be missing. */
  deleting(id) {
    this.#leaving.add(id);
  }

  /** Records an acknowledged deletion. */
  deleted(id) {
    this.tally.acknowledge();
    this.#leaving.delete(id);
    this.#deleted.add(id);
    this.files.delete(id);
  }

  /** Discards everything that depends on the time, which is unknown. */
  forgetTime() {
    this.batches.clear();
    this.#latest = 0;
  }

  /**
   * Retrieves everything and reports losses. Call it while no other requests run.
   *
   * @param {string} url
   * @param {ReadonlySet<string>} damaged ids of files and batches that may be missing
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
    if (found.status !== 200) return this.tally.lose(`file ${id}: status ${found.status}`);
    if (!isDeepStrictEqual(found.body, file)) this.tally.lose(`file ${id} changed`);
    if ((await content(url, id)) !== text) this.tally.lose(`content of ${id} changed`);
  }

  async #checkDeleted(url, id) {
    const { status } = await ask(url, `files/${id}`);
    if (status !== 404) this.tally.lose(`deletion of ${id}: status ${status}`);
  }

  async #checkBatch(url, known, damaged) {
    const { id } = known.batch;
    const { status, body } = await ask(url, `batches/${id}`);
    if (status !== 200) return this.tally.lose(`batch ${id}: status ${status}`);
    const { relation } = compareBatches(known.batch, body);
    if (relation !== "unchanged" && relation !== "advanced")
      this.tally.lose(`batch ${id} changed from ${known.batch.status} to ${body.status}: ${relation}`);
    known.batch = body;
    if (body.output_file_id && !damaged.has(body.output_file_id)) await this.#checkResults(url, known);
  }

  /** Checks that result files contain every request and never change. */
  async #checkResults(url, { batch, requests }) {
    const id = batch.output_file_id;
    const text = await content(url, id);
    if (this.#results.has(id)) {
      if (this.#results.get(id) !== text) this.tally.lose(`results ${id} changed`);
      return;
    }
    this.#results.set(id, text);
    const answered = text
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line).custom_id);
    if (batch.status === "completed" && !isDeepStrictEqual(answered.sort(), [...requests].sort()))
      this.tally.lose(`expected ${requests.length} results of ${batch.id}, found ${answered.length} in ${id}`);
  }

  async #checkLists(url, damaged) {
    const { body } = await ask(url, "files?limit=10000");
    const files = new Map(body.data.map((file) => [file.id, file]));
    for (const id of this.files.keys())
      if (!files.has(id) && !damaged.has(id)) this.tally.lose(`file ${id} is not listed`);
    // Checks that no partial upload exists.
    await inLanes([...files.values()], async ({ id, bytes }) => {
      const { length } = Buffer.from(await content(url, id));
      this.tally.check(length === bytes, `expected ${bytes} bytes in ${id}, found ${length}`);
    });
    const batches = await allBatches(url);
    for (const id of this.batches.keys())
      if (!batches.has(id) && !damaged.has(id)) this.tally.lose(`batch ${id} is not listed`);
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

/** Runs a task for each item, several in parallel. */
async function inLanes(items, work) {
  const left = items[Symbol.iterator]();
  const lane = async () => {
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
