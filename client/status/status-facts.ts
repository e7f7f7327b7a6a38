import type { NodeState } from "../../server/protocol/folder-state.ts";
import { isDismissed, isWaiting } from "../../server/words/situation.ts";
import { momentInWords } from "../../server/words/time-words.ts";
import type { Wording } from "../../server/words/wording.ts";
import type { FolderModel } from "../model/folder-model.ts";
import type { RunnerState } from "../runner/runner-state.ts";
import { shownParts } from "../words/parts.ts";

/** The facts in the tooltip about a folder or the runner. */
export interface StatusSection {
  readonly heading: string;
  readonly lines: readonly string[];
  /** The way out is another Node. */
  readonly offersNode?: true;
}

/** @param lastTickEnd by the folder's URI, ISO 8601. */
export function statusSections(
  {
    runner,
    folders,
    lastTickEnd,
  }: {
    readonly runner: RunnerState;
    readonly folders: readonly FolderModel[];
    readonly lastTickEnd: ReadonlyMap<string, string>;
  },
  wording: Wording,
): StatusSection[] {
  const { t } = wording;
  if (runner.kind === "stopped") return [{ heading: t("Background Tasks"), lines: runner.problem === undefined ? [] : [runner.problem] }];
  return folders.map((folder) => sectionOf(folder, lastTickEnd.get(folder.uri), wording));
}

function sectionOf(folder: FolderModel, lastTickEnd: string | undefined, wording: Wording): StatusSection {
  const { t } = wording;
  const { name, problem, tick, node } = folder.state;
  const lines = [
    problem,
    countsInWords(folder, wording),
    tick ? t("Tick running since {0}", momentInWords(tick.startedAt, wording)) : undefined,
    !tick && lastTickEnd !== undefined ? t("Last tick ended {0}", momentInWords(lastTickEnd, wording)) : undefined,
    autoTickLine(folder, wording),
    nodeInWords(node, wording),
  ];
  return {
    heading: name,
    lines: lines.filter((line) => line !== undefined),
    ...(node.problem !== undefined && { offersNode: true }),
  };
}

function countsInWords({ tasks }: FolderModel, { t, now }: Wording): string {
  const failed = tasks.filter((task) => task.status === "failed" && !isDismissed(task)).length;
  const waiting = tasks.filter((task) => isWaiting(task, now)).length;
  const held = tasks.filter(({ held }) => held).length;
  return shownParts([
    t(tasks.length === 1 ? "1 task" : "{0} tasks", tasks.length),
    failed > 0 && t("{0} failed", failed),
    waiting > 0 && t("{0} waiting for the next attempt", waiting),
    held > 0 && t("{0} held", held),
  ]);
}

function autoTickLine({ state }: FolderModel, { t }: Wording): string {
  switch (state.autoTick) {
    case "off":
      return t("Auto tick: off");
    case "onSchedule":
      return t("Auto tick: on schedule");
    case "onSave":
      return t("Auto tick: on save");
  }
}

function nodeInWords({ path, version, source, problem }: NodeState, { t }: Wording): string | undefined {
  if (problem !== undefined) return problem;
  if (path === undefined || version === undefined) return undefined;
  switch (source) {
    case "setting":
      return t("Node {0} (from settings): {1}", version, path);
    case "login-shell":
      return t("Node {0} (login shell): {1}", version, path);
    case "editor":
      return t("Node {0} (built into the editor): {1}", version, path);
    default:
      return t("Node {0} (PATH): {1}", version, path);
  }
}
