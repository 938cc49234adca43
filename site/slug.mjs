// The anchor of a heading, by the rules of GitHub, so that a link works there and on the site.

/** @param {string} text the text of the heading, without Markdown */
export const slugOf = (text) =>
  text
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M} _-]/gu, "")
    .replaceAll(" ", "-");
