import * as fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { constants } from "node:os";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { DiskLog } from "./disk-log.ts";
import { type FaultKind, FIRED, type FileCall, type Injection, mayHit } from "./fault.ts";
import { type AnyFunction, BY_DESCRIPTOR, BY_PATH, type Functions, OF_HANDLES, original } from "./file-functions.ts";

/** In the words of libuv. */
const REFUSALS = {
  EIO: "i/o error",
  EMFILE: "too many open files",
  EACCES: "permission denied",
  ENOSPC: "no space left on device",
  EDQUOT: "unknown error",
} as const;
type Refusal = keyof typeof REFUSALS;

/** How one call of a function is carried out: its form decides what an error looks like and when it has ended. */
interface Arrival {
  readonly call: FileCall;
  readonly path: string;
  readonly fd: number | undefined;
  /** Without a callback at their end. */
  readonly args: readonly unknown[];
}

/** Replaces what `node:fs` exports, in all of its three forms, by functions that meet the fault of `injection` when they are called on the store. */
export async function interceptFileCalls(injection: Injection): Promise<void> {
  const interception = new Interception(injection);
  const functions = fs as unknown as Functions & { default: Functions };
  const changeable = functions.default;
  const promises = fs.promises as unknown as Functions;
  const probe = await fs.promises.open(process.execPath, "r");
  const handles = Object.getPrototypeOf(probe) as Functions;
  await probe.close();
  for (const name of [...BY_PATH, ...BY_DESCRIPTOR]) {
    const sync = changeable[`${name}Sync`];
    if (sync) changeable[`${name}Sync`] = interception.sync(name, sync);
    const callback = changeable[name];
    if (callback) changeable[name] = interception.callback(name, callback);
    const promise = promises[name];
    if (promise && BY_PATH.includes(name)) promises[name] = interception.promise(name, promise);
  }
  for (const [method, name] of Object.entries(OF_HANDLES)) {
    const handled = handles[method];
    if (handled) handles[method] = interception.ofHandle(name, handled);
  }
  syncBuiltinESMExports();
}

class Interception {
  readonly #injection: Injection;
  readonly #process: number;
  readonly #log: DiskLog | undefined;
  readonly #paths = new Map<number, string>();
  #calls = 0;
  /** Functions of `node:fs` call each other; only the outermost is a call of the store. */
  #isInside = false;
  /** Met by this process, and not over. */
  #lasting: Refusal | undefined;

  constructor(injection: Injection) {
    this.#injection = injection;
    this.#process = takeNumber(injection.notes);
    if (injection.diskLog) this.#log = new DiskLog(injection.diskLog, (path) => this.#isWatched(path));
  }

  sync(name: string, call: AnyFunction): AnyFunction {
    const interception = this;
    return function (...args) {
      const arrival = interception.#arrive(name, args);
      if (!arrival) return call.apply(this, args);
      return interception.#inside(() => interception.#carryOut(arrival, (...given) => call.apply(this, given)));
    };
  }

  promise(name: string, call: AnyFunction): AnyFunction {
    const interception = this;
    return async function (...args) {
      const arrival = interception.#arrive(name, args);
      if (!arrival) return call.apply(this, args);
      return interception.#carryOut(arrival, (...given) => call.apply(this, given));
    };
  }

  ofHandle(name: string, call: AnyFunction): AnyFunction {
    const interception = this;
    return async function (this: unknown, ...args) {
      const { fd } = this as { fd: number };
      const arrival = interception.#arrive(name, [fd, ...args]);
      if (!arrival) return call.apply(this, args);
      return interception.#carryOut(arrival, (_fd, ...given) => call.apply(this, given));
    };
  }

  callback(name: string, call: AnyFunction): AnyFunction {
    const interception = this;
    return function (...all) {
      const done = all.at(-1);
      const arrival = typeof done === "function" ? interception.#arrive(name, all.slice(0, -1)) : undefined;
      if (!arrival || typeof done !== "function") return call.apply(this, all);
      const promised = (...given: unknown[]) =>
        new Promise((settle, fail) =>
          call.call(this, ...given, (error: Error | null, value: unknown) => (error ? fail(error) : settle(value))),
        );
      Promise.resolve()
        .then(() => interception.#carryOut(arrival, promised))
        .then(
          (value) => process.nextTick(done as AnyFunction, null, value),
          (error) => process.nextTick(done as AnyFunction, error),
        );
    };
  }

  #inside<Value>(work: () => Value): Value {
    this.#isInside = true;
    try {
      return work();
    } finally {
      this.#isInside = false;
    }
  }

