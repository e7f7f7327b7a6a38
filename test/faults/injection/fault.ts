/** What is done to a process at one of its calls of the file system. */
export type FaultKind =
  /** Ends the process before the call, or after it. */
  | "kill before"
  | "kill after"
  /** Writes the first half, then ends the process. */
  | "tear"
  /** Writes the first half, and says so. */
  | "short write"
  /** Refuses the call. `EIO`, `EMFILE` and `EACCES` hit one call; the two of a full disk hit all that need space, until the command has ended. */
  | "EIO"
  | "EMFILE"
  | "EACCES"
  | "ENOSPC"
  | "EDQUOT";

export interface Fault {
  readonly kind: FaultKind;
  /** Which of the processes that a command starts, itself included: 0 is the command, 1 its first worker. */
  readonly process: number;
  /** Which of that process's calls, from 0. */
  readonly call: number;
}

/** Reaches the processes of a command in the environment variable `FAULT_INJECTION`, as JSON. */
export interface Injection {
  /** Where the processes of this one command leave their notes. */
  readonly notes: string;
  /** The directory whose files are watched. */
  readonly store: string;
  readonly ledger: string;
  readonly fault?: Fault;
  /** Where everything that changes the disk is recorded, for `Disk`. */
  readonly diskLog?: string;
}

/** A call that a process made, in the order of its calls: a line of `calls-<process>.jsonl` in the notes. */
export interface FileCall {
  /** As in `node:fs`, without `Sync`: `open`, `write`, `fdatasync` … */
  readonly name: string;
  /** Relative to the store. */
  readonly path: string;
}

/** Written by the process that met its fault. */
export const FIRED = "fired";

const WRITING = ["write", "writev", "writeFile", "appendFile"];
const NEEDS_SPACE = [...WRITING, "mkdir", "open", "rename", "link", "symlink", "copyFile"];
const OPENING = ["open", "opendir", "readdir", "readFile", "writeFile", "appendFile", "watch"];
const BY_NAME = [...OPENING, "mkdir", "rename", "unlink", "rm", "link"];

/** True if such a fault may happen at such a call on a real system. */
export function mayHit(kind: FaultKind, { name }: FileCall): boolean {
  switch (kind) {
    case "kill before":
    case "kill after":
      return true;
    case "tear":
    case "short write":
      return WRITING.includes(name);
    case "EIO":
      return name !== "close";
    case "EMFILE":
      return OPENING.includes(name);
    case "EACCES":
      return BY_NAME.includes(name);
    case "ENOSPC":
    case "EDQUOT":
      return NEEDS_SPACE.includes(name);
  }
}
