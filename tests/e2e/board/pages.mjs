// The pages of the board, for the tests that open each of them first.

/** The pages: what is opened first, a selector that matches when it is ready, and how it gets content. */
export const pages = {
  batches: {
    hash: "#/",
    ready: "batch-list [part~=row]",
    fill: async (page) => {
      await page.locator("batch-list [part~=row-button]").first().click();
      await page.locator("board-downloads .batch-files button").first().waitFor();
    },
  },
  examples: {
    hash: "#/examples",
    ready: ".batch",
    fill: async (page) => {
      await page.getByRole("button", { name: "a list", exact: true }).click();
      await page.locator(".result .batch").first().waitFor();
    },
  },
  files: {
    hash: "#/files",
    ready: "#files-choose",
    fill: async (page) => {
      await page.getByRole("button", { name: "a batch with its results" }).click();
      await page.locator("files-request .said").first().waitFor();
      await page.locator("files-report .facts").waitFor();
    },
  },
  lifecycle: { hash: "#/lifecycle", ready: "svg.lifecycle", fill: async () => {} },
};
