import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { Throttle } from "../../client/timing/throttle.ts";

describe("A throttle", () => {
  /** Resolves to the times of so many calls, while it is asked for another one all the time. */
  function callsOf(interval: number, count: number): Promise<number[]> {
    return new Promise((resolve) => {
      const times: number[] = [];
      const throttle = new Throttle(() => {
        times.push(performance.now());
        if (times.length < count) return;
        clearInterval(asking);
        resolve(times);
      }, interval);
      const asking = setInterval(() => throttle.soon(), 1);
    });
  }

  it("keeps calling back, and its distance, however often it is asked", async () => {
    const [first = 0, second = 0, third = 0] = await callsOf(60, 3);
    assert.ok(second - first >= 60 && third - second >= 60, `${second - first} and ${third - second} ms apart`);
  });

  it("is one call for all that happens at once", async () => {
    let calls = 0;
    const called = new Promise<void>((resolve) => {
      const throttle = new Throttle(() => {
        calls++;
        resolve();
      }, 0);
      for (let times = 0; times < 10; times++) throttle.soon();
    });
    await called;
    await delay(50);
    assert.equal(calls, 1);
  });

  it("does nothing any more once it is disposed of", async () => {
    let calls = 0;
    const paced = new Throttle(() => calls++, 0);
    paced.soon();
    paced.dispose();
    await delay(50);
    assert.equal(calls, 0);
  });
});
