// The interface between the functions for files and the threads that run their operations. Requests and answers are
// plain data, except for the sources, so that they can be posted to a worker.
import type { AnswerPart, NumberOption, OperationCode, StringOption } from "../../../generated/files-boundary.js";
import type { FileOptions } from "../types.js";

/** A file of an operation. */
export interface SourceFile {
  /** Its bytes. */
  readonly source: unknown;
  /** The number of its role. */
  readonly role: number;
  /** Its index among the files of its role. */
  readonly index: number;
}

/** What a batch claims about its files. -1 stands for an absent value. */
export interface BatchClaims {
  /** The index of its status. */
  readonly status: number;
  /** The number of requests. */
  readonly total: number;
  /** The number of succeeded requests. */
  readonly completed: number;
  /** The number of failed requests. */
  readonly failed: number;
  /** 1 if it has an output file, else 0. */
  readonly hasOutput: number;
  /** 1 if it has an error file, else 0. */
  readonly hasError: number;
}

/** A request to run an operation. */
export interface OperationRequest {
  /** The operation. */
  readonly operation: OperationCode;
  /** The files, in the order in which they are read. */
  readonly sources: readonly SourceFile[];
  /** The options that are numbers; `undefined` stands for the default. */
  readonly numbers?: readonly (readonly [option: NumberOption, value: number | undefined])[];
  /** The options that are strings; `undefined` stands for the default. */
  readonly strings?: readonly (readonly [option: StringOption, value: string | undefined])[];
  /** The claims of the batches that the files belong to. */
  readonly batches?: readonly BatchClaims[];
  /** The key of all hashes, so that those of several operations can be compared. Default: a new one. */
  readonly hashKey?: Uint32Array | undefined;
  /** The parts of the answer besides the result. */
  readonly parts?: readonly AnswerPart[];
}

/** The answer of an operation. */
export interface OperationAnswer {
  /** The result, parsed from JSON. */
  readonly result: unknown;
  /** The requested parts, in the order of the request. */
  readonly parts: readonly Uint8Array<ArrayBuffer>[];
}

/** A request to run an operation that writes a file. */
export interface StreamRequest extends OperationRequest {
  /** Throws if the file is invalid. The stream then fails instead of ending. */
  readonly assertValid?: ((answer: OperationAnswer) => void) | undefined;
}

/** A file that an operation writes. */
export interface StreamedFile {
  /** The file. */
  readonly stream: ReadableStream<Uint8Array>;
  /** The answer. Resolves when the stream has been read to its end. */
  readonly answer: Promise<OperationAnswer>;
}

/** Runs operations, on this thread or in workers. */
export interface Runner {
  /** Runs an operation. */
  run(request: OperationRequest, options: FileOptions | undefined): Promise<OperationAnswer>;
  /** Runs an operation that writes a file. The request is made when the file is first read. */
  stream(makeRequest: (options: FileOptions) => Promise<StreamRequest>, options: FileOptions | undefined): StreamedFile;
}
