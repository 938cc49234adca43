// What people call a batch: the name that they stored in its metadata.
import { propertyOf } from "./list-page.js";

/** The metadata keys that hold a name, the preferred first. */
const nameKeys = ["name", "title", "description"];

/** Returns the metadata of a batch; empty if it has none or it cannot be read. */
export function metadataOf(batch: unknown): Readonly<Record<string, unknown>> {
  const metadata = propertyOf(batch, "metadata");
  try {
    return typeof metadata === "object" ? { ...metadata } : {};
  } catch {
    return {};
  }
}

/** Returns the name of a batch in its metadata; `undefined` if there is none. */
export function metadataName(batch: unknown): string | undefined {
  const metadata = metadataOf(batch);
  return nameKeys
    .map((key) => metadata[key])
    .find((name): name is string => typeof name === "string" && name.trim() !== "");
}
