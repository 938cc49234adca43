// Measures the frames of a page by Chromium's trace.

const categories = ["devtools.timeline", "blink.user_timing", "disabled-by-default-devtools.timeline.frame", "v8"];
const scripting = new Set([
  // Includes the microtasks that run after it.
  "v8.callFunction",
  "FunctionCall",
  "FireAnimationFrame",
  "RunMicrotasks",
  "TimerFire",
  "EvaluateScript",
  "EventDispatch",
  "MinorGC",
  "MajorGC",
]);
const drawing = new Set(["UpdateLayoutTree", "Layout", "PrePaint", "Paint", "Layerize"]);

/** Runs `work` while Chromium traces a page of Playwright, and returns the events of the trace. */
export async function traced(page, work) {
  const browser = page.context().browser();
  await browser.startTracing(page, { categories });
  await work();
  const { traceEvents } = JSON.parse(await browser.stopTracing());
  return traceEvents;
}

/**
 * The time that each frame took for scripts, and for everything from style to paint, in milliseconds. A layout that a
 * script forces, for example by setting a scroll position, is no script.
 *
 * @param {"dur" | "tdur"} by the property of an event with its duration: `dur` is wall time, `tdur` processor time,
 * which does not depend on what else the machine does
 */
export function framesOf(events, by = "dur") {
  const main = threadOf(events);
  const own = events.filter(({ pid, tid }) => `${pid}:${tid}` === main);
  const starts = own
    .filter(({ name }) => name === "BeginMainThreadFrame")
    .map(({ ts }) => ts)
    .sort((a, b) => a - b);
  const drawings = outermost(own, drawing);
  const spent = (outer, timeOf) => {
    const frames = new Map();
    for (const event of outer) {
      const index = starts.findLastIndex((start) => start <= event.ts);
      frames.set(index, (frames.get(index) ?? 0) + timeOf(event));
    }
    return [...frames.values()];
  };
  const timeOf = (/** @type {{ dur?: number, tdur?: number }} */ event) => (event[by] ?? 0) / 1000;
  const forcedIn = ({ ts, dur = 0 }) => drawings.filter((event) => event.ts >= ts && event.ts < ts + dur);
  const withoutLayout = (script) => forcedIn(script).reduce((time, event) => time - timeOf(event), timeOf(script));
  const scripts = spent(outermost(own, scripting), withoutLayout).filter((time) => time > 0.5);
  return {
    frames: scripts.length,
    longest: Math.max(...scripts),
    mean: scripts.reduce((sum, time) => sum + time, 0) / scripts.length,
    drawing: Math.max(...spent(drawings, timeOf)),
  };
}

/**
 * The events with one of these names that no other of them contains, in their order.
 *
 * @param {{ name: string, ph: string, ts: number, dur?: number, tdur?: number }[]} events
 */
function outermost(events, names) {
  const named = events.filter(({ name, ph }) => ph === "X" && names.has(name));
  let end = 0;
  return named
    .sort((a, b) => a.ts - b.ts || b.dur - a.dur)
    .filter(({ ts, dur = 0 }) => {
      if (ts < end) return false;
      end = ts + dur;
      return true;
    });
}

/** The main thread of the page: the one that begins the most frames. */
function threadOf(events) {
  const counts = new Map();
  for (const { name, pid, tid } of events)
    if (name === "BeginMainThreadFrame") counts.set(`${pid}:${tid}`, (counts.get(`${pid}:${tid}`) ?? 0) + 1);
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  if (!most)
    throw new Error(
      "expected events named BeginMainThreadFrame in the trace; adapt scripts/frames.mjs to this version of Chromium",
    );
  return most[0];
}
