// The page of the lifecycle: the table as a picture and as a table, and where a batch stands in it.
import { lifecycle } from "batchlight";
import "batchlight/elements/define";
import { html, nothing, type TemplateResult } from "lit";
import { errorMessage } from "../../data/api/api-request.js";
import { LightElement } from "../../shared/components/light-element.js";
import { FeedController } from "../../data/feed/feed-controller.js";
import type { StoredBatch } from "../../data/feed/batch-store.js";
import { navigate, formatHash, type Route, parseHash } from "../../shared/route.js";
import { statusName } from "../../shared/status-name.js";
import { formatNumber, truncate } from "../../shared/text.js";
import { revealHidden } from "../../shared/hidden-characters.js";
import { evidenceName, moveName, picture } from "./diagram.js";
import { diagramOf, type Move } from "./diagram-layout.js";
import { wayOf } from "./batch-path.js";

/** From this width on there is room for the picture that lies. */
const wide = matchMedia("(min-width: 60rem)");

const moves: readonly Move[] = lifecycle;
const recorded = moves.filter(({ evidence }) => evidence === "observed").length;

/** The page of the lifecycle. */
export class BoardLifecycle extends LightElement {
  static override properties = {
    batch: { state: true },
    active: { state: true },
    stop: { state: true },
    upright: { state: true },
    missing: { state: true },
  };
  /** The id of the batch that is shown in the picture. */
  declare batch: string | undefined;
  /** The move that is pointed at, and the one that the Tab key leads to. */
  declare active: Move | undefined;
  declare stop: Move | undefined;
  declare upright: boolean;
  /** Why the batch cannot be had. */
  declare missing: string | undefined;
  readonly #following = new FeedController(this);
  #sought: string | undefined;

