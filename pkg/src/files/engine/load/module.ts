/**
 * The exports of the module for files and of its wasm-free build. src/wasm/files.rs documents them. The numbers of
 * operations, options, roles and parts are those of generated/files-boundary.ts.
 */
export interface FilesExports {
  /** The memory, which holds strings, chunks and answers. */
  readonly memory: WebAssembly.Memory;
  /** A hash of the package version and of these exports. */
  readonly files_layout: () => number;
  /** Frees all that the previous operation left, and sets the key of all hashes: 128 random bits. */
  readonly reset: (a: number, b: number, c: number, d: number) => void;
  /** Sets a numeric option of the operation that is opened next. */
  readonly set_number: (option: number, value: number) => void;
  /** Sets a string option to the first bytes of the memory that was reserved last. */
  readonly set_text: (option: number, length: number) => void;
  /** Adds the claims of a batch; -1 stands for an absent value. */
  readonly add_batch: (
    status: number,
    total: number,
    completed: number,
    failed: number,
    hasOutput: number,
    hasError: number,
  ) => void;
  /** Opens the operation of this instance. */
  readonly open: (operation: number) => void;
  /** The maximum number of files of one role. */
  readonly max_files: () => number;
  /** Begins the file with an index among the files of a role. */
  readonly file: (role: number, index: number) => void;
  /** Reserves memory for a chunk of the file. Returns its address. */
  readonly reserve: (size: number) => number;
  /** Processes the chunk that was written into the reserved memory. */
  readonly commit: (size: number) => void;
  /** Ends the file. */
  readonly end: () => void;
  /** The number of lines of all files that have been read. */
  readonly lines: () => number;
  /** Writes a page of a part of the answer. Returns its address. */
  readonly answer: (part: number, page: number) => number;
  /** The length of that page in bytes. */
  readonly answer_length: () => number;
  /** Initializes an instance. The wasm-free build has no such export. */
  readonly __wbindgen_start?: () => void;
}

/** Creates an instance of the module. */
export type InstantiateFiles = (imports: WebAssembly.Imports) => Promise<FilesExports>;

/** The exports of a loader. The build replaces `#load-files` with the loader of each entry. */
export interface FilesLoader {
  /** Loads and compiles the module without blocking. */
  load(): Promise<InstantiateFiles>;
}

/** Returns a function that instantiates a compiled module. */
export const instantiatorOf =
  (module: WebAssembly.Module): InstantiateFiles =>
  async (imports) =>
    (await WebAssembly.instantiate(module, imports)).exports as unknown as FilesExports;
