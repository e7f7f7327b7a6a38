import assert from "node:assert/strict";
import { type WeeklyAt, type WeeklyWindow, weekly } from "../../server/authoring/index.ts";
import { shownAt } from "./wall-clock-model.ts";

const EVERY_DAY = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

/** When it is due next, as the zone's clock shows it. */
function next(options: WeeklyAt | WeeklyWindow, now: string): string | null {
  const due = weekly(options).getNextOccurrence(new Date(now));
  return due && shownAt(options.timeZone ?? "UTC", due.getTime());
}

function windowEnd(options: WeeklyWindow, now: string): string | undefined {
  return weekly(options).getWindowEnd?.(new Date(now))?.toISOString();
}

describe("weekly", () => {
  describe("at a time", () => {
    const mondays: WeeklyAt = { days: ["mon"], at: "09:30", timeZone: "Europe/Paris" };

    it("is due on the next such day", () => {
      assert.equal(next(mondays, "2026-11-24T03:00:00Z"), "2026-11-30 09:30");
    });

    it("is due later today when the time is still to come", () => {
      assert.equal(next(mondays, "2026-11-30T08:29:59.999Z"), "2026-11-30 09:30");
    });

    it("is due strictly after now: at that very moment, in a week", () => {
      assert.equal(next(mondays, "2026-11-30T08:30:00Z"), "2026-12-07 09:30");
    });

    it("takes the earliest of several days, in whatever order they are given", () => {
      assert.equal(next({ ...mondays, days: ["sat", "wed"] }, "2026-11-24T03:00:00Z"), "2026-11-25 09:30");
    });

    it("has no window", () => {
      assert.equal(weekly(mondays).getWindowEnd, undefined);
    });

    it("goes by the date in its zone, not in UTC", () => {
      assert.equal(next({ days: ["tue"], at: "00:30", timeZone: "Asia/Tokyo" }, "2026-11-23T15:00:00Z"), "2026-11-24 00:30");
    });
  });

  describe("in a window", () => {
    const nights: WeeklyWindow = { days: ["mon", "thu"], from: "01:30", to: "05:00", timeZone: "UTC" };

    it("is due when the window opens next", () => {
      assert.equal(next(nights, "2026-11-24T03:00:00Z"), "2026-11-26 01:30");
    });

    it("is due now, to the millisecond, inside of it", () => {
      const now = new Date("2026-11-26T03:00:00.123Z");
      assert.equal(weekly(nights).getNextOccurrence(now)?.getTime(), now.getTime());
    });

    it("has both ends inside", () => {
      assert.equal(next(nights, "2026-11-26T01:30:00Z"), "2026-11-26 01:30");
      assert.equal(next(nights, "2026-11-26T05:00:00Z"), "2026-11-26 05:00");
      assert.equal(next(nights, "2026-11-26T01:29:59.999Z"), "2026-11-26 01:30");
      assert.equal(next(nights, "2026-11-26T05:00:00.001Z"), "2026-11-30 01:30");
    });

    it("tells when the open window closes, and nothing outside of it", () => {
      assert.equal(windowEnd(nights, "2026-11-26T03:00:00Z"), "2026-11-26T05:00:00.000Z");
      assert.equal(windowEnd(nights, "2026-11-26T05:00:00Z"), "2026-11-26T05:00:00.000Z");
      assert.equal(windowEnd(nights, "2026-11-26T05:00:00.001Z"), undefined);
    });

    it("goes over midnight and belongs to the day it opens on", () => {
      const fridayNight: WeeklyWindow = { days: ["fri"], from: "22:00", to: "04:00", timeZone: "UTC" };
      assert.equal(windowEnd(fridayNight, "2026-11-27T23:00:00Z"), "2026-11-28T04:00:00.000Z");
      assert.equal(windowEnd(fridayNight, "2026-11-28T04:00:00Z"), "2026-11-28T04:00:00.000Z");
      assert.equal(next(fridayNight, "2026-11-27T03:00:00Z"), "2026-11-27 22:00", "The early hours of Friday are Thursday's night.");
      assert.equal(next(fridayNight, "2026-11-28T22:30:00Z"), "2026-12-04 22:00", "The late hours of Saturday are no night of Friday.");
    });

    it("is open for 24 hours when it closes at the time it opens", () => {
      const saturday: WeeklyWindow = { days: ["sat"], from: "06:00", to: "06:00", timeZone: "UTC" };
      assert.equal(windowEnd(saturday, "2026-11-28T06:00:00Z"), "2026-11-29T06:00:00.000Z");
      assert.equal(windowEnd(saturday, "2026-11-29T06:00:00Z"), "2026-11-29T06:00:00.000Z");
      assert.equal(windowEnd(saturday, "2026-11-29T06:00:00.001Z"), undefined);
    });

    it("is always open when each day's window meets the next one's", () => {
      const always: WeeklyWindow = { days: [...EVERY_DAY], from: "00:00", to: "00:00", timeZone: "UTC" };
      assert.equal(
        windowEnd(always, "2026-11-28T00:00:00Z"),
        "2026-11-29T00:00:00.000Z",
        "Of two windows that meet, the later end counts.",
      );
    });
  });

  describe("where clocks change", () => {
    const daily = (at: string, timeZone: string): WeeklyAt => ({ days: [...EVERY_DAY], at, timeZone });

    it("is due at the first moment after the gap when the time is skipped", () => {
      assert.equal(next(daily("02:30", "Europe/Paris"), "2026-03-29T00:00:00Z"), "2026-03-29 03:00");
      assert.equal(next(daily("02:10", "Australia/Lord_Howe"), "2026-10-03T12:00:00Z"), "2026-10-04 02:30");
    });

    it("is due once, the first time, when the time is shown twice", () => {
      const schedule = weekly(daily("02:30", "Europe/Paris"));
      const first = schedule.getNextOccurrence(new Date("2026-10-24T22:00:00Z"));
      assert.equal(first?.toISOString(), "2026-10-25T00:30:00.000Z");
      assert.equal(first && schedule.getNextOccurrence(first)?.toISOString(), "2026-10-26T01:30:00.000Z");
    });

    it("is due at 01:00 for midnight on a day that begins at 01:00", () => {
      assert.equal(next(daily("00:00", "America/Santiago"), "2026-09-06T03:30:00Z"), "2026-09-06 01:00");
      assert.equal(next(daily("00:00", "Africa/Cairo"), "2026-04-23T21:30:00Z"), "2026-04-24 01:00");
      assert.equal(next(daily("00:00", "Asia/Beirut"), "2026-03-28T21:30:00Z"), "2026-03-29 01:00");
    });

    it("is due at the end of a day that was left out altogether", () => {
      const fridays: WeeklyAt = { days: ["fri"], at: "12:00", timeZone: "Pacific/Apia" };
      assert.equal(next(fridays, "2011-12-30T09:00:00Z"), "2011-12-31 00:00");
    });

    it("closes a window at the end of a day that was left out, when that day would have closed it", () => {
      const thursdayNight: WeeklyWindow = { days: ["thu"], from: "23:00", to: "22:00", timeZone: "Pacific/Apia" };
      assert.equal(windowEnd(thursdayNight, "2011-12-30T09:30:00Z"), "2011-12-30T10:00:00.000Z");
      assert.equal(windowEnd(thursdayNight, "2011-12-30T10:00:00Z"), "2011-12-30T10:00:00.000Z");
      assert.equal(windowEnd(thursdayNight, "2011-12-30T10:00:00.001Z"), undefined);
    });

    it("opens and closes a window by the same rules", () => {
      const window: WeeklyWindow = { days: ["sun"], from: "02:30", to: "05:00", timeZone: "Europe/Paris" };
      assert.equal(next(window, "2026-03-29T00:00:00Z"), "2026-03-29 03:00");
      assert.equal(windowEnd({ ...window, from: "00:30", to: "02:30" }, "2026-10-25T00:15:00Z"), "2026-10-25T00:30:00.000Z");
      assert.equal(windowEnd({ ...window, from: "02:30", to: "02:30" }, "2026-10-25T12:00:00Z"), "2026-10-26T01:30:00.000Z", "25 hours");
    });
  });

  it("is never due when disabled", () => {
    assert.equal(next({ days: ["mon"], at: "09:30", enabled: false }, "2026-11-24T03:00:00Z"), null);
    assert.equal(next({ days: [...EVERY_DAY], from: "00:00", to: "00:00", enabled: false }, "2026-11-24T03:00:00Z"), null);
    assert.equal(windowEnd({ days: [...EVERY_DAY], from: "00:00", to: "00:00", enabled: false }, "2026-11-24T03:00:00Z"), undefined);
  });

  it("describes itself in a few words", () => {
    assert.equal(weekly({ days: ["thu", "mon"], at: "09:30", timeZone: "Europe/Paris" }).describe?.(), "mon, thu at 09:30 (Europe/Paris)");
    assert.equal(
      weekly({ days: ["mon", "tue", "wed", "thu", "fri"], from: "22:00", to: "04:00", timeZone: "UTC" }).describe?.(),
      "mon–fri 22:00–04:00 (UTC)",
    );
    assert.equal(
      weekly({ days: [...EVERY_DAY], at: "00:00", timeZone: "UTC", enabled: false }).describe?.(),
      "every day at 00:00 (UTC), disabled",
    );
  });

  it("uses the system's time zone when none is given", () => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    assert.equal(weekly({ days: ["mon"], at: "09:30" }).describe?.(), `mon at 09:30 (${timeZone})`);
  });

  describe("refuses when it is made, even if disabled,", () => {
    const refused: [string, Record<string, unknown>, string][] = [
      ["25:00", { at: "25:00" }, 'weekly: at must be a time from "00:00" to "23:59", such as "01:30", not "25:00".'],
      ["24:00", { from: "01:00", to: "24:00" }, 'weekly: to must be a time from "00:00" to "23:59", such as "01:30", not "24:00".'],
      [
        "a minute of 60",
        { from: "01:60", to: "02:00" },
        'weekly: from must be a time from "00:00" to "23:59", such as "01:30", not "01:60".',
      ],
      ["9:30", { at: "9:30" }, 'weekly: at must be a time from "00:00" to "23:59", such as "01:30", not "9:30".'],
      ["a number", { at: 930 }, 'weekly: at must be a time from "00:00" to "23:59", such as "01:30", not 930.'],
      ["no days", { days: [], at: "09:30" }, 'weekly: days must name at least one day, such as ["mon", "thu"].'],
      ["days left out", { days: undefined, at: "09:30" }, 'weekly: days must name at least one day, such as ["mon", "thu"].'],
      [
        "a day that does not exist",
        { days: ["mon", "Tuesday"], at: "09:30" },
        'weekly: unknown day "Tuesday"; days are "mon", "tue", "wed", "thu", "fri", "sat", "sun".',
      ],
      ["a day given twice", { days: ["mon", "mon"], at: "09:30" }, 'weekly: ["mon","mon"] names a day twice.'],
      [
        "a time zone that does not exist",
        { at: "09:30", timeZone: "Mars/Olympus" },
        'weekly: unknown time zone "Mars/Olympus"; use an IANA name such as "Europe/Paris", or "UTC".',
      ],
      ["a time and a window", { at: "09:30", from: "01:00", to: "02:00" }, "weekly: specify either at, or from and to, not both."],
      ["half a window", { from: "01:00" }, "weekly: specify either at, or both from and to."],
      ["neither time nor window", {}, "weekly: specify either at, or both from and to."],
      ["enabled as a word", { at: "09:30", enabled: "no" }, 'weekly: enabled must be true or false, not "no".'],
    ];
    for (const [what, options, message] of refused) {
      it(what, () => {
        const untyped = { days: ["mon"], enabled: false, ...options } as unknown as WeeklyAt;
        assert.throws(() => weekly(untyped), { name: "RangeError", message });
      });
    }
  });
});
