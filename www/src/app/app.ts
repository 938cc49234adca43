// The shell of the board: header, navigation, keyboard shortcuts, and one page at a time. Announcements go to the live
// region of the elements, which is the only one on the page.
import { announce } from "batchlight/elements";
import { html, nothing } from "lit";
import type { AnnounceEvent } from "../shared/announce-event.js";
import { LightElement } from "../shared/components/light-element.js";
import { setPageTitle } from "../shared/page-title.js";
import type { Action, PageElement } from "../shared/page-element.js";
import { type PageName, pageNames, pages, parseHash, type Route } from "../shared/route.js";
import { sending } from "../data/api/sending.js";
import "./help.js";
import type { BoardHelp } from "./help.js";
import { definitions } from "./routes.js";
import { shownPages } from "./shown-pages.js";
import { ShortcutKeys } from "./shortcuts.js";

/** The board. A page is created when it is first visited and then kept, so that navigating loses nothing. */
export class BoardApp extends LightElement {
  static override properties = { page: { state: true } };
  declare page: PageName;
  readonly #visited = new Set<PageName>();
  readonly #keys = new ShortcutKeys();
  /** The last fragment of each page: the link of the page leads back to it. */
  readonly #lastHash = new Map<PageName, string>();

  constructor() {
    super();
    this.#showRoute();
    this.addEventListener("board-announce", ({ message }: AnnounceEvent) => announce(message));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Screen readers do not announce the initial text of a live region, so the region must exist first.
    announce("");
    addEventListener("hashchange", this.#onHashChange);
    document.addEventListener("keydown", this.#onKey);
    if (sending.allowed) void import("../features/runs/offer.js");
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("hashchange", this.#onHashChange);
    document.removeEventListener("keydown", this.#onKey);
  }

  protected override render() {
    const { page } = this;
    const [skipText] = definitions[page].skip;
    return html`
      <a class="skip" href="#main" @click=${this.#skip}>${skipText}</a>
      <header class="masthead">
        <h1 class="brand">
          <a href=${pages.batches.hash}><span class="light" aria-hidden="true"></span>batchlight</a>
        </h1>
        <nav aria-label="Pages">
          ${shownPages.map(
            (name) =>
              html`<a
                href=${(name !== page && this.#lastHash.get(name)) || pages[name].hash}
                aria-current=${name === page ? "page" : nothing}
                >${pages[name].name}</a
              >`,
          )}
        </nav>
        <button type="button" class="keys quiet" aria-haspopup="dialog" @click=${this.#openHelp}>
          <kbd aria-hidden="true">?</kbd> Keyboard shortcuts
        </button>
      </header>
      ${sending.allowed ? html`<board-run-offer ?hidden=${page === "runs"}></board-run-offer>` : nothing}
      <main id="main" tabindex="-1">
        ${pageNames.map((name) => (this.#visited.has(name) ? definitions[name].render(name !== page) : nothing))}
      </main>
      <board-help></board-help>
    `;
  }

  #showRoute(): void {
    const route = parseHash(location.hash);
    this.page = route.page;
    this.#visited.add(route.page);
    setPageTitle(pages[route.page].title);
    void this.#notifyPage(route);
  }

  async #notifyPage(route: Route): Promise<void> {
    await definitions[route.page].load();
    await this.updateComplete;
    if (route.page === this.page) this.#currentPage()?.navigated?.(route);
  }

  #onHashChange = async ({ oldURL }: HashChangeEvent): Promise<void> => {
    const previous = this.page;
    this.#lastHash.set(previous, new URL(oldURL).hash);
    this.#showRoute();
    if (this.page === previous) return;
    announce("");
    await this.updateComplete;
    this.#focus("main");
    scrollTo(0, 0);
  };

  #onKey = (event: KeyboardEvent): void => {
    if (this.querySelector("dialog[open]")) return;
    const action = this.#keys.actionOf(event);
    if (action === undefined || !this.#perform(action)) return;
    event.preventDefault();
  };

  #perform(action: Action): boolean {
    if (action === "help") {
      this.#openHelp();
      return true;
    }
    const page = pageNames.find((name) => action === `go ${name}`);
    if (page) {
      location.hash = (page !== this.page && this.#lastHash.get(page)) || pages[page].hash;
      return true;
    }
    return this.#currentPage()?.handleAction?.(action) ?? false;
  }

  #openHelp = (): void => this.querySelector<BoardHelp>("board-help")?.open();

  // The fragment of the address is the route, so the link cannot use it.
  #skip(event: Event): void {
    event.preventDefault();
    this.#focus(definitions[this.page].skip[1]);
  }

  #focus(selector: string): void {
    this.querySelector<HTMLElement>(selector)?.focus({ preventScroll: selector === "main" });
  }

  #currentPage(): PageElement | null {
    return this.querySelector<PageElement>(`.page[data-page=${this.page}]`);
  }
}

customElements.define("board-app", BoardApp);
