import { randomUUID } from "node:crypto";
import { basename, join } from "node:path";
import { performance } from "node:perf_hooks";
import { StoreError } from "../contract/store-error.ts";
import { type FileSystem, makeDirectory, replaceFile } from "../disk/durable-file.ts";
import { refuseLink } from "../disk/links.ts";
import { openRegularFile } from "../disk/regular-file.ts";
import { errorCode, guarded, isMissing, unusable } from "../disk/storage-error.ts";
import { count, finiteNumber, moment, object, optional, problemOf, text } from "../validation/shape.ts";
import { currentProcess, livenessOf, type ProcessIdentity } from "./process-identity.ts";

/** The holder of a mutex. */
export interface MutexHolder extends ProcessIdentity {
  /** Its fencing number, which becomes the `fence` of everything it works on. */
  readonly fence: number;
  /** ISO 8601, UTC. */
  readonly since: string;
  /** The file that records it. */
  readonly file: string;
  /** False if it runs on another machine or in another container, so that only a user can tell whether it is alive. */
  readonly verifiable: boolean;
}

/** A mutex that is held. */
export interface Claim {
  /** Greater than the number of every earlier holder. */
  readonly number: number;
  /** True if an earlier holder has released the mutex. */
  readonly hasPredecessor: boolean;
  /** Checks, at the cost of a `stat`, that no other process has taken the mutex over. @throws StoreError */
  requireHeld(): void;
  release(): Promise<void>;
}

/** No store reaches this number, and the names of claims sort up to it. */
export const HIGHEST_CLAIM = 999_999_999_999_999;
/** More than any claim takes. */
const MOST_CLAIM_BYTES = 64 << 10;
/** How many claims of earlier holders are kept, for troubleshooting. */
const OLD_CLAIMS_KEPT = 4;
/** A claim without readable content is still being written, unless it is older than this. */
const UNREADABLE_CLAIM_MS = 5_000;
/** Age at which the files of processes killed while making a claim are removed. */
const STALE_TEMPORARY_MS = 60_000;

/** How finely file systems record when a directory changed, at worst: two changes within this time may have the same time. */
const TIME_RESOLUTION_MS = 2_000;
/** How often its names are read while it may still change without another time. */
const LOOK_MS = 5;

interface ClaimContent extends ProcessIdentity {
  readonly since: string;
}

const claimContent = object<ClaimContent>({
  pid: count,
  startTime: finiteNumber,
  platform: text,
  host: text,
  since: moment,
  bootId: optional(text),
  pidNamespace: optional(text),
  timeNamespace: optional(text),
  machineId: optional(text),
});

interface NumberedClaim {
  readonly number: number;
  readonly released: boolean;
  readonly file: string;
  /** False for a directory, link or device, which no process has made to claim the mutex. */
  readonly isFile: boolean;
}

/**
 * A lock between processes that a dead owner cannot keep, and that a living one, however busy, cannot lose.
 *
 * It is a directory of numbered claims. The highest number owns the mutex until its file is renamed to `….released` or its process is gone.
 * To take it, a process creates the next number, which only one can. The highest number is never removed, so a process that was suspended
 * between looking and creating finds a higher one afterwards and knows that it lost; nothing is ever unlinked to take over.
 */
export class TickMutex {
  readonly #fs: FileSystem;
  readonly #directory: string;

  constructor(fs: FileSystem, directory: string) {
    this.#fs = fs;
    this.#directory = directory;
  }