  constructor() {
    super();
    this.batch = parseHash(location.hash).id;
    this.stop = moves[0];
    this.upright = !wide.matches;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    wide.addEventListener("change", this.#turnRound);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    wide.removeEventListener("change", this.#turnRound);
  }

  /** Called when an address has led here. */
  navigated({ id }: Route): void {
    this.batch = id;
  }

  protected override updated(): void {
    const { live } = this.#following;
    if (!live || this.batch === this.#sought) return;
    this.#sought = this.batch;
    this.missing = undefined;
    const { batch } = this;
    if (batch !== undefined && !live.get(batch))
      void live
        .find(batch)
        .catch((error: unknown) => (this.missing = batch === this.batch ? errorMessage(error) : this.missing));
  }

  protected override render(): TemplateResult {
    const known = this.batch === undefined ? undefined : this.#following.live?.get(this.batch);
    const way = wayOf(known?.gone ? undefined : known?.view);
    return html`
      <section class="cycle" aria-labelledby="cycle-title">
        <header class="cycle-head">
          <div>
            <h2 id="cycle-title">The lifecycle</h2>
            <p>
              OpenAI publishes no table of which status can follow which. These are the moves that the package knows of:
              ${recorded} were recorded or reported, ${moves.length - recorded} are thinkable and were seen by nobody.
            </p>
          </div>
          ${this.#chooser(known)}
        </header>
        <div class="picture" data-upright=${this.upright}>
          ${picture({
            diagram: diagramOf(moves, this.upright),
            way,
            active: this.active,
            stop: this.stop,
            point: this.#point,
            key: this.#key,
          })}
          <div class="below">
            <p class="evidence">
              ${
                this.active
                  ? html`<b>${moveName(this.active)}</b>
                      <span class="how" data-evidence=${this.active.evidence}>${evidenceName(this.active)}</span>
                      <bdi>${this.active.source}</bdi>`
                  : html`Point at a line, or go to it by Tab and arrow keys, to see what is known of the move.`
              }
            </p>
            <ul class="legend" aria-label="Legend">
              <li>
                <svg aria-hidden="true" width="34" height="8">
                  <path class="sample" data-evidence="observed" d="M1 4H33" />
                </svg>
                recorded
              </li>
              <li>
                <svg aria-hidden="true" width="34" height="8">
                  <path class="sample" data-evidence="unobserved" d="M1 4H33" />
                </svg>
                not recorded
              </li>
              <li>
                <svg aria-hidden="true" width="34" height="16">
                  <rect class="sample-end" x="1" y="1" width="32" height="14" rx="7" />
                  <rect class="sample-end" x="4" y="4" width="26" height="8" rx="4" />
                </svg>
                for good
              </li>
            </ul>
          </div>
        </div>
        ${this.#table(way.took)}
      </section>
    `;
  }

  #chooser(known: StoredBatch | undefined): TemplateResult {
    const batches = (this.#following.live?.batches ?? []).filter(({ id }) => id !== undefined);
    const listed = batches.some(({ id }) => id === this.batch);
    return html`<div class="chooser">
      <label for="cycle-batch">Where does a batch stand?</label>
      <select id="cycle-batch" @change=${this.#choose}>
        <option value="" ?selected=${this.batch === undefined}>none chosen</option>
        ${
          this.batch !== undefined && !listed
            ? html`<option value=${this.batch} selected>${truncate(this.batch, 40)}</option>`
            : nothing
        }
        ${batches.map(
          ({ id = "", view }) =>
            html`<option value=${id} ?selected=${id === this.batch}>
              ${truncate(view.label, 40)} · ${truncate(nameOf(view.id ?? ""), 24)}
            </option>`,
        )}
      </select>
      ${
        known?.id === undefined
          ? nothing
          : html`<p class="chosen">
              ${
                known.gone
                  ? "no longer listed by the API"
                  : html`<batch-status
                      .batch=${known.batch}
                      .profile=${this.#following.live?.api.profile}
                      .now=${this.#following.now}
                    ></batch-status>`
              }
              <a href=${formatHash({ page: "batches", id: known.id })}>open it</a>
            </p>`
      }
      ${
        this.missing === undefined
          ? nothing
          : html`<p class="trouble" data-tone="danger"><bdi>${revealHidden(truncate(this.missing, 300))}</bdi></p>`
      }
    </div>`;
  }

  /** The same in words, for those who do not see the picture, and for those who want to read all of it. */
  #table(took: (move: Move) => boolean): TemplateResult {
    return html`
      <table class="moves">
        <caption>
          Every move, ${formatNumber(moves.length)} in all
        </caption>
        <thead>
          <tr>
            <th scope="col">From</th>
            <th scope="col">To</th>
            <th scope="col" class="source">Evidence, or why it is thinkable</th>
          </tr>
        </thead>
        <tbody>
          ${moves.map(
            (move) =>
              html`<tr
                data-active=${move === this.active}
                data-taken=${took(move)}
                @pointerenter=${() => this.#point(move)}
                @pointerleave=${() => this.#point(undefined)}
              >
                <th scope="row">${statusName(move.from)}</th>
                <td>${statusName(move.to)}</td>
                <td class="source">
                  <span class="how" data-evidence=${move.evidence}>${evidenceName(move)}</span>
                  ${move.source}${took(move) ? html` <span class="taken">taken by the chosen batch</span>` : nothing}
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
    `;
  }

  #turnRound = ({ matches }: MediaQueryListEvent): void => {
    this.upright = !matches;
  };

  #choose(event: Event): void {
    const { value } = event.target as HTMLSelectElement;
    navigate({ page: "lifecycle", id: value === "" ? undefined : value });
  }

  #point = (move: Move | undefined): void => {
    this.active = move;
    if (move) this.stop = move;
  };

  #key = (event: KeyboardEvent): void => {
    const from = this.stop ? moves.indexOf(this.stop) : -1;
    const to = new Map([
      ["ArrowRight", from + 1],
      ["ArrowDown", from + 1],
      ["ArrowLeft", from - 1],
      ["ArrowUp", from - 1],
      ["Home", 0],
      ["End", moves.length - 1],
    ]).get(event.key);
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const move = moves[(to + moves.length) % moves.length];
    if (move) void this.#focus(move);
  };

  async #focus(move: Move): Promise<void> {
    this.#point(move);
    await this.updateComplete;
    this.querySelector<SVGElement>(`[data-move="${move.from} ${move.to}"]`)?.focus();
  }
}

/** The part of an id that tells it from others. */
const nameOf = (id: string): string => (id.length > 20 ? `…${id.slice(-12)}` : id);

customElements.define("board-lifecycle", BoardLifecycle);
