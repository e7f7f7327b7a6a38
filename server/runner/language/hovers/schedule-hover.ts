import type { Schedule } from "../../../authoring/index.ts";
import type { ClassModel } from "../../../language/index.ts";
import { askOccurrence, upcomingOccurrences } from "../../../service/index.ts";
import { timeZoneOf, zonedMoment } from "../../../words/time-words.ts";
import type { Wording } from "../../../words/wording.ts";
import { type Block, code, dotted, type Inline, list, paragraph, strong } from "../markup/block.ts";
import type { HoverContext } from "./hover-context.ts";
import { knownClass, unknownInWords } from "./known-class.ts";

/** A schedule with its next times, from any source. */
interface ToldSchedule {
  readonly words: string;
  readonly timeZone: string | undefined;
  /** `null`: never due again. In the past or now: it is due. */
  readonly next: string | null | undefined;
  /** When the currently open window closes. */
  readonly openUntil?: string;
  /** In the future. */
  readonly occurrences: readonly string[];
}

/** Describes a schedule: from the current text if it can be read, otherwise as last loaded. */
export function scheduleBlocks(owner: ClassModel, context: HoverContext): Block[] {
  const { language, model, isUnsaved, wording } = context;
  const { t } = wording;
  const written = language.writtenScheduleOf(model, owner);
  if (!written) return loadedBlocks(owner, context);
  try {
    const told = toldNow(written.make(), wording);
    return [
      ...toldBlocks(told, wording),
      ...(isUnsaved ? [paragraph(t("Not saved yet: ticks use the last saved version of the file."))] : []),
    ];
  } catch (error) {
    return [paragraph(strong(t("Schedule")), t(" is invalid: {0}", (error as Error).message))];
  }
}

function loadedBlocks(owner: ClassModel, context: HoverContext): Block[] {
  const { isUnsaved, wording } = context;
  const { t, now } = wording;
  const known = knownClass(owner, context);
  if (known?.schedule === undefined) {
    const reason = known ? (known.problem ?? t("the last loaded version had none")) : unknownInWords(owner, context);
    return [paragraph(strong(t("Schedule")), t(" known only when the file is executed: {0}", reason))];
  }
  const told: ToldSchedule = {
    words: known.schedule,
    timeZone: known.timeZone,
    next: known.nextOccurrence,
    occurrences: (known.nextOccurrences ?? []).filter((moment) => Date.parse(moment) > now),
  };
  const stale = t("These are the times of the last saved version of the file; save it to see the current ones.");
  return [...toldBlocks(told, wording), ...(isUnsaved ? [paragraph(stale)] : [])];
}

function toldNow(schedule: Schedule, { now }: Wording): ToldSchedule {
  const iso = (moment: number) => new Date(moment).toISOString();
  const next = askOccurrence(schedule, now);
  const openUntil = schedule.getWindowEnd?.(new Date(now));
  return {
    words: schedule.describe?.() ?? "",
    timeZone: schedule.timeZone,
    next: next === null ? null : iso(next),
    ...(openUntil && { openUntil: openUntil.toISOString() }),
    occurrences: upcomingOccurrences(schedule, now).map(iso),
  };
}

function toldBlocks({ words, timeZone, next, openUntil, occurrences }: ToldSchedule, wording: Wording): Block[] {
  const { t, now } = wording;
  const own: Wording = timeZone === undefined ? wording : { ...wording, timeZone };
  const isDue = typeof next === "string" && Date.parse(next) <= now;
  const heading = paragraph(...dotted(strong(t("Schedule")), words));
  const state: Inline[] = [];
  if (next === null) state.push(t("Never due again."));
  else if (openUntil !== undefined) state.push(t("Due now: its window is open until {0}.", zonedMoment(openUntil, own)));
  else if (isDue) state.push(t("Due now: the next tick executes it."));
  const isEmpty = occurrences.length === 0;
  const zone = timeZone ?? timeZoneOf(wording);
  return [
    heading,
    ...(state.length > 0 ? [paragraph(...state)] : []),
    ...(isEmpty ? [] : [paragraph(t("Next times, in the time zone "), code(zone), ":")]),
    ...list(occurrences.map((moment) => [zonedMoment(moment, own), ...here(moment)])),
  ];

  /** By the reader's clock, if that differs. */
  function here(moment: string): Inline[] {
    const readers = zonedMoment(moment, wording);
    return timeZone === undefined || timeZone === timeZoneOf(wording) || readers === zonedMoment(moment, own)
      ? []
      : [t(" ({0} here)", readers)];
  }
}
