// How fresh what is shown is.

/** Why there was no answer. */
export interface Trouble {
  readonly message: string;
  /** What somebody can do about it; nothing where waiting is all there is. */
  readonly help: string | undefined;
  /** When it is asked again, in milliseconds of this machine. */
  readonly again: number;
}

/** How the page stands to the API. Moments are milliseconds of this machine. */
export type Standing =
  | { readonly kind: "loading" }
  | { readonly kind: "fresh"; readonly checked: number }
  | { readonly kind: "stale"; readonly checked: number; readonly trouble: Trouble | undefined }
  | { readonly kind: "offline"; readonly checked: number | undefined }
  | { readonly kind: "failed"; readonly trouble: Trouble };

/** What is known of the asking. */
export interface Asked {
  readonly checked: number | undefined;
  readonly trouble: Trouble | undefined;
  readonly offline: boolean;
  /** After how many milliseconds without an answer what is shown is old. */
  readonly patience: number;
}

/** How it stands at a moment. */
export function standingOf({ checked, trouble, offline, patience }: Asked, now: number): Standing {
  if (offline) return { kind: "offline", checked };
  if (checked === undefined) return trouble ? { kind: "failed", trouble } : { kind: "loading" };
  return trouble || now - checked > patience ? { kind: "stale", checked, trouble } : { kind: "fresh", checked };
}

const second = 1000;
const steps = [
  { unit: "day", size: 86_400 },
  { unit: "hour", size: 3_600 },
  { unit: "minute", size: 60 },
] as const;

const relative = new Intl.RelativeTimeFormat("en", { numeric: "always" });

/** How long ago a moment was: `just now`, `12 seconds ago`, `2 minutes ago`. */
export function ago(moment: number, now: number): string {
  const seconds = Math.max(0, Math.round((now - moment) / second));
  if (seconds < 2) return "just now";
  const step = steps.find(({ size }) => seconds >= size);
  return step ? relative.format(-Math.floor(seconds / step.size), step.unit) : relative.format(-seconds, "second");
}

/** How long until a moment, for somebody who waits. */
export function ahead(moment: number, now: number): string {
  const seconds = Math.max(1, Math.round((moment - now) / second));
  return seconds < 120 ? relative.format(seconds, "second") : relative.format(Math.round(seconds / 60), "minute");
}
