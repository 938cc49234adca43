// Something that takes a while, can be called off, and may fail.
import type { FileProgress } from "batchlight/worker";
import type { LitElement, ReactiveController } from "lit";
import { say } from "../announce-event.js";
import { sized } from "./sizes.js";

/** How far a task is. */
export type Progress = Pick<FileProgress, "bytes"> & { readonly total?: number | undefined; readonly lines?: number };

/** What a task is given: by what it is called off, and whom it tells how far it is. */
export interface TaskOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

/** How a task stands. */
export type TaskState<Result> =
  | { readonly kind: "idle" }
  | {
      readonly kind: "running";
      readonly what: string;
      readonly progress: Progress | undefined;
      readonly before: Result | undefined;
    }
  | { readonly kind: "done"; readonly result: Result }
  | { readonly kind: "cancelled"; readonly what: string }
  | { readonly kind: "failed"; readonly what: string; readonly why: string };

/**
 * How long the live region rests at least between two quarters, in milliseconds: whoever listens is not to be talked
 * over.
 */
const rest = 30_000;

/** Runs one thing at a time for a component: what is started anew ends what ran before. */
export class Task<Result> implements ReactiveController {
  state: TaskState<Result> = { kind: "idle" };
  #host: LitElement;
  #stop: AbortController | undefined;
  #again: (() => void) | undefined;
  #told = { quarter: 0, at: 0 };

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  /** Nothing may go on for a page that is gone. */
  hostDisconnected(): void {
    this.#stop?.abort();
  }

  /** What came of it, once it is done; what came of it before, where that still holds while it runs again. */
  get result(): Result | undefined {
    if (this.state.kind === "running") return this.state.before;
    return this.state.kind === "done" ? this.state.result : undefined;
  }

  /**
   * Starts the work.
   *
   * @param what what is done, in words: `Checking requests.jsonl`
   * @param refine whether what came of it before still holds meanwhile
   * @returns what came of it; nothing when it failed, was called off, or was overtaken
   */
  async run(
    what: string,
    work: (options: TaskOptions) => Promise<Result>,
    refine = false,
  ): Promise<Result | undefined> {
    const before = refine ? this.result : undefined;
    this.#stop?.abort();
    const stop = new AbortController();
    this.#stop = stop;
    const { signal } = stop;
    const current = (): boolean => this.#stop === stop;
    this.#again = () => void this.run(what, work);
    this.#told = { quarter: 0, at: performance.now() };
    await this.#turn({ kind: "running", what, progress: undefined, before });
    const onProgress = (progress: Progress): void => {
      if (!current() || signal.aborted || this.state.kind !== "running") return;
      this.#tell(what, progress);
      void this.#turn({ kind: "running", what, progress, before });
    };
    try {
      const result = await work({ signal, onProgress });
      if (!current() || signal.aborted) return undefined;
      await this.#turn({ kind: "done", result });
      return result;
    } catch (error) {
      if (!current()) return undefined;
      if (signal.aborted) {
        await this.#turn({ kind: "cancelled", what });
        say(this.#host, `${what}: cancelled.`);
      } else {
        const why = error instanceof Error ? error.message : String(error);
        await this.#turn({ kind: "failed", what, why });
        say(this.#host, `${what}: failed. ${why}`);
      }
      return undefined;
    }
  }

  /** Calls it off. */
  cancel(): void {
    this.#stop?.abort();
  }

  /** Forgets what came of it; ends what runs. */
  reset(): void {
    this.#stop?.abort();
    this.#stop = undefined;
    this.state = { kind: "idle" };
  }

  /** Does the same again. */
  again(): void {
    this.#again?.();
  }

  /**
   * Shows a state. Whoever stood on a button that goes away is led to what stands in its place, not to the top of the
   * page.
   */
  async #turn(state: TaskState<Result>): Promise<void> {
    const stood =
      state.kind !== this.state.kind &&
      this.#host.contains(document.activeElement) &&
      document.activeElement?.closest(".task") !== null;
    this.state = state;
    this.#host.requestUpdate();
    if (!stood) return;
    await this.#host.updateComplete;
    if (document.activeElement !== document.body) return;
    const next =
      this.#host.querySelector<HTMLElement>(".task button") ??
      this.#host.querySelector<HTMLElement>("[data-after-task]");
    next?.focus();
  }

  #tell(what: string, { bytes, total }: Progress): void {
    if (!total) return;
    const quarter = Math.floor((bytes / total) * 4);
    const now = performance.now();
    if (quarter <= this.#told.quarter || quarter === 4 || now - this.#told.at < rest) return;
    this.#told = { quarter, at: now };
    say(this.#host, `${what}: ${sized(bytes)} of ${sized(total)}.`);
  }
}
