import type { ActionRecord, DamagedTask, ErrorRecord, TaskRecord } from "../../store/index.ts";
import { actionsByRank } from "../task-state.ts";
import { formatError, formatPosition } from "./error-text.ts";
import { oneLine } from "./plain.ts";
import { formatProgress } from "./progress-text.ts";
import { colorOf, formatStatus } from "./status-text.ts";
import type { Style } from "./style.ts";
import { formatMoment } from "./time-text.ts";

/** What `show` prints: everything that is stored of one task. */
export function formatTask(task: TaskRecord, style: Style): string[] {
  const facts: [string, string | undefined][] = [
    ["id", task.id],
    ["class", task.class],
    ["type", task.type],
    ["status", colorOf(task.status, style.colors)(formatStatus(task))],
    ["problem", task.problem && style.colors.yellow(oneLine(task.problem))],
    ["message", oneLine(task.message) || undefined],
    ["created", formatMoment(task.createdAt)],
    ["next attempt", task.nextAttemptAt && formatMoment(task.nextAttemptAt)],
    ["ticks", String(task.ticks)],
    ["params", JSON.stringify(task.params)],
  ];
  return [
    style.colors.bold(oneLine(task.name)),
    ...facts.flatMap(([name, value]) => (value === undefined ? [] : [`  ${name.padEnd(12)}  ${value}`])),
    ...(task.error ? formatFailure(task.error, style).map((line) => `  ${line}`) : []),
    "",
    ...actionsByRank(task).flatMap((action, index) => formatAction(action, index + 1, action.id === task.currentAction, style)),
  ];
}

export function formatDamagedTask(task: DamagedTask, { colors }: Style): string[] {
  return [
    colors.bold(oneLine(task.name)),
    `  id            ${task.id}`,
    `  status        ${colors.red("damaged")}`,
    `  ${task.problem}`,
    "",
    task.raw,
  ];
}

function formatAction(action: ActionRecord, position: number, isCurrent: boolean, style: Style): string[] {
  const state = action.outcome ?? (isCurrent ? "current" : "waiting");
  const attempt = action.attempt > 0 ? `, attempt ${action.attempt}` : "";
  const named = action.name === action.class ? action.name : `${oneLine(action.name)} (${action.class})`;
  return [
    `${position}. ${style.colors.bold(named)}: ${colorOf(state, style.colors)(state)}${attempt}`,
    ...(action.progress && action.outcome === undefined ? [`     progress  ${formatProgress(action.progress)}`] : []),
    `     params    ${JSON.stringify(action.params)}`,
    ...(action.edits ?? []).map(({ at, before }) => `     edited    ${formatMoment(at)}, before ${JSON.stringify(before)}`),
    ...(action.error ? formatFailure(action.error, style).map((line) => `     ${line}`) : []),
  ];
}

/** The error with its whole message, and the calls that led to it: those of the user's own source where they are known. */
function formatFailure(error: ErrorRecord, style: Style): string[] {
  const [, ...furtherLines] = error.message.split("\n");
  const calls = error.frames?.map((frame) => `at ${frame.function ?? "<anonymous>"} (${formatPosition(frame, style.directory)})`);
  return [
    ...formatError(error, style),
    ...furtherLines.map((line) => `  ${line}`),
    ...(calls ?? error.stack.split("\n")).map((line) => style.colors.dim(`  ${line.trimStart()}`)),
  ];
}
