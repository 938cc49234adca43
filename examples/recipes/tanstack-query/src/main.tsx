import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createRoot } from "react-dom/client";
import { Job } from "./Job";

createRoot(document.querySelector("#app")!).render(
  <QueryClientProvider client={new QueryClient()}>
    <Job id="batch_1" />
  </QueryClientProvider>,
);
