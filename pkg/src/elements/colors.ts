// The color table of the elements, the badge and the test of the contrast.

/** A color for the light and one for the dark theme. */
export type ColorPair = readonly [light: string, dark: string];

/** The colors by name; the custom property `--batch-` plus the name replaces one. */
export const colors = {
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
} as const satisfies Readonly<Record<string, ColorPair>>;

export type ColorName = keyof typeof colors;

/**
 * The colors as CSS custom properties. `light-dark()` follows the `color-scheme` of the page, as form controls do, and
 * not the theme of the system: a page that is only light gets light elements.
 */
export function colorStylesheet(): string {
  const names = Object.keys(colors) as readonly ColorName[];
  return `:host{${names.map(colorDeclaration).join(";")}}${names
    .filter((name) => name.startsWith("tone-"))
    .map((name) => `[data-tone=${name.slice("tone-".length)}]{--_tone:var(--batch-tone,var(--_${name}))}`)
    .join("")}`;
}

function colorDeclaration(name: ColorName): string {
  return `--_${name}:var(--batch-${name},light-dark(${colors[name].join(",")}))`;
}
