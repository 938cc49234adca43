// The layout of the lifecycle diagram, computed from the package's table alone: this file names no status.
import type { lifecycle } from "batchlight";

/** A transition of the table. */
export type Transition = (typeof lifecycle)[number];

/** A status of the table. */
export type Status = Transition["from"];

/** A point, in SVG user units. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The box of a status, placed by its centre. */
export interface StatusBox extends Point {
  readonly status: Status;
  /** Whether no transition leaves it. */
  readonly terminal: boolean;
}

/** The arrow of a transition. */
export interface Arrow {
  readonly transition: Transition;
  /** The line, as SVG path data. */
  readonly line: string;
  /** The arrowhead, as SVG path data. */
  readonly head: string;
}

/** The layout. All lengths are in SVG user units. */
export interface Diagram {
  readonly width: number;
  readonly height: number;
  readonly boxSize: { readonly width: number; readonly height: number };
  readonly boxes: readonly StatusBox[];
  readonly arrows: readonly Arrow[];
}

/**
 * The measures of a horizontal and a vertical diagram, along and across the row of statuses: `box` is the size of a
 * box, `pitch` the distance between the centres of two boxes, `gap` the distance between the running and the terminal
 * statuses, `port` the distance between two lines at one side of a box, and `arcHeight` the space for transitions that
 * skip statuses.
 */
const horizontal = {
  box: { along: 152, across: 58 },
  pitch: 232,
  gap: 168,
  port: 22,
  arcHeight: 104,
  margin: 14,
} as const;
const vertical = { box: { along: 62, across: 112 }, pitch: 112, gap: 60, port: 9.5, arcHeight: 40, margin: 3 } as const;

/** The length of an arrowhead, and half of its width. */
const head = { length: 9, half: 4.5 } as const;

/** Computes the layout for a table of transitions: vertical for a narrow page, otherwise horizontal. */
export function layoutDiagram(transitions: readonly Transition[], isVertical: boolean): Diagram {
  const { box, pitch, gap, port, arcHeight, margin } = isVertical ? vertical : horizontal;
  const statuses = [...new Set(transitions.flatMap(({ from, to }) => [from, to]))];
  const isRunning = (status: Status): boolean => transitions.some(({ from }) => from === status);
  const running = statuses.filter(isRunning).sort((a, b) => depthOf(transitions, a) - depthOf(transitions, b));
  // Each terminal status is placed next to the statuses that are observed to lead to it.
  const positionOf = (end: Status): number =>
    mean(
      transitions
        .filter(({ to, evidence }) => to === end && evidence === "observed")
        .map(({ from }) => running.indexOf(from)),
    );
  const terminal = statuses.filter((status) => !isRunning(status)).sort((a, b) => positionOf(a) - positionOf(b));

  const point = (along: number, across: number): Point =>
    isVertical ? { x: across, y: along } : { x: along, y: across };
  const alongOf = (index: number): number => margin + box.along / 2 + index * pitch;
  const acrossOf = {
    running: margin + arcHeight + box.across / 2,
    terminal: margin + arcHeight + box.across * 1.5 + gap,
  } as const;
  const boxes: StatusBox[] = [
    ...running.map(
      (status, index): StatusBox => ({ status, terminal: false, ...point(alongOf(index), acrossOf.running) }),
    ),
    ...terminal.map(
      (status, index): StatusBox => ({ status, terminal: true, ...point(alongOf(index), acrossOf.terminal) }),
    ),
  ];

  /** Returns the distance of a line from the centre of its box: the line straight across starts at the centre. */
  const portOf = (own: number, other: number, others: readonly number[]): number => {
    const sorted = [...others].sort((a, b) => a - b);
    const middle = sorted.includes(own) ? sorted.indexOf(own) : (sorted.length - 1) / 2;
    return (sorted.indexOf(other) - middle) * port;
  };

  const arrows = transitions.map((transition): Arrow => {
    const from = running.indexOf(transition.from);
    const to = running.indexOf(transition.to);
    if (to === from + 1) {
      const start = point(alongOf(from) + box.along / 2, acrossOf.running);
      const end = point(alongOf(to) - box.along / 2, acrossOf.running);
      return { transition, line: `M${at(start)}L${at(end)}`, head: headAt(end, isVertical ? "down" : "right") };
    }
    if (to >= 0) {
      // An arc over the skipped statuses: the more it skips, the higher it is.
      const skipping = transitions
        .filter((other) => other.to === transition.to && running.indexOf(other.from) < to - 1)
        .map(({ from }) => running.indexOf(from));
      const top = acrossOf.running - box.across / 2;
      const start = point(alongOf(from), top);
      const end = point(
        alongOf(to) + (skipping.sort((a, b) => b - a).indexOf(from) - (skipping.length - 1) / 2) * port,
        top,
      );
      const height = Math.min(arcHeight, (arcHeight * (to - from)) / Math.max(1, running.length - 1)) * 1.25;
      const bend = (point: Point): Point =>
        isVertical ? { x: point.x - height, y: point.y } : { x: point.x, y: point.y - height };
      return {
        transition,
        line: `M${at(start)}C${at(bend(start))} ${at(bend(end))} ${at(end)}`,
        head: headAt(end, isVertical ? "right" : "down"),
      };
    }
    const end = terminal.indexOf(transition.to);
    const leaving = transitions
      .filter((other) => other.from === transition.from && terminal.includes(other.to))
      .map(({ to }) => terminal.indexOf(to));
    const entering = transitions.filter((other) => other.to === transition.to).map(({ from }) => running.indexOf(from));
    const start = point(alongOf(from) + portOf(from, end, leaving), acrossOf.running + box.across / 2);
    const stop = point(alongOf(end) + portOf(end, from, entering), acrossOf.terminal - box.across / 2);
    const bend = gap * 0.55;
    const [leave, enter] = isVertical
      ? [
          { x: start.x + bend, y: start.y },
          { x: stop.x - bend, y: stop.y },
        ]
      : [
          { x: start.x, y: start.y + bend },
          { x: stop.x, y: stop.y - bend },
        ];
    return {
      transition,
      line: `M${at(start)}C${at(leave)} ${at(enter)} ${at(stop)}`,
      head: headAt(stop, isVertical ? "right" : "down"),
    };
  });

  const far = point(
    alongOf(Math.max(running.length, terminal.length) - 1) + box.along / 2 + margin,
    acrossOf.terminal + box.across / 2 + margin,
  );
  const size = point(box.along, box.across);
  return { width: far.x, height: far.y, boxSize: { width: size.x, height: size.y }, boxes, arrows };
}

/** Returns the number of transitions on the longest path to a status. */
function depthOf(transitions: readonly Transition[], status: Status): number {
  const before = transitions.filter(({ to }) => to === status);
  return before.length === 0 ? 0 : 1 + Math.max(...before.map(({ from }) => depthOf(transitions, from)));
}

const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, number) => sum + number, 0) / Math.max(1, numbers.length);

const at = ({ x, y }: Point): string => `${round(x)} ${round(y)}`;
const round = (number: number): number => Math.round(number * 10) / 10;

function headAt({ x, y }: Point, direction: "right" | "down"): string {
  const [back, side] =
    direction === "right"
      ? [
          { x: x - head.length, y },
          { x: 0, y: head.half },
        ]
      : [
          { x, y: y - head.length },
          { x: head.half, y: 0 },
        ];
  const left = { x: back.x - side.x, y: back.y - side.y };
  const right = { x: back.x + side.x, y: back.y + side.y };
  return `M${at({ x, y })}L${at(left)}L${at(right)}Z`;
}
