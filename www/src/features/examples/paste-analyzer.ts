// Reads a pasted text, however long: what is shown at once, the counts of all of it in slices between which the page
// can breathe.
import { describeBatch, type ProfileName } from "batchlight";
import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { Entry } from "./entry.js";
import { count, noCounts, type Counts } from "./groups.js";
import { parsePaste, type Reading } from "./paste-parser.js";

/** How many elements are shown, and how many more each time somebody asks. */
export const pageSize = 50;

/** How many of them are made in one go: a card takes its time. */
const atOnce = 10;

/**
 * For how many milliseconds a slice may keep the page from answering, and how long it is between two reports of
 * progress.
 */
const slice = 12;
const report = 200;

/** What is known of a pasted text so far. */
export interface PasteSummary {
  /** What it is, in words: `a list response`. */
  readonly what: string;
  /** How many elements it has. */
  readonly total: number;
  /** How many of them have been read. */
  readonly read: number;
  /** Of those read, how many are of each group. */
  readonly counts: Counts;
  /** Of those read, how many are not valid. */
  readonly invalid: number;
  /** Those to be shown. */
  readonly entries: readonly Entry[];
}

/** Holds the summary for a component and asks it to render again whenever there are more. */
export class PasteAnalyzer implements ReactiveController {
  /** None while nothing is pasted. */
  summary: PasteSummary | undefined;
  #host: ReactiveControllerHost;
  #reading: Reading | undefined;
  #profile: ProfileName = "openai";
  #asOf = 0;
  #run = 0;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** Nothing may go on reading for a page that is gone. */
  hostDisconnected(): void {
    this.#run += 1;
  }

  /**
   * Reads a text and forgets the one before.
   *
   * @returns whether all of it was read: a newer text ends the reading of an older one
   */
  async read(text: string, profile: ProfileName): Promise<boolean> {
    const run = ++this.#run;
    this.#reading = parsePaste(text);
    this.#profile = profile;
    this.#asOf = Math.floor(Date.now() / 1000);
    this.summary = this.#reading && {
      what: this.#reading.what,
      total: this.#reading.length,
      read: 0,
      counts: noCounts,
      invalid: 0,
      entries: this.#entries(0, atOnce),
    };
    return this.#countAll(run);
  }

  /** Shows more of the elements. */
  showMore(): void {
    if (!this.summary) return;
    const { entries } = this.summary;
    this.#update({ entries: [...entries, ...this.#entries(entries.length, pageSize)] });
    this.#host.requestUpdate();
  }

  async #countAll(run: number): Promise<boolean> {
    let told = -report;
    while (this.summary && this.summary.read < this.summary.total) {
      const { entries, total } = this.summary;
      if (entries.length < Math.min(pageSize, total)) {
        this.#update({ entries: [...entries, ...this.#entries(entries.length, atOnce)] });
        this.#host.requestUpdate();
      } else this.#countSlice(this.summary);
      if (performance.now() - told > report) {
        this.#host.requestUpdate();
        told = performance.now();
      }
      await new Promise((wake) => setTimeout(wake));
      if (run !== this.#run) return false;
    }
    this.#host.requestUpdate();
    return true;
  }

  #countSlice({ read, total, counts, invalid, entries }: PasteSummary): void {
    const end = performance.now() + slice;
    const views = [];
    let at = read;
    do {
      views.push(entries[at]?.view ?? this.#describe(at));
      at += 1;
    } while (at < total && performance.now() < end);
    const bad = views.filter(({ valid }) => !valid).length;
    this.#update({ read: at, counts: count(counts, views), invalid: invalid + bad });
  }

  #describe(index: number) {
    return describeBatch(this.#reading?.piece(index).value, { profile: this.#profile, now: this.#asOf });
  }

  #entries(from: number, most: number): Entry[] {
    const left = Math.max(0, (this.#reading?.length ?? 0) - from);
    return Array.from({ length: Math.min(most, left) }, (_, offset) => {
      const index = from + offset;
      const { value, place } = this.#reading?.piece(index) ?? { value: undefined };
      return {
        key: `paste-${index}`,
        value,
        place,
        profile: this.#profile,
        view: this.#describe(index),
        asOf: this.#asOf,
      };
    });
  }

  #update(changes: Partial<PasteSummary>): void {
    this.summary = this.summary && { ...this.summary, ...changes };
  }
}
