import * as fs from "node:fs";

export type AnyFunction = (this: unknown, ...args: unknown[]) => unknown;
export type Functions = Record<string, AnyFunction>;

/** Functions of `node:fs` that take a path first, and those that take a descriptor. Each has a form with a callback, `Sync` and a promise. */
export const BY_PATH = [
  ...["open", "opendir", "readdir", "stat", "lstat", "access", "readFile", "writeFile", "appendFile", "truncate", "utimes", "chmod"],
  ...["mkdir", "rmdir", "rm", "unlink", "rename", "link", "copyFile"],
];
export const BY_DESCRIPTOR = ["read", "readv", "write", "writev", "fsync", "fdatasync", "ftruncate", "fstat", "close"];
/** Methods of a `FileHandle`, with what the others call them. */
export const OF_HANDLES: Readonly<Record<string, string>> = {
  ...{
    read: "read",
    readv: "readv",
    readFile: "readFile",
    write: "write",
    writev: "writev",
    writeFile: "writeFile",
    appendFile: "appendFile",
  },
  ...{ sync: "fsync", datasync: "fdatasync", truncate: "ftruncate", stat: "fstat", close: "close" },
};

/** The functions as they were before anything was changed. */
export const original = {
  appendFileSync: fs.appendFileSync,
  closeSync: fs.closeSync,
  existsSync: fs.existsSync,
  fstatSync: fs.fstatSync,
  openSync: fs.openSync,
  statSync: fs.statSync,
  writeSync: fs.writeSync,
  writeFileSync: fs.writeFileSync,
};
