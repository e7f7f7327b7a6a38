import assert from "node:assert/strict";
import fc from "fast-check";
import { z } from "zod";
import {
  BackgroundTaskEx,
  BackgroundTaskExAction,
  backoff,
  cron,
  every,
  type RetryDelay,
  type Schedule,
  ScheduledProcess,
  weekly,
} from "../../server/authoring/index.ts";
import type { ClassDescription } from "../../server/service/index.ts";
import { assertProperty } from "../support/thoroughness.ts";
import { Bench } from "./recorded-task.ts";

const HOUR = 3_600_000;

/** What is told of a class at `now`. */
function describedAt(now: string, described: { readonly name: string }): ClassDescription {
  const bench = new Bench([described]);
  bench.now = Date.parse(now);
  const found = bench
    .service()
    .describeClasses()
    .find(({ name }) => name === described.name);
  return found ?? assert.fail(`${described.name} is not described.`);
}

function scheduled(schedule: Schedule, now: string): ClassDescription {
  class Scheduled extends BackgroundTaskEx {
    static override readonly schedule = schedule;
  }
  return describedAt(now, Scheduled);
}

/** To the minute, where nothing else is there. */
function upcoming(schedule: Schedule, now: string): readonly string[] | undefined {
  return scheduled(schedule, now).nextOccurrences?.map((moment) => moment.replace(":00.000Z", "Z"));
}

