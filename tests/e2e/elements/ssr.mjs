// What a server wrote, taken over by the elements.

/**
 * In the page: hands each element its value, and compares its shadow before with that after.
 *
 * @param {{ name: string, given: unknown[], property: string, translated?: boolean }} what
 * @returns {Promise<number | string>} how many stayed the same; or what did not
 */
export const takeOverInPage = async ({ name, given, property, translated }) => {
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
    return "nothing was written";
  await import("batchlight/elements/define");
  // Two frames: whatever an element does as it is registered is done by then.
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
  const kept = elements.findIndex((element, index) => !canonical(element.shadowRoot).isEqualNode(before[index]));
  if (kept >= 0) return `number ${kept} changed before it was given a batch`;
  for (const [index, element] of elements.entries()) Object.assign(element, { [property]: given[index], messages });
  await Promise.all(elements.map((element) => element.updateComplete));
  for (const [index, element] of elements.entries()) {
    const after = canonical(element.shadowRoot);
    if (!after.isEqualNode(before[index]))
      return `number ${index}: ${before[index].innerHTML}\n---\n${after.innerHTML}`;
  }
  return elements.length;
};

/** The elements as a server wrote them, for a page in which time stands still. */
export const writtenAt = (now, elements) =>
  elements.join("\n").replaceAll(/ time-zone="[^"]*"/g, (zone) => `${zone} now="${now}"`);
