// Preloaded into `batchlight run`: its time moves only while it waits, so that the same run always prints the same
// text. Requests are sent one after the other, each with the time in a header, and what is written to standard error is
// recorded in the file CAST_FILE: a JSON array of seconds and text per line, like the events of an asciicast.
import { appendFileSync } from "node:fs";

const start = 1_764_000_000_000;
/** The number of turns of the event loop without work after which the time moves. */
const quietTurns = 20;
const { fetch: send, setImmediate, setTimeout: setTimer, clearTimeout: clearTimer } = globalThis;
let now = start;
/** The number of unfinished requests, and of modules that are being compiled on another thread. */
let pending = 0;
let isMoving = false;
let sent = Promise.resolve();
const timers = new Set();

const isBusy = () => pending > 0 || process.getActiveResourcesInfo().some((name) => name.includes("Req"));

/** Fires the timers in their order, each when nothing else is left to do. */
async function move() {
  isMoving = true;
  while (timers.size > 0) {
    for (let quiet = 0; quiet < quietTurns; quiet = isBusy() ? 0 : quiet + 1)
      await new Promise((resolve) => (isBusy() ? setTimer(resolve, 1) : setImmediate(resolve)));
    const [next] = [...timers].sort((a, b) => a.at - b.at);
    if (!next) break;
    timers.delete(next);
    now = Math.max(now, next.at);
    next.callback();
  }
  isMoving = false;
}

async function counted(work) {
  pending++;
  try {
    return await work;
  } finally {
    pending--;
  }
}

for (const name of /** @type {const} */ (["compile", "instantiate"])) {
  const call = WebAssembly[name];
  WebAssembly[name] = /** @type {any} */ ((...values) => counted(Reflect.apply(call, WebAssembly, values)));
}
Date.now = () => now;
Object.defineProperty(performance, "now", { value: () => now - start });
globalThis.setTimeout = /** @type {any} */ (
  (callback, milliseconds = 0, ...values) => {
    // The timers of Node itself, such as those of keep-alive connections, would be fired thousands of times.
    if (/^.*\n.*\n.*node:/.test(new Error("caller").stack)) return setTimer(callback, milliseconds, ...values);
    const timer = { at: now + milliseconds, callback: () => callback(...values), ref: () => timer, unref: () => timer };
    timers.add(timer);
    if (!isMoving) void move();
    return timer;
  }
);
globalThis.clearTimeout = (timer) => {
  if (!timers.delete(timer)) clearTimer(timer);
};

globalThis.fetch = async (input, init = {}) => {
  const received = sent.then(async () => {
    const headers = new Headers(init.headers);
    headers.set("x-now", String(now / 1000));
    const response = await send(input, { ...init, headers });
    return new Response(await response.arrayBuffer(), { status: response.status, headers: response.headers });
  });
  sent = received.then(
    () => undefined,
    () => undefined,
  );
  return counted(received);
};

Object.assign(process.stderr, { isTTY: true, columns: Number(process.env.COLUMNS) });
const write = process.stderr.write.bind(process.stderr);
process.stderr.write = /** @type {any} */ (
  (chunk, ...rest) => {
    appendFileSync(process.env.CAST_FILE, `${JSON.stringify([(now - start) / 1000, String(chunk)])}\n`);
    return write(chunk, .../** @type {[]} */ (rest));
  }
);
