// Long texts in lines.
import { cellsOf } from "./terminal-text.js";

/**
 * Breaks a text between words, so that its lines fit.
 *
 * @param indent what every line begins with
 * @param hanging what all lines but the first begin with besides
 */
export function wrapped(text: string, width: number, indent: string, hanging = ""): string[] {
  const room = Math.max(20, width - indent.length);
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && cellsOf(longer) > room) {
      lines.push(line);
      line = hanging + word;
    } else line = longer;
  }
  return [...lines, line].map((one) => indent + one);
}
