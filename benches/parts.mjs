// The parts of `npm run bench`, in their order.
import { measureBadges } from "./badges.mjs";
import { measureBoard } from "./board.mjs";
import { measureBrowser } from "./browser.mjs";
import { measureElements } from "./elements.mjs";
import { measureFiles } from "./files.mjs";
import { measureHostile } from "./hostile.mjs";
import { measureObjects } from "./objects.mjs";
import { measureScaling } from "./scaling.mjs";
import { measureSizes } from "./sizes.mjs";
import { measureStart } from "./start.mjs";
import { measureViews } from "./views.mjs";

/**
 * Each part prints its tables. It returns what it has measured, and the Markdown of its blocks in docs/performance.md.
 *
 * @typedef {object} Part
 * @property {string[]} blocks the names of the blocks
 * @property {(peers: object[]) => Promise<{ measured: unknown, blocks: Record<string, string> }>} measure
 */
/** @type {Record<string, Part>} */
export const parts = {
  objects: { blocks: ["objects"], measure: measureObjects },
  start: { blocks: ["start"], measure: measureStart },
  sizes: { blocks: ["sizes"], measure: async (peers) => measureSizes(peers) },
  views: { blocks: ["views"], measure: measureViews },
  files: { blocks: ["files", "disk"], measure: measureFiles },
  browser: { blocks: ["browser"], measure: measureBrowser },
  scaling: { blocks: ["scaling", "shards"], measure: measureScaling },
  hostile: { blocks: [], measure: measureHostile },
  elements: { blocks: ["elements", "list"], measure: measureElements },
  badges: { blocks: ["badges"], measure: measureBadges },
  board: { blocks: ["board"], measure: measureBoard },
};
