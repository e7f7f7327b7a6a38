import assert from "node:assert/strict";
import fc from "fast-check";
import { type BackoffOptions, backoff } from "../../server/authoring/index.ts";
import { assertProperty } from "../support/thoroughness.ts";

function delays(options: BackoffOptions | undefined, attempts: number): number[] {
  const delay = backoff(options);
  assert.ok(typeof delay === "function");
  return Array.from({ length: attempts }, (_, index) => delay(index + 1));
}

describe("backoff", () => {
  it("doubles from a second on, up to five minutes", () => {
    assert.deepEqual(
      delays(undefined, 11),
      [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300].map((seconds) => seconds * 1_000),
    );
  });

  it("grows as it is told to", () => {
    assert.deepEqual(delays({ initial: 100, factor: 3, maximum: 2_000 }, 4), [100, 300, 900, 2_000]);
    assert.deepEqual(delays({ initial: 50, factor: 1 }, 3), [50, 50, 50]);
    assert.deepEqual(delays({ initial: 0 }, 2), [0, 0]);
  });

  it("stays at the maximum after thousands of attempts", () => {
    const delay = backoff({ initial: 1, maximum: 60_000 });
    assert.equal(typeof delay === "function" && delay(5_000), 60_000);
  });

  it("leaves as much to chance as jitter says, and differs from time to time", () => {
    const inputs = [fc.integer({ min: 1, max: 30 }), fc.double({ min: 0, max: 1, noNaN: true })] as const;
    assertProperty(
      fc.property(...inputs, (attempt, jitter) => {
        const full = delays({ initial: 1_000, maximum: 1e9 }, attempt).at(-1) ?? assert.fail();
        const delay = delays({ initial: 1_000, maximum: 1e9, jitter }, attempt).at(-1) ?? assert.fail();
        assert.ok(Number.isInteger(delay) && delay <= full && delay >= Math.floor(full * (1 - jitter)), `${delay} of ${full}`);
      }),
    );
    const many = Array.from({ length: 50 }, () => delays({ initial: 1_000_000, maximum: 1e9, jitter: 1 }, 1)[0]);
    assert.ok(new Set(many).size > 1);
  });

  const refused: [BackoffOptions, string][] = [
    [{ initial: -1 }, "backoff: initial must be a number of at least 0, not -1."],
    [{ factor: 0.5 }, "backoff: factor must be a number of at least 1, not 0.5."],
    [{ maximum: Number.NaN }, "backoff: maximum must be a number of at least 0, not NaN."],
    [{ maximum: Number.POSITIVE_INFINITY }, "backoff: maximum must be a number of at least 0, not Infinity."],
    [{ jitter: 1.1 }, "backoff: jitter must be a number from 0 to 1, not 1.1."],
    [{ initial: "1" as never }, "backoff: initial must be a number of at least 0, not 1."],
  ];
  for (const [options, message] of refused) {
    it(`refuses ${Object.entries(options).join()}`, () => assert.throws(() => backoff(options), { name: "RangeError", message }));
  }
});
