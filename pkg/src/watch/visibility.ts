// Whether the page is visible: polling for a hidden page wastes requests.

interface PageDocument {
  readonly visibilityState: string;
  addEventListener(type: "visibilitychange", listener: () => void): void;
  removeEventListener(type: "visibilitychange", listener: () => void): void;
}

const pageDocument = (): PageDocument | undefined => (globalThis as { document?: PageDocument }).document;

/** Whether the page is hidden; false outside of a page. */
export const isPageHidden = (): boolean => pageDocument()?.visibilityState === "hidden";

/** Calls a function whenever the page is hidden or shown. Returns a function that stops this. */
export function onVisibilityChange(listener: () => void): () => void {
  const observed = pageDocument();
  observed?.addEventListener("visibilitychange", listener);
  return () => observed?.removeEventListener("visibilitychange", listener);
}
