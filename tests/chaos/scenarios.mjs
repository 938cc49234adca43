// All scenarios in the order in which they run.
import * as contention from "./contention.mjs";
import * as damage from "./damage.mjs";
import * as fullDisk from "./full-disk.mjs";
import * as kill from "./kill.mjs";
import * as slowClients from "./slow-clients.mjs";
import * as upstream from "./upstream.mjs";

/** @type {import("./round.mjs").Scenario[]} */
export const scenarios = [kill, fullDisk, damage, contention, upstream, slowClients];
