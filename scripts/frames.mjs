// What a page's frames take, as Chromium's own trace has it.

const categories = ["devtools.timeline", "disabled-by-default-devtools.timeline.frame", "v8"];
const scripting = new Set([
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

/** Does some work in a page of Playwright's and gives the events of its trace. */
export async function traced(page, work) {
  const browser = page.context().browser();
  await browser.startTracing(page, { categories });
  await work();
  const { traceEvents } = JSON.parse(await browser.stopTracing());
  return traceEvents;
}

/**
 * What each frame took: scripts, and all from style to paint, in milliseconds. By the clock on the wall; or of the
 * processor's time alone, which is the same however much else the machine does.
 *
 * @param {"dur" | "tdur"} by the member of an event that tells its length: by the wall or by the processor
 */
export function framesOf(events, by = "dur") {
  const main = threadOf(events);
  const own = events.filter(({ pid, tid }) => `${pid}:${tid}` === main);
  const starts = own
    .filter(({ name }) => name === "BeginMainThreadFrame")
    .map(({ ts }) => ts)
    .sort((a, b) => a - b);
  const spent = (names) => {
    const frames = new Map();
    let end = 0;
    // Calls stand within calls: of each moment only the outermost counts.
    for (const { ts, dur = 0, [by]: length = 0 } of own
      .filter(({ name, ph }) => ph === "X" && names.has(name))
      .sort((a, b) => a.ts - b.ts || b.dur - a.dur)) {
      if (ts < end) continue;
      end = ts + dur;
      const index = starts.findLastIndex((start) => start <= ts);
      frames.set(index, (frames.get(index) ?? 0) + length / 1000);
    }
    return [...frames.values()];
  };
  const scripts = spent(scripting).filter((time) => time > 0.5);
  return {
    frames: scripts.length,
    longest: Math.max(...scripts),
    mean: scripts.reduce((sum, time) => sum + time, 0) / scripts.length,
    drawing: Math.max(...spent(drawing)),
  };
}

/** The thread on which the page's scripts run: the one that begins the most frames. */
function threadOf(events) {
  const counts = new Map();
  for (const { name, pid, tid } of events)
    if (name === "BeginMainThreadFrame") counts.set(`${pid}:${tid}`, (counts.get(`${pid}:${tid}`) ?? 0) + 1);
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  if (!most)
    throw new Error("the trace has no frames: this Chromium names them otherwise than scripts/frames.mjs knows");
  return most[0];
}
