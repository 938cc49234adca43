// Values that were thrown.

/** The message of a thrown value of any kind. Never throws. */
export function messageOf(thrown: unknown): string {
  try {
    return thrown instanceof Error ? String(thrown.message) : String(thrown);
  } catch {
    return "the thrown value has no readable message";
  }
}
