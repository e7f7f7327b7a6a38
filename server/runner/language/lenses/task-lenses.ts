import type { Command } from "vscode-languageserver";
import type { ClassState } from "../../../protocol/folder-state.ts";
import type { TaskRecord } from "../../../store/index.ts";
import { outcomeInWords } from "../../../words/outcome-words.ts";
import { momentInWords, soonInWords } from "../../../words/time-words.ts";
import type { Wording } from "../../../words/wording.ts";
import type { FolderFacts } from "../../folder/folder-facts.ts";
import type { Surroundings } from "../surroundings.ts";
import { plainLens } from "./plain-lens.ts";

/** Over a class of tasks, or one that its schedule alone executes. */
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

/** Such as `2 waiting · last finished 14:03 · next Thu 01:30`. */
function stateInWords(described: ClassState, facts: FolderFacts, wording: Wording): string {
  const { t } = wording;
  const parts = [...tasksInWords(described.name, facts, wording), ...lastInWords(described.name, facts, wording)];
  const next = nextInWords(described, wording);
  if (next !== undefined) parts.push(next);
  return parts.length > 0 ? parts.join(" · ") : t("no tasks");
}

function tasksInWords(name: string, { tasks, tick }: FolderFacts, wording: Wording): string[] {
  const { t } = wording;
  const ofClass = tasks.filter((task) => task.class === name);
  const executed = ofClass.find(({ id }) => id === tick?.current?.task);
  const others = ofClass.filter((task) => task !== executed);
  const inSituation = (situation: Situation) => others.filter((task) => situationOf(task) === situation);
  const counted = (situation: Situation, inWords: (count: number) => string) => {
    const { length } = inSituation(situation);
    return length > 0 ? [inWords(length)] : [];
  };
  const retried = inSituation("retried");
  return [
    ...(executed ? [t("running")] : []),
    ...counted("waiting", (count) => t("{0} waiting", count)),
    ...counted("paused", (count) => t("{0} paused", count)),
    ...(retried.length > 0 ? [retriesInWords(retried, wording)] : []),
    ...counted("held", (count) => t("{0} held", count)),
    ...counted("failed", (count) => t("{0} failed", count)),
    ...counted("stuck", (count) => t("{0} cannot run", count)),
  ];
}

type Situation = "waiting" | "paused" | "retried" | "held" | "failed" | "stuck";

function situationOf({ status, held, problem, actions, currentAction }: TaskRecord): Situation {
  if (problem !== undefined) return "stuck";
  if (held) return "held";
  if (status === "failed") return "failed";
  const current = actions.find(({ id }) => id === currentAction);
  if (current?.error) return "retried";
  return status === "paused" ? "paused" : "waiting";
}

function retriesInWords(retried: readonly TaskRecord[], wording: Wording): string {
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
  return Date.parse(nextOccurrence) <= wording.now ? t("due now") : t("next {0}", momentInWords(nextOccurrence, wording));
}
