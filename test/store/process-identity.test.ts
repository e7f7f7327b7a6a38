import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { currentProcess, livenessOf, parsePs, parseStat } from "../../server/store/mutex/process-identity.ts";

describe("The identity of a process", () => {
  it("is its own", async () => {
    assert.equal(currentProcess().pid, process.pid);
    assert.equal(await livenessOf(currentProcess()), "alive");
    assert.equal(await livenessOf({ ...currentProcess(), startTime: currentProcess().startTime - 10_000 }), "dead");
  });

  it("is read from /proc, whatever the program is called", () => {
    const fields = "S 1 42 42 0 -1 4194304 5012 0 6 0 31 9 0 0 20 0 11 0 87654 1159168000 13405 18446744073709551615";
    assert.deepEqual(parseStat(`42 (node) ${fields}`), { state: "S", startTime: 87654 });
    assert.deepEqual(parseStat(`42 (a) Z 7 (b) ${fields}`), { state: "S", startTime: 87654 });
  });

  it("is read from ps where there is no /proc", () => {
    assert.equal(parsePs("Ss   Tue Nov  3 03:21:07 2026"), Date.UTC(2026, 10, 3, 3, 21, 7));
    assert.equal(parsePs("Z+   Tue Nov 24 03:21:07 2026\n"), "dead");
    assert.equal(parsePs("\n"), "dead");
    assert.equal(parsePs("S  mar. 24 nov. 2026 03h21"), undefined);
  });

  it("agrees with what ps says of this very process", function () {
    if (process.platform === "win32") this.skip();
    const env = { ...process.env, LC_ALL: "C", TZ: "UTC0" };
    const line = execFileSync("ps", ["-o", "state=", "-o", "lstart=", "-p", String(process.pid)], { env, encoding: "utf8" });
    const start = parsePs(line);
    assert(typeof start === "number");
    assert(Math.abs(start - (Date.now() - process.uptime() * 1_000)) < 5_000);
  });
});