  /** `null` if it is already held, even by this process. The number will be greater than `above`. @throws StoreError */
  async take(above = 0): Promise<Claim | null> {
    return guarded("acquire the mutex", this.#directory, async () => {
      await refuseLink(this.#fs, this.#directory);
      for (;;) {
        await makeDirectory(this.#fs, this.#directory);
        const before = await this.#claims();
        const newest = before.findLast((claim) => claim.isFile);
        const standing = newest ? await this.#standing(newest) : "free";
        if (standing === "held") return null;
        if (standing === "changed") continue;
        const highest = before.at(-1);
        const number = Math.max(highest?.number ?? 0, above) + 1;
        if (number > HIGHEST_CLAIM)
          throw new StoreError("unusable", `No claim can follow ${highest?.file}. Remove that file and try again.`);
        const created = await this.#create(number);
        if (!created) continue;
        const { file } = created;
        const claims = await this.#claims();
        if (claims.some((claim) => claim.file !== file && claim.number >= number)) {
          await this.#fs.promises.rm(file, { force: true });
          continue;
        }
        await this.#tidy(claims);
        const hasPredecessor = before.some((claim) => claim.isFile && claim.released);
        return new HeldClaim(this.#fs, { directory: this.#directory, number, hasPredecessor, ...created });
      }
    });
  }

  /** The current holder; `null` if it is free. @throws StoreError */
  async holder(): Promise<MutexHolder | null> {
    return guarded("read", this.#directory, async () => {
      const newest = (await this.#claims()).findLast((claim) => claim.isFile);
      if (!newest || newest.released) return null;
      const identity = await this.#identity(newest.file).catch(() => undefined);
      if (!identity) return null;
      const liveness = await livenessOf(identity, identity.since);
      return liveness === "dead" ? null : { ...identity, fence: newest.number, file: newest.file, verifiable: liveness === "alive" };
    });
  }

  /** Lowest number first. */
  async #claims(): Promise<NumberedClaim[]> {
    const claims: NumberedClaim[] = [];
    const entries = await this.#fs.promises.readdir(this.#directory, { withFileTypes: true }).catch((error: unknown) => {
      if (isMissing(error)) return [];
      throw error;
    });
    for (const entry of entries) {
      const claim = parseClaim(entry.name);
      if (claim) claims.push({ ...claim, file: join(this.#directory, entry.name), isFile: entry.isFile() });
    }
    return claims.sort((a, b) => a.number - b.number);
  }

  /** `changed`: it was released or removed in the meantime. */
  async #standing({ file, released }: NumberedClaim): Promise<"free" | "held" | "changed"> {
    if (released) return "free";
    try {
      const identity = await this.#identity(file);
      if (identity) return (await livenessOf(identity, identity.since)) === "dead" ? "free" : "held";
      const { mtimeMs } = await this.#fs.promises.stat(file);
      return Date.now() - mtimeMs > UNREADABLE_CLAIM_MS ? "free" : "held";
    } catch (error) {
      if (isMissing(error)) return "changed";
      throw error;
    }
  }

  async #identity(file: string): Promise<ClaimContent | undefined> {
    const content = await this.#content(file);
    try {
      const identity: unknown = JSON.parse(content);
      return problemOf(claimContent, identity) === undefined ? (identity as ClaimContent) : undefined;
    } catch {
      return undefined;
    }
  }

  async #content(file: string): Promise<string> {
    const handle = await openRegularFile(this.#fs, file);
    if (!handle) throw Object.assign(new Error(`${file} is gone.`), { code: "ENOENT" });
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(MOST_CLAIM_BYTES), 0, MOST_CLAIM_BYTES, 0);
      return buffer.toString("utf8", 0, bytesRead);
    } finally {
      await handle.close();
    }
  }

  /** `undefined` if another process was faster. */
  async #create(number: number): Promise<{ readonly file: string; readonly content: string } | undefined> {
    const file = join(this.#directory, String(number).padStart(10, "0"));
    const temporary = join(this.#directory, `claim-${process.pid}-${randomUUID()}.tmp`);
    const content = `${JSON.stringify({ ...currentProcess(), since: new Date().toISOString() })}\n`;
    try {
      await this.#fs.promises.writeFile(temporary, content);
      try {
        await this.#fs.promises.link(temporary, file);
      } catch (error) {
        if (["EEXIST", "ENOENT"].includes(errorCode(error) ?? "")) throw error;
        // No hard links here (FAT, some network disks): the content follows a moment after the file.
        const handle = await this.#fs.promises.open(file, "wx");
        try {
          await handle.writeFile(content);
        } catch (writeError) {
          // A claim without an owner would keep the mutex for a while.
          await this.#fs.promises.rm(file, { force: true }).catch(() => {});
          throw writeError;
        } finally {
          await handle.close();
        }
      }
      return { file, content };
    } catch (error) {
      if (["EEXIST", "ENOENT"].includes(errorCode(error) ?? "")) return undefined;
      throw error;
    } finally {
      await this.#fs.promises.rm(temporary, { force: true });
    }
  }

  async #tidy(claims: readonly NumberedClaim[]): Promise<void> {
    const old = claims.slice(0, -1 - OLD_CLAIMS_KEPT).map((claim) => claim.file);
    for (const name of await this.#fs.promises.readdir(this.#directory)) {
      if (!name.endsWith(".tmp")) continue;
      const file = join(this.#directory, name);
      const stats = await this.#fs.promises.stat(file).catch(() => undefined);
      if (stats && Date.now() - stats.mtimeMs > STALE_TEMPORARY_MS) old.push(file);
    }
    for (const file of old) await this.#fs.promises.rm(file, { force: true }).catch(() => {});
  }
}

