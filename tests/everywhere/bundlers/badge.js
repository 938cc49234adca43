import "batchlight/elements/status";
import { describeBatch, isBatch } from "batchlight";
import { batch, now } from "./batch.js";

const badge = document.createElement("batch-status");
Object.assign(badge, { batch, now });
document.body.append(badge);
globalThis.verdict = [isBatch(batch), describeBatch(batch, { now }).label];
