// Analyzes a pasted text of any length: the shown elements at once, and the counts of all elements in time slices, so
// that the page stays responsive.
import { describeBatch, type ProfileName } from "batchlight";
import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { Entry } from "./entry.js";
import { addCounts, type Counts, noCounts } from "./groups.js";
import { type ParsedPaste, parsePaste } from "./paste-parser.js";

/** The number of elements that are shown first, and that are added by "Show more". */
export const pageSize = 50;

/** The number of elements rendered at a time: a card takes a few milliseconds. */
const renderStep = 10;

/** The length of a time slice, in milliseconds. */
const sliceLength = 12;

/** The minimum time between two renderings of the progress, in milliseconds. */
const progressInterval = 200;

/** The analysis of a pasted text so far. */
export interface PasteSummary {
  /** The kind of the text, for people: `a list response`. */
  readonly kind: string;
  /** The number of elements. */
  readonly total: number;
  /** The number of elements analyzed so far. */
  readonly analyzed: number;
  /** The analyzed elements by group. */
  readonly counts: Counts;
  /** The number of analyzed elements that are invalid. */
  readonly invalid: number;
  /** The elements to show. */
  readonly entries: readonly Entry[];
}

/** Holds the summary for a component and renders the component again when the summary changes. */
export class PasteAnalyzer implements ReactiveController {
  /** The summary; `undefined` while the box is empty. */
  summary: PasteSummary | undefined;
  #host: ReactiveControllerHost;
  #parsed: ParsedPaste | undefined;
  #profile: ProfileName = "openai";
  /** The time of the analysis, in Unix seconds. */
  #asOf = 0;
  /** The number of the current run. */
  #run = 0;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** Stops the analysis for a component that is removed. */
  hostDisconnected(): void {
    this.#run += 1;
  }

  /**
   * Analyzes a text in place of the previous one.
   *
   * @returns whether the analysis completed: a newer text stops it
   */
  async analyze(text: string, profile: ProfileName): Promise<boolean> {
    const run = ++this.#run;
    this.#parsed = parsePaste(text);
    this.#profile = profile;
    this.#asOf = Math.floor(Date.now() / 1000);
    this.summary = this.#parsed && {
      kind: this.#parsed.kind,
      total: this.#parsed.length,
      analyzed: 0,
      counts: noCounts,
      invalid: 0,
      entries: this.#createEntries(0, renderStep),
    };
    return this.#analyzeAll(run);
  }

  /** Shows more elements. */
  showMore(): void {
    if (!this.summary) return;
    const { entries } = this.summary;
    this.#update({ entries: [...entries, ...this.#createEntries(entries.length, pageSize)] });
    this.#host.requestUpdate();
  }

  async #analyzeAll(run: number): Promise<boolean> {
    let rendered = -progressInterval;
    while (this.summary && this.summary.analyzed < this.summary.total) {
      const { entries, total } = this.summary;
      if (entries.length < Math.min(pageSize, total)) {
        this.#update({ entries: [...entries, ...this.#createEntries(entries.length, renderStep)] });
        this.#host.requestUpdate();
      } else this.#analyzeSlice(this.summary);
      if (performance.now() - rendered > progressInterval) {
        this.#host.requestUpdate();
        rendered = performance.now();
      }
      await new Promise((resolve) => setTimeout(resolve));
      if (run !== this.#run) return false;
    }
    this.#host.requestUpdate();
    return true;
  }

  #analyzeSlice({ analyzed, total, counts, invalid, entries }: PasteSummary): void {
    const end = performance.now() + sliceLength;
    const views = [];
    let index = analyzed;
    do {
      views.push(entries[index]?.view ?? this.#describe(index));
      index += 1;
    } while (index < total && performance.now() < end);
    const invalidViews = views.filter(({ valid }) => !valid).length;
    this.#update({ analyzed: index, counts: addCounts(counts, views), invalid: invalid + invalidViews });
  }

  #describe(index: number) {
    return describeBatch(this.#parsed?.element(index).value, { profile: this.#profile, now: this.#asOf });
  }

  #createEntries(from: number, count: number): Entry[] {
    const remaining = Math.max(0, (this.#parsed?.length ?? 0) - from);
    return Array.from({ length: Math.min(count, remaining) }, (_, offset) => {
      const index = from + offset;
      const { value, place } = this.#parsed?.element(index) ?? { value: undefined };
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
