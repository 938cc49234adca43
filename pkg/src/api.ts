import { guarded } from "./core.js";
import type { Sample } from "../generated/types.js";

export type { Sample };

/** A sample, until the real functions are here. */
export const sample = (): Sample => guarded((core) => core.sample());
