// One clock for all elements of a page: it ticks once a minute while an element is there to be seen, and not otherwise.

const period = 60_000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | undefined;
let tickedAt = 0;

/**
 * Calls back once a minute while the page is visible, and when it becomes visible after more than that. Gives the end
 * of it.
 */
export function onTick(listener: () => void): () => void {
  if (listeners.size === 0) document.addEventListener("visibilitychange", wake);
  listeners.add(listener);
  wake();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    document.removeEventListener("visibilitychange", wake);
    stop();
  };
}

function stop(): void {
  clearTimeout(timer);
  timer = undefined;
}

function wake(): void {
  if (document.hidden) return stop();
  if (timer !== undefined) return;
  if (tickedAt === 0) tickedAt = Date.now();
  timer = setTimeout(tick, Math.min(period, Math.max(0, tickedAt + period - Date.now())));
}

function tick(): void {
  timer = undefined;
  tickedAt = Date.now();
  for (const listener of listeners) listener();
  if (listeners.size > 0) wake();
}
