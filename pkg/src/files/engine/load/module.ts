/** What the exports of a files' module are, in WebAssembly and in its twin: numbers in and out, and the memory. */
export interface FilesExports {
  readonly memory: WebAssembly.Memory;
  /** The version that the module was made for. */
  readonly files_layout: () => number;
  /** Sets the key of all hashes of this instance: 128 random bits. */
  readonly set_hash_key: (a: number, b: number, c: number, d: number) => void;
  /** Sets a number among the options of the operation that is opened next. */
  readonly set_number: (key: number, value: number) => void;
  /** Sets a text among them: this many bytes of what was written into the room reserved last. */
  readonly set_text: (key: number, length: number) => void;
  /** Adds what a batch says of its files to them; -1 for what it does not say. */
  readonly add_batch: (
    status: number,
    total: number,
    completed: number,
    failed: number,
    output: number,
    error: number,
  ) => void;
  /** Opens the operation of this instance. */
  readonly open: (operation: number) => void;
  /** How many files of one kind an operation takes. */
  readonly max_files: () => number;
  /** Says that a file begins: what it is in the operation, and which of these. */
  readonly file: (role: number, index: number) => void;
  /** Makes room for a piece of the file; gives its address. */
  readonly reserve: (size: number) => number;
  /** Takes the piece that was written into the room. */
  readonly commit: (size: number) => void;
  /** Says that the file has ended. */
  readonly end: () => void;
  /** How many lines have ended, of all files. */
  readonly lines: () => number;
  /** Makes a part of the answer; gives its address. */
  readonly answer: (part: number, from: number) => number;
  /** How many bytes that part has. */
  readonly answer_length: () => number;
  readonly __wbindgen_start?: () => void;
}

/** Makes an instance from its imports and gives its exports. */
export type InstantiateFiles = (imports: WebAssembly.Imports) => Promise<FilesExports>;

/**
 * What each loader of the files' module offers. The build puts the one of the entry it is making in the place of
 * `#load-files`.
 */
export interface FilesLoader {
  /** Gives the module, compiled without blocking. */
  load(): Promise<InstantiateFiles>;
}

/** How a compiled module is instantiated. */
export const instantiatorOf =
  (module: WebAssembly.Module): InstantiateFiles =>
  async (imports) =>
    (await WebAssembly.instantiate(module, imports)).exports as unknown as FilesExports;
