import type { Progress } from "../../authoring/index.ts";
import type { ActionReference, TaskReference } from "../../protocol/tick-event.ts";
import { fractionOf } from "../../words/progress-words.ts";
import { durationInWords } from "../../words/time-words.ts";
import { oneLine, oneMessageLine } from "./plain.ts";
import { formatAmount } from "./progress-text.ts";
import type { Style } from "./style.ts";
import { cut } from "./table.ts";

export interface RunningAction {
  readonly task: TaskReference;
  readonly action: ActionReference;
  readonly progress: Progress;
  readonly elapsedMs: number;
}

const BAR_WIDTH = 20;

/** Formats `Compress logs/Compress  ████████░░░░░░░░░░░░ 45% (5 of 11)  1.2 s  a.log` for one line of the terminal. */
export function formatBar({ task, action, progress, elapsedMs }: RunningAction, style: Style): string {
  const { colors } = style;
  const fraction = fractionOf(progress);
  const name = cut(`${oneLine(task.name)}/${oneLine(action.name)}`, Math.max(12, style.columns - BAR_WIDTH - 30));
  const parts = [
    colors.bold(name),
    ...(fraction === undefined ? [] : [colors.cyan("█".repeat(filled(fraction))) + colors.dim("░".repeat(BAR_WIDTH - filled(fraction)))]),
    formatAmount(progress, style),
    colors.dim(durationInWords(elapsedMs, style.wording)),
    oneMessageLine(progress.message ?? ""),
  ];
  return cut(parts.filter(Boolean).join("  "), style.columns - 1);
}

function filled(fraction: number): number {
  return Math.floor(fraction * BAR_WIDTH);
}
