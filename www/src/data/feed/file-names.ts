// The names of input files, by which people know their batches. A batch contains only the ids of its files.
import { listItems, propertyOf } from "#common/list-page.js";
import type { Api } from "../api/api.js";
import { isNotFound, requestJson } from "../api/api-request.js";
import type { StoredBatch } from "./batch-store.js";

/** The number of files per page. */
const pageSize = 500;

/** The maximum number of pages requested after one change of the list. A project can have many other files. */
const maxPages = 4;

/** The names of the input files of all loaded batches. */
export class FileNames {
  readonly #api: Api;
  #names: ReadonlyMap<string, string> = new Map();
  /** The ids that were looked for, which are not requested again. The API may have deleted their files. */
  readonly #lookedFor = new Set<string>();
  #lastId: string | undefined;
  #hasMore = true;
  #loading = false;

  constructor(api: Api) {
    this.#api = api;
  }

  /** The names by file id; a new object when names were added. */
  get names(): ReadonlyMap<string, string> {
    return this.#names;
  }

  /** Requests the missing names; returns whether there are new ones. */
  async load(batches: readonly StoredBatch[]): Promise<boolean> {
    if (this.#loading) return false;
    const ids = batches.flatMap(({ view }) => view.files.filter(({ role }) => role === "input").map(({ id }) => id));
    const unknown = new Set(ids.filter((id) => !this.#lookedFor.has(id)));
    if (unknown.size === 0) return false;
    for (const id of unknown) this.#lookedFor.add(id);
    this.#loading = true;
    const names = new Map(this.#names);
    try {
      // New files are on the first page; files of older batches are on the pages after those that were read.
      await this.#addPage(names, undefined);
      for (let page = 1; page < maxPages && this.#hasMore && [...unknown].some((id) => !names.has(id)); page += 1)
        await this.#addPage(names, this.#lastId);
    } catch (error) {
      // Some servers have no list of files. Batches then keep their ids as names; other failures may be temporary.
      if (!isNotFound(error)) for (const id of unknown) if (!names.has(id)) this.#lookedFor.delete(id);
    }
    this.#loading = false;
    const added = names.size > this.#names.size;
    if (added) this.#names = names;
    return added;
  }

  async #addPage(names: Map<string, string>, after: string | undefined): Promise<void> {
    const query = `purpose=batch&limit=${pageSize}${after === undefined ? "" : `&after=${encodeURIComponent(after)}`}`;
    const page = await requestJson(this.#api, `/files?${query}`);
    const files = listItems(page) ?? [];
    for (const file of files) {
      const [id, name] = [propertyOf(file, "id"), propertyOf(file, "filename")];
      if (typeof id === "string" && typeof name === "string" && name !== "") names.set(id, name);
    }
    // The first page is read repeatedly, which does not change the position in the older pages.
    if (after === undefined && this.#lastId !== undefined) return;
    const lastId = propertyOf(files.at(-1), "id");
    this.#hasMore = propertyOf(page, "has_more") === true && typeof lastId === "string";
    if (typeof lastId === "string") this.#lastId = lastId;
  }
}
