// Draws the transitions of a batch as SVG. Only the places are written here; what leads where comes from the package.

/** The center of each status, in a grid of columns and rows. */
const places = {
  validating: [0, 1],
  in_progress: [1, 1],
  finalizing: [2, 1],
  completed: [3, 1],
  failed: [1, 0],
  expired: [3, 0],
  cancelling: [2, 2],
  cancelled: [3, 2],
};
const [width, height, columnWidth, rowHeight] = [124, 40, 190, 104];
const [left, top] = [74, 32];
const center = (status) => {
  const [column, row] = places[status];
  return [left + column * columnWidth, top + row * rowHeight];
};

/**
 * @param {readonly { from: string, to: string, evidence: string }[]} transitions of which the observed are drawn
 * @returns {string} a figure
 */
export function lifecycleDiagram(transitions) {
  const drawn = transitions.filter(({ evidence }) => evidence === "observed");
  const text = drawn.map(({ from, to }) => `${from} to ${to}`).join(", ");
  const boxes = Object.keys(places).map((status) => {
    const [x, y] = center(status);
    const isTerminal = !drawn.some(({ from }) => from === status);
    return `<rect class="${isTerminal ? "terminal" : ""}" x="${x - width / 2}" y="${y - height / 2}" width="${width}"
      height="${height}" rx="8"/><text x="${x}" y="${y + 5}">${status}</text>`;
  });
  const total = [left + 3 * columnWidth + width / 2 + 12, top + 2 * rowHeight + height / 2 + 12];
  return `<div class="lifecycle" tabindex="0" role="region" aria-label="Diagram of the transitions">
<svg viewBox="0 0 ${total.join(" ")}" role="img" aria-label="Transitions: ${text}">
<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">
<path d="M0 0 8 4 0 8z"/></marker></defs>
${drawn.map(({ from, to }) => arrow(center(from), center(to))).join("\n")}
${boxes.join("\n")}
</svg></div>
`;
}

/** An arrow from the edge of one box to the edge of another. */
function arrow([x1, y1], [x2, y2]) {
  const [fromX, fromY] = edge([x1, y1], [x2, y2]);
  const [toX, toY] = edge([x2, y2], [x1, y1]);
  return `<line x1="${fromX}" y1="${fromY}" x2="${toX}" y2="${toY}" marker-end="url(#arrow)"/>`;
}

/** Where the line from the center of a box to another point crosses the edge of the box. */
function edge([x, y], [towardsX, towardsY]) {
  const [dx, dy] = [towardsX - x, towardsY - y];
  const scale = Math.min(width / 2 / Math.abs(dx || 1e-9), height / 2 / Math.abs(dy || 1e-9));
  return [Math.round(x + dx * scale), Math.round(y + dy * scale)];
}
