// The script of the page: hydrates it in React's strict mode.
import { StrictMode } from "react";
import { hydrateRoot } from "react-dom/client";
import { Page, type PageProps } from "./Page";

declare global {
  var pageProps: PageProps;
  var recoveredErrors: string[];
}

globalThis.recoveredErrors = [];
hydrateRoot(
  document.querySelector("#app")!,
  <StrictMode>
    <Page {...globalThis.pageProps} />
  </StrictMode>,
  { onRecoverableError: (error) => globalThis.recoveredErrors.push(String(error)) },
);
