// Renders a component again whenever the batch feed changes, and once a second for the times it shows.
import type { LitElement, ReactiveController } from "lit";
import { messageOf } from "#common/thrown.js";
import { connect } from "../api/connect.js";
import { BatchFeed } from "./batch-feed.js";

/** The interval between two renderings of relative times, in milliseconds. */
const tick = 1000;

/** The difference between the API's clock and the system's from which the elements need the API's, in seconds. */
const maxClockDifference = 60;

let shared: Promise<BatchFeed> | undefined;

/** Returns the feed of this page's API, which is created at the first call. */
const batchFeed = (): Promise<BatchFeed> => {
  shared ??= connect().then((api) => new BatchFeed(api));
  return shared;
};

/** Gives a component the batch feed, once there is an API. */
export class FeedController implements ReactiveController {
  feed: BatchFeed | undefined;
  /** Why there is no API. */
  error: string | undefined;
  #host: LitElement;
  readonly #onFeed: (feed: BatchFeed) => void;
  #ticker: ReturnType<typeof setInterval> | undefined;

  /** @param onFeed called once, with the feed */
  constructor(host: LitElement, onFeed: (feed: BatchFeed) => void = () => undefined) {
    this.#host = host;
    this.#onFeed = onFeed;
    host.addController(this);
  }

  hostConnected(): void {
    this.#ticker = setInterval(this.#update, tick);
    batchFeed().then(
      (feed) => {
        if (this.#ticker === undefined) return;
        if (!this.feed) this.#onFeed(feed);
        this.feed = feed;
        feed.addEventListener("change", this.#update);
        this.#host.requestUpdate();
      },
      (error: unknown) => {
        this.error = messageOf(error);
        this.#host.requestUpdate();
      },
    );
  }

  hostDisconnected(): void {
    clearInterval(this.#ticker);
    this.#ticker = undefined;
    this.feed?.removeEventListener("change", this.#update);
  }

  /** The API's time for the elements, in Unix seconds; `undefined` where the elements can use their own clock. */
  get now(): number | undefined {
    const api = this.feed?.api;
    if (!api) return undefined;
    const now = api.now();
    const differs = api.speed !== 1 || Math.abs(now - Date.now() / 1000) > maxClockDifference;
    return differs ? Math.floor(now) : undefined;
  }

  // A hidden page or component is not rendered.
  #update = (): void => {
    if (!document.hidden && !this.#host.hidden) this.#host.requestUpdate();
  };
}
