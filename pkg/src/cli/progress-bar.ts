// A bar on standard error while a long file is read, gone when it is done.
import { displayWidth, visible } from "./terminal-text.js";
import { renderLine } from "./colors.js";
import type { TerminalStream } from "./terminal-stream.js";
import { formatBytes } from "./format.js";

/** How far a file is read. */
export interface Progress {
  /** The bytes read. */
  readonly bytes: number;
  /** All bytes, where that is known. */
  readonly total?: number | undefined;
}

/** What is short enough is done before anybody looks. */
const showAfter = 300;
/** Milliseconds between two drawings. */
const redrawInterval = 80;

/** What shows progress, and takes it away. */
export interface ProgressBar {
  /** To be called as often as one likes. */
  readonly onProgress: (progress: Progress) => void;
  /** Takes the bar away. May be called twice. */
  clear(): void;
}

let clearShown: (() => void) | undefined;

/** Takes away the bar that is clearShown, if any: for the process's end. */
export const clearProgressBar = (): void => clearShown?.();

/** A bar that says label is done to label. On anything but a terminal it does nothing. */
export function createProgressBar(
  stream: NodeJS.WriteStream,
  { canRedraw, paint, width }: Pick<TerminalStream, "canRedraw" | "paint" | "width">,
  label: string,
): ProgressBar {
  const started = performance.now();
  let lastDrawn = 0;
  const clear = (): void => {
    if (lastDrawn > 0) stream.write("\r\x1b[K");
    lastDrawn = 0;
    clearShown = undefined;
  };
  const onProgress = (progress: Progress): void => {
    const now = performance.now();
    if (!canRedraw || now - started < showAfter || now - lastDrawn < redrawInterval) return;
    lastDrawn = now;
    clearShown = clear;
    stream.write(`\r${renderLine(barLine(visible(label), progress, width - 1, paint))}\x1b[K`);
  };
  return { onProgress, clear };
}

function barLine(
  label: string,
  { bytes: done, total }: Progress,
  width: number,
  paint: TerminalStream["paint"],
): string {
  if (!total) return `${label}  ${formatBytes(done)}`.slice(0, width);
  const part = Math.min(1, done / total);
  const facts = `${String(Math.floor(part * 100)).padStart(3)} %  ${formatBytes(done)} of ${formatBytes(total)}`;
  const cells = Math.min(40, width - displayWidth(label) - facts.length - 4);
  if (cells < 5) return facts.slice(0, width);
  const full = Math.round(part * cells);
  return `${label}  ${paint("━".repeat(full), "green")}${paint("━".repeat(cells - full), "dim")} ${facts}`;
}
