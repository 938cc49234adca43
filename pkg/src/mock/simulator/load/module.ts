/** The exports of the simulator's WebAssembly module. */
export interface MockExports {
  readonly memory: WebAssembly.Memory;
  /** The ABI version of the module. */
  readonly mock_layout: () => number;
  /** Allocates memory for an input. Returns its address. */
  readonly reserve: (size: number) => number;
  /** Writes the batch object of the plan in the input. Returns the address of the output, as do the functions below. */
  readonly wire: (now: number) => number;
  /** Writes the status changes of the plan. */
  readonly schedule: () => number;
  /** Writes the outcomes of the plan's requests. */
  readonly request_outcomes: (now: number) => number;
  /** Writes the entries of `errors.data` for the issues in the input. */
  readonly rejections: () => number;
  /** The length of the last output in bytes. */
  readonly answer_length: () => number;
  readonly __wbindgen_start?: () => void;
}

/** Instantiates the module with its imports and returns its exports. */
export type InstantiateMock = (imports: WebAssembly.Imports) => MockExports;

/** A loader of the simulator's module. The build resolves `#load-mock` to the loader of each entry. */
export interface MockLoader {
  /** Returns a function that instantiates the module. */
  load(): InstantiateMock;
}
