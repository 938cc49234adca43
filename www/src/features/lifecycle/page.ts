// The Lifecycle page: all transitions as a diagram and as a table, with the path of a batch highlighted.
import { lifecycle } from "batchlight";
import "batchlight/elements/define";
import { html, nothing, type TemplateResult } from "lit";
import { formatNumber } from "#common/format.js";
import { messageOf } from "#common/thrown.js";
import type { StoredBatch } from "../../data/feed/batch-store.js";
import { FeedController } from "../../data/feed/feed-controller.js";
import { LightElement } from "../../shared/components/light-element.js";
import { revealHidden } from "../../shared/hidden-characters.js";
import { formatHash, navigate, parseHash, type Route } from "../../shared/route.js";
import { statusName } from "../../shared/status-name.js";
import { truncate } from "../../shared/text.js";
import { batchPath } from "./batch-path.js";
import { diagramView, evidenceName, transitionName } from "./diagram.js";
import { layoutDiagram, type Transition } from "./diagram-layout.js";

/** From this width on, the diagram is horizontal. */
const wide = matchMedia("(min-width: 60rem)");

const transitions: readonly Transition[] = lifecycle;
const observedCount = transitions.filter(({ evidence }) => evidence === "observed").length;

/** The Lifecycle page. */
export class BoardLifecycle extends LightElement {
  static override properties = {
    batch: { state: true },
    active: { state: true },
    tabStop: { state: true },
    isVertical: { state: true },
    loadError: { state: true },
  };
  /** The id of the highlighted batch. */
  declare batch: string | undefined;
  /** The transition that is hovered or focused. */
  declare active: Transition | undefined;
  /** The transition that the Tab key reaches. */
  declare tabStop: Transition | undefined;
  declare isVertical: boolean;
  /** Why the batch could not be loaded. */
  declare loadError: string | undefined;
  readonly #controller = new FeedController(this);
  /** The id of the batch that was last loaded. */
  #requested: string | undefined;

