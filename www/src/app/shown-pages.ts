// The pages that this board has: runs exist only where files can be sent.
import { sending } from "../data/api/sending.js";
import { pageNames } from "../shared/route.js";

/** The names of the pages, in the order of the links. */
export const shownPages = pageNames.filter((name) => name !== "runs" || sending.allowed);
