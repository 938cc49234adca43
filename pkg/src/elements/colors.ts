// The colours: one table for the elements, the badge and the test that measures their contrast.

/** A colour in the light and in the dark theme. */
export type Pair = readonly [light: string, dark: string];

/** Colours by the name of the custom property that replaces them, less its `--batch-`. */
export const colours = {
  surface: ["#ffffff", "#1a1c1f"],
  ink: ["#1a1c1f", "#e9e8e4"],
  muted: ["#585c64", "#a6a9b0"],
  line: ["#dddcd7", "#34373d"],
  edge: ["#82868e", "#747982"],
  accent: ["#1a5fb4", "#82b6f2"],
  "tone-info": ["#1a5fb4", "#82b6f2"],
  "tone-active": ["#56509a", "#b3b0f0"],
  "tone-success": ["#17703c", "#6acb8f"],
  "tone-warning": ["#855600", "#e6bc5a"],
  "tone-serious": ["#b0430a", "#ff9c5e"],
  "tone-danger": ["#b3261e", "#ff8b82"],
  "tone-neutral": ["#585c64", "#a6a9b0"],
  "tone-unknown": ["#7f35a3", "#d6a0ef"],
  "fill-succeeded": ["#2a8a52", "#4bb377"],
  "fill-running": ["#2f74c8", "#5b9ae6"],
  "fill-failed": ["#c93a31", "#f0746b"],
} as const satisfies Readonly<Record<string, Pair>>;

/** The name of a colour. */
export type ColourName = keyof typeof colours;

const names = Object.keys(colours) as readonly ColourName[];

/**
 * The colours as declarations of a style sheet. `light-dark()` follows `color-scheme`, as form controls do: a page that
 * is light only gets light elements, whatever the system's theme is.
 */
export const colourSheet = `:host{${names.map(colourDeclaration).join(";")}}${names
  .filter((name) => name.startsWith("tone-"))
  .map((name) => `[data-tone=${name.slice("tone-".length)}]{--_tone:var(--_${name})}`)
  .join("")}`;

function colourDeclaration(name: ColourName): string {
  return `--_${name}:var(--batch-${name},light-dark(${colours[name].join(",")}))`;
}
