// Settings and notes that are kept in this browser. Without storage they last until the page is closed.

/** A value in `localStorage`. Dispatches `change` when this page or another one sets it. */
export class Setting<Value> extends EventTarget {
  readonly #key: string;
  readonly #parse: (stored: unknown) => Value;
  #value: Value;

  /**
   * @param key the name, without the prefix of the board
   * @param parse reads the stored JSON, which may have any type; gets `undefined` when nothing is stored
   */
  constructor(key: string, parse: (stored: unknown) => Value) {
    super();
    this.#key = `batchlight-${key}`;
    this.#parse = parse;
    this.#value = this.#read();
    addEventListener("storage", ({ key }) => {
      if (key !== this.#key && key !== null) return;
      this.#value = this.#read();
      this.dispatchEvent(new Event("change"));
    });
  }

  get value(): Value {
    return this.#value;
  }

  set value(value: Value) {
    this.#value = value;
    try {
      localStorage.setItem(this.#key, JSON.stringify(value));
    } catch {
      // Without storage, the value is lost when the page is closed.
    }
    this.dispatchEvent(new Event("change"));
  }

  #read(): Value {
    try {
      return this.#parse(JSON.parse(localStorage.getItem(this.#key) ?? "null") ?? undefined);
    } catch {
      return this.#parse(undefined);
    }
  }
}

/** The own string properties of a stored value, as pairs. */
export const storedStrings = (stored: unknown): readonly (readonly [string, string])[] =>
  typeof stored === "object" && stored !== null
    ? Object.entries(stored).filter((entry): entry is [string, string] => typeof entry[1] === "string")
    : [];
