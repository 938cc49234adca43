// Exit codes and the errors that end the command.

/** The exit codes of the command, documented in `--help` and docs/command.md. */
export const exitCodes = { ok: 0, issues: 1, error: 2, detached: 3 } as const;

/** The exit codes after signals: 128 plus the number of the signal. */
export const signalExitCodes = { SIGHUP: 129, SIGINT: 130, SIGQUIT: 131, SIGTERM: 143 } as const;

/** The list of exit codes in help texts. */
export const exitCodeHelp = `Exit codes:
  0    success: no problems found, all files written
  1    problems found in the files
  2    error: invalid usage, or a file that cannot be read or written
  3    a run is not complete; no batches were cancelled; the same command continues it
  130  interrupted by Ctrl-C; partial files are removed`;

/** An expected error with a message for the user. Ends the command with `exitCodes.error`. */
export class CliError extends Error {
  override readonly name = "CliError";
}

/** The reader of standard output has closed it, as `head` does. Ends the command without an error message. */
export class BrokenPipe extends Error {
  override readonly name = "BrokenPipe";
}

/** Messages for error codes of the operating system. */
const systemMessages: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EBUSY: "in use by another program",
  EEXIST: "already exists; use --force to overwrite",
  EISDIR: "is a directory",
  ELOOP: "too many levels of symbolic links",
  EMFILE: "too many open files",
  ENAMETOOLONG: "file name too long",
  ENOENT: "no such file",
  ENOSPC: "no space left on the disk",
  ENOTDIR: "a part of the path is not a directory",
  EPERM: "operation not permitted",
  EROFS: "read-only file system",
};

/** The code of a system error, such as ENOENT. Returns undefined for other values. */
export const errorCode = (error: unknown): string | undefined =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;

/**
 * Converts system errors and the package's file errors to a {@link CliError} that names the file. Returns other errors
 * unchanged.
 */
export function toCliError(name: string, error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if (error.name === "BatchlightFileError")
    return new CliError(`${name}: ${systemMessages[errorCode(error.cause) ?? ""] ?? error.message}`);
  return "syscall" in error
    ? new CliError(`${name}: ${systemMessages[errorCode(error) ?? ""] ?? error.message}`)
    : error;
}

/** Runs a task and converts its errors with {@link toCliError}. */
export async function withFileName<T>(name: string, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    throw toCliError(name, error);
  }
}
