import type { Command } from "vscode-languageserver";
import type { ClassState, TaskState } from "../../../protocol/folder-state.ts";
import { dueInWords } from "../../../words/due-words.ts";
import { outcomeInWords } from "../../../words/outcome-words.ts";
import { situationOfTask, type TaskSituation } from "../../../words/situation.ts";
import { momentInWords, soonInWords } from "../../../words/time-words.ts";
import type { Wording } from "../../../words/wording.ts";
import type { FolderFacts } from "../../model/folder-facts.ts";
import type { Surroundings } from "../surroundings.ts";
import { plainLens } from "./plain-lens.ts";

/** Lenses over a task class, or over a class executed by its schedule alone. */
export function taskLenses(described: ClassState, facts: FolderFacts, { commands, wording }: Surroundings): Command[] {
  const { t } = wording;
  const place = { folder: facts.uri, class: described.name };
  const isTask = described.kind === "task";
  const offered =
    facts.isTrusted && described.problem === undefined && isTask
      ? [commands.run(t("Run"), place), commands.debug(t("Debug"), place), commands.create(t("Create…"), place)]
      : [];
  const state = stateInWords(described, facts, wording);
  return [...offered, commands.reveal(state, place) ?? plainLens(state)].filter((command) => command !== undefined);
}

/** Formats `2 waiting · last finished 14:03 · next Thu 01:30`. */
function stateInWords(described: ClassState, facts: FolderFacts, wording: Wording): string {
  const { t } = wording;
  const parts = [...tasksInWords(described.name, facts, wording), ...lastInWords(described.name, facts, wording)];
  const next = nextInWords(described, wording);
  if (next !== undefined) parts.push(next);
  return parts.length > 0 ? parts.join(" · ") : t("no tasks");
}

/** What lenses count, by the same situations as in the tree. */
const COUNTED: Readonly<Record<TaskSituation, "executing" | "waiting" | "paused" | "idle" | "retried" | "held" | "failed" | "stuck">> = {
  executing: "executing",
  created: "waiting",
  interrupted: "waiting",
  paused: "paused",
  idle: "idle",
  waiting: "retried",
  willRetry: "retried",
  retried: "retried",
  givenUp: "retried",
  held: "held",
  failed: "failed",
  problem: "stuck",
  damaged: "stuck",
};

function tasksInWords(name: string, facts: FolderFacts, wording: Wording): string[] {
  const { t } = wording;
  const ofClass = facts.tasks.filter((task) => task.class === name).flatMap(({ id }) => facts.state(id) ?? []);
  const counted = (group: (typeof COUNTED)[TaskSituation], inWords: (tasks: readonly TaskState[]) => string) => {
    const tasks = ofClass.filter((task) => COUNTED[situationOfTask(task, facts.tick, wording.now)] === group);
    return tasks.length > 0 ? [inWords(tasks)] : [];
  };
  return [
    ...counted("executing", () => t("running")),
    ...counted("waiting", ({ length }) => t("{0} waiting", length)),
    ...counted("paused", ({ length }) => t("{0} paused", length)),
    ...counted("idle", ({ length }) => t("{0} paused without progress", length)),
    ...counted("retried", (tasks) => retriesInWords(tasks, wording)),
    ...counted("held", ({ length }) => t("{0} held", length)),
    ...counted("failed", ({ length }) => t("{0} failed", length)),
    ...counted("stuck", ({ length }) => t("{0} cannot run", length)),
  ];
}

function retriesInWords(retried: readonly TaskState[], wording: Wording): string {
  const { t } = wording;
  const [first] = retried.flatMap(({ nextAttemptAt }) => nextAttemptAt ?? []).sort();
  if (first === undefined || Date.parse(first) <= wording.now) return t("{0} to be retried", retried.length);
  return t("{0} to be retried {1}", retried.length, soonInWords(first, wording));
}

function lastInWords(name: string, { history }: FolderFacts, wording: Wording): string[] {
  const last = history.find((entry) => entry.class === name);
  return last ? [wording.t("last {0} {1}", outcomeInWords(last.outcome, wording), momentInWords(last.endedAt, wording))] : [];
}

function nextInWords({ schedule, nextOccurrence }: ClassState, wording: Wording): string | undefined {
  const { t } = wording;
  if (schedule === undefined || nextOccurrence === undefined) return undefined;
  if (nextOccurrence === null) return t("never due again");
  return dueInWords(nextOccurrence, wording);
}
