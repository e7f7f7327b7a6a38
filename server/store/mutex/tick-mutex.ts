import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { type FileSystem, makeDirectory, replaceFile } from "../disk/durable-file.ts";
import { errorCode, guarded, isMissing } from "../disk/storage-error.ts";
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
  release(): Promise<void>;
}

/** How many claims of earlier holders are kept, for troubleshooting. */
const OLD_CLAIMS_KEPT = 4;
/** A claim without readable content is still being written, unless it is older than this. */
const UNREADABLE_CLAIM_MS = 5_000;
/** Age at which the files of processes killed while making a claim are removed. */
const STALE_TEMPORARY_MS = 60_000;

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
      await makeDirectory(this.#fs, this.#directory);
      for (;;) {
        const newest = (await this.#claims()).at(-1);
        const standing = newest ? await this.#standing(newest) : "free";
        if (standing === "held") return null;
        if (standing === "changed") continue;
        const number = Math.max(newest?.number ?? 0, above) + 1;
        const file = await this.#create(number);
        if (!file) continue;
        const claims = await this.#claims();
        if (claims.some((claim) => claim.file !== file && claim.number >= number)) {
          await this.#fs.promises.rm(file, { force: true });
          continue;
        }
        await this.#tidy(claims);
        return { number, release: () => this.#release(file) };
      }
    });
  }

  /** The current holder; `null` if it is free. @throws StoreError */
  async holder(): Promise<MutexHolder | null> {
    return guarded("read", this.#directory, async () => {
      const newest = (await this.#claims()).at(-1);
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
    const names = await this.#fs.promises.readdir(this.#directory).catch((error: unknown) => {
      if (isMissing(error)) return [];
      throw error;
    });
    for (const name of names) {
      const match = /^(\d{10,})(\.released)?$/.exec(name);
      if (match) claims.push({ number: Number(match[1]), released: match[2] !== undefined, file: join(this.#directory, name) });
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
    const content = await this.#fs.promises.readFile(file, "utf8");
    try {
      const identity: unknown = JSON.parse(content);
      return problemOf(claimContent, identity) === undefined ? (identity as ClaimContent) : undefined;
    } catch {
      return undefined;
    }
  }

  /** `undefined` if another process was faster. */
  async #create(number: number): Promise<string | undefined> {
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
      return file;
    } catch (error) {
      if (["EEXIST", "ENOENT"].includes(errorCode(error) ?? "")) return undefined;
      throw error;
    } finally {
      await this.#fs.promises.rm(temporary, { force: true });
    }
  }

  /** A rename needs no space, so a full disk cannot prevent the release. */
  async #release(file: string): Promise<void> {
    try {
      await replaceFile(this.#fs, file, `${file}.released`);
    } catch (error) {
      // The lock was removed by hand.
      if (!isMissing(error)) await guarded("release the mutex", file, () => Promise.reject(error));
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