  /** The store, and the directory that has its name. */
  #isWatched(path: string): boolean {
    const { store } = this.#injection;
    return path === store || path.startsWith(store + sep) || path === dirname(store);
  }

  #arrive(name: string, args: readonly unknown[]): Arrival | undefined {
    if (this.#isInside) return undefined;
    const [first] = args;
    const fd = typeof first === "number" ? first : undefined;
    const path = fd === undefined ? pathOf(first) : this.#paths.get(fd);
    if (path === undefined) return undefined;
    if (path === this.#injection.ledger && name === "appendFile") this.#log?.record({ kind: "ledger", line: String(args[1]).trim() });
    if (!this.#isWatched(path)) return undefined;
    const call = { name, path: relative(this.#injection.store, path) };
    return { call, path, fd, args };
  }

  /** What happens to the call, which this counts. */
  #meet(call: FileCall): FaultKind | undefined {
    const { notes, fault } = this.#injection;
    const index = this.#calls++;
    original.appendFileSync(join(notes, `calls-${this.#process}.jsonl`), `${JSON.stringify(call)}\n`);
    if (!fault) return undefined;
    const lasts = fault.kind === "ENOSPC" || fault.kind === "EDQUOT";
    if (lasts && mayHit(fault.kind, call) && (this.#lasting || original.existsSync(join(notes, FIRED)))) return fault.kind;
    if (fault.process !== this.#process || fault.call !== index || !mayHit(fault.kind, call)) return undefined;
    original.writeFileSync(join(notes, FIRED), JSON.stringify(call));
    return fault.kind;
  }

  #carryOut(arrival: Arrival, perform: AnyFunction): unknown {
    const { call, path, fd, args } = arrival;
    const kind = this.#meet(call);
    if (kind === "kill before") die();
    const isFirst = this.#lasting === undefined;
    if (kind === "ENOSPC" || kind === "EDQUOT") this.#lasting = kind;
    if (kind === "tear") return after(perform(...half(call.name, args)), die);
    if (kind === "short write") return this.#half(arrival, perform);
    if (kind !== undefined && kind in REFUSALS) {
      const refusal = kind as Refusal;
      const isFull = refusal === "ENOSPC" || refusal === "EDQUOT";
      if (isFull && call.name === "open" && (original.existsSync(path) || !creates(args[1]))) return this.#perform(arrival, perform);
      if (isFull && isFirst && isWrite(call.name)) return this.#half(arrival, perform, refusal);
      const refused = refuse(refusal, call.name, path);
      if (fd !== undefined && call.name.endsWith("sync")) this.#log?.syncs(fd).failed();
      if (fd !== undefined && refusal === "EIO" && call.name === "write" && this.#log?.isDurable(fd))
        return this.#failToSync(fd, args, perform, refused);
      throw refused;
    }
    const result = this.#perform(arrival, perform);
    return kind === "kill after" ? after(result, die) : result;
  }

  /** The first half of a write; those that promise all of it fail then. */
  #half(arrival: Arrival, perform: AnyFunction, refusal: Refusal = "ENOSPC"): unknown {
    const { call, path, args } = arrival;
    const result = this.#perform({ ...arrival, args: half(call.name, args) }, perform);
    if (call.name === "write") return result;
    return after(result, () => {
      throw refuse(refusal, call.name, path);
    });
  }

  /** A write that includes a sync can fail after it has written: readers see the data, and a power cut takes it. */
  #failToSync(fd: number, args: readonly unknown[], perform: AnyFunction, refused: Error): unknown {
    return after(perform(...args), (result) => {
      this.#log?.wrote(fd, writtenBytes(args, result), positionIn(args), true);
      throw refused;
    });
  }

  #perform({ call: { name }, path, fd, args }: Arrival, perform: AnyFunction): unknown {
    const log = this.#log;
    if (name === "open") {
      const record = log?.opens(path, args[1] ?? "r");
      return after(perform(...args), (opened) => {
        const descriptor = typeof opened === "number" ? opened : (opened as { fd: number }).fd;
        this.#paths.set(descriptor, path);
        record?.(descriptor);
      });
    }
    if (name === "close" && fd !== undefined) {
      this.#paths.delete(fd);
      log?.closed(fd);
    }
    if (!log) return perform(...args);
    if (fd !== undefined) return this.#recordFile(log, name, fd, args, perform);
    if (name === "writeFile" || name === "appendFile") {
      const existed = original.existsSync(path);
      const appended = name === "appendFile" || String((args[2] as { flag?: string } | undefined)?.flag ?? "w").startsWith("a");
      return after(perform(...args), () => log.wroteFile(path, bytesOf(args[1]), { existed, appended }));
    }
    const missing = name === "mkdir" ? missingDirectories(path) : [];
    return after(perform(...args), () => {
      for (const made of missing) log.record({ kind: "make directory", path: made });
      if (name === "rename") log.record({ kind: "rename", from: path, to: pathOf(args[1]) ?? "" });
      if (name === "link") log.record({ kind: "link", from: path, to: pathOf(args[1]) ?? "" });
      if (["rm", "unlink", "rmdir"].includes(name)) log.record({ kind: "remove", path });
    });
  }

  #recordFile(log: DiskLog, name: string, fd: number, args: readonly unknown[], perform: AnyFunction): unknown {
    if (name === "fsync" || name === "fdatasync") {
      const sync = log.syncs(fd);
      return after(perform(...args), sync.ended);
    }
    return after(perform(...args), (result) => {
      if (name === "ftruncate") log.truncated(fd, args[1]);
      if (name === "writeFile" || name === "appendFile") log.wrote(fd, bytesOf(args[1]), null);
      if (name === "write") log.wrote(fd, writtenBytes(args, result), positionIn(args));
    });
  }
}

/** Calls `then` with the result, at once or when it is there. */
function after(result: unknown, then: (value: unknown) => void): unknown {
  if (result instanceof Promise) {
    return result.then((value) => {
      then(value);
      return value;
    });
  }
  then(result);
  return result;
}

/** What a `mkdir` makes, parents first. */
function missingDirectories(path: string): readonly string[] {
  return original.existsSync(path) ? [] : [...missingDirectories(dirname(path)), path];
}

function takeNumber(notes: string): number {
  for (let number = 0; ; number++) {
    try {
      original.closeSync(original.openSync(join(notes, `process-${number}`), "wx"));
      return number;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

function pathOf(value: unknown): string | undefined {
  if (typeof value === "string") return resolve(value);
  if (value instanceof URL) return fileURLToPath(value);
  return Buffer.isBuffer(value) ? resolve(value.toString()) : undefined;
}

function isWrite(name: string): boolean {
  return ["write", "writeFile", "appendFile"].includes(name);
}

function creates(flags: unknown): boolean {
  return typeof flags === "number" ? (flags & fs.constants.O_CREAT) !== 0 : /^[wa]/.test(String(flags));
}

function bytesOf(data: unknown): Uint8Array {
  return typeof data === "string" ? Buffer.from(data) : (data as Uint8Array);
}

/** @param args of `write`. */
function writtenBytes(args: readonly unknown[], result: unknown): Uint8Array {
  const written = typeof result === "number" ? result : (result as { bytesWritten: number }).bytesWritten;
  const offset = typeof args[1] !== "string" && typeof args[2] === "number" ? args[2] : 0;
  return bytesOf(args[1]).subarray(offset, offset + written);
}

function positionIn(args: readonly unknown[]): unknown {
  return typeof args[1] === "string" ? args[2] : args[4];
}

/** The arguments that write the first half of the data. */
function half(name: string, args: readonly unknown[]): readonly unknown[] {
  const [target, data, ...others] = args;
  const bytes = bytesOf(data);
  if (name !== "write" || typeof data === "string") return [target, bytes.subarray(0, bytes.length >> 1), ...others];
  const offset = typeof others[0] === "number" ? others[0] : 0;
  const length = typeof others[1] === "number" ? others[1] : bytes.length - offset;
  return [target, data, offset, Math.max(1, length >> 1), others[2]];
}

function refuse(code: Refusal, name: string, path: string): Error {
  const errno = -constants.errno[code];
  // Node has no name for the quota's number.
  const shown = code === "EDQUOT" ? `Unknown system error ${errno}` : code;
  return Object.assign(new Error(`${shown}: ${REFUSALS[code]}, ${name} '${path}'`), { errno, code: shown, syscall: name, path });
}

function die(): never {
  process.kill(process.pid, "SIGKILL");
  // The signal may take a moment to arrive; nothing more may happen meanwhile.
  for (;;);
}
