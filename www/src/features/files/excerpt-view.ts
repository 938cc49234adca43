// Shows an excerpt of a line with its line number.
import { html, nothing } from "lit";
import { formatNumber } from "#common/format.js";
import { LightElement } from "../../shared/components/light-element.js";
import { revealHidden } from "../../shared/hidden-characters.js";
import { type Excerpt, type FilePosition, readExcerpt } from "./excerpt.js";

/** Reads excerpts shortly before they scroll into view: a report has hundreds of them. */
const observer = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries)
      if (isIntersecting && target instanceof FilesExcerpt) void target.read();
  },
  { rootMargin: "800px" },
);

/** Shows the line of a `file` around a `place`. */
export class FilesExcerpt extends LightElement {
  static override properties = { file: { attribute: false }, place: { attribute: false }, excerpt: { state: true } };
  declare file: Blob;
  declare place: FilePosition & { readonly line: number };
  declare excerpt: Excerpt | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    observer.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    observer.unobserve(this);
  }

  /** Reads the line. */
  async read(): Promise<void> {
    observer.unobserve(this);
    // When the file is gone, the report says so.
    this.excerpt = await readExcerpt(this.file, this.place).catch(() => undefined);
  }

  protected override render() {
    const { excerpt, place } = this;
    return html`<p class="excerpt">
      <span class="number"
        ><span class="hidden">Line </span>${formatNumber(place.line)}<span class="hidden">:</span></span
      >
      <code dir="ltr">${excerpt ? this.#code(excerpt) : nothing}</code>
    </p>`;
  }

  #code({ before, marked, after, cut }: Excerpt) {
    const ellipsis = html`<span class="cut">…</span>`;
    return html`${cut.before ? ellipsis : nothing}<bdi>${revealHidden(before)}</bdi>${
      marked === "" && after !== ""
        ? nothing
        : html`<mark><bdi>${revealHidden(marked)}</bdi>${cut.marked ? ellipsis : nothing}</mark>`
    }<bdi>${revealHidden(after)}</bdi>${cut.after ? ellipsis : nothing}`;
  }
}

customElements.define("files-excerpt", FilesExcerpt);
