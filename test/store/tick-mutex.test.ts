import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import { mkdir, readdir, readFile, rename, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { uptime } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { StoreError } from "../../server/store/index.ts";
import { currentProcess } from "../../server/store/mutex/process-identity.ts";
import { TickMutex } from "../../server/store/mutex/tick-mutex.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { isThorough } from "../support/thoroughness.ts";
import { childOf, childProcesses } from "./child-process.ts";

/** Longer than any time after which locks of other libraries count as stale; the mutex has no such time, and two seconds show that, too. */
const BLOCKED_SECONDS = isThorough ? 20 : 2;

/** The moment so many seconds after this machine started. */
function sinceStart(seconds: number): string {
  return new Date(Date.now() + (seconds - uptime()) * 1_000).toISOString();
}

describe("TickMutex", () => {
  const directory = temporaryDirectory();
  const children = childProcesses();
  let lock = "";
  let mutex: TickMutex;

  beforeEach(() => {
    lock = join(directory(), "tick.lock");
    mutex = new TickMutex(fs, lock);
  });

  async function take() {
    const claim = await mutex.take();
    assert(claim, "the mutex is free");
    return claim;
  }

  async function writeClaim(number: number, owner: object): Promise<string> {
    await mkdir(lock, { recursive: true });
    const file = join(lock, String(number).padStart(10, "0"));
    await writeFile(file, JSON.stringify({ ...currentProcess(), since: "2026-11-24T03:00:00.000Z", ...owner }));
    return file;
  }

  describe("between processes", () => {
    it("has one holder at a time when 8 processes contend for it", async () => {
      const turns = 50;
      const contenders = Array.from({ length: 8 }, () => children.start("contend-for-mutex", directory(), String(turns)));
      const numbers: number[] = [];
      for (const contender of contenders) {
        const { code, lines, errors } = await contender.ended();
        assert.equal(code, 0, errors);
        numbers.push(...lines.map(Number));
      }
      assert.equal(numbers.length, 8 * turns);
      assert.equal(new Set(numbers).size, numbers.length, "no fencing number twice");
    });

    it("is taken over at once from a killed holder", async () => {
      const holder = children.start("hold-mutex", lock);
      assert.equal(await holder.line(), "1");
      assert.equal(await mutex.take(), null);
      assert.equal((await mutex.holder())?.pid, holder.pid);
      holder.kill("SIGKILL");
      await holder.ended();
      assert.equal((await take()).number, 2);
    });

    it("is taken over from a killed holder whose parent has not noticed (a zombie)", async function () {
      if (process.platform !== "linux") this.skip();
      // The shell becomes a program that never asks after its children.
      const script = '"$0" "$1" "$2" & exec sleep 600';
      const parent = spawn("sh", ["-c", script, process.execPath, children.program("hold-mutex"), lock], {
        stdio: ["ignore", "pipe", "pipe"],
      });
      try {
        await childOf(parent).line();
        const pid = (await mutex.holder())?.pid ?? 0;
        process.kill(pid, "SIGKILL");
        while (!/\) Z /.test(await readFile(`/proc/${pid}/stat`, "utf8"))) await delay(5);
        assert.equal((await take()).number, 2);
      } finally {
        parent.kill("SIGKILL");
      }
    });

    it(`is kept by a holder whose event loop is blocked for ${BLOCKED_SECONDS} seconds`, async () => {
      const holder = children.start("hold-mutex", lock, String(BLOCKED_SECONDS * 1000));
      await holder.line();
      let released = false;
      const start = performance.now();
      void holder.line().then(() => {
        released = true;
      });
      let refusals = 0;
      for (let claim = await mutex.take(); !claim; claim = await mutex.take()) {
        refusals++;
        await delay(100);
      }
      assert(performance.now() - start > (BLOCKED_SECONDS - 1) * 1000, `taken after ${performance.now() - start} ms`);
      assert(refusals > BLOCKED_SECONDS);
      await holder.ended();
      assert(released);
    });
  });

  describe("the holder's process", () => {
    it("is not mistaken for a later one with the same pid", async () => {
      const living = children.start("hold-mutex", join(directory(), "other.lock"));
      await living.line();
      const identity = await new TickMutex(fs, join(directory(), "other.lock")).holder();
      assert(identity);
      await writeClaim(5, identity);
      assert.equal(await mutex.take(), null);
      await writeClaim(5, { ...identity, startTime: identity.startTime - 10_000 });
      assert.equal((await take()).number, 6);
    });

    it("did not survive a restart of the machine", async function () {
      if (process.platform !== "linux") this.skip();
      await writeClaim(5, { bootId: "of another start", since: sinceStart(-60) });
      assert.equal((await take()).number, 6);
    });

    it("is not known to be gone, with another boot id, while this machine has not restarted since", async function () {
      if (process.platform !== "linux") this.skip();
      const before = sinceStart(-60);
      const doubts = [
        { bootId: "of another machine with this name", since: sinceStart(60) },
        { bootId: "of another machine with this name", since: before, machineId: "another" },
        { bootId: undefined, since: before },
        { timeNamespace: "time:[1]", startTime: 1 },
      ];
      for (const [index, owner] of doubts.entries()) {
        await writeClaim(index + 1, owner);
        assert.equal(await mutex.take(), null, JSON.stringify(owner));
        assert.equal((await mutex.holder())?.verifiable, false, JSON.stringify(owner));
      }
    });

    const unshared: [where: string, options: readonly string[]][] = [
      ["a time namespace", ["--time", "--boottime", "100000", "--fork"]],
      ["a PID namespace", ["--pid", "--fork", "--mount-proc"]],
      [
        "a container with its own boot id",
        ["--mount", "sh", "-c", 'mount --bind "$0" /proc/sys/kernel/random/boot_id && exec "$@"', "BOOT_ID"],
      ],
      ["a sandbox without /proc", ["--mount", "sh", "-c", 'mount -t tmpfs none /proc && exec "$@"', "sh"]],
    ];
    for (const [where, options] of unshared) {
      it(`keeps the mutex against one in ${where} while it lives`, async function () {
        const bootId = join(directory(), "boot-id");
        await writeFile(bootId, "5f1c0a52-0000-4000-8000-000000000000\n");
        const command = ["--map-root-user", ...options.map((option) => (option === "BOOT_ID" ? bootId : option))];
        if (spawnSync("unshare", [...command, "true"]).status !== 0) this.skip();
        const holder = children.start("hold-mutex", lock);
        await holder.line();
        const output = execFileSync("unshare", [...command, process.execPath, children.program("try-mutex"), lock], { encoding: "utf8" });
        assert.deepEqual(JSON.parse(output), { isHeld: true, isVerifiable: false });
      });
    }

    it("may be out of sight, on another machine or in another container: then the mutex is held", async () => {
      const elsewhere = [{ host: "elsewhere", bootId: "b" }, { platform: "elsewhere" }];
      if (process.platform === "linux") elsewhere.push({ pidNamespace: "pid:[1]" } as never);
      for (const [index, owner] of elsewhere.entries()) {
        const file = await writeClaim(index + 1, { pid: 999_999_999, ...owner });
        assert.equal(await mutex.take(), null);
        const holder = await mutex.holder();
        assert.equal(holder?.verifiable, false);
        assert.equal(holder?.file, file);
      }
    });

    it("may be this one: it does not get the mutex twice", async () => {
      const claim = await take();
      assert.equal(await mutex.take(), null);
      assert.equal(await new TickMutex(fs, lock).take(), null);
      assert.equal((await mutex.holder())?.pid, process.pid);
      await claim.release();
      assert.equal(await mutex.holder(), null);
      assert(await take());
    });
  });

  describe("the numbers", () => {
    it("grow with every holder, and only a few old claims are kept", async () => {
      for (let number = 1; number <= 20; number++) {
        const claim = await take();
        assert.equal(claim.number, number);
        await claim.release();
      }
      const claims = (await readdir(lock)).sort();
      assert.equal(claims.at(-1), "0000000020.released");
      assert(claims.length <= 5, claims.join());
    });

    it("exceed what the caller has seen elsewhere", async () => {
      assert.equal((await mutex.take(41))?.number, 42);
    });

    it("stay exact, whatever the names in the directory", async () => {
      await mkdir(lock);
      for (const name of ["9007199254740992.released", "9007199254740991", "99999999999999999999999", "0000000003.released"])
        await writeFile(join(lock, name), "");
      assert.equal((await take()).number, 4);
    });

    it("end with one that no store reaches", async () => {
      await mkdir(lock);
      await writeFile(join(lock, "999999999999999.released"), "");
      await assert.rejects(
        mutex.take(),
        (error) => error instanceof StoreError && /No claim can follow .*999999999999999\.released\. Remove/.test(error.message),
      );
    });

    it("are not claimed by a directory, a pipe or a link", async function () {
      if (process.platform === "win32") this.skip();
      await mkdir(join(lock, "0000000009"), { recursive: true });
      await symlink("/dev/zero", join(lock, "0000000010"));
      execFileSync("mkfifo", [join(lock, "0000000011")]);
      assert.equal(await mutex.holder(), null);
      const claim = await take();
      assert.equal(claim.number, 12);
      claim.requireHeld();
      assert.equal(await mutex.take(), null);
      await claim.release();
    });

    it("are not taken by one who fell asleep between looking and creating", async () => {
      // Its link to 0000000003 comes when others have long been at 7.
      const sleepy = new TickMutex(
        {
          ...fs,
          promises: {
            ...fs.promises,
            link: async (from: string, to: string) => {
              for (const name of await readdir(lock)) if (!name.endsWith(".tmp")) await rm(join(lock, name));
              await writeClaim(7, {});
              await fs.promises.link(from, to);
            },
          },
        } as typeof fs,
        lock,
      );
      await writeClaim(2, { startTime: 1 });
      assert.equal(await sleepy.take(), null);
      assert.deepEqual(await readdir(lock), ["0000000007"]);
    });
  });

  describe("an owner that has lost it", () => {
    const losses: [how: string, loss: (number: number) => Promise<string>][] = [
      ["to a higher claim", (number) => writeClaim(number + 1, { host: "elsewhere" })],
      ["to a higher claim that was released", async (number) => renamed(await writeClaim(number + 2, {}))],
      ["because its claim was removed", (number) => removed(number)],
      [
        "because its claim was removed, to another with its number",
        async (number) => {
          await removed(number);
          return writeClaim(number, { host: "elsewhere" });
        },
      ],
    ];
    async function renamed(file: string): Promise<string> {
      await rename(file, `${file}.released`);
      return `${file}.released`;
    }
    async function removed(number: number): Promise<string> {
      const file = join(lock, String(number).padStart(10, "0"));
      await rm(file);
      return file;
    }

    for (const [how, loss] of losses) {
      it(`is refused at its next look: ${how}`, async () => {
        const claim = await take();
        for (let time = 0; time < 3; time++) claim.requireHeld();
        const file = await loss(claim.number);
        // File systems with coarse times may need a second look.
        await delay(10);
        for (let time = 0; time < 2; time++) {
          assert.throws(
            () => claim.requireHeld(),
            (error) => error instanceof StoreError && error.code === "unusable" && error.message.includes(file),
          );
        }
        await claim.release();
      });
    }

    it("sees that without reading the names each time", async () => {
      let reads = 0;
      const readdirSync = (path: string) => {
        reads++;
        return fs.readdirSync(path);
      };
      mutex = new TickMutex({ ...fs, readdirSync } as typeof fs, lock);
      const claim = await take();
      const longAgo = new Date(Date.now() - 60_000);
      await utimes(lock, longAgo, longAgo);
      for (let time = 0; time < 100; time++) claim.requireHeld();
      assert.equal(reads, 1);
      await writeClaim(claim.number + 1, {});
      assert.throws(() => claim.requireHeld());
    });
  });

  describe("on a disk without hard links", () => {
    beforeEach(() => {
      const link = () => Promise.reject(Object.assign(new Error("not supported"), { code: "ENOTSUP" }));
      mutex = new TickMutex({ ...fs, promises: { ...fs.promises, link } } as typeof fs, lock);
    });

    it("works as well", async () => {
      const claim = await take();
      assert.equal(await mutex.take(), null);
      await claim.release();
      assert.equal((await take()).number, 2);
    });

    it("is held while a claim is being written, and free when that was never finished", async () => {
      await mkdir(lock);
      const file = join(lock, "0000000003");
      await writeFile(file, "");
      assert.equal(await mutex.take(), null);
      const longAgo = new Date(Date.now() - 60_000);
      await utimes(file, longAgo, longAgo);
      assert.equal((await take()).number, 4);
    });
  });
});
