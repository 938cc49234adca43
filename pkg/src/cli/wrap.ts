// Long texts in lines.
import { displayWidth } from "./terminal-text.js";

/**
 * Breaks a text between words, so that its lines fit.
 *
 * @param indent what every line begins with
 * @param hanging what all lines but the first begin with besides
 */
export function wrapText(text: string, width: number, indent: string, hanging = ""): string[] {
  const available = Math.max(20, width - indent.length);
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const candidate = line === "" ? word : `${line} ${word}`;
    if (line !== "" && displayWidth(candidate) > available) {
      lines.push(line);
      line = hanging + word;
    } else line = candidate;
  }
  return [...lines, line].map((one) => indent + one);
}
