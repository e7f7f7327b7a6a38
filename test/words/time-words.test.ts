import assert from "node:assert/strict";
import { durationInWords, momentInWords, soonInWords } from "../../server/words/time-words.ts";
import { wording } from "../client/support/states.ts";

describe("A moment is told", () => {
  for (const [what, iso, says] of [
    ["by its time on the same day", "2026-11-25T23:59:00.000Z", "23:59"],
    ["by its weekday within six days", "2026-11-26T00:00:00.000Z", "Thu 00:00"],
    ["by its date when it is farther", "2026-12-12T01:30:00.000Z", "12 Dec, 01:30"],
    ["by its year when that is another", "2027-01-12T01:30:00.000Z", "12 Jan 2027, 01:30"],
    ["not at all when nobody knows it", "", ""],
  ] as const) {
    it(what, () => assert.equal(momentInWords(iso, wording), says));
  }

  it("to the second where somebody may be waiting for it", () => {
    assert.equal(soonInWords("2026-11-25T10:01:59.000Z", wording), "10:01:59");
    assert.equal(soonInWords("2026-11-25T10:02:00.000Z", wording), "10:02");
    assert.equal(soonInWords("", wording), "");
  });

  it("in local time, where the day may be another", () => {
    assert.equal(momentInWords("2026-11-25T23:30:00.000Z", { ...wording, timeZone: "Europe/Berlin" }), "Thu 00:30");
  });
});

describe("A duration is told by its two largest units, without what is zero", () => {
  for (const [ms, says] of [
    [0, "0 ms"],
    [849.6, "850 ms"],
    [999, "999 ms"],
    [999.6, "1 s"],
    [2_149, "2.1 s"],
    [59_900, "59.9 s"],
    [59_960, "1 min"],
    [125_000, "2 min 5 s"],
    [3_599_600, "1 h"],
    [10_800_000, "3 h"],
    [11_400_000, "3 h 10 min"],
    [86_399_000, "1 d"],
    [180_000_000, "2 d 2 h"],
  ] as const) {
    it(`as ${says}`, () => assert.equal(durationInWords(ms, wording), says));
  }
});
