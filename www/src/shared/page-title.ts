// The title and the icon of the page in its tab. Both say how many batches need attention.

let title = document.title;
let attention = 0;

/** The icon of the page as it is without a number. */
const plainIcon = document.querySelector<HTMLLinkElement>("link[rel=icon]")?.href;

/** Sets the title of the page that is shown. */
export function setPageTitle(text: string): void {
  title = text;
  update();
}

/** Sets the number of batches that need attention. */
export function setAttentionCount(count: number): void {
  if (count === attention) return;
  attention = count;
  update();
  const icon = document.querySelector<HTMLLinkElement>("link[rel=icon]");
  if (icon) icon.href = count === 0 ? (plainIcon ?? icon.href) : numberedIcon(count);
}

function update(): void {
  const shown = attention === 0 ? title : `(${attention}) ${title}`;
  if (document.title !== shown) document.title = shown;
}

/** An icon with the number, which is 9+ from ten on. */
const numberedIcon = (count: number): string =>
  `data:image/svg+xml,${encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20"><circle cx="10" cy="10" r="10" fill="#b3261e"/>` +
      `<text x="10" y="14.5" font-family="sans-serif" font-size="${count > 9 ? 10 : 13}" font-weight="700" ` +
      `fill="#fff" text-anchor="middle">${count > 9 ? "9+" : count}</text></svg>`,
  )}`;
