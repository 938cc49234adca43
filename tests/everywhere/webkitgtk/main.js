import * as api from "batchlight";
import "batchlight/elements/define";
import { batch, now } from "./batch.js";
import { workload } from "./workload.js";

const card = document.createElement("batch-card");
Object.assign(card, { batch, now });
document.body.append(card);
globalThis.workload = await workload(api);
