import assert from "node:assert/strict";
import fc from "fast-check";
import { every } from "../../server/authoring/index.ts";
import { assertProperty } from "../support/thoroughness.ts";

describe("every", () => {
  it("is due at the multiples of the interval since the epoch, whenever it is asked", () => {
    const quarterly = every(15 * 60_000);
    assert.equal(quarterly.getNextOccurrence(new Date("2026-11-24T03:07:12.345Z"))?.toISOString(), "2026-11-24T03:15:00.000Z");
  });

  it("is due strictly after now", () => {
    assert.equal(every(60_000).getNextOccurrence(new Date("2026-11-24T03:07:00Z"))?.toISOString(), "2026-11-24T03:08:00.000Z");
    assert.equal(every(60_000).getNextOccurrence(new Date(-1))?.getTime(), 0, "before the epoch, too");
    assert.equal(every(0.4).getNextOccurrence(new Date(7))?.getTime(), 8, "in whole milliseconds");
  });

  it("is never due when the next multiple is later than a date can be", () => {
    assert.equal(every(Number.MAX_VALUE).getNextOccurrence(new Date(0)), null);
  });

  it("is due within one interval, at a multiple of it", () => {
    assertProperty(
      fc.property(
        fc.integer({ min: 1, max: 1e10 }),
        fc.date({ noInvalidDate: true, min: new Date("1970"), max: new Date("2100") }),
        (ms, now) => {
          const next = every(ms).getNextOccurrence(now)?.getTime() ?? assert.fail();
          assert.ok(next > now.getTime() && next <= now.getTime() + ms);
          assert.equal(next % ms, 0);
        },
      ),
    );
  });

  it("describes itself in units people use", () => {
    assert.equal(every(5_400_000).describe?.(), "every 1 h 30 min");
    assert.equal(every(86_400_000).describe?.(), "every 1 d");
    assert.equal(every(1_500).describe?.(), "every 1 s 500 ms");
  });

  for (const interval of [0, -1, Number.NaN, Number.POSITIVE_INFINITY, "60000", undefined, null]) {
    it(`refuses ${typeof interval} ${interval}`, () => {
      assert.throws(() => every(interval as number), {
        name: "RangeError",
        message: `every: the interval must be a positive number of milliseconds, not ${interval}.`,
      });
    });
  }
});
