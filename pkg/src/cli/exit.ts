// What the process ends with, and the errors that end it early.

/** The exit codes; `--help` and the README list them. */
export const exitCodes = { ok: 0, issues: 1, error: 2 } as const;

/** The signals that end the process in good order, and its exit code then: 128 and the number of the signal. */
export const signalExitCodes = { SIGHUP: 129, SIGINT: 130, SIGQUIT: 131, SIGTERM: 143 } as const;

/** The exit codes as a help text shows them. */
export const exitCodeHelp = `Exit codes:
  0    fine: nothing found, everything written
  1    issues: the files are read, and something in them needs a person
  2    trouble: wrong usage, or a file that cannot be read or written
  130  interrupted by Ctrl-C; files half written are removed`;

/** Something the user has to know, in one line; ends the command with {@link exitCodes}`.error`. */
export class CliError extends Error {
  override readonly name = "CliError";
}

/** The reader of standard output has gone, as `head` does: no error, and nothing more to write. */
export class BrokenPipe extends Error {
  override readonly name = "BrokenPipe";
}

/** What the system's error codes mean for somebody who named a file. */
const systemMessages: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EBUSY: "in use by another program",
  EEXIST: "exists already; --force overwrites it",
  EISDIR: "is a folder, and a file is needed",
  ELOOP: "symbolic links lead in a circle",
  EMFILE: "too many files are open",
  ENAMETOOLONG: "the name is too long",
  ENOENT: "no such file",
  ENOSPC: "no space left on the disk",
  ENOTDIR: "a part of the path is no folder",
  EPERM: "not permitted",
  EROFS: "the file system is read-only",
};

/** The code of a system error, such as ENOENT; of any other value none. */
export const errorCode = (error: unknown): string | undefined =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;

/**
 * The trouble that an error of the system, or of the package about a source, means for a file; any other error as it
 * is.
 */
export function toCliError(name: string, error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if (error.name === "BatchlightFileError")
    return new CliError(`${name}: ${systemMessages[errorCode(error.cause) ?? ""] ?? error.message}`);
  return "syscall" in error
    ? new CliError(`${name}: ${systemMessages[errorCode(error) ?? ""] ?? error.message}`)
    : error;
}

/** Does something with a file, so that the system's errors name it in plain words. */
export async function withFileName<T>(name: string, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    throw toCliError(name, error);
  }
}
