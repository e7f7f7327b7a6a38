import assert from "node:assert/strict";
import fc from "fast-check";
import { cron, type Weekday, weekly } from "../../server/authoring/index.ts";
import { assertProperty } from "../support/thoroughness.ts";
import {
  clockChanges,
  DAY,
  datesBetween,
  MINUTE,
  type Minute,
  minutesOf,
  momentOf,
  UNUSUAL_ZONES,
  weekdayOfDate,
} from "./wall-clock-model.ts";

const WEEKDAYS: Weekday[] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

const changes = UNUSUAL_ZONES.flatMap((timeZone) =>
  clockChanges(timeZone, Date.UTC(2005), Date.UTC(2031)).map((change) => ({ timeZone, change })),
);

/** Some days around a change of the clocks, and a moment in the middle of them, near to the change more often than not. */
const aroundAChange = fc
  .record({
    where: fc.constantFrom(...changes, ...UNUSUAL_ZONES.map((timeZone) => ({ timeZone, change: Date.UTC(2026, 5, 15) }))),
    nowMinutes: fc.oneof(fc.integer({ min: -200, max: 200 }), fc.integer({ min: -2_880, max: 2_880 })),
    nowMs: fc.constantFrom(0, 0, 1, 59_999),
  })
  .map(({ where: { timeZone, change }, nowMinutes, nowMs }) => ({ timeZone, change, now: change + nowMinutes * MINUTE + nowMs }));

/** Times of day, near to where clocks are changed more often than not. */
const timeOfDay = fc
  .oneof(fc.integer({ min: 0, max: 240 }), fc.integer({ min: 0, max: 1_439 }), fc.constantFrom(0, 1_439))
  .map((minute) => `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`);

const days = fc.subarray(WEEKDAYS, { minLength: 1 });

/** The model's minutes from some days before `now` to some days after it. */
function minutesAround(timeZone: string, now: number): Minute[] {
  return minutesOf(timeZone, now - 4 * DAY, now + 4 * DAY);
}

/** The dates in the middle of the minutes, those left out by a clock included. */
function datesOf(minutes: readonly Minute[]): string[] {
  const dates = datesBetween(minutes[0]?.shown.slice(0, 10) ?? "", minutes.at(-1)?.shown.slice(0, 10) ?? "");
  return dates.slice(1, -1);
}

/** What a schedule says is due up to two days after `now`. */
function occurrencesAfter(schedule: { getNextOccurrence(now: Date): Date | null }, now: number): number[] {
  const found: number[] = [];
  for (let last = now; ; ) {
    const next = schedule.getNextOccurrence(new Date(last))?.getTime();
    if (next === undefined || next > now + 2 * DAY) return found;
    assert.ok(next > last, `After ${iso([last])} comes ${iso([next])}.`);
    found.push(next);
    last = next;
  }
}

function inOrderAfter(moments: Iterable<number | undefined>, now: number): number[] {
  const wanted = [...new Set(moments)].filter((moment) => moment !== undefined && moment > now && moment <= now + 2 * DAY);
  return (wanted as number[]).sort((a, b) => a - b);
}

const iso = (moments: readonly number[]) => moments.map((moment) => new Date(moment).toISOString());

