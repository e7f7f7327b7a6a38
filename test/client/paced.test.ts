import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { Paced } from "../../client/timing/paced.ts";

describe("What is paced", () => {
  /** Resolves to the times of so many calls, while it is asked for another one all the time. */
  function callsOf(interval: number, count: number): Promise<number[]> {
    return new Promise((resolve) => {
      const times: number[] = [];
      const paced = new Paced(() => {
        times.push(performance.now());
        if (times.length < count) return;
        clearInterval(asking);
        resolve(times);
      }, interval);
      const asking = setInterval(() => paced.soon(), 1);
    });
  }

  it("goes on however often it is asked for, and keeps its distance", async () => {
    const [first = 0, second = 0, third = 0] = await callsOf(60, 3);
    assert.ok(second - first >= 60 && third - second >= 60, `${second - first} and ${third - second} ms apart`);
  });

  it("is one call for all that happens at once", async () => {
    let calls = 0;
    const called = new Promise<void>((resolve) => {
      const paced = new Paced(() => {
        calls++;
        resolve();
      }, 0);
      for (let times = 0; times < 10; times++) paced.soon();
    });
    await called;
    await delay(50);
    assert.equal(calls, 1);
  });

  it("does nothing any more once it is disposed of", async () => {
    let calls = 0;
    const paced = new Paced(() => calls++, 0);
    paced.soon();
    paced.dispose();
    await delay(50);
    assert.equal(calls, 0);
  });
});
