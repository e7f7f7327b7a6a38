import type { ClassModel } from "../../../language/index.ts";
import type { ClassState, TaskState } from "../../../protocol/folder-state.ts";
import type { HistoryEntry } from "../../../store/index.ts";
import { dueInWords } from "../../../words/due-words.ts";
import { outcomeInWords } from "../../../words/outcome-words.ts";
import { percentageOf } from "../../../words/progress-words.ts";
import { shortText } from "../../../words/short-text.ts";
import { currentActionOf, hasFailure, situationOfTask } from "../../../words/situation.ts";
import { attemptInWords, situationInWords } from "../../../words/situation-words.ts";
import { durationInWords, momentInWords } from "../../../words/time-words.ts";
import type { Wording } from "../../../words/wording.ts";
import { type Block, codes, dotted, firstOf, type Inline, paragraph, strong } from "../markup/block.ts";
import { classHeading } from "./class-heading.ts";
import type { HoverContext } from "./hover-context.ts";
import { knownClass } from "./known-class.ts";

const MOST_TASKS = 5;
const MOST_RUNS = 5;

/** Describes a task class: its tasks, their actions, its schedule and its last runs. */
export function taskClassBlocks(owner: ClassModel, context: HoverContext): Block[] {
  const { t } = context.wording;
  return [
    ...classHeading(owner, t("tasks"), context),
    ...tasksBlocks(owner.name, context),
    ...actionsBlocks(owner, context),
    ...dueBlocks(knownClass(owner, context), context.wording),
    ...runsBlocks(owner.name, context),
  ];
}

/** Describes a class that is executed by its schedule alone. */
export function processBlocks(owner: ClassModel, context: HoverContext): Block[] {
  const { t } = context.wording;
  return [...classHeading(owner, t("scheduled process"), context), ...dueBlocks(knownClass(owner, context), context.wording)];
}

function tasksBlocks(name: string, { facts, wording }: HoverContext): Block[] {
  const { t, now } = wording;
  const ids = facts.tasks.filter((task) => task.class === name).map(({ id }) => id);
  const states = ids.flatMap((id) => facts.state(id) ?? []);
  const urgency = (task: TaskState) => (facts.tick?.current?.task === task.id ? 0 : hasFailure(task) ? 1 : 2);
  const sorted = states.toSorted((a, b) => urgency(a) - urgency(b));
  if (sorted.length === 0) return [paragraph(t("No tasks."))];
  return [
    paragraph(t(sorted.length === 1 ? "1 task:" : "{0} tasks:", sorted.length)),
    ...firstOf(sorted, MOST_TASKS, taskLine, moreInWords),
  ];

  function taskLine(task: TaskState): Inline[] {
    const situation = situationOfTask(task, facts.tick, now);
    const action = currentActionOf(task);
    const percentage = percentageOf(action?.progress);
    return dotted(
      strong(shortText(task.name)),
      situationInWords(situation, task, wording),
      action && shortText(action.name),
      percentage === undefined ? undefined : t("{0}%", percentage),
      action && attemptInWords(action, wording),
      shortText(task.message),
      task.problem && shortText(task.problem),
    );
  }

  function moreInWords(count: number): string {
    return t("… and {0} more", count);
  }
}

function actionsBlocks(owner: ClassModel, { language, model, wording: { t } }: HoverContext): Block[] {
  const { from, classes } = language.actionsOf(model, owner);
  if (classes.length === 0) return [];
  const names = codes(classes.map(({ name }) => name));
  return [paragraph(from === "listed" ? t("Actions: ") : t("Actions created by its methods: "), ...names)];
}

function dueBlocks(known: ClassState | undefined, wording: Wording): Block[] {
  const { t } = wording;
  if (known?.schedule === undefined) return [];
  const { nextOccurrence: next } = known;
  const due = typeof next === "string" ? dueInWords(next, wording) : undefined;
  return [paragraph(...dotted(t("Schedule: {0}", known.schedule), next === null ? t("never due again") : due))];
}

function runsBlocks(name: string, { facts, wording }: HoverContext): Block[] {
  const { t } = wording;
  const runs = facts.history.filter((entry) => entry.class === name).slice(0, MOST_RUNS);
  if (runs.length === 0) return [];
  return [paragraph(t("Last runs:")), ...firstOf(runs, MOST_RUNS, runLine, String)];

  function runLine({ name: task, outcome, endedAt, ticks, actions }: HistoryEntry): Inline[] {
    const durationMs = actions.reduce((sum, action) => sum + action.durationMs, 0);
    return dotted(
      strong(outcomeInWords(outcome, wording)),
      momentInWords(endedAt, wording),
      t(ticks === 1 ? "1 tick" : "{0} ticks", ticks),
      t("ran for {0}", durationInWords(durationMs, wording)),
      shortText(task),
    );
  }
}
