// The lifecycle as a diagram: statuses are boxes, transitions are lines between them, and hovering or focusing a line
// shows what is known about the transition.
import { html, nothing, svg, type TemplateResult } from "lit";
import { statusName } from "../../shared/status-name.js";
import type { BatchPath } from "./batch-path.js";
import type { Arrow, Diagram, StatusBox, Transition } from "./diagram-layout.js";

/** The state of the diagram. */
export interface DiagramState {
  readonly layout: Diagram;
  /** The path of the highlighted batch. */
  readonly path: BatchPath;
  /** The transition that is hovered or focused. */
  readonly active: Transition | undefined;
  /** The one transition that the Tab key reaches; the arrow keys reach the others. */
  readonly tabStop: Transition | undefined;
  readonly onPoint: (transition: Transition | undefined) => void;
  readonly onKey: (event: KeyboardEvent) => void;
}

/** Formats a transition: `Running → Writing results`. */
export const transitionName = ({ from, to }: Transition): string => `${statusName(from)} → ${statusName(to)}`;

/** Formats the evidence for a transition. */
export const evidenceName = ({ evidence }: Transition): string =>
  evidence === "observed" ? "observed" : "never observed";

/** Renders the diagram. The table below it contains the same information as text. */
export function diagramView(state: DiagramState): TemplateResult {
  const { width, height, arrows, boxes } = state.layout;
  // The active arrow is drawn once more on top of the others; moving the element itself would lose the focus.
  const onTop = arrows.filter(({ transition }) => transition === state.active);
  return html`<svg
    class="lifecycle"
    viewBox="0 0 ${width} ${height}"
    width=${width}
    height=${height}
    role="group"
    aria-label="Diagram of the lifecycle; use the arrow keys to move between transitions"
    data-highlighted=${state.path.current !== undefined}
    @keydown=${state.onKey}
    @pointerleave=${() => state.onPoint(undefined)}
  >
    ${arrows.map((arrow) => arrowView(arrow, state))}
    ${onTop.map(
      ({ transition, line, head }) =>
        svg`<g class="transition on-top" aria-hidden="true" data-evidence=${transition.evidence} data-active="true">
          <path class="line" d=${line} /><path class="head" d=${head} />
        </g>`,
    )}
    ${boxes.map((box) => boxView(box, state))}
  </svg>`;
}

const arrowView = ({ transition, line, head }: Arrow, { active, tabStop, path, onPoint }: DiagramState) => svg`<g
  class="transition"
  role="img"
  tabindex=${transition === tabStop ? "0" : "-1"}
  aria-label="${statusName(transition.from)} to ${statusName(transition.to)}, ${evidenceName(transition)}: ${
    transition.source
  }"
  data-transition="${transition.from} ${transition.to}"
  data-evidence=${transition.evidence}
  data-active=${transition === active}
  data-taken=${path.hasTaken(transition)}
  @pointerenter=${() => onPoint(transition)}
  @focus=${() => onPoint(transition)}
  @blur=${() => onPoint(undefined)}
>
  <path class="hit-area" d=${line} /><path class="line" d=${line} /><path class="head" d=${head} />
</g>`;

function boxView({ status, x, y, terminal }: StatusBox, { layout, path, active }: DiagramState) {
  const { width, height } = layout.boxSize;
  const state = status === path.current ? "current" : path.passed.has(status) ? "passed" : "none";
  const isTouched = active !== undefined && (active.from === status || active.to === status);
  const [left, top] = [x - width / 2, y - height / 2];
  const terminalText = terminal ? ", final" : "";
  const stateText = { current: ", current status", passed: ", passed", none: "" }[state];
  return svg`<g
    class="status"
    role="img"
    aria-label="${statusName(status)}${terminalText}${stateText}"
    data-status=${status}
    data-state=${state}
    data-terminal=${terminal}
    data-touched=${isTouched}
  >
    <rect class="body" x=${left} y=${top} width=${width} height=${height} rx=${terminal ? height / 2 : 9} />
    ${
      terminal
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

/** Renders the state of a box as text, at a corner where no line starts or ends. */
const tag = (text: string, left: number, top: number) => {
  const width = text.length * 6.4 + 12;
  return svg`<g class="tag">
    <rect x=${left + 3} y=${top - 10} width=${width} height="17" rx="8.5" />
    <text x=${left + 3 + width / 2} y=${top + 2.5} text-anchor="middle">${text}</text>
  </g>`;
};
