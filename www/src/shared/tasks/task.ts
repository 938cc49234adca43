// Work that takes a while, can be cancelled, and may fail.
import type { FileProgress } from "batchlight/worker";
import type { LitElement, ReactiveController } from "lit";
import { formatBytes } from "#common/format.js";
import { messageOf } from "#common/thrown.js";
import { announce } from "../announce-event.js";

/** The progress of a task: bytes and lines read so far, and the total number of bytes. */
export type Progress = Pick<FileProgress, "bytes"> & { readonly total?: number | undefined; readonly lines?: number };

/** What a task passes to its work. */
export interface TaskOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

/** The state of a task. `label` says what it does: `Checking requests.jsonl`. */
export type TaskState<Result> =
  | { readonly kind: "idle" }
  | {
      readonly kind: "running";
      readonly label: string;
      readonly progress: Progress | undefined;
      /** The previous result, where it stays valid during this run. */
      readonly previous: Result | undefined;
    }
  | { readonly kind: "done"; readonly result: Result }
  | { readonly kind: "cancelled"; readonly label: string }
  | { readonly kind: "failed"; readonly label: string; readonly message: string };

/** The minimum time between two announcements of progress, in milliseconds, so that listeners are not interrupted. */
const announceInterval = 30_000;

/** Runs one piece of work at a time for a component: a new run cancels the previous one. */
export class Task<Result> implements ReactiveController {
  state: TaskState<Result> = { kind: "idle" };
  #host: LitElement;
  #controller: AbortController | undefined;
  #restart: (() => void) | undefined;
  /** The last announcement of progress: the quarter it was in, and its time in milliseconds. */
  #announced = { quarter: 0, at: 0 };

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  /** Cancels the work of a component that is removed. */
  hostDisconnected(): void {
    this.#controller?.abort();
  }

  /** The result, once the task is done; the previous result while it stays valid during a new run. */
  get result(): Result | undefined {
    if (this.state.kind === "running") return this.state.previous;
    return this.state.kind === "done" ? this.state.result : undefined;
  }

  /**
   * Starts the work.
   *
   * @param label what the task does, for people: `Checking requests.jsonl`
   * @param options `keepResult`: whether the previous result stays valid meanwhile; `onDone` is called with the result,
   * also when the user starts the work again
   * @returns the result, or `undefined` when the work failed, was cancelled or was replaced by a newer run
   */
  async run(
    label: string,
    work: (options: TaskOptions) => Promise<Result>,
    options: { readonly keepResult?: boolean; readonly onDone?: (result: Result) => void } = {},
  ): Promise<Result | undefined> {
    const previous = options.keepResult ? this.result : undefined;
    this.#controller?.abort();
    const controller = new AbortController();
    this.#controller = controller;
    const { signal } = controller;
    const isCurrent = (): boolean => this.#controller === controller;
    this.#restart = () => void this.run(label, work, options);
    this.#announced = { quarter: 0, at: performance.now() };
    await this.#setState({ kind: "running", label, progress: undefined, previous });
    const onProgress = (progress: Progress): void => {
      if (!isCurrent() || signal.aborted || this.state.kind !== "running") return;
      this.#announceProgress(label, progress);
      void this.#setState({ kind: "running", label, progress, previous });
    };
    try {
      const result = await work({ signal, onProgress });
      if (!isCurrent() || signal.aborted) return undefined;
      await this.#setState({ kind: "done", result });
      if (!isCurrent()) return undefined;
      options.onDone?.(result);
      return result;
    } catch (error) {
      if (!isCurrent()) return undefined;
      if (signal.aborted) {
        await this.#setState({ kind: "cancelled", label });
        announce(this.#host, `${label}: cancelled.`);
      } else {
        const message = messageOf(error);
        await this.#setState({ kind: "failed", label, message });
        announce(this.#host, `${label}: failed. ${message}`);
      }
      return undefined;
    }
  }

  /** Cancels the work. */
  cancel(): void {
    this.#controller?.abort();
  }

  /** Cancels the work and forgets its result. */
  reset(): void {
    this.#controller?.abort();
    this.#controller = undefined;
    this.state = { kind: "idle" };
  }

  /** Runs the same work again. */
  restart(): void {
    this.#restart?.();
  }

  /**
   * Shows a state. When the focused button disappears, the focus moves to what replaces it instead of to the top of the
   * page.
   */
  async #setState(state: TaskState<Result>): Promise<void> {
    const hadFocus =
      state.kind !== this.state.kind &&
      this.#host.contains(document.activeElement) &&
      document.activeElement?.closest(".task") !== null;
    this.state = state;
    this.#host.requestUpdate();
    if (!hadFocus) return;
    await this.#host.updateComplete;
    if (document.activeElement !== document.body) return;
    const next =
      this.#host.querySelector<HTMLElement>(".task button") ??
      this.#host.querySelector<HTMLElement>("[data-after-task]");
    next?.focus();
  }

  /** Announces each quarter of the progress, at most once per interval. */
  #announceProgress(label: string, { bytes, total }: Progress): void {
    if (!total) return;
    const quarter = Math.floor((bytes / total) * 4);
    const now = performance.now();
    if (quarter <= this.#announced.quarter || quarter === 4 || now - this.#announced.at < announceInterval) return;
    this.#announced = { quarter, at: now };
    announce(this.#host, `${label}: ${formatBytes(bytes)} of ${formatBytes(total)}.`);
  }
}
