// The script of the page: hydrates React and the elements.
import "batchlight/elements/define";
import { hydrateRoot } from "react-dom/client";
import { Page } from "./Page";

declare global {
  var pageProps: { batch: unknown; now: number };
  var recoveredErrors: string[];
}

globalThis.recoveredErrors = [];
hydrateRoot(document.querySelector("#app")!, <Page {...globalThis.pageProps} />, {
  onRecoverableError: (error) => globalThis.recoveredErrors.push(String(error)),
});
