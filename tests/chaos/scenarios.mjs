// All scenarios, in the order in which they run.
import * as kill from "./kill.mjs";

/** @type {import("./round.mjs").Scenario[]} */
export const scenarios = [kill];
