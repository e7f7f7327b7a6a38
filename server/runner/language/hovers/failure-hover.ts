import { isDeepStrictEqual } from "node:util";
import type { ActionRecord, HistoryAction, HistoryEntry, TaskRecord } from "../../../store/index.ts";
import { nextAttemptInWords } from "../../../words/attempt-words.ts";
import { failureInWords } from "../../../words/failure-words.ts";
import { shortText } from "../../../words/short-text.ts";
import { durationInWords, fullMoment } from "../../../words/time-words.ts";
import type { Wording } from "../../../words/wording.ts";
import type { Failure } from "../../model/failure.ts";
import type { FolderFacts } from "../../model/folder-facts.ts";
import type { FailureOfFolder } from "../../problems/failures-at.ts";
import { type Block, code, dotted, type Inline, list, paragraph, strong } from "../markup/block.ts";
import { jsonBlocks } from "../markup/json-block.ts";
import { retryCommand } from "../retry-command.ts";
import { type AttemptEvent, attemptEvents } from "./attempts.ts";
import type { HoverReader } from "./hover-context.ts";
import { changesInline } from "./params-change.ts";

const MOST_FAILURES = 3;
/** For one failure; with several at the same line, each has the first attempt and the last. */
const MOST_ATTEMPTS = 6;

/** The failures at a line, newest first: every attempt, with its params. */
export function failureBlocks(all: readonly FailureOfFolder[], reader: HoverReader): Block[] {
  const { t } = reader.wording;
  const failures = all.toSorted((a, b) => timeOf(b.failure) - timeOf(a.failure));
  const most = failures.length === 1 ? MOST_ATTEMPTS : 2;
  const shown = failures.slice(0, MOST_FAILURES).map((one) => blocksOf(one, most, reader));
  const left = failures.length - shown.length;
  const blocks = shown.flatMap((some, index): Block[] => (index === 0 ? some : [{ kind: "rule" }, ...some]));
  return left > 0
    ? [...blocks, paragraph(t(left === 1 ? "… and 1 more failure at this line." : "… and {0} more failures at this line.", left))]
    : blocks;
}

/** A failure of a task as a whole has no time. */
function timeOf({ mark }: Failure): number {
  return Date.parse(mark) || 0;
}

function blocksOf({ failure, facts }: FailureOfFolder, most: number, reader: HoverReader): Block[] {
  const { wording } = reader;
  const living = facts.tasks.find(({ id }) => id === failure.task);
  const task = living ?? facts.history.find(({ id }) => id === failure.task);
  const action = task?.actions.find(({ id }) => id === failure.action);
  const last = failure.action === "" ? [paragraph(failureInWords(failure.error))] : [];
  return [
    paragraph(...headingOf(failure, { living, task, action, facts }, wording)),
    // Before anything long: editors show the beginning.
    ...linksBlock(failure, living !== undefined, facts, reader),
    ...last,
    ...(action ? attemptBlocks(action, most, wording) : []),
  ];
}

/** Such as `**CompressLogs** · attempt 2 of 5 failed, the next tick tries again · nightly`. */
function headingOf(
  failure: Failure,
  found: {
    readonly living: TaskRecord | undefined;
    readonly task: TaskRecord | HistoryEntry | undefined;
    readonly action: ActionRecord | HistoryAction | undefined;
    readonly facts: FolderFacts;
  },
  wording: Wording,
): Inline[] {
  const { t } = wording;
  const { living, task, action, facts } = found;
  const { maxAttempts } = facts.classes.find(({ kind, name }) => kind === "action" && name === failure.class) ?? {};
  const name = action && action.name !== failure.class ? shortText(action.name) : undefined;
  return dotted(strong(failure.class), name, whatFailed(), whatComes(), task && t("task {0}", shortText(task.name)));

  function whatFailed(): string {
    if (failure.action === "") return t("the task failed");
    const { attempt } = failure;
    if (!attempt) return t("failed");
    return maxAttempts === undefined ? t("attempt {0} failed", attempt) : t("attempt {0} of {1} failed", attempt, maxAttempts);
  }

  function whatComes(): string {
    if (!living) return t("dropped, the task has ended");
    if (living.held) return t("held by a user");
    if (living.status === "failed") return t("waiting for the task to be retried or cancelled");
    if (!failure.willRetry) return t("dropped");
    return nextAttemptInWords(living.nextAttemptAt, wording) ?? t("retried by the next tick");
  }
}

/** One line per attempt, followed by full params: of the last attempt, and of those that cannot be compared with the previous one. */
function attemptBlocks(action: ActionRecord | HistoryAction, most: number, wording: Wording): Block[] {
  const { t } = wording;
  const events = attemptEvents(action, most);
  const attempts = events.filter((event) => event.kind === "attempt");
  const last = attempts.at(-1);
  const whole = attempts.filter((event) => {
    if (event === last) return true;
    return event.changes === undefined && !isDeepStrictEqual(event.attempt.params, last?.attempt.params);
  });
  return [
    ...list(events.map((event) => eventLine(event, wording))),
    ...whole.flatMap(({ number, attempt }) => [paragraph(t("Params of attempt {0}:", number)), ...jsonBlocks(attempt.params, wording)]),
  ];
}

function eventLine(event: AttemptEvent, wording: Wording): Inline[] {
  const { t } = wording;
  switch (event.kind) {
    case "gap":
      return [t(event.count === 1 ? "… 1 attempt …" : "… {0} attempts …", event.count)];
    case "edit":
      return [...dotted(strong(t("Edited by a user")), fullMoment(event.at, wording)), " · ", ...changesInline(event.changes, wording)];
    case "attempt": {
      const { number, attempt, changes } = event;
      const { startedAt, durationMs, error } = attempt;
      const line = dotted(
        strong(t("Attempt {0}", number)),
        fullMoment(startedAt, wording),
        durationInWords(durationMs, wording),
        error && failureInWords(error),
        error && error.during !== "executeAction" ? code(error.during) : undefined,
      );
      if (!changes) return line;
      return [...line, " · ", ...(changes.length === 0 ? [t("same params")] : changesInline(changes, wording))];
    }
  }
}

function linksBlock(failure: Failure, isLiving: boolean, facts: FolderFacts, { links, wording: { t } }: HoverReader): Block[] {
  if (!links) return [];
  const { task, action } = failure;
  const place = { folder: facts.uri, task };
  const executing = facts.isTrusted
    ? [retryCommand(t("Retry now"), failure, facts, links), links.debugFailure(t("Debug failure"), { ...place, action })]
    : [];
  const data = isLiving ? links.showTaskData(t("Show task data"), place) : links.openHistoryEntry(t("Open history entry"), place);
  const commands = [...executing, data].filter((command) => command !== undefined);
  return [paragraph(...dotted(...commands.map((command): Inline => ({ kind: "link", command }))))];
}
