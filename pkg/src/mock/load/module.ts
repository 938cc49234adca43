/**
 * The exports of the simulator's module: functions from numbers to numbers, and the memory.
 */
export interface MockExports {
  readonly memory: WebAssembly.Memory;
  /** The version that the module was made for. */
  readonly mock_layout: () => number;
  /** Makes room for a text; gives its address. */
  readonly reserve: (size: number) => number;
  /** The wire object of the plan that was written; gives the answer's address, as the others do. */
  readonly wire: (now: number) => number;
  /** When the plan that was written enters which status. */
  readonly schedule: () => number;
  /** What has become of each request of the plan that was written. */
  readonly request_outcomes: (now: number) => number;
  /** The entries of `errors.data` for the issues that were written. */
  readonly rejections: () => number;
  /** How many bytes the last answer has. */
  readonly answer_length: () => number;
  readonly __wbindgen_start?: () => void;
}

/** Makes an instance from its imports and gives its exports. */
export type InstantiateMock = (imports: WebAssembly.Imports) => MockExports;

/**
 * What each loader of the simulator's module offers. The build puts the one of the entry it is making in the place of
 * `#load-mock`.
 */
export interface MockLoader {
  /** Gives the module at once. */
  load(): InstantiateMock;
}
