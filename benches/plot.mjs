// Draws docs/scaling.svg: a line over a logarithmic axis of counts, with the range between the quartiles.
import { decimal, median, quantile } from "./tables.mjs";

const [width, height] = [720, 320];
const [left, right, top, bottom] = [64, 48, 48, 48];

/**
 * Returns the picture.
 *
 * @param {{ x: number, ys: number[] }[]} points the counts, and the measured nanoseconds of each
 */
export function plot(points) {
  const counts = points.map(({ x }) => x);
  const step = stepOf(Math.max(...points.map(({ ys }) => quantile(ys, 0.75))));
  const steps = Math.ceil(Math.max(...points.map(({ ys }) => quantile(ys, 0.75))) / step);
  const logs = Math.log(Math.max(...counts) / Math.min(...counts));
  const x = (count) => left + (Math.log(count / Math.min(...counts)) / logs) * (width - left - right);
  const y = (value) => height - bottom - (value / (steps * step)) * (height - top - bottom);
  const at = (count, value) => `${x(count).toFixed(1)},${y(value).toFixed(1)}`;
  const path = (list, share) => list.map(({ x: count, ys }) => at(count, quantile(ys, share))).join(" ");
  const text = (x, y, words, anchor) => `<text x="${x}" y="${y}" text-anchor="${anchor}">${words}</text>`;
  const grid = Array.from({ length: steps + 1 }, (_, index) => index * step).flatMap((level) => {
    const lineY = y(level).toFixed(1);
    return [
      `<line class="grid" x1="${left}" x2="${width - right}" y1="${lineY}" y2="${lineY}"/>`,
      text(left - 8, (y(level) + 4).toFixed(1), decimal(level), "end"),
    ];
  });
  const axis = counts.map((count) => text(x(count).toFixed(1), height - bottom + 20, decimal(count), "middle"));
  const dots = points.map(({ x: count, ys }) => {
    const [cx, cy] = at(count, median(ys)).split(",");
    return `<circle class="dot" cx="${cx}" cy="${cy}" r="4"/>`;
  });
  const words = points.map(({ x: count, ys }) => `${decimal(count)}: ${decimal(median(ys))}`).join(", ");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title">
<title id="title">checkInput: nanoseconds per request, by the number of requests. ${words}</title>
<style>
text { font: 13px system-ui, sans-serif; fill: #585c64; }
.paper { fill: #ffffff; } .grid { stroke: #dddcd7; } .heading { fill: #1a1c1f; }
.line { fill: none; stroke: #1a5fb4; stroke-width: 2; } .dot, .range { fill: #1a5fb4; } .range { opacity: 0.2; }
@media (prefers-color-scheme: dark) {
  text { fill: #a6a9b0; } .paper { fill: #1a1c1f; } .grid { stroke: #34373d; } .heading { fill: #e9e8e4; }
  .line { stroke: #82b6f2; } .dot, .range { fill: #82b6f2; }
}
</style>
<rect class="paper" width="${width}" height="${height}" rx="6"/>
<text class="heading" x="${left}" y="26">checkInput: nanoseconds per request</text>
${[...grid, ...axis, text(width - right, height - 8, "requests, on a logarithmic axis", "end")].join("\n")}
<polygon class="range" points="${path(points, 0.25)} ${path(points.toReversed(), 0.75)}"/>
<polyline class="line" points="${path(points, 0.5)}"/>
${dots.join("\n")}
</svg>
`;
}

/** The distance of two lines of the grid: 1, 2 or 5 times a power of ten, so that there are three to seven lines. */
function stepOf(max) {
  const power = 10 ** Math.floor(Math.log10(max));
  return [power / 5, power / 2, power].find((step) => max / step <= 6) ?? 2 * power;
}
