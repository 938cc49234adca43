// What a status is called, apart from any batch: by the package's words.
import { messages } from "batchlight";

const catalogue: Readonly<Record<string, string>> = messages;

/** The words for a status; the status itself where there are none. */
export const statusName = (status: string): string =>
  catalogue[`label.${status}`] ?? catalogue[`step.${status}`] ?? status;