  constructor() {
    super();
    this.batch = parseHash(location.hash).id;
    this.tabStop = transitions[0];
    this.isVertical = !wide.matches;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    wide.addEventListener("change", this.#onWidthChange);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    wide.removeEventListener("change", this.#onWidthChange);
  }

  /** Shows a route of this page. */
  navigated({ id }: Route): void {
    this.batch = id;
  }

  protected override updated(): void {
    const { feed } = this.#controller;
    if (!feed || this.batch === this.#requested) return;
    this.#requested = this.batch;
    this.loadError = undefined;
    const { batch } = this;
    if (batch !== undefined && !feed.get(batch))
      void feed.load(batch).catch((error: unknown) => {
        if (batch === this.batch) this.loadError = messageOf(error);
      });
  }

  protected override render(): TemplateResult {
    const stored = this.batch === undefined ? undefined : this.#controller.feed?.get(this.batch);
    const path = batchPath(stored?.gone ? undefined : stored?.view);
    return html`
      <section class="cycle" aria-labelledby="cycle-title">
        <header class="cycle-head">
          <div>
            <h2 id="cycle-title">Lifecycle</h2>
            <p>
              OpenAI does not document which status can follow which. The package knows ${transitions.length}
              transitions: ${observedCount} were observed, ${transitions.length - observedCount} are possible but were
              never observed.
            </p>
          </div>
          ${this.#batchSelect(stored)}
        </header>
        <div class="diagram" data-vertical=${this.isVertical}>
          ${diagramView({
            layout: layoutDiagram(transitions, this.isVertical),
            path,
            active: this.active,
            tabStop: this.tabStop,
            onPoint: this.#activate,
            onKey: this.#onKey,
          })}
          <div class="below">
            <p class="evidence">
              ${
                this.active
                  ? html`<b>${transitionName(this.active)}</b>
                      <span class="badge" data-evidence=${this.active.evidence}>${evidenceName(this.active)}</span>
                      <bdi>${this.active.source}</bdi>`
                  : html`Hover over a line, or select one with Tab and the arrow keys, to see its evidence.`
              }
            </p>
            <ul class="legend" aria-label="Legend">
              <li>
                <svg aria-hidden="true" width="34" height="8">
                  <path class="sample" data-evidence="observed" d="M1 4H33" />
                </svg>
                observed
              </li>
              <li>
                <svg aria-hidden="true" width="34" height="8">
                  <path class="sample" data-evidence="unobserved" d="M1 4H33" />
                </svg>
                never observed
              </li>
              <li>
                <svg aria-hidden="true" width="34" height="16">
                  <rect class="sample-terminal" x="1" y="1" width="32" height="14" rx="7" />
                  <rect class="sample-terminal" x="4" y="4" width="26" height="8" rx="4" />
                </svg>
                final
              </li>
            </ul>
          </div>
        </div>
        ${this.#table(path.hasTaken)}
      </section>
    `;
  }

  #batchSelect(stored: StoredBatch | undefined): TemplateResult {
    const batches = (this.#controller.feed?.batches ?? []).filter(({ id }) => id !== undefined);
    const isListed = batches.some(({ id }) => id === this.batch);
    return html`<div class="chooser">
      <label for="cycle-batch">Highlight a batch</label>
      <select id="cycle-batch" @change=${this.#onSelect}>
        <option value="" ?selected=${this.batch === undefined}>None</option>
        ${
          this.batch !== undefined && !isListed
            ? html`<option value=${this.batch} selected>${truncate(this.batch, 40)}</option>`
            : nothing
        }
        ${batches.map(
          ({ id = "", view }) =>
            html`<option value=${id} ?selected=${id === this.batch}>
              ${truncate(view.label, 40)} · ${truncate(shortId(view.id ?? ""), 24)}
            </option>`,
        )}
      </select>
      ${
        stored?.id === undefined
          ? nothing
          : html`<p class="chosen">
              ${
                stored.gone
                  ? "no longer listed by the API"
                  : html`<batch-status
                      .batch=${stored.batch}
                      .profile=${this.#controller.feed?.api.profile}
                      .now=${this.#controller.now}
                    ></batch-status>`
              }
              <a href=${formatHash({ page: "batches", id: stored.id })}>Open batch</a>
            </p>`
      }
      ${
        this.loadError === undefined
          ? nothing
          : html`<p class="trouble" data-tone="danger"><bdi>${revealHidden(truncate(this.loadError, 300))}</bdi></p>`
      }
    </div>`;
  }

  /** Renders all transitions as a table, for screen readers and for reading in full. */
  #table(hasTaken: (transition: Transition) => boolean): TemplateResult {
    return html`
      <table class="transitions">
        <caption>
          All transitions <span class="many">${formatNumber(transitions.length)}</span>
        </caption>
        <thead>
          <tr>
            <th scope="col">From</th>
            <th scope="col">To</th>
            <th scope="col" class="source">Evidence</th>
          </tr>
        </thead>
        <tbody>
          ${transitions.map(
            (transition) =>
              html`<tr
                data-active=${transition === this.active}
                data-taken=${hasTaken(transition)}
                @pointerenter=${() => this.#activate(transition)}
                @pointerleave=${() => this.#activate(undefined)}
              >
                <th scope="row">${statusName(transition.from)}</th>
                <td>${statusName(transition.to)}</td>
                <td class="source">
                  <span class="badge" data-evidence=${transition.evidence}>${evidenceName(transition)}</span>
                  ${transition.source}${
                    hasTaken(transition) ? html` <span class="taken">taken by this batch</span>` : nothing
                  }
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
    `;
  }

  #onWidthChange = ({ matches }: MediaQueryListEvent): void => {
    this.isVertical = !matches;
  };

  #onSelect(event: Event): void {
    const { value } = event.target as HTMLSelectElement;
    navigate({ page: "lifecycle", id: value === "" ? undefined : value });
  }

  #activate = (transition: Transition | undefined): void => {
    this.active = transition;
    if (transition) this.tabStop = transition;
  };

  #onKey = (event: KeyboardEvent): void => {
    const from = this.tabStop ? transitions.indexOf(this.tabStop) : -1;
    const to = new Map([
      ["ArrowRight", from + 1],
      ["ArrowDown", from + 1],
      ["ArrowLeft", from - 1],
      ["ArrowUp", from - 1],
      ["Home", 0],
      ["End", transitions.length - 1],
    ]).get(event.key);
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const transition = transitions[(to + transitions.length) % transitions.length];
    if (transition) void this.#focus(transition);
  };

  async #focus(transition: Transition): Promise<void> {
    this.#activate(transition);
    await this.updateComplete;
    this.querySelector<SVGElement>(`[data-transition="${transition.from} ${transition.to}"]`)?.focus();
  }
}

/** Shortens an id to its last characters, which differ between batches. */
const shortId = (id: string): string => (id.length > 20 ? `…${id.slice(-12)}` : id);

customElements.define("board-lifecycle", BoardLifecycle);
