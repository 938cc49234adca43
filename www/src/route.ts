// Which page is shown: by what stands after the # of the address, so that a link leads to it wherever the board is put.

/** The pages: where each is, what its link says, and its title. */
export const pages = {
  batches: { hash: "#/", name: "Batches", title: "batchlight: the board" },
  files: { hash: "#/files", name: "Files", title: "batchlight: files" },
} as const;

/** A page. */
export type Page = keyof typeof pages;

/** The page of an address; the first one for places within it. */
export const pageOf = (hash: string): Page => (hash === pages.files.hash || hash.startsWith(`${pages.files.hash}/`) ? "files" : "batches");
