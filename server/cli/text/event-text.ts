import type { ActionReference, OutputEvent, TaskReference, TickEvent } from "../../protocol/tick-event.ts";
import { endInWords } from "../../words/report-words.ts";
import { attemptInWords } from "../../words/situation-words.ts";
import { formatError, formatPosition } from "./error-text.ts";
import { oneLine, oneMessageLine } from "./plain.ts";
import { colorOfOutcome } from "./status-text.ts";
import type { Style } from "./style.ts";

/** Formats the events of a tick that are always shown: output of user code, and warnings. */
export function formatNotice(event: TickEvent, style: Style): string[] {
  const { colors } = style;
  switch (event.kind) {
    case "output":
      return formatOutput(event, style);
    case "warning":
      return [`${colors.yellow("warning:")} ${oneMessageLine(event.message)}`];
    case "load-problem": {
      const { problem } = event;
      const position = formatPosition(problem, style.directory);
      return [`${colors.yellow("warning:")} ${position}: ${oneMessageLine(problem.message)}`];
    }
    case "worker-ended":
      return [`${colors.yellow("warning:")} ${oneMessageLine(event.message)}`];
    default:
      return [];
  }
}

/** Formats the start of an action, for output without a progress bar. */
export function formatActionStart(task: TaskReference, action: ActionReference, style: Style): string {
  const attempt = attemptInWords(action, style.wording);
  return `${style.colors.dim(label(task, action))} ${style.colors.cyan("started")}${attempt === undefined ? "" : `, ${attempt}`}`;
}

export function formatActionEnd({ task, action }: Extract<TickEvent, { kind: "action-ended" }>, style: Style): string[] {
  return [
    `${style.colors.dim(label(task, action))} ${colorOfOutcome(action.outcome, style.colors)(endInWords(action, style.wording))}`,
    ...(action.error ? formatError(action.error, style).map((line) => `  ${line}`) : []),
  ];
}

/** `[Task/Action]` */
export function label(task: { readonly name: string } | undefined, action: { readonly name: string } | undefined): string {
  if (!task) return "[loading]";
  return `[${oneLine(task.name)}${action ? `/${oneLine(action.name)}` : ""}]`;
}

/** Keeps colours on a terminal; sequences that move its cursor or change its modes would spoil the progress bar. */
function formatOutput({ task, action, text }: OutputEvent, { colors }: Style): string[] {
  const prefix = colors.dim(label(task, action));
  const lines = text.replace(/\r?\n$/, "").split(/\r?\n/);
  return lines.map((line) => `${prefix} ${withoutCursorMoves(line)}`);
}

function withoutCursorMoves(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one.
  return text.replace(/\u001b(?:\[[0-9;?]*[A-LN-Za-ln-z]|\][^\u0007]*(?:\u0007|$)|[^[\]])|[\r\b]/g, "");
}
