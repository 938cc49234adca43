// A bar on standard error while a long file is read, gone when it is done.
import { cellsOf, visible } from "./terminal-text.js";
import { rendered } from "./colors.js";
import type { Screen } from "./terminal-stream.js";
import { bytes } from "./format.js";

/** How far a file is read. */
export interface Progress {
  /** The bytes read. */
  readonly bytes: number;
  /** All bytes, where that is known. */
  readonly total?: number | undefined;
}

/** What is short enough is done before anybody looks. */
const patience = 300;
/** Milliseconds between two drawings. */
const pace = 80;

/** What shows progress, and takes it away. */
export interface Bar {
  /** To be called as often as one likes. */
  readonly onProgress: (progress: Progress) => void;
  /** Takes the bar away. May be called twice. */
  clear(): void;
}

let shown: (() => void) | undefined;

/** Takes away the bar that is shown, if any: for the process's end. */
export const clearBar = (): void => shown?.();

/** A bar that says what is done to what. On anything but a terminal it does nothing. */
export function barOn(
  stream: NodeJS.WriteStream,
  { live, paint, width }: Pick<Screen, "live" | "paint" | "width">,
  what: string,
): Bar {
  const begun = performance.now();
  let drawn = 0;
  const clear = (): void => {
    if (drawn > 0) stream.write("\r\x1b[K");
    drawn = 0;
    shown = undefined;
  };
  const onProgress = (progress: Progress): void => {
    const now = performance.now();
    if (!live || now - begun < patience || now - drawn < pace) return;
    drawn = now;
    shown = clear;
    stream.write(`\r${rendered(line(visible(what), progress, width - 1, paint))}\x1b[K`);
  };
  return { onProgress, clear };
}

function line(what: string, { bytes: done, total }: Progress, width: number, paint: Screen["paint"]): string {
  if (!total) return `${what}  ${bytes(done)}`.slice(0, width);
  const part = Math.min(1, done / total);
  const facts = `${String(Math.floor(part * 100)).padStart(3)} %  ${bytes(done)} of ${bytes(total)}`;
  const cells = Math.min(40, width - cellsOf(what) - facts.length - 4);
  if (cells < 5) return facts.slice(0, width);
  const full = Math.round(part * cells);
  return `${what}  ${paint("━".repeat(full), "green")}${paint("━".repeat(cells - full), "dim")} ${facts}`;
}
