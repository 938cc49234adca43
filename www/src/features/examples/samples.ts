// Sample texts for the paste box, made from the examples.
import { examples } from "./examples.js";

const values = examples.map(({ value }) => value);
const pretty = (value: unknown): string => JSON.stringify(value, null, 2);
const batch = (): string => pretty(examples.find(({ view }) => view.group === "attention" && view.valid)?.value);

/** The samples: the text of the button, and the sample. */
export const samples: readonly { readonly name: string; text(): string }[] = [
  { name: "a batch", text: batch },
  { name: "a list", text: () => pretty({ object: "list", data: values.slice(0, 12), has_more: false }) },
  {
    name: "JSON Lines",
    text: () =>
      values
        .slice(12, 20)
        .map((value) => JSON.stringify(value))
        .join("\n"),
  },
  // The comma after the first property is missing.
  { name: "invalid JSON", text: () => batch().replace(",\n", "\n") },
];
