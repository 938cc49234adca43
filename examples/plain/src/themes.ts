// The themes of docs/themes.md, one at a time.
import "batchlight/elements/define";
import { listBatches } from "../../shared/server";
import "../../shared/page.css";
import "./shadcn-variables.css";

const themes = import.meta.glob<string>("./themes/*.css", { query: "?inline", import: "default", eager: true });
const select = document.querySelector("select")!;
for (const path of Object.keys(themes)) select.add(new Option(/(\w+)\.css/.exec(path)?.[1], path));

const sheet = new CSSStyleSheet();
document.adoptedStyleSheets.push(sheet);
const show = () => sheet.replaceSync(themes[select.value] ?? "");
select.addEventListener("change", show);
show();

const dark = document.querySelector<HTMLInputElement>("input[type=checkbox]")!;
dark.addEventListener("change", () => {
  document.documentElement.classList.toggle("dark", dark.checked);
  document.documentElement.style.colorScheme = dark.checked ? "dark" : "light";
});

const batches = await listBatches();
for (const batch of batches.slice(0, 3)) document.querySelector("main")?.append(cardOf(batch));
const list = document.createElement("batch-list");
list.batches = batches;
document.querySelector("main")?.append(list);

function cardOf(batch: unknown): HTMLElement {
  const card = document.createElement("batch-card");
  card.batch = batch;
  return card;
}
