import { isBatch } from "batchlight/js";

export const check = (value) => isBatch(value);
