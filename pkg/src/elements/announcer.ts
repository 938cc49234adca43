// What changed, said to those who do not see it: by one polite region for the whole page, seldom; and what went wrong,
// by an alert.
import type { BatchView } from "#batchlight";

/** Seconds between two polite announcements. */
const pause = 30;
/** Milliseconds without a further key or click, after which what came of them is said. */
const settled = 500;
/** Of more batches than these, only the number is said. */
const mostAtOnce = 3;
const nearDeadline = 3_600;
const quarters = 4;

/** A change worth a sentence. */
export interface News {
  /** Tells the batch from others: of several changes of one only the last is said. */
  readonly key: string;
  readonly text: string;
  /** Whether it went wrong while somebody watched. */
  readonly alert: boolean;
  /** How it is said that more batches changed. */
  readonly more: (count: number) => string;
}

/** Whether a view differs from the one before in what is worth saying, and whether that is bad news. */
export function isNews(before: BatchView, after: BatchView): "alert" | "status" | undefined {
  // What a batch is called bad for, it is called `danger` for by the core.
  if (after.terminal && !before.terminal && after.tone === "danger") return "alert";
  const changed =
    before.status !== after.status ||
    before.outcome !== after.outcome ||
    quarter(before) < quarter(after) ||
    (after.timing.stall !== undefined && before.timing.stall?.kind !== after.timing.stall.kind) ||
    (isNear(after) && !isNear(before));
  return changed ? "status" : undefined;
}

/** What to say of a view: what is urgent about it first. */
export function newsText(before: BatchView, { label, summary, timing }: BatchView): string {
  const urgent = timing.stall && before.timing.stall?.kind !== timing.stall.kind ? timing.stall.text : undefined;
  const deadline = isNear({ timing }) && !isNear(before) ? timing.deadline?.text : undefined;
  return [`${label}.`, summary, ...[urgent, deadline].flatMap((text) => (text ? [`${text}.`] : []))].join(" ");
}

const quarter = ({ progress }: BatchView): number => Math.floor((progress.fraction ?? 0) * quarters);

const isNear = ({ timing: { deadline } }: Pick<BatchView, "timing">): boolean =>
  deadline !== undefined && deadline.secondsLeft < nearDeadline;

/** The regions of a page, with what waits to be said. */
class Announcer {
  readonly #polite = region("status", "polite");
  readonly #alert = region("alert", "assertive");
  readonly #waiting = new Map<string, News>();
  readonly #said = new Map<string, string>();
  readonly #root: HTMLElement;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #answering: ReturnType<typeof setTimeout> | undefined;
  #saidAt = -Infinity;

  constructor(root: HTMLElement) {
    this.#root = root;
    root.append(this.#polite, this.#alert);
  }

  /** Puts the regions into the page, where they may have been cleared away with its former contents. */
  place(): void {
    if (!this.#root.isConnected) document.body.append(this.#root);
  }

  tell(news: News): void {
    // Two elements may show one batch.
    if (this.#said.get(news.key) === news.text || this.#waiting.get(news.key)?.text === news.text) return;
    if (news.alert) {
      this.#waiting.delete(news.key);
      this.#remember(news);
      return show(this.#alert, news.text);
    }
    this.#waiting.set(news.key, news);
    // A moment is waited even for the first, for changes that come together.
    this.#timer ??= setTimeout(() => this.#flush(), Math.max(100, this.#saidAt + pause * 1000 - Date.now()));
  }

  answer(text: string): void {
    clearTimeout(this.#answering);
    this.#answering = setTimeout(() => show(this.#polite, text), settled);
  }

  #flush(): void {
    this.#timer = undefined;
    const news = [...this.#waiting.values()];
    this.#waiting.clear();
    const last = news.at(-1);
    if (!last) return;
    for (const each of news) this.#remember(each);
    const rest = news.length - mostAtOnce;
    this.#saidAt = Date.now();
    show(
      this.#polite,
      [...news.slice(0, mostAtOnce).map(({ text }) => text), ...(rest > 0 ? [last.more(rest)] : [])].join(" "),
    );
  }

  #remember({ key, text }: News): void {
    if (this.#said.size > 2_000) this.#said.clear();
    this.#said.set(key, text);
  }
}

function region(role: string, live: string): HTMLElement {
  const made = document.createElement("div");
  made.setAttribute("role", role);
  made.setAttribute("aria-live", live);
  made.setAttribute("aria-atomic", "true");
  return made;
}

function show(where: HTMLElement, text: string): void {
  where.textContent = text;
}

// By a symbol for all copies of this module: a page may have loaded two, and has one pair of ears.
const place = Symbol.for("batchlight.announcer");

/**
 * Makes the regions of the page, empty, before there is anything to say: a region that comes with its text is not read
 * out.
 */
export function prepareAnnouncer(): void {
  void announcer();
}

/** Says that something changed. */
export function announce(news: News): void {
  announcer().tell(news);
}

/**
 * Says, by the one live region of the page, what came of what somebody did, such as a search or a copy: once they
 * pause, and whatever was said shortly before.
 */
export function answer(text: string): void {
  announcer().answer(text);
}

function announcer(): Announcer {
  const page = document as Document & { [place]?: Announcer };
  page[place] ??= newAnnouncer();
  page[place].place();
  return page[place];
}

function newAnnouncer(): Announcer {
  const root = document.createElement("div");
  root.dataset.batchlight = "announcer";
  // By the object model: a page's policy may forbid style attributes, and this is none.
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
