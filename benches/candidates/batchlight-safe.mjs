import { safeParseBatch } from "batchlight";

export const check = (value) => safeParseBatch(value).success;
