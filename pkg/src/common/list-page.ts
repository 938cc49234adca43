// Pages of the API's lists.

/**
 * The items of a list response of the API, or `undefined` for any other value. Some servers send null for an empty
 * list.
 */
export function listItems(value: unknown): readonly unknown[] | undefined {
  const data = propertyOf(value, "data");
  if (Array.isArray(data)) return data;
  return data === null && propertyOf(value, "object") === "list" ? [] : undefined;
}

/** A property of any value; `undefined` if it cannot be read, for example because a getter throws. */
export function propertyOf(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  try {
    return (value as Readonly<Record<string, unknown>>)[name];
  } catch {
    return undefined;
  }
}