function parseClaim(name: string): Pick<NumberedClaim, "number" | "released"> | undefined {
  const match = /^(\d{10,15})(\.released)?$/.exec(name);
  return match ? { number: Number(match[1]), released: match[2] !== undefined } : undefined;
}

class HeldClaim implements Claim {
  readonly number: number;
  readonly hasPredecessor: boolean;
  readonly #fs: FileSystem;
  readonly #directory: string;
  readonly #file: string;
  readonly #content: string;
  /** The directory's time of change when its names were last read, and until when (`performance.now`) that tells that they are the same. */
  #seen = { mtimeMs: Number.NaN, until: 0 };

  constructor(
    fs: FileSystem,
    {
      directory,
      number,
      hasPredecessor,
      file,
      content,
    }: { directory: string; number: number; hasPredecessor: boolean; file: string; content: string },
  ) {
    this.hasPredecessor = hasPredecessor;
    this.number = number;
    this.#fs = fs;
    this.#directory = directory;
    this.#file = file;
    this.#content = content;
  }

  requireHeld(): void {
    let other: string | undefined;
    try {
      const { mtimeMs } = this.#fs.statSync(this.#directory);
      if (mtimeMs === this.#seen.mtimeMs && performance.now() < this.#seen.until) return;
      other = this.#otherClaim();
      const isSettled = Date.now() - mtimeMs > TIME_RESOLUTION_MS;
      if (other === undefined) this.#seen = { mtimeMs, until: isSettled ? Number.POSITIVE_INFINITY : performance.now() + LOOK_MS };
    } catch (error) {
      if (!isMissing(error)) throw unusable("read", this.#directory, error);
      other = this.#file;
    }
    if (other === undefined) return;
    const reason = other === this.#file ? `its claim ${other} was removed` : `${other} claims the mutex, too`;
    throw new StoreError(
      "unusable",
      `This tick wrote nothing more because ${reason}. Everything stored before is kept. Let only one machine execute ticks of this store, and remove a claim only if its process has ended.`,
    );
  }

  /** A rename needs no space, so a full disk cannot prevent the release. */
  async release(): Promise<void> {
    try {
      if (this.#isReplaced()) return;
      await replaceFile(this.#fs, this.#file, `${this.#file}.released`);
    } catch (error) {
      // The lock was removed by hand.
      if (!isMissing(error)) throw unusable("release the mutex", this.#file, error);
    }
  }

  /** The claim of another process; the own one if it is missing, or now that of another. */
  #otherClaim(): string | undefined {
    const names = this.#fs.readdirSync(this.#directory);
    const higher = names.find((name) => (parseClaim(name)?.number ?? 0) > this.number);
    if (higher !== undefined) return join(this.#directory, higher);
    if (names.includes(basename(this.#file)) && !this.#isReplaced()) return undefined;
    return this.#file;
  }

  /**
   * True if the claim was removed, and another process has taken its number. Reads synchronously: a file handle executes functions of Node's
   * without a name, at which a debugger would stop that steps past an action's last line.
   */
  #isReplaced(): boolean {
    return this.#fs.readFileSync(this.#file, "utf8") !== this.#content;
  }
}
