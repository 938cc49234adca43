// Announces changes to screen readers: routine changes politely and rarely, failures at once as alerts. One pair of
// live regions serves the whole page.
import type { BatchView } from "#batchlight";

/** The minimum time between two polite announcements, in milliseconds. */
const minInterval = 30_000;
/** The delay of the first polite announcement, in milliseconds, so that changes at the same time are read together. */
const collectDelay = 100;
/** The delay of {@link announce}, in milliseconds, so that fast input causes one announcement. */
const inputDelay = 500;
/** The maximum number of batches in one announcement; further ones are only counted. */
const maxBatches = 3;
/** The maximum number of remembered announcements. */
const maxRemembered = 2_000;
/** A deadline closer than this is announced, in seconds. */
const nearDeadline = 3_600;
/** Progress is announced at each of this many equal steps. */
const progressSteps = 4;

/** An announcement about one batch. */
export interface Announcement {
  /** Identifies the batch: a later announcement with the same key replaces a waiting one. */
  readonly key: string;
  readonly text: string;
  /** Whether to interrupt the screen reader. */
  readonly isAlert: boolean;
  /** Returns the text about further batches that changed. */
  readonly more: (count: number) => string;
}

/** Whether a change is announced: `alert` for a failure, `status` for other changes, `undefined` for none. */
export function announcementKind(before: BatchView, after: BatchView): "alert" | "status" | undefined {
  if (after.terminal && !before.terminal && after.tone === "danger") return "alert";
  const isRelevant =
    before.status !== after.status ||
    before.outcome !== after.outcome ||
    progressStep(before) < progressStep(after) ||
    (after.timing.stall !== undefined && before.timing.stall?.kind !== after.timing.stall.kind) ||
    (isDeadlineNear(after) && !isDeadlineNear(before));
  return isRelevant ? "status" : undefined;
}

/** The text of an announcement: label and summary, then a new stall and a near deadline. */
export function announcementText(before: BatchView, { label, summary, timing }: BatchView): string {
  const stall = timing.stall && before.timing.stall?.kind !== timing.stall.kind ? timing.stall.text : undefined;
  const deadline = isDeadlineNear({ timing }) && !isDeadlineNear(before) ? timing.deadline?.text : undefined;
  return [`${label}.`, summary, ...[stall, deadline].flatMap((text) => (text ? [`${text}.`] : []))].join(" ");
}

const progressStep = ({ progress }: BatchView): number => Math.floor((progress.fraction ?? 0) * progressSteps);

const isDeadlineNear = ({ timing: { deadline } }: Pick<BatchView, "timing">): boolean =>
  deadline !== undefined && deadline.secondsLeft < nearDeadline;

/** The live regions of a page, with the announcements that wait. */
class Announcer {
  readonly #status = createLiveRegion("status", "polite");
  readonly #alert = createLiveRegion("alert", "assertive");
  readonly #waiting = new Map<string, Announcement>();
  /** The last announced text by key. */
  readonly #announced = new Map<string, string>();
  readonly #root: HTMLElement;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #inputTimer: ReturnType<typeof setTimeout> | undefined;
  #announcedAt = -Infinity;

  constructor(root: HTMLElement) {
    this.#root = root;
    root.append(this.#status, this.#alert);
  }

  /** Puts the regions into the page, also after the page replaced its content. */
  connect(): void {
    if (!this.#root.isConnected) document.body.append(this.#root);
  }

  announceChange(announcement: Announcement): void {
    const { key, text } = announcement;
    // Two elements may show the same batch.
    if (this.#announced.get(key) === text || this.#waiting.get(key)?.text === text) return;
    if (announcement.isAlert) {
      this.#waiting.delete(key);
      this.#remember(announcement);
      this.#alert.textContent = text;
      return;
    }
    this.#waiting.set(key, announcement);
    const delay = Math.max(collectDelay, this.#announcedAt + minInterval - Date.now());
    this.#timer ??= setTimeout(() => this.#flush(), delay);
  }

  announce(text: string): void {
    clearTimeout(this.#inputTimer);
    this.#inputTimer = setTimeout(() => {
      this.#status.textContent = text;
    }, inputDelay);
  }

  #flush(): void {
    this.#timer = undefined;
    const announcements = [...this.#waiting.values()];
    this.#waiting.clear();
    const last = announcements.at(-1);
    if (!last) return;
    for (const announcement of announcements) this.#remember(announcement);
    const texts = announcements.slice(0, maxBatches).map(({ text }) => text);
    const rest = announcements.length - maxBatches;
    if (rest > 0) texts.push(last.more(rest));
    this.#announcedAt = Date.now();
    this.#status.textContent = texts.join(" ");
  }

  #remember({ key, text }: Announcement): void {
    if (this.#announced.size > maxRemembered) this.#announced.clear();
    this.#announced.set(key, text);
  }
}

function createLiveRegion(role: string, live: string): HTMLElement {
  const region = document.createElement("div");
  region.setAttribute("role", role);
  region.setAttribute("aria-live", live);
  region.setAttribute("aria-atomic", "true");
  return region;
}

// A registered symbol, so that two copies of this module in one page share the regions.
const announcerKey = Symbol.for("batchlight.announcer");

/**
 * Adds the empty live regions to the page. This happens before the first announcement: screen readers do not read a
 * region that is added together with its text.
 */
export function prepareAnnouncer(): void {
  void pageAnnouncer();
}

/** Announces a change of a batch. */
export function announceChange(announcement: Announcement): void {
  pageAnnouncer().announceChange(announcement);
}

/**
 * Announces the result of a user's action, such as a search or a copy, to screen readers. The text is announced half a
 * second after the last call; the minimum interval between changes of batches does not apply.
 */
export function announce(text: string): void {
  pageAnnouncer().announce(text);
}

function pageAnnouncer(): Announcer {
  const page = document as Document & { [announcerKey]?: Announcer };
  page[announcerKey] ??= createAnnouncer();
  page[announcerKey].connect();
  return page[announcerKey];
}

function createAnnouncer(): Announcer {
  const root = document.createElement("div");
  root.dataset.batchlight = "announcer";
  // Set by script: a Content-Security-Policy may forbid style attributes in HTML.
  Object.assign(root.style, {
    position: "fixed",
    insetBlockStart: "0",
    insetInlineStart: "0",
    inlineSize: "1px",
    blockSize: "1px",
    overflow: "hidden",
    clipPath: "inset(50%)",
    whiteSpace: "nowrap",
    pointerEvents: "none",
  });
  return new Announcer(root);
}