describe("The description of a scheduled class", () => {
  it("tells the next five times, whoever is due in between, and the zone they are reckoned in", () => {
    const { schedule, nextOccurrence, nextOccurrences, timeZone } = scheduled(
      weekly({ days: ["mon", "thu"], at: "01:30", timeZone: "Asia/Tokyo" }),
      "2026-11-24T03:00:00Z",
    );
    assert.deepEqual(
      { schedule, nextOccurrence, timeZone },
      { schedule: "mon, thu at 01:30 (Asia/Tokyo)", nextOccurrence: "2026-11-25T16:30:00.000Z", timeZone: "Asia/Tokyo" },
    );
    assert.deepEqual(nextOccurrences, [
      "2026-11-25T16:30:00.000Z",
      "2026-11-29T16:30:00.000Z",
      "2026-12-02T16:30:00.000Z",
      "2026-12-06T16:30:00.000Z",
      "2026-12-09T16:30:00.000Z",
    ]);
  });

  it("names the system's zone where the author gave none, and none for intervals, which go by no clock", () => {
    const system = new Intl.DateTimeFormat().resolvedOptions().timeZone;
    assert.equal(scheduled(cron("0 2 * * *"), "2026-11-24T03:00:00Z").timeZone, system);
    assert.equal(scheduled(weekly({ days: ["mon"], from: "01:00", to: "02:00" }), "2026-11-24T03:00:00Z").timeZone, system);
    assert.equal("timeZone" in scheduled(every(HOUR), "2026-11-24T03:00:00Z"), false);
  });

  it("counts the full intervals", () => {
    assert.deepEqual(upcoming(every(90 * 60_000), "2026-11-24T03:00:00Z"), [
      "2026-11-24T04:30Z",
      "2026-11-24T06:00Z",
      "2026-11-24T07:30Z",
      "2026-11-24T09:00Z",
      "2026-11-24T10:30Z",
    ]);
    assert.equal(new Set(upcoming(every(0.3), "2026-11-24T03:00:00Z")).size, 5);
  });

  it("keeps to the wall clock across daylight saving, both ways", () => {
    const nightly = cron("30 2 * * *", { timeZone: "Europe/Paris" });
    assert.deepEqual(upcoming(nightly, "2026-03-27T12:00:00Z"), [
      "2026-03-28T01:30Z",
      // Skipped: due right after the gap.
      "2026-03-29T01:00Z",
      "2026-03-30T00:30Z",
      "2026-03-31T00:30Z",
      "2026-04-01T00:30Z",
    ]);
    assert.deepEqual(upcoming(nightly, "2026-10-23T12:00:00Z"), [
      "2026-10-24T00:30Z",
      // Shown twice: due once.
      "2026-10-25T00:30Z",
      "2026-10-26T01:30Z",
      "2026-10-27T01:30Z",
      "2026-10-28T01:30Z",
    ]);
    assert.deepEqual(upcoming(cron("*/30 * * * *", { timeZone: "Europe/Paris" }), "2026-10-25T00:20:00Z"), [
      "2026-10-25T00:30Z",
      "2026-10-25T01:00Z",
      "2026-10-25T01:30Z",
      "2026-10-25T02:00Z",
      "2026-10-25T02:30Z",
    ]);
  });

  describe("with windows", () => {
    const nights = weekly({ days: ["mon", "thu"], from: "22:00", to: "05:00", timeZone: "UTC" });
    const openings = ["2026-11-26T22:00Z", "2026-11-30T22:00Z", "2026-12-03T22:00Z", "2026-12-07T22:00Z", "2026-12-10T22:00Z"];

    it("tells when they open", () => {
      assert.deepEqual(upcoming(nights, "2026-11-25T12:00:00Z"), openings);
      assert.deepEqual(upcoming(nights, "2026-11-26T21:59:59.999Z"), openings);
    });

    it("leaves out the one that is open, in which it is due now", () => {
      for (const inside of ["2026-11-23T22:00:00.000Z", "2026-11-24T01:00:00.000Z", "2026-11-24T05:00:00.000Z"]) {
        assert.deepEqual(upcoming(nights, inside), openings, inside);
        assert.equal(scheduled(nights, inside).nextOccurrence, inside);
      }
    });

    it("tells each of those that follow without a gap", () => {
      const weekend = weekly({ days: ["fri", "sat", "sun"], from: "20:00", to: "20:00", timeZone: "UTC" });
      const expected = ["2026-11-28T20:00Z", "2026-11-29T20:00Z", "2026-12-04T20:00Z", "2026-12-05T20:00Z", "2026-12-06T20:00Z"];
      assert.deepEqual(upcoming(weekend, "2026-11-27T20:00:00Z"), expected);
      assert.deepEqual(upcoming(weekend, "2026-11-28T19:59:00Z"), expected);
    });

    it("tells one that daylight saving skips at the end of the gap, and one that it repeats once", () => {
      const early = weekly({ days: ["sat", "sun"], from: "02:10", to: "02:50", timeZone: "Europe/Paris" });
      assert.deepEqual(upcoming(early, "2026-03-28T12:00:00Z")?.slice(0, 2), ["2026-03-29T01:00Z", "2026-04-04T00:10Z"]);
      assert.deepEqual(upcoming(early, "2026-10-24T12:00:00Z")?.slice(0, 2), ["2026-10-25T00:10Z", "2026-10-31T01:10Z"]);
    });
  });

  it("tells of no time where it is disabled", () => {
    const { nextOccurrence, nextOccurrences, schedule } = scheduled(
      weekly({ days: ["mon"], from: "01:00", to: "02:00", enabled: false }),
      "2026-11-24T03:00:00Z",
    );
    assert.deepEqual([nextOccurrence, nextOccurrences], [null, []]);
    assert.match(schedule ?? "", /disabled/);
  });

  it("tells of a process, too", () => {
    class Sweep extends ScheduledProcess {
      readonly timeZone = "Europe/Paris";
      getNextOccurrence = every(HOUR).getNextOccurrence;
      process() {
        return Promise.resolve("swept");
      }
    }
    const { kind, timeZone, nextOccurrences } = describedAt("2026-11-24T03:00:00Z", Sweep);
    assert.deepEqual([kind, timeZone, nextOccurrences?.length], ["process", "Europe/Paris", 5]);
  });
});

