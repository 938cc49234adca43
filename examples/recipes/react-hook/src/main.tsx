import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Job } from "./Job";

createRoot(document.querySelector("#app")!).render(
  <StrictMode>
    <Job id="batch_1" />
  </StrictMode>,
);
