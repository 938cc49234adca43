// The entry for everything that has no entry of its own: Node, Deno, Bun, browsers, bundlers, test runners.
export * from "./api.js";
export { init } from "./core.js";
export type { LoadProblem, LoadProblemCode } from "./load/problem.js";
