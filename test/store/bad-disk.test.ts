import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { childProcesses } from "./child-process.ts";

/** Runs a program on a small disk of its own, which only that program can see: a tmpfs in a mount namespace. */
const ON_SMALL_DISK = [
  "--map-root-user",
  "--mount",
  "sh",
  "-c",
  'mount -t tmpfs -o "size=$1,mode=700" tmpfs "$2" && shift 2 && exec "$@"',
  "sh",
];

describe("A disk", () => {
  const directory = temporaryDirectory();
  const children = childProcesses();

  before(function () {
    // Not every system lets its users have such disks.
    if (spawnSync("unshare", [...ON_SMALL_DISK, "1m", "/mnt", "true"]).status !== 0) this.skip();
  });

  function onSmallDisk(program: string, size = "1m") {
    const command = [process.execPath, children.program(program), directory()];
    return JSON.parse(execFileSync("unshare", [...ON_SMALL_DISK, size, directory(), ...command], { encoding: "utf8" }));
  }

  it("that is full: nothing stored is lost, the message says what to do, and afterwards all goes on", () => {
    const said = onSmallDisk("full-disk");
    assert(said.promised.length > 20);
    assert.equal(said.first.code, "unusable");
    assert.match(said.first.message, /^Cannot append to the journal .*tasks\.jsonl: the disk is full\. Free some space .*ENOSPC.* kept\.$/);
    assert.equal(said.further.code, "closed", "the writer writes no more");
    assert.equal(said.release, null);
    assert.equal(said.submit.code, "unusable");
    assert.match(said.submit.message, /inbox.*disk is full/);
    assert(said.acquire === null || said.acquire.code === "unusable", said.acquire?.message);
    assert.deepEqual(said.seenByStore, said.promised);
    assert.deepEqual(said.seenByOthers, said.promised);
    assert.deepEqual(said.seenAfterwards, [...said.promised, "afterwards"]);
    assert.deepEqual(said.warnings, []);
  });

  it("that is nearly full: each task that ends is in the history or still in the list, however little fits", () => {
    const results: { promised: number; atOnce: string[]; afterwards: string[] }[] = Object.values(onSmallDisk("nearly-full-disk", "2m"));
    assert(results.some(({ promised }) => promised > 0));
    for (const { atOnce, afterwards } of results) assert.deepEqual([atOnce, afterwards], [[], []]);
  });

  it("that is read-only: can be read, and writing says what to do", () => {
    const said = onSmallDisk("read-only-disk");
    assert.deepEqual(said.read, ["a"]);
    for (const operation of ["acquire", "submit", "open"]) {
      assert.equal(said[operation]?.code, "unusable", operation);
      assert.match(said[operation].message, /^Cannot .*the disk is read-only\. Mount it for writing.*EROFS/, operation);
    }
  });
});
