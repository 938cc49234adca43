// The lifecycle as a picture: states as boxes, moves as lines between them, and what is known of a move on hover and
// focus.
import { html, nothing, svg, type TemplateResult } from "lit";
import { statusName } from "../../shared/status-name.js";
import type { Arrow, Diagram, Move, State } from "./diagram-layout.js";
import type { Way } from "./batch-path.js";

/** How the picture is looked at. */
export interface Look {
  readonly diagram: Diagram;
  readonly way: Way;
  /** The move that is pointed at. */
  readonly active: Move | undefined;
  /** The one move that the Tab key leads to. */
  readonly stop: Move | undefined;
  readonly point: (move: Move | undefined) => void;
  readonly key: (event: KeyboardEvent) => void;
}

/** A move in words. */
export const moveName = ({ from, to }: Move): string => `${statusName(from)} to ${statusName(to)}`;

/** How well a move is known, in words. */
export const evidenceName = ({ evidence }: Move): string => (evidence === "observed" ? "observed" : "never observed");

/** The picture. The table below it says all of it in words. */
export function picture(look: Look): TemplateResult {
  const { width, height } = look.diagram;
  const { arrows, states } = look.diagram;
  // What is pointed at is drawn once more over the others; moving it there would take the focus from it.
  const above = arrows.filter(({ move }) => move === look.active);
  return html`<svg
    class="lifecycle"
    viewBox="0 0 ${width} ${height}"
    width=${width}
    height=${height}
    role="group"
    aria-label="Diagram of the lifecycle; arrow keys lead from move to move"
    data-chosen=${look.way.current !== undefined}
    @keydown=${look.key}
    @pointerleave=${() => look.point(undefined)}
  >
    ${arrows.map((arrow) => line(arrow, look))}
    ${above.map(
      ({ move, line, head }) =>
        svg`<g class="move above" aria-hidden="true" data-evidence=${move.evidence} data-active="true">
          <path class="line" d=${line} /><path class="head" d=${head} />
        </g>`,
    )}
    ${states.map((state) => box(state, look))}
  </svg>`;
}

const line = ({ move, line, head }: Arrow, { active, stop, way, point }: Look) => svg`<g
  class="move"
  role="img"
  tabindex=${move === stop ? "0" : "-1"}
  aria-label="${moveName(move)}, ${evidenceName(move)}: ${move.source}"
  data-move="${move.from} ${move.to}"
  data-evidence=${move.evidence}
  data-active=${move === active}
  data-taken=${way.took(move)}
  @pointerenter=${() => point(move)}
  @focus=${() => point(move)}
  @blur=${() => point(undefined)}
>
  <path class="reach" d=${line} /><path class="line" d=${line} /><path class="head" d=${head} />
</g>`;

function box({ status, x, y, end }: State, { diagram, way, active }: Look) {
  const { width, height } = diagram.box;
  const state = status === way.current ? "current" : way.passed.has(status) ? "passed" : "none";
  const touched = active !== undefined && (active.from === status || active.to === status);
  const [left, top] = [x - width / 2, y - height / 2];
  const ending = end ? ", for good" : "";
  const place = { current: ", here it is", passed: ", passed", none: "" }[state];
  return svg`<g
    class="state"
    role="img"
    aria-label="${statusName(status)}${ending}${place}"
    data-status=${status}
    data-state=${state}
    data-end=${end}
    data-touched=${touched}
  >
    <rect class="body" x=${left} y=${top} width=${width} height=${height} rx=${end ? height / 2 : 9} />
    ${
      end
        ? svg`<rect
            class="rim"
            x=${left + 3.5}
            y=${top + 3.5}
            width=${width - 7}
            height=${height - 7}
            rx=${height / 2 - 3.5}
          />`
        : nothing
    }
    <text class="name" x=${x} y=${y - 2} text-anchor="middle">${statusName(status)}</text>
    <text class="code" x=${x} y=${y + 14} text-anchor="middle">${status}</text>
    ${state === "none" ? nothing : tag(state === "current" ? "now" : "passed", left, top)}
  </g>`;
}

/** Says in a word what the colour of a box says, at a corner where no line begins or ends. */
const tag = (word: string, left: number, top: number) => {
  const width = word.length * 6.4 + 12;
  return svg`<g class="tag">
    <rect x=${left + 3} y=${top - 10} width=${width} height="17" rx="8.5" />
    <text x=${left + 3 + width / 2} y=${top + 2.5} text-anchor="middle">${word}</text>
  </g>`;
};
