// The themes of docs/themes.md, as declarations for one element of the page.
import variables from "./shadcn-variables.css?raw";

const sheets = import.meta.glob<string>("./themes/*.css", { query: "?raw", import: "default", eager: true });

/** The style sheets of the themes by name. */
const themes: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(sheets).map(([path, css]) => [/(\w+)\.css/.exec(path)?.[1] ?? path, css]),
);

/** The names of the themes. */
export const themeNames: readonly string[] = Object.keys(themes);

/** The declarations of a rule. */
function declarationsIn(css: string, selector: string): string {
  const start = css.indexOf(`${selector} {`);
  return start < 0 ? "" : css.slice(css.indexOf("{", start) + 1, css.indexOf("}", start)).replace(/\s+/g, " ");
}

/**
 * The declarations of a theme, as the value of `style`.
 *
 * @param name - the name of the theme; an unknown one has no declarations
 * @param isDark - whether the page is dark; the variables of shadcn have a second set for that
 */
export function themeStyle(name: string, isDark: boolean): string {
  const own = declarationsIn(themes[name] ?? "", ":root");
  if (name !== "shadcn") return own;
  return [declarationsIn(variables, ":root"), isDark ? declarationsIn(variables, ".dark") : "", own].join(" ");
}