describe("The description of a scheduled class whose params have a schema", () => {
  const Directory = z.object({ directory: z.string(), days: z.number().default(90) });
  const now = "2026-11-24T03:00:00.000Z";

  it("says before the first occurrence that the schema refuses tasks without params", () => {
    class Nightly extends BackgroundTaskEx<z.infer<typeof Directory>> {
      static override readonly schedule = every(HOUR);
      static override readonly params = Directory;
    }
    const { problem, nextOccurrence } = describedAt(now, Nightly);
    assert.equal(
      problem,
      "The schedule of Nightly cannot create tasks. The params of Nightly do not match its schema: params.directory: Invalid input: expected string, received undefined. Without static scheduledParams they are {}: set those, or give the schema defaults.",
    );
    assert.ok(nextOccurrence, "the schedule is shown all the same");
  });

  it("says which scheduled params it refuses, or cannot store", () => {
    class Refused extends BackgroundTaskEx<z.infer<typeof Directory>> {
      static override readonly schedule = every(HOUR);
      static override readonly params = Directory;
      static override readonly scheduledParams = { directory: "logs", days: "many" };
    }
    assert.match(describedAt(now, Refused).problem ?? "", /params\.days: .* received string\. Correct static scheduledParams\.$/);
    class NotJson extends BackgroundTaskEx<{ at: string }> {
      static override readonly schedule = every(HOUR);
      static override readonly scheduledParams = { at: new Date(0) };
    }
    assert.match(describedAt(now, NotJson).problem ?? "", /cannot be stored: params\.at is a Date/);
  });

  it("finds nothing wrong where they fit, where nothing is scheduled, and where only an asynchronous schema knows", async () => {
    class Fits extends BackgroundTaskEx<z.infer<typeof Directory>> {
      static override readonly schedule = every(HOUR);
      static override readonly params = Directory;
      static override readonly scheduledParams = { directory: "logs" };
    }
    class Unscheduled extends BackgroundTaskEx<z.infer<typeof Directory>> {
      static override readonly params = Directory;
    }
    class Asynchronous extends BackgroundTaskEx<z.infer<typeof Directory>> {
      static override readonly schedule = every(HOUR);
      static override readonly params = {
        "~standard": { version: 1 as const, vendor: "own", validate: () => Promise.reject(new Error("no connection")) },
      };
    }
    for (const one of [Fits, Unscheduled, Asynchronous]) assert.equal(describedAt(now, one).problem, undefined, one.name);
  });
});

describe("The description of a schedule of the author's own", () => {
  const now = "2026-11-24T03:00:00.000Z";
  const own = (answer: (now: Date) => unknown, more: object = {}) => ({ getNextOccurrence: answer, ...more }) as unknown as Schedule;

  it("steps over the moment it is asked for, if it counts that", () => {
    const fullHours = own((from) => new Date(Math.ceil(from.getTime() / HOUR) * HOUR));
    assert.deepEqual(upcoming(fullHours, now), [
      "2026-11-24T04:00Z",
      "2026-11-24T05:00Z",
      "2026-11-24T06:00Z",
      "2026-11-24T07:00Z",
      "2026-11-24T08:00Z",
    ]);
  });

  it("ends where it is over, says the same again, or throws", () => {
    const once = Date.parse(now) + HOUR;
    const first = ["2026-11-24T04:00Z"];
    assert.deepEqual(
      upcoming(
        own((from) => (from.getTime() < once ? new Date(once) : null)),
        now,
      ),
      first,
    );
    assert.deepEqual(
      upcoming(
        own(() => new Date(once)),
        now,
      ),
      first,
    );
    const throwing = own((from) => {
      if (from.getTime() < once) return new Date(once);
      throw new Error("no further");
    });
    assert.deepEqual(upcoming(throwing, now), first);
    assert.deepEqual(
      upcoming(
        own((from) => (from.getTime() < once ? new Date(once) : "later")),
        now,
      ),
      first,
    );
  });

  it("has no beginning where every moment counts, or only what is past", () => {
    assert.deepEqual(
      upcoming(
        own((from) => from),
        now,
      ),
      [],
    );
    assert.deepEqual(
      upcoming(
        own(() => new Date(0)),
        now,
      ),
      [],
    );
  });

  it("may change the date it is given", () => {
    const spoiling = own((from) => {
      from.setTime(from.getTime() + HOUR);
      return from;
    });
    assert.equal(upcoming(spoiling, now)?.length, 5);
  });

  it("is not asked for ever when it takes its time", () => {
    let asked = 0;
    const slow = own((from) => {
      asked += 1;
      const end = performance.now() + 150;
      while (performance.now() < end);
      return new Date(from.getTime() + HOUR);
    });
    assert.deepEqual(upcoming(slow, now), ["2026-11-24T04:00Z"]);
    assert.equal(asked, 2);
  });

  it("is a problem that is told where it throws at once, or returns what is no moment", () => {
    const problem = (answer: (now: Date) => unknown) => scheduled(own(answer), now).problem;
    const failing = () => {
      throw new Error("no calendar");
    };
    assert.equal(problem(failing), "Its schedule throws: Error: no calendar");
    for (const [answer, words] of [
      ["tomorrow", "tomorrow"],
      [new Date(Number.NaN), "Invalid Date"],
      [12, "12"],
    ] as const) {
      const expected = `Its schedule throws: TypeError: getNextOccurrence must return a valid Date or null, not ${words}.`;
      assert.equal(
        problem(() => answer),
        expected,
      );
    }
  });

  it("names a time zone only if there is one of that name", () => {
    const zone = (timeZone: unknown) =>
      scheduled(
        own(() => null, { timeZone }),
        now,
      ).timeZone;
    assert.equal(zone("Europe/Paris"), "Europe/Paris");
    for (const other of ["Mars/Olympus", 2, null, {}]) assert.equal(zone(other), undefined);
  });

  it("gives at most five times, in order, all still to come, whatever it answers", () => {
    const answers = fc.array(fc.option(fc.integer({ min: -5, max: 50 })), { minLength: 1, maxLength: 30 });
    const windows = fc.array(fc.option(fc.integer({ min: -5, max: 50 })), { maxLength: 30 });
    assertProperty(
      fc.property(answers, windows, (occurrences, ends) => {
        let asked = 0;
        const relative = (offset: number | null | undefined) => (offset == null ? null : new Date(Date.parse(now) + offset));
        const foreign = own(() => relative(occurrences[asked++ % occurrences.length]), {
          ...(ends.length > 0 && { getWindowEnd: () => relative(ends[asked++ % ends.length]) }),
        });
        const found = scheduled(foreign, now).nextOccurrences ?? assert.fail();
        assert.ok(found.length <= 5);
        assert.ok(found.every((moment, index) => moment > (found[index - 1] ?? now)));
      }),
    );
  });
});

