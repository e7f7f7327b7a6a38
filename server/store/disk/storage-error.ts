import { constants } from "node:os";
import { StoreError } from "../contract/store-error.ts";

/** The name of what the system refused. Node has names for most numbers, but not for that of a disk quota. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return undefined;
  if (!error.code.startsWith("Unknown system error") || !("errno" in error)) return error.code;
  const { errno } = error;
  return Object.entries(constants.errno).find(([, number]) => -number === errno)?.[0] ?? error.code;
}

export function isMissing(error: unknown): boolean {
  return errorCode(error) === "ENOENT";
}

/** What the operating system refused, with the way out. */
const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full. Free some space and try again",
  EDQUOT: "the disk quota is used up. Free some space or raise the quota, and try again",
  EFBIG: "the file has reached its maximum size. Raise the limit on file sizes (ulimit -f) and try again",
  EROFS: "the disk is read-only. Mount it for writing, or work on a copy elsewhere",
  EACCES: "permission is denied. Grant the current user write access",
  EPERM: "the operation is not permitted. Grant the current user write access",
  EIO: "the disk reports an error. Check the disk before anything else is written to it",
  EEXIST: "something else is in the place of the directory. Move it away",
  EISDIR: "a directory is in the place of the file. Move it away",
  ELOOP: "a link leads back to itself. Remove it",
  ENOTDIR: "part of the path is not a directory. Move the file that is in the way",
  EMFILE: "this process has too many files open. Raise the limit on open files (ulimit -n) and try again",
  ENFILE: "the system has too many files open. Close some programs and try again",
};

/**
 * Turns a failed system call into a message for users. `operation` completes "Cannot …", for example "append to the journal". Errors that
 * already explain themselves are returned unchanged.
 */
export function unusable(operation: string, path: string, error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const code = errorCode(error);
  const reason = (code && REASONS[code]) ?? (error instanceof Error ? error.message : String(error));
  const suffix = code && REASONS[code] ? ` (${code})` : "";
  return new StoreError("unusable", `Cannot ${operation} ${path}: ${reason}${suffix}. Everything stored before is kept.`, {
    cause: error,
  });
}

/** Runs `work`. A failure becomes a StoreError that names the operation and the path. */
export async function guarded<Result>(operation: string, path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw unusable(operation, path, error);
  }
}
