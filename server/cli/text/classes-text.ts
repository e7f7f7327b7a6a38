import type { LocatedClass } from "../../json/classes-json.ts";
import { zonedMoment } from "../../words/time-words.ts";
import { formatPosition } from "./error-text.ts";
import { oneLine } from "./plain.ts";
import type { Style } from "./style.ts";
import { formatTable } from "./table.ts";

/** The output of `classes`: one line per class, followed by what is wrong with it. */
export function formatClasses(classes: readonly LocatedClass[], style: Style): string[] {
  if (classes.length === 0) return ["The task files export no classes."];
  return formatTable<LocatedClass>(
    [
      { title: "NAME", minimum: 16, cell: ({ name }) => oneLine(name) },
      { title: "KIND", minimum: 7, cell: ({ kind }) => kind },
      { title: "ACTIONS", minimum: 10, cell: ({ actions = [] }) => oneLine(actions.join(", ")) },
      { title: "SCHEDULE", minimum: 10, cell: ({ schedule = "" }) => oneLine(schedule) },
      { title: "FILE", minimum: 16, cell: (row) => placeOf(row, style), color: () => style.colors.cyan },
    ],
    classes,
    style,
    ({ problem }) => (problem === undefined ? [] : [style.colors.yellow(oneLine(problem))]),
  );
}

/** The output of `schedules`: each with its next times, in its own time zone. */
export function formatSchedules(schedules: readonly LocatedClass[], style: Style): string[] {
  if (schedules.length === 0) return ["No class has a schedule."];
  return schedules.flatMap((one) => formatSchedule(one, style));
}

function formatSchedule(one: LocatedClass, style: Style): string[] {
  const { name, schedule = "", timeZone, nextOccurrence, nextOccurrences = [], problem } = one;
  const { colors, wording } = style;
  const own = timeZone === undefined ? wording : { ...wording, timeZone };
  const isDue = nextOccurrence && Date.parse(nextOccurrence) <= wording.now;
  const isNever = nextOccurrence === null;
  return [
    `${colors.bold(oneLine(name))}: ${oneLine(schedule)}  ${colors.cyan(placeOf(one, style))}`,
    ...(problem === undefined ? [] : [`  ${colors.yellow(oneLine(problem))}`]),
    ...(isDue ? ["  due now"] : []),
    ...(isNever ? ["  never due"] : []),
    ...nextOccurrences.map((moment) => `  ${zonedMoment(moment, own)}`),
  ];
}

function placeOf({ file, line }: LocatedClass, { directory }: Style): string {
  if (file === undefined) return "";
  return formatPosition({ file, ...(line !== undefined && { line }) }, directory) ?? "";
}
