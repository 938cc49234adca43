// Reads the values of an answer of the module, in the order in which src/wasm/answer.rs writes them: numbers in cells,
// strings in one text. The generated readers make objects of them.

let cells = new Float64Array();
let text = "";
let cell = 0;
let textOffset = 0;

/** Starts to read an answer. The cells may be in the module's memory: nothing calls it until all are read. */
export function openAnswer(answerCells: Float64Array<ArrayBuffer>, answerText: string): void {
  cells = answerCells;
  text = answerText;
  cell = 0;
  textOffset = 0;
}

/** Reads a number. */
export const number = (): number => cells[cell++]!;

/** Reads a boolean, or whether an optional value follows. */
export const flag = (): boolean => cells[cell++] === 1;

/** Reads a string. Its cell is -1 minus the length. */
export function string(): string {
  const start = textOffset;
  textOffset -= cells[cell++]! + 1;
  return text.slice(start, textOffset);
}

/** Reads a string, or a number that is not negative. */
export const stringOrNumber = (): string | number => (cells[cell]! < 0 ? string() : number());

/** Reads the index of a name. */
export const oneOf = <Name extends string>(names: readonly Name[]): Name => names[cells[cell++]!]!;

/** Reads an array. */
export function list<T>(read: () => T): T[] {
  const elements: T[] = [];
  for (let left = number(); left > 0; left--) elements.push(read());
  return elements;
}