describe("The description of an action class", () => {
  function plan(members: { readonly maxAttempts?: number; readonly retryDelay?: RetryDelay }) {
    class Retried extends BackgroundTaskExAction {
      executeAction() {
        return true;
      }
    }
    Object.assign(Retried, members);
    const { maxAttempts, retryDelays, retryJitter } = describedAt("2026-11-24T03:00:00Z", Retried);
    return { maxAttempts, retryDelays, ...(retryJitter !== undefined && { retryJitter }) };
  }

  it("tells the attempts, and what is waited before each after the first", () => {
    const limits = { attemptTimeout: 60_000, maxIdlePauses: 0 };
    class Limited extends BackgroundTaskExAction {
      static override readonly attemptTimeout = limits.attemptTimeout;
      static override readonly maxIdlePauses = limits.maxIdlePauses;
      executeAction() {
        return true;
      }
    }
    const { attemptTimeout, maxIdlePauses } = describedAt("2026-11-24T03:00:00Z", Limited);
    assert.deepEqual({ attemptTimeout, maxIdlePauses }, limits);
    assert.deepEqual(plan({}), { maxAttempts: 5, retryDelays: [0, 0, 0, 0] });
    assert.deepEqual(plan({ maxAttempts: 3, retryDelay: 60_000 }), { maxAttempts: 3, retryDelays: [60_000, 60_000] });
    assert.deepEqual(plan({ maxAttempts: 1, retryDelay: 60_000 }), { maxAttempts: 1, retryDelays: [] });
    assert.deepEqual(plan({ maxAttempts: 4, retryDelay: (failed) => failed * 10 }), { maxAttempts: 4, retryDelays: [10, 20, 30] });
  });

  it("tells of a backoff the longest delays, and how much of them is left to chance", () => {
    assert.deepEqual(plan({ retryDelay: backoff({ initial: 500, maximum: 3_000 }) }), {
      maxAttempts: 5,
      retryDelays: [500, 1_000, 2_000, 3_000],
    });
    assert.deepEqual(plan({ maxAttempts: 3, retryDelay: backoff({ jitter: 0.2 }) }), {
      maxAttempts: 3,
      retryDelays: [1_000, 2_000],
      retryJitter: 0.2,
    });
  });

  it("tells what the engine makes of values that make no sense", () => {
    assert.deepEqual(plan({ maxAttempts: 0.5, retryDelay: -1 }), { maxAttempts: 5, retryDelays: [0, 0, 0, 0] });
    assert.deepEqual(plan({ maxAttempts: 3, retryDelay: () => Number.NaN }), { maxAttempts: 3, retryDelays: [0, 0] });
    assert.deepEqual(plan({ maxAttempts: 2, retryDelay: 0.2 }), { maxAttempts: 2, retryDelays: [1] });
  });

  it("tells twenty delays of a thousand, and none of a function that throws", () => {
    assert.equal(plan({ maxAttempts: 1_000 }).retryDelays?.length, 20);
    const throwing = () => {
      throw new Error("no delay");
    };
    assert.deepEqual(plan({ maxAttempts: 2, retryDelay: throwing }), { maxAttempts: 2, retryDelays: undefined });
  });
});
