// Texts to try the paste box with, made of the examples.
import { examples } from "./examples.js";

const values = examples.map(({ value }) => value);
const pretty = (value: unknown): string => JSON.stringify(value, null, 2);
const one = (): string => pretty(examples.find(({ view }) => view.group === "attention" && view.valid)?.value);

/** The samples: a name for the button, and the text. */
export const samples: readonly { readonly name: string; text(): string }[] = [
  { name: "a batch", text: one },
  { name: "a list", text: () => pretty({ object: "list", data: values.slice(0, 12), has_more: false }) },
  {
    name: "JSON lines",
    text: () =>
      values
        .slice(12, 20)
        .map((value) => JSON.stringify(value))
        .join("\n"),
  },
  // A comma is missing after the first member.
  { name: "broken JSON", text: () => one().replace(",\n", "\n") },
];
