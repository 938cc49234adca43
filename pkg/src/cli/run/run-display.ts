// Shows a run on standard error: one line for each shard on a terminal, one line for each event elsewhere.
import type { PlannedEvent, RunEvent } from "#run";
import { renderLine } from "../terminal/colors.js";
import type { TerminalStream } from "../terminal/terminal-stream.js";
import { displayWidth } from "../terminal/terminal-text.js";
import { eventLine, eventText, progressText, shardName, waitingText } from "./event-lines.js";

/** The maximum number of shards that are shown at once. */
const maxShown = 12;
const barWidth = 20;
/** The maximum number of progress lines of a batch where lines are not redrawn. */
const progressSteps = 4;
/** The minimum time between two updates, in milliseconds. */
const redrawInterval = 100;

/** Shows events. */
export interface RunDisplay {
  readonly onUpdate: (event: RunEvent) => void;
  /** Shows the latest state for the last time. */
  end(): void;
}

interface Row {
  readonly name: string;
  readonly part: number;
  readonly text: string;
}

/** Creates the display. */
export function createRunDisplay(stream: NodeJS.WriteStream, err: TerminalStream): RunDisplay {
  return err.canRedraw ? redrawn(stream, err) : appended(err);
}

/** Prints a line for each event, but only a few for the progress of a batch. */
function appended(err: TerminalStream): RunDisplay {
  let shards = 0;
  const printed = new Map<number, string>();
  return {
    onUpdate(event) {
      if (event.type === "planned") {
        shards = event.plan.shards.length;
        return;
      }
      if (event.type === "update") {
        const { label, progress } = event.update.view;
        const { completed = 0, failed = 0, total } = progress;
        const key = `${label} ${total ? Math.floor((progressSteps * (completed + failed)) / total) : 0}`;
        if (printed.get(event.shard) === key) return;
        printed.set(event.shard, key);
      }
      const line = eventLine(event, shards);
      if (line !== undefined) void err.print([line]);
    },
    end: () => undefined,
  };
}

/** Redraws a line for each shard. */
function redrawn(stream: NodeJS.WriteStream, err: TerminalStream): RunDisplay {
  let shards = 0;
  const rows = new Map<number, Row>();
  let [drawnLines, drawnAt] = [0, 0];
  const draw = (): void => {
    const lines = linesOf(
      [...rows].sort(([a], [b]) => a - b).map(([, row]) => row),
      err,
    );
    const up = drawnLines > 0 ? `\x1b[${drawnLines}A\r\x1b[J` : "";
    stream.write(`${up}${lines.map((line) => `${renderLine(line)}\n`).join("")}`);
    drawnLines = lines.length;
    drawnAt = performance.now();
  };
  return {
    onUpdate(event) {
      if (event.type === "planned") {
        shards = event.plan.shards.length;
        return;
      }
      rows.set(event.shard, rowOf(event, shards, rows.get(event.shard)));
      if (performance.now() - drawnAt >= redrawInterval || event.type !== "update") draw();
    },
    end: draw,
  };
}

function rowOf(event: Exclude<RunEvent, PlannedEvent>, shards: number, before: Row | undefined): Row {
  const name = shardName(event.shard, shards, event.attempt);
  // The next attempt begins with an empty bar.
  const part = before?.name === name ? before.part : 0;
  if (event.type === "update") {
    const { completed = 0, failed = 0, total } = event.update.view.progress;
    return { name, part: total ? (completed + failed) / total : 0, text: progressText(event) };
  }
  if (event.type === "waiting") return { name, part, text: waitingText(event) };
  const text = eventText(event) ?? "";
  const isEnd = event.type === "ended" || event.type === "reconciled";
  return { name, part: isEnd ? 1 : part, text };
}

function linesOf(rows: readonly Row[], { paint, width }: TerminalStream): string[] {
  // Unfinished shards are shown before finished ones.
  const open = rows.filter(({ part }) => part < 1);
  const shown = new Set([...open, ...rows.filter(({ part }) => part >= 1)].slice(0, maxShown));
  const nameWidth = Math.max(0, ...rows.map(({ name }) => name.length));
  const lines = rows
    .filter((row) => shown.has(row))
    .map(({ name, part, text }) => {
      const full = Math.round(Math.min(1, part) * barWidth);
      const bar = `${paint("━".repeat(full), "green")}${paint("─".repeat(barWidth - full), "dim")}`;
      return `${name.padEnd(nameWidth)}  ${bar}  ${clip(text, width - nameWidth - barWidth - 5)}`;
    });
  return rows.length > shown.size ? [...lines, `and ${rows.length - shown.size} more`] : lines;
}

function clip(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let end = Math.max(0, width - 1);
  while (end > 0 && displayWidth(text.slice(0, end)) > width - 1) end--;
  return `${text.slice(0, end)}…`;
}
