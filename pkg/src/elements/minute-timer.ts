// One timer for all elements of a page. It runs only while the page is visible and an element is connected.

const period = 60_000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | undefined;
/** When the listeners were last called, in Unix milliseconds; 0 before the first element is connected. */
let calledAt = 0;

/**
 * Calls a function once a minute while the page is visible, and at once when the page becomes visible after more than a
 * minute. Returns a function that stops this.
 */
export function onMinute(listener: () => void): () => void {
  if (listeners.size === 0) document.addEventListener("visibilitychange", update);
  listeners.add(listener);
  update();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    document.removeEventListener("visibilitychange", update);
    stop();
  };
}

function stop(): void {
  clearTimeout(timer);
  timer = undefined;
}

function update(): void {
  if (document.hidden) return stop();
  if (timer !== undefined) return;
  if (calledAt === 0) calledAt = Date.now();
  timer = setTimeout(callListeners, Math.min(period, Math.max(0, calledAt + period - Date.now())));
}

function callListeners(): void {
  timer = undefined;
  calledAt = Date.now();
  for (const listener of listeners) listener();
  if (listeners.size > 0) update();
}
