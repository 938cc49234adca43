// Where the states and moves of the lifecycle stand in the picture. It is drawn from the table alone: no state is named
// here.
import type { lifecycle } from "batchlight";

/** A row of the table. */
export type Move = (typeof lifecycle)[number];

/** A status of the table. */
export type Status = Move["from"];

/** A point. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A state in the picture: a box, by its middle. */
export interface State extends Point {
  readonly status: Status;
  /** Whether no move leads out of it. */
  readonly end: boolean;
}

/** A move in the picture. */
export interface Arrow {
  readonly move: Move;
  /** The line, and the head at its end, as data of SVG paths. */
  readonly line: string;
  readonly head: string;
}

/** The whole picture. */
export interface Diagram {
  readonly width: number;
  readonly height: number;
  readonly box: { readonly width: number; readonly height: number };
  readonly states: readonly State[];
  readonly arrows: readonly Arrow[];
}

/**
 * Measures along the line of states and across it, for a picture that lies and for one that stands: `box` is a state,
 * `pitch` from one to the next, `gap` from the states that go on to those that are for good, `port` between two lines
 * at one side of a box, `arcs` the room for moves that skip states.
 */
const lying = { box: { along: 152, across: 58 }, pitch: 232, gap: 168, port: 22, arcs: 104, margin: 14 } as const;
const standing = { box: { along: 62, across: 112 }, pitch: 112, gap: 60, port: 9.5, arcs: 40, margin: 3 } as const;

/** The length of an arrow's head, and half its width. */
const head = { length: 9, half: 4.5 } as const;

/** The picture of a table of moves; `upright` for a narrow page. */
export function diagramOf(moves: readonly Move[], upright: boolean): Diagram {
  const { box, pitch, gap, port, arcs, margin } = upright ? standing : lying;
  const statuses = [...new Set(moves.flatMap(({ from, to }) => [from, to]))];
  const goesOn = (status: Status): boolean => moves.some(({ from }) => from === status);
  const running = statuses.filter(goesOn).sort((a, b) => depthOf(moves, a) - depthOf(moves, b));
  // Each end stands beside the states that are recorded to lead to it.
  const beside = (end: Status): number =>
    mean(
      moves
        .filter(({ to, evidence }) => to === end && evidence === "observed")
        .map(({ from }) => running.indexOf(from)),
    );
  const ends = statuses.filter((status) => !goesOn(status)).sort((a, b) => beside(a) - beside(b));

  const place = (along: number, across: number): Point => (upright ? { x: across, y: along } : { x: along, y: across });
  const alongOf = (index: number): number => margin + box.along / 2 + index * pitch;
  const acrossOf = { running: margin + arcs + box.across / 2, ends: margin + arcs + box.across * 1.5 + gap } as const;
  const states: State[] = [
    ...running.map((status, index): State => ({ status, end: false, ...place(alongOf(index), acrossOf.running) })),
    ...ends.map((status, index): State => ({ status, end: true, ...place(alongOf(index), acrossOf.ends) })),
  ];

  /** How far from the middle of a box a line begins or ends; the one straight across has the middle. */
  const portOf = (own: number, other: number, others: readonly number[]): number => {
    const sorted = [...others].sort((a, b) => a - b);
    const middle = sorted.includes(own) ? sorted.indexOf(own) : (sorted.length - 1) / 2;
    return (sorted.indexOf(other) - middle) * port;
  };

  const arrows = moves.map((move): Arrow => {
    const from = running.indexOf(move.from);
    const to = running.indexOf(move.to);
    if (to === from + 1) {
      const start = place(alongOf(from) + box.along / 2, acrossOf.running);
      const end = place(alongOf(to) - box.along / 2, acrossOf.running);
      return { move, line: `M${at(start)}L${at(end)}`, head: headAt(end, upright ? "down" : "right") };
    }
    if (to >= 0) {
      // Over the heads of the states between; the longer the way, the higher.
      const skipping = moves
        .filter((other) => other.to === move.to && running.indexOf(other.from) < to - 1)
        .map(({ from }) => running.indexOf(from));
      const top = acrossOf.running - box.across / 2;
      const start = place(alongOf(from), top);
      const end = place(
        alongOf(to) + (skipping.sort((a, b) => b - a).indexOf(from) - (skipping.length - 1) / 2) * port,
        top,
      );
      const height = Math.min(arcs, (arcs * (to - from)) / Math.max(1, running.length - 1)) * 1.25;
      const bend = (point: Point): Point =>
        upright ? { x: point.x - height, y: point.y } : { x: point.x, y: point.y - height };
      return {
        move,
        line: `M${at(start)}C${at(bend(start))} ${at(bend(end))} ${at(end)}`,
        head: headAt(end, upright ? "right" : "down"),
      };
    }
    const end = ends.indexOf(move.to);
    const leaving = moves
      .filter((other) => other.from === move.from && ends.includes(other.to))
      .map(({ to }) => ends.indexOf(to));
    const entering = moves.filter((other) => other.to === move.to).map(({ from }) => running.indexOf(from));
    const start = place(alongOf(from) + portOf(from, end, leaving), acrossOf.running + box.across / 2);
    const stop = place(alongOf(end) + portOf(end, from, entering), acrossOf.ends - box.across / 2);
    const bend = gap * 0.55;
    const [leave, enter] = upright
      ? [
          { x: start.x + bend, y: start.y },
          { x: stop.x - bend, y: stop.y },
        ]
      : [
          { x: start.x, y: start.y + bend },
          { x: stop.x, y: stop.y - bend },
        ];
    return {
      move,
      line: `M${at(start)}C${at(leave)} ${at(enter)} ${at(stop)}`,
      head: headAt(stop, upright ? "right" : "down"),
    };
  });

  const far = place(
    alongOf(Math.max(running.length, ends.length) - 1) + box.along / 2 + margin,
    acrossOf.ends + box.across / 2 + margin,
  );
  const size = place(box.along, box.across);
  return { width: far.x, height: far.y, box: { width: size.x, height: size.y }, states, arrows };
}

/** How many moves the longest way to a state has. */
function depthOf(moves: readonly Move[], status: Status): number {
  const before = moves.filter(({ to }) => to === status);
  return before.length === 0 ? 0 : 1 + Math.max(...before.map(({ from }) => depthOf(moves, from)));
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
