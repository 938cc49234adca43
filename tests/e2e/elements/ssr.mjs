// Server-rendered elements, and how they take over.

/**
 * Runs in the page: sets the value of each server-rendered element, and compares its shadow root before and after.
 *
 * @param {{ name: string, values: unknown[], property: string, translated?: boolean }} options
 * @returns {Promise<number | string>} the number of elements if all stayed the same, or a description of a difference
 */
export const takeOverInPage = async ({ name, values, property, translated }) => {
  const messages = translated ? (await import("batchlight/elements/de")).de : undefined;
  const canonical = (root) => {
    const copy = document.createElement("div");
    copy.append(...[...root.childNodes].map((node) => node.cloneNode(true)));
    for (const style of copy.querySelectorAll(":scope > style")) style.remove();
    const walker = document.createTreeWalker(copy, NodeFilter.SHOW_COMMENT);
    const comments = [];
    while (walker.nextNode()) comments.push(walker.currentNode);
    for (const comment of comments) comment.remove();
    copy.normalize();
    return copy;
  };
  const elements = [...document.querySelectorAll(name)];
  const before = elements.map(({ shadowRoot }) => canonical(shadowRoot));
  if (before.some((copy) => copy.children.length === 0 && name !== "batch-progress" && name !== "batch-timeline"))
    return "a shadow root is empty";
  await import("batchlight/elements/define");
  // After two frames, everything that registration causes has happened.
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
  const changed = elements.findIndex((element, index) => !canonical(element.shadowRoot).isEqualNode(before[index]));
  if (changed >= 0) return `number ${changed} changed before its batch was set`;
  for (const [index, element] of elements.entries()) Object.assign(element, { [property]: values[index], messages });
  await Promise.all(elements.map((element) => element.updateComplete));
  for (const [index, element] of elements.entries()) {
    const after = canonical(element.shadowRoot);
    if (!after.isEqualNode(before[index]))
      return `number ${index}: ${before[index].innerHTML}\n---\n${after.innerHTML}`;
  }
  return elements.length;
};

/** Joins server-rendered elements, and gives each a fixed current time. */
export const renderedAt = (now, elements) =>
  elements.join("\n").replaceAll(/ time-zone="[^"]*"/g, (zone) => `${zone} now="${now}"`);