describe("Schedules agree with a clock on the wall that is read minute by minute", () => {
  it("weekly, at a time", () => {
    assertProperty(
      fc.property(aroundAChange, days, timeOfDay, ({ timeZone, now }, on, at) => {
        const minutes = minutesAround(timeZone, now);
        const dates = datesOf(minutes).filter((date) => on.includes(weekdayOfDate(date) as Weekday));
        const expected = inOrderAfter(
          dates.map((date) => momentOf(minutes, date, at)),
          now,
        );
        assert.deepEqual(iso(occurrencesAfter(weekly({ days: on, at, timeZone }), now)), iso(expected));
      }),
      200,
    );
  });

  it("weekly, in a window", () => {
    assertProperty(
      fc.property(aroundAChange, days, timeOfDay, fc.option(timeOfDay, { nil: "same" }), ({ timeZone, now }, on, from, other) => {
        const to = other === "same" ? from : other;
        const minutes = minutesAround(timeZone, now);
        const dates = datesOf(minutes);
        const windows = dates.slice(0, -1).flatMap((date, index) => {
          if (!on.includes(weekdayOfDate(date) as Weekday)) return [];
          const start = momentOf(minutes, date, from) ?? assert.fail();
          const end = momentOf(minutes, to > from ? date : (dates[index + 1] ?? ""), to) ?? assert.fail();
          return [{ start, end }];
        });
        const schedule = weekly({ days: on, from, to, timeZone });
        const open = windows.filter(({ start, end }) => start <= now && now <= end);
        const end = schedule.getWindowEnd?.(new Date(now))?.getTime();
        const next = schedule.getNextOccurrence(new Date(now))?.getTime();
        if (open.length > 0) {
          assert.equal(next, now);
          assert.equal(end, Math.max(...open.map((window) => window.end)));
        } else {
          const starts = inOrderAfter(
            windows.map((window) => window.start),
            now,
          );
          assert.equal(end, undefined);
          if (starts[0] !== undefined) assert.equal(next, starts[0]);
          else assert.ok(next !== undefined && next > now + 2 * DAY, "It opens although no window does.");
        }
      }),
      200,
    );
  });

  it("cron, at times of day", () => {
    const hours = fc.uniqueArray(fc.integer({ min: 0, max: 23 }), { minLength: 1, maxLength: 4 });
    const atMinutes = fc.uniqueArray(fc.integer({ min: 0, max: 59 }), { minLength: 1, maxLength: 3 });
    assertProperty(
      fc.property(aroundAChange, hours, atMinutes, ({ timeZone, now }, hour, minute) => {
        const minutes = minutesAround(timeZone, now);
        const times = hour.flatMap((h) => minute.map((m) => `${String(h).padStart(2, "0")}:${String(m).padStart(2, "0")}`));
        const expected = inOrderAfter(
          datesOf(minutes).flatMap((date) => times.map((time) => momentOf(minutes, date, time))),
          now,
        );
        assert.deepEqual(iso(occurrencesAfter(cron(`${minute.join()} ${hour.join()} * * *`, { timeZone }), now)), iso(expected));
      }),
      200,
    );
  });

  it("cron, whenever the clock shows a time that matches", () => {
    const step = fc.constantFrom(7, 15, 20, 30, 60);
    const hourStep = fc.constantFrom(1, 2, 3);
    assertProperty(
      fc.property(aroundAChange, step, hourStep, ({ timeZone, now }, minuteStep, hours) => {
        const matching = minutesAround(timeZone, now).filter(({ shown }) => {
          return Number(shown.slice(11, 13)) % hours === 0 && Number(shown.slice(14)) % minuteStep === 0;
        });
        const expression = `*/${minuteStep} ${hours === 1 ? "*" : `*/${hours}`} * * *`.replace("*/60", "0");
        const expected = inOrderAfter(
          matching.map(({ instant }) => instant),
          now,
        );
        assert.deepEqual(iso(occurrencesAfter(cron(expression, { timeZone }), now)), iso(expected));
      }),
      120,
    );
  });

  it("cron, with a fixed hour and a step of minutes: both of two equal hours, and once after a gap", () => {
    assertProperty(
      fc.property(aroundAChange, fc.integer({ min: 0, max: 4 }), fc.constantFrom(10, 15, 30), ({ timeZone, now }, hour, step) => {
        const minutes = minutesAround(timeZone, now);
        const hh = String(hour).padStart(2, "0");
        const shown = minutes.filter((minute) => minute.shown.slice(11, 13) === hh && Number(minute.shown.slice(14)) % step === 0);
        const firsts = datesOf(minutes).flatMap((date) =>
          Array.from({ length: 60 / step }, (_, n) => momentOf(minutes, date, `${hh}:${String(n * step).padStart(2, "0")}`)),
        );
        const expected = inOrderAfter([...shown.map(({ instant }) => instant), ...firsts], now);
        assert.deepEqual(iso(occurrencesAfter(cron(`*/${step} ${hour} * * *`, { timeZone }), now)), iso(expected));
      }),
      120,
    );
  });
});
