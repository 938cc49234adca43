import { isBatch } from "batchlight";

export const check = (value) => isBatch(value);
