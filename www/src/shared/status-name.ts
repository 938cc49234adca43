// Labels of statuses without a batch, from the package's messages.
import { messages } from "batchlight";

const catalogue: Readonly<Record<string, string>> = messages;

/** Returns the label of a status, or the status itself where the package has no label. */
export const statusName = (status: string): string =>
  catalogue[`label.${status}`] ?? catalogue[`step.${status}`] ?? status;
