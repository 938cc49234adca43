// Gives a component the runs of this page, and renders it again whenever they change.
import type { LitElement, ReactiveController } from "lit";
import type { Runs } from "./runs.js";
import { sharedRuns } from "./shared-runs.js";

/** The interval at which runs are read again, in milliseconds, because other tabs work on runs, too. */
const interval = 2000;

/** Holds the runs; `runs` stays `undefined` where this page cannot send. */
export class RunsController implements ReactiveController {
  runs: Runs | undefined;
  readonly #host: LitElement;
  readonly #onRuns: (runs: Runs) => void;
  #timer: ReturnType<typeof setInterval> | undefined;

  /** @param onRuns called once, with the runs */
  constructor(host: LitElement, onRuns: (runs: Runs) => void = () => undefined) {
    this.#host = host;
    this.#onRuns = onRuns;
    host.addController(this);
  }

  hostConnected(): void {
    this.#timer = setInterval(this.#refresh, interval);
    void this.#connect();
  }

  hostDisconnected(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.runs?.removeEventListener("change", this.#update);
  }

  async #connect(): Promise<void> {
    // The API may be unreachable; the next refresh connects again.
    const runs = await sharedRuns()?.catch(() => undefined);
    if (!runs || this.#timer === undefined) return;
    if (!this.runs) this.#onRuns(runs);
    this.runs = runs;
    runs.addEventListener("change", this.#update);
    await runs.refresh();
  }

  // A hidden page or component is not updated.
  #refresh = (): void => {
    if (document.hidden || this.#host.hidden) return;
    void (this.runs ? this.runs.refresh() : this.#connect());
  };

  #update = (): void => this.#host.requestUpdate();
}
