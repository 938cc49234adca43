// Wraps long text.
import { displayWidth } from "./terminal-text.js";

/**
 * Breaks text between words so that its lines fit a width.
 *
 * @param indent the start of every line
 * @param hanging additional indent of all lines but the first
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
