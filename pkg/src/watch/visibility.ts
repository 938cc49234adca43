// Whether somebody may be looking: polling a page that nobody sees wastes requests.

interface Page {
  readonly visibilityState: string;
  addEventListener(type: "visibilitychange", listener: () => void): void;
  removeEventListener(type: "visibilitychange", listener: () => void): void;
}

const page = (): Page | undefined => (globalThis as { document?: Page }).document;

/** Whether the page is hidden; never where there is no page. */
export const isHidden = (): boolean => page()?.visibilityState === "hidden";

/** Calls back whenever that may have changed, until the returned function is called. */
export function onVisibility(changed: () => void): () => void {
  const seen = page();
  seen?.addEventListener("visibilitychange", changed);
  return () => seen?.removeEventListener("visibilitychange", changed);
}
