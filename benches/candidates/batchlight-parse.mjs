import { parseBatch } from "batchlight";

export const check = (value) => {
  try {
    return parseBatch(value).id !== "";
  } catch {
    return false;
  }
};
