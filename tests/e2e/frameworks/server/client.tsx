// What the page loads: React takes over what the server wrote, and so do the elements.
import "batchlight/elements/define";
import { hydrateRoot } from "react-dom/client";
import { Page } from "./Page";

declare global {
  var given: { batch: unknown; now: number };
  var recovered: string[];
}

globalThis.recovered = [];
hydrateRoot(document.querySelector("#app")!, <Page {...globalThis.given} />, {
  onRecoverableError: (error) => globalThis.recovered.push(String(error)),
});
