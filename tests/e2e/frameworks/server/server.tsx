// The server's side of the page.
import { StrictMode } from "react";
import { renderToString } from "react-dom/server";
import { Page, type PageProps } from "./Page";

export const render = (props: PageProps): string =>
  renderToString(
    <StrictMode>
      <Page {...props} />
    </StrictMode>,
  );
