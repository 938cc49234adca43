import { StrictMode, useState } from "react";
import { createRoot } from "react-dom/client";
import { Batches } from "./Batches";
import "../../shared/page.css";

function App() {
  const [shown, setShown] = useState(true);
  return (
    <main>
      <h1>Batches</h1>
      {shown && (
        <button type="button" onClick={() => setShown(false)}>
          Hide
        </button>
      )}
      {shown && <Batches />}
    </main>
  );
}

createRoot(document.querySelector("#app")!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
