// Problems that no page may have in any test.

/**
 * Collects the errors that a page throws from now on, and the errors and warnings in its console.
 *
 * @param {import("@playwright/test").Page} page
 * @returns {string[]} the problems; the array grows as they occur
 */
export function collectProblems(page) {
  const problems = [];
  page.on("pageerror", (error) => problems.push(`thrown: ${error.message}`));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) problems.push(`${message.type()}: ${message.text()}`);
  });
  return problems;
}
