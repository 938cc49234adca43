import { describeBatch } from "batchlight";

export const check = (value) => describeBatch(value).status === value.status;
