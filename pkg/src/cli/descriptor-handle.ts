// A file handle for a descriptor that the command has opened. Descriptors belong to the process, not to a thread.
import { fstatSync, read } from "node:fs";
import { promisify } from "node:util";
import type { FileHandleLike } from "../files/types.js";

const readDescriptor = promisify(read);

/** Creates the handle of a descriptor. It does not close the descriptor. */
export const descriptorHandle = (descriptor: number): FileHandleLike => ({
  read: (buffer, { offset, length, position }) => readDescriptor(descriptor, buffer, offset, length, position),
  stat: async () => fstatSync(descriptor),
});
