import type { ActionRecord, DamagedTask, ErrorRecord, TaskRecord } from "../../store/index.ts";
import { attemptNumberInWords } from "../../words/attempt-words.ts";
import { idleInWords } from "../../words/idle-words.ts";
import { type JudgedTick, situationOfAction, situationOfTask } from "../../words/situation.ts";
import { situationInWords } from "../../words/situation-words.ts";
import { actionsByRank } from "../task-state.ts";
import { formatError, formatPosition } from "./error-text.ts";
import { jsonLine, oneLine, oneMessageLine } from "./plain.ts";
import { formatProgress } from "./progress-text.ts";
import { colorOfSituation } from "./status-text.ts";
import type { Style } from "./style.ts";
import { formatMoment } from "./time-text.ts";

/** The output of `show`: everything stored about a task. */
export function formatTask(task: TaskRecord, tick: JudgedTick, style: Style): string[] {
  const { colors, wording } = style;
  const situation = situationOfTask(task, tick, wording.now);
  const facts: readonly Fact[] = [
    ["id", oneLine(task.id)],
    ["class", oneLine(task.class)],
    ["type", task.type],
    ["status", colorOfSituation(situation, colors)(situationInWords(situation, task, wording))],
    ["problem", task.problem && colors.yellow(oneMessageLine(task.problem))],
    ["message", oneMessageLine(task.message) || undefined],
    ["created", formatMoment(task.createdAt)],
    ["next attempt", task.nextAttemptAt && formatMoment(task.nextAttemptAt)],
    ["ticks", String(task.ticks)],
    ["params", jsonLine(task.params)],
  ];
  return [
    colors.bold(oneLine(task.name)),
    ...formatFacts(facts),
    ...(task.error ? formatFailure(task.error, style).map((line) => `  ${line}`) : []),
    "",
    ...actionsByRank(task).flatMap((action, index) => formatAction(action, index + 1, { task, tick }, style)),
  ];
}

type Fact = readonly [name: string, value: string | undefined];

/** One line for each fact that is known. */
export function formatFacts(facts: readonly Fact[]): string[] {
  return facts.flatMap(([name, value]) => (value === undefined ? [] : [`  ${name.padEnd(12)}  ${value}`]));
}

/** The class is omitted if it is the name. */
export function nameWithClass({ name, class: className }: { readonly name: string; readonly class: string }): string {
  return name === className ? oneLine(name) : `${oneLine(name)} (${oneLine(className)})`;
}

export function formatDamagedTask(task: DamagedTask, { colors }: Style): string[] {
  return [
    colors.bold(oneLine(task.name)),
    `  id            ${oneLine(task.id)}`,
    `  status        ${colors.red("damaged")}`,
    `  ${oneLine(task.problem)}`,
    "",
    ...task.raw.split("\n").map(oneLine),
  ];
}

function formatAction(
  action: ActionRecord,
  position: number,
  { task, tick }: { readonly task: TaskRecord; readonly tick: JudgedTick },
  style: Style,
): string[] {
  const { colors, wording } = style;
  const situation = situationOfAction(action, task, tick, wording.now);
  // The editor shows an empty circle instead.
  const state = situation === "pending" ? wording.t("not started yet") : situationInWords(situation, task, wording);
  const attempt = action.attempt > 0 ? `, ${attemptNumberInWords(action.attempt, undefined, wording)}` : "";
  return [
    `${position}. ${colors.bold(nameWithClass(action))}: ${colorOfSituation(situation, colors)(state)}${attempt}`,
    ...(action.progress && action.outcome === undefined ? [`     progress  ${formatProgress(action.progress, style)}`] : []),
    `     params    ${jsonLine(action.params)}`,
    ...(action.edits ?? []).map(({ at, before }) => `     edited    ${formatMoment(at)}, before ${jsonLine(before)}`),
    ...(situation === "idle" ? [`     ${colors.yellow(idleInWords(oneLine(action.class), action.idlePauses ?? 0, wording))}`] : []),
    ...(action.error ? formatFailure(action.error, style).map((line) => `     ${line}`) : []),
  ];
}

/** The error with its whole message and its frames: those of the user's own source if known. */
export function formatFailure(error: ErrorRecord, style: Style): string[] {
  const [, ...furtherLines] = error.message.split("\n");
  const calls = error.frames?.map((frame) => `at ${oneLine(frame.function ?? "<anonymous>")} (${formatPosition(frame, style.directory)})`);
  return [
    ...formatError(error, style),
    ...furtherLines.map((line) => `  ${oneMessageLine(line)}`),
    ...(calls ?? error.stack.split("\n").map(oneMessageLine)).map((line) => style.colors.dim(`  ${line}`)),
  ];
}
