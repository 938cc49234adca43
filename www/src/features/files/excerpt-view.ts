// What stands in the file where an issue is.
import { html, nothing } from "lit";
import { LightElement } from "../../shared/components/light-element.js";
import { formatNumber } from "../../shared/text.js";
import { excerptOf, type Excerpt, type Place } from "./excerpt.js";
import { revealHidden } from "../../shared/hidden-characters.js";

/** Read shortly before they come into sight: a report has hundreds. */
const near = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries)
      if (isIntersecting && target instanceof FilesExcerpt) void target.read();
  },
  { rootMargin: "800px" },
);

/** A line of a `file`, cut around a `place`. */
export class FilesExcerpt extends LightElement {
  static override properties = { file: { attribute: false }, place: { attribute: false }, excerpt: { state: true } };
  declare file: Blob;
  declare place: Place & { readonly line: number };
  declare excerpt: Excerpt | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    near.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    near.unobserve(this);
  }

  /** Reads the line. */
  async read(): Promise<void> {
    near.unobserve(this);
    // The report of a file that is gone says so; an excerpt has nothing to add.
    this.excerpt = await excerptOf(this.file, this.place).catch(() => undefined);
  }

  protected override render() {
    const { excerpt, place } = this;
    return html`<p class="excerpt">
      <span class="number"><span class="hidden">Line </span>${formatNumber(place.line)}<span class="hidden">:</span></span>
      <code dir="ltr">${excerpt ? this.#text(excerpt) : nothing}</code>
    </p>`;
  }

  #text({ before, spot, after, cut }: Excerpt) {
    const more = html`<span class="cut">…</span>`;
    return html`${cut.before ? more : nothing}<bdi>${revealHidden(before)}</bdi>${
      spot === "" && after !== "" ? nothing : html`<mark><bdi>${revealHidden(spot)}</bdi>${cut.spot ? more : nothing}</mark>`
    }<bdi>${revealHidden(after)}</bdi>${cut.after ? more : nothing}`;
  }
}

customElements.define("files-excerpt", FilesExcerpt);
