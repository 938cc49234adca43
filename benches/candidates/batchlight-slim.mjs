import { isBatch } from "batchlight/slim";

export const check = (value) => isBatch(value);
