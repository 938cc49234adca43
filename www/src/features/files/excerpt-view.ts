// Shows an excerpt of a line with its line number.
import { html, nothing } from "lit";
import { formatNumber } from "#common/format.js";
import { LightElement } from "../../shared/components/light-element.js";
import { revealHidden } from "../../shared/hidden-characters.js";
import { type Excerpt, type FilePosition, readExcerpt } from "./excerpt.js";

const isOtherPlace = (place: FilePosition, before: FilePosition | undefined): boolean =>
  place.offset !== before?.offset || place.length !== before.length;

/** Shows the line of a `file` around a `place`. */
export class FilesExcerpt extends LightElement {
  static override properties = {
    file: { attribute: false },
    place: { attribute: false, hasChanged: isOtherPlace },
    excerpt: { state: true },
  };
  declare file: Blob;
  declare place: FilePosition & { readonly line: number };
  declare excerpt: Excerpt | undefined;

  // Not only what is in view, because a page is printed as a whole and the browser's search must find it.
  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has("file") || changed.has("place")) void this.#read();
  }

  async #read(): Promise<void> {
    const { file, place } = this;
    // When the file is gone, the report says so.
    const excerpt = await readExcerpt(file, place).catch(() => undefined);
    if (file === this.file && place === this.place) this.excerpt = excerpt;
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
