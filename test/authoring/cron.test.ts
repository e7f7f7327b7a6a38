import assert from "node:assert/strict";
import { cron } from "../../server/authoring/index.ts";
import { MINUTE, shownAt } from "./wall-clock-model.ts";

/** When it is due after `now`, for as many hours, as the zone's clock shows it. */
function dueWithin(hours: number, expression: string, timeZone: string, now: string): string[] {
  const schedule = cron(expression, { timeZone });
  const shown: string[] = [];
  for (let due = schedule.getNextOccurrence(new Date(now)); due && due.getTime() <= Date.parse(now) + hours * 60 * MINUTE; ) {
    shown.push(shownAt(timeZone, due.getTime()).slice(11));
    due = schedule.getNextOccurrence(due);
  }
  return shown;
}

function next(expression: string, now: string): string | undefined {
  return cron(expression, { timeZone: "UTC" }).getNextOccurrence(new Date(now))?.toISOString();
}

describe("cron", () => {
  it("is due at the next time that matches, strictly after now", () => {
    assert.equal(next("30 1 * * mon-fri", "2026-11-24T01:29:59.999Z"), "2026-11-24T01:30:00.000Z");
    assert.equal(next("30 1 * * mon-fri", "2026-11-24T01:30:00.000Z"), "2026-11-25T01:30:00.000Z");
    assert.equal(next("30 1 * * mon-fri", "2026-11-27T12:00:00.000Z"), "2026-11-30T01:30:00.000Z");
  });

  it("knows seconds, names and nicknames, and dates that are years away", () => {
    assert.equal(next("*/20 * * * * *", "2026-11-24T00:00:21Z"), "2026-11-24T00:00:40.000Z");
    assert.equal(next("0 0 1 jan *", "2026-11-24T00:00:00Z"), "2027-01-01T00:00:00.000Z");
    assert.equal(next("@daily", "2026-11-24T12:00:00Z"), "2026-11-25T00:00:00.000Z");
    assert.equal(next("0 0 29 2 *", "2028-02-29T00:00:00Z"), "2032-02-29T00:00:00.000Z");
  });

  it("is due on either of day of month and day of week when both are given, as cron has it", () => {
    assert.equal(next("0 0 13 * fri", "2026-11-24T00:00:00Z"), "2026-11-27T00:00:00.000Z");
  });

  it("is never due again after its last year", () => {
    assert.equal(next("0 0 0 1 1 * 2027", "2026-11-24T00:00:00Z"), "2027-01-01T00:00:00.000Z");
    assert.equal(next("0 0 0 1 1 * 2027", "2027-01-01T00:00:00Z"), undefined);
  });

  describe("with times of day, where clocks change", () => {
    it("is due once, the first time, when a time is shown twice", () => {
      assert.deepEqual(dueWithin(20, "30 2 * * *", "Europe/Paris", "2026-10-24T22:00:00Z"), ["02:30"]);
      assert.deepEqual(dueWithin(20, "45 1 * * *", "Australia/Lord_Howe", "2026-04-04T12:00:00Z"), ["01:45"]);
      assert.deepEqual(dueWithin(20, "0,30 0-3 * * *", "Europe/Paris", "2026-10-24T21:59:00Z"), [
        "00:00",
        "00:30",
        "01:00",
        "01:30",
        "02:00",
        "02:30",
        "03:00",
        "03:30",
      ]);
    });

    it("is due at the first moment after a gap, once, for the times that are skipped", () => {
      assert.deepEqual(dueWithin(20, "15,30,45 2 * * *", "Europe/Paris", "2026-03-29T00:00:00Z"), ["03:00"]);
      assert.deepEqual(dueWithin(20, "10 2 * * *", "Australia/Lord_Howe", "2026-10-03T12:00:00Z"), ["02:30"]);
      assert.deepEqual(dueWithin(20, "0 0 * * *", "America/Santiago", "2026-09-06T03:30:00Z"), ["01:00"]);
    });

    it("is due at the end of a day that was left out", () => {
      const due = cron("0 12 30 12 *", { timeZone: "Pacific/Apia" }).getNextOccurrence(new Date("2011-12-01T00:00:00Z"));
      assert.equal(due?.toISOString(), "2011-12-30T10:00:00.000Z", "midnight from 29 to 31 December");
    });
  });

  describe("with a wildcard, where clocks change", () => {
    it("goes on every quarter of an hour: 100 times on a day of 25 hours, 92 on one of 23", () => {
      assert.equal(dueWithin(25, "*/15 * * * *", "Europe/Paris", "2026-10-24T22:00:00Z").at(-1), "00:00");
      assert.equal(dueWithin(25, "*/15 * * * *", "Europe/Paris", "2026-10-24T22:00:00Z").length, 100);
      assert.equal(dueWithin(23, "*/15 * * * *", "Europe/Paris", "2026-03-28T23:00:00Z").at(-1), "00:00");
      assert.equal(dueWithin(23, "*/15 * * * *", "Europe/Paris", "2026-03-28T23:00:00Z").length, 92);
      const autumn = dueWithin(20, "*/15 * * * *", "Europe/Paris", "2026-10-24T22:00:00Z");
      assert.deepEqual(autumn.slice(7, 17), ["02:00", "02:15", "02:30", "02:45", "02:00", "02:15", "02:30", "02:45", "03:00", "03:15"]);
      const spring = dueWithin(20, "*/15 * * * *", "Europe/Paris", "2026-03-29T00:29:00Z");
      assert.deepEqual(spring.slice(0, 4), ["01:30", "01:45", "03:00", "03:15"]);
    });

    it("is due in both of two equal hours, and not for an hour that is skipped", () => {
      assert.deepEqual(dueWithin(20, "30 * * * *", "Europe/Paris", "2026-10-24T23:00:00Z").slice(0, 4), [
        "01:30",
        "02:30",
        "02:30",
        "03:30",
      ]);
      assert.deepEqual(dueWithin(20, "30 * * * *", "Europe/Paris", "2026-03-29T00:00:00Z").slice(0, 3), ["01:30", "03:30", "04:30"]);
    });

    it("is due once after a gap that skips an hour it names", () => {
      assert.deepEqual(dueWithin(20, "*/15 2 * * *", "Europe/Paris", "2026-03-29T00:00:00Z"), ["03:00"]);
    });
  });

  it("describes itself with its time zone", () => {
    assert.equal(cron("0 3 * * *", { timeZone: "Asia/Tokyo" }).describe?.(), "cron 0 3 * * * (Asia/Tokyo)");
  });

  describe("refuses when it is made", () => {
    const example = 'Example: "30 1 * * mon" means 01:30 on Mondays.';
    const refused: [string, unknown, string][] = [
      ["a minute of 60", "60 * * * *", `cron: "60 * * * *" is not a valid cron expression (Invalid value for minute: 60). ${example}`],
      ["an hour of 24", "0 24 * * *", `cron: "0 24 * * *" is not a valid cron expression (Invalid value for hour: 24). ${example}`],
      [
        "a single date",
        "2027-01-01T00:00:00",
        `cron: "2027-01-01T00:00:00" is not a valid cron expression (it is a single date). ${example}`,
      ],
      ["a date that never comes", "0 0 30 2 *", 'cron: no date ever matches "0 0 30 2 *".'],
    ];
    for (const [what, expression, message] of refused) {
      it(what, () => assert.throws(() => cron(expression as string, { timeZone: "UTC" }), { name: "RangeError", message }));
    }

    it("what has too few fields, or is no text", () => {
      for (const expression of ["", "* * *", "every monday", undefined, 5, null]) {
        assert.throws(() => cron(expression as string), {
          name: "RangeError",
          message: /^cron: .* is not a valid cron expression \(.+\)\. Example/,
        });
      }
    });

    it("a time zone that does not exist", () => {
      assert.throws(() => cron("0 0 * * *", { timeZone: "Europe/Atlantis" }), {
        name: "RangeError",
        message: 'cron: unknown time zone "Europe/Atlantis"; use an IANA name such as "Europe/Paris", or "UTC".',
      });
    });
  });
});
