// A progress bar on standard error.
import { displayWidth, visible } from "./terminal-text.js";
import { renderLine } from "./colors.js";
import type { TerminalStream } from "./terminal-stream.js";
import { formatBytes } from "../../common/format.js";

/** The progress of reading or writing. */
export interface Progress {
  /** The number of bytes processed. */
  readonly bytes: number;
  /** The total number of bytes, if known. */
  readonly total?: number | undefined;
}

/** The bar appears after this time, in milliseconds. Short tasks finish earlier. */
const showAfter = 300;
/** The minimum time between two updates, in milliseconds. */
const redrawInterval = 80;

/** A progress bar. */
export interface ProgressBar {
  /** Updates the bar. Can be called often. */
  readonly onProgress: (progress: Progress) => void;
  /** Removes the bar. Can be called more than once. */
  clear(): void;
}

let clearShown: (() => void) | undefined;

/** Removes the visible bar, if any, before the process ends. */
export const clearProgressBar = (): void => clearShown?.();

/** Creates a bar with a label. Does nothing if the stream is not a terminal. */
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
    if (clearShown === clear) clearShown = undefined;
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
