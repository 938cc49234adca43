// What must not happen on a page, whatever a test is about.

/**
 * Collects what a page throws and complains about in the console from now on.
 *
 * @param {import("@playwright/test").Page} page
 * @returns {string[]} grows as problems occur
 */
export function collectProblems(page) {
  const problems = [];
  page.on("pageerror", (error) => problems.push(`thrown: ${error.message}`));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) problems.push(`${message.type()}: ${message.text()}`);
  });
  return problems;
}
