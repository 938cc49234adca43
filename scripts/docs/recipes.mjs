// Puts the files of the recipes into the pages that mention them.
import { readFileSync } from "node:fs";
import { at } from "../process.mjs";

/**
 * Puts a code block below each item of a list that is a link to a file of a recipe, such as
 * `- [Job.tsx](../examples/recipes/react-hook/src/Job.tsx)`. On GitHub the link opens the file.
 */
export function withRecipes(text) {
  return text.replace(/^- \[([^\]]+)\]\(\S*\/(examples\/recipes\/[^)\s]+)\)(.*)$/gm, (_, name, path, about) => {
    const code = readFileSync(at(...path.split("/")), "utf8").trimEnd();
    return `**${name}**${about}\n\n\`\`\`${languageOf(path)}\n${code}\n\`\`\`\n`;
  });
}

const languageOf = (path) => path.slice(path.lastIndexOf(".") + 1).replace(/^mjs$/, "js");
