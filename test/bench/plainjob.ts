import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { performance } from "node:perf_hooks";
import { pathToFileURL } from "node:url";
import { perSecond } from "./action-rate.ts";
import { inScratch } from "./scratch.ts";

/** What the bench uses of plainjob and better-sqlite3, whose own types are there only once they are installed. */
interface Plainjob {
  better(database: object): { pragma(statement: string): void };
  defineQueue(options: object): { addMany(type: string, data: unknown[]): unknown; close(): void };
  defineWorker(type: string, processor: () => void, options: object): { start(): Promise<void>; stop(): Promise<void> };
}
type Sqlite = new (file: string) => object;

const DIRECTORY = resolve("test/bench/peers");
const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

/** plainjob, a job queue on SQLite, as it ships or with commits that survive a power cut. */
export class PlainjobPeer {
  private constructor(
    readonly plainjob: Plainjob,
    readonly sqlite: Sqlite,
  ) {}

  /** Installs it if need be and if it may. @throws Error in words for people when it cannot be had. */
  static async load({ install }: { install: boolean }): Promise<PlainjobPeer> {
    if (!existsSync(join(DIRECTORY, "node_modules/plainjob"))) {
      if (!install) throw new Error("not installed, and --quick does not install it");
      console.error("Installing plainjob and compiling better-sqlite3, which can take some minutes …");
      const { status } = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
        cwd: DIRECTORY,
        stdio: ["ignore", 2, 2],
        // On Windows npm is a script that only a shell can start.
        shell: process.platform === "win32",
      });
      if (status !== 0) throw new Error("it could not be installed here; see above");
    }
    const require = createRequire(join(DIRECTORY, "package.json"));
    return new PlainjobPeer(await import(pathToFileURL(require.resolve("plainjob")).href), require("better-sqlite3"));
  }

  /** Jobs per second of one worker; adding them does not count. */
  jobsPerSecond(jobs: number, { full }: { full: boolean }): Promise<number> {
    return inScratch(async (directory) => {
      const { better, defineQueue, defineWorker } = this.plainjob;
      const connection = better(new this.sqlite(join(directory, "jobs.db")));
      const queue = defineQueue({ connection, logger: SILENT });
      if (full) connection.pragma("synchronous = FULL");
      queue.addMany("no-op", Array(jobs).fill({ directory: "logs/2026/11", chunkSize: 64 }));
      let left = jobs;
      let rate = 0;
      const start = performance.now();
      const onCompleted = () => {
        if (--left > 0) return;
        rate = perSecond(jobs, start);
        void worker.stop();
      };
      const worker = defineWorker("no-op", () => {}, { queue, logger: SILENT, onCompleted });
      await worker.start();
      queue.close();
      return rate;
    });
  }
}
