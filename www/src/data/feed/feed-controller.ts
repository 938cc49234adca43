// Lets a component render again whenever the live batches change, and as time passes.
import type { LitElement, ReactiveController } from "lit";
import { wordsOf } from "../api/api-request.js";
import { live, type Live } from "./batch-feed.js";

/** How often what is said of time is said anew, in milliseconds. */
const tick = 1000;

/** The live batches for a component, as soon as there is an API. */
export class Following implements ReactiveController {
  live: Live | undefined;
  /** Why there is no API. */
  failed: string | undefined;
  #host: LitElement;
  #ticker: ReturnType<typeof setInterval> | undefined;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#ticker = setInterval(this.#renew, tick);
    live().then(
      (live) => {
        if (this.#ticker === undefined) return;
        this.live = live;
        live.addEventListener("change", this.#renew);
        this.#host.requestUpdate();
      },
      (error: unknown) => {
        this.failed = wordsOf(error);
        this.#host.requestUpdate();
      },
    );
  }

  hostDisconnected(): void {
    clearInterval(this.#ticker);
    this.#ticker = undefined;
    this.live?.removeEventListener("change", this.#renew);
  }

  /** The moment for elements; nothing where their own clock is right. */
  get now(): number | undefined {
    const api = this.live?.api;
    return api && api.speed !== 1 ? Math.floor(api.now()) : undefined;
  }

  // What is out of sight is not written.
  #renew = (): void => {
    if (!document.hidden && !this.#host.hidden) this.#host.requestUpdate();
  };
}
