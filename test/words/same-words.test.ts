import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import type { CodeLens, Hover, MarkupContent } from "vscode-languageserver-protocol";
import { taskView } from "../../client/tree/task-view.ts";
import { englishWording } from "../../server/words/wording.ts";
import type { OpenedFile } from "../runner/support/opened-file.ts";
import { RunnerClient } from "../runner/support/runner-client.ts";
import { TaskWorkspace } from "../runner/support/task-workspace.ts";

const TASKS = `
export class Stop extends BackgroundTaskExAction { executeAction() { return false; } }
export class Throw extends BackgroundTaskExAction {
  static readonly maxAttempts = 1;
  executeAction(): boolean { throw new Error("no network"); }
}
export class ThrowAgain extends Throw { static readonly maxAttempts = 3; }
export class ThrowLater extends ThrowAgain { static readonly retryDelay = 3_600_000; }
export class Fresh extends BackgroundTaskEx { static readonly actions = [Stop]; }
export class Pausing extends BackgroundTaskEx { static readonly actions = [Stop]; }
export class Held extends BackgroundTaskEx { static readonly actions = [Stop]; }
export class Retrying extends BackgroundTaskEx { static readonly actions = [ThrowAgain]; }
export class Waiting extends BackgroundTaskEx { static readonly actions = [ThrowLater]; }
export class Stopping extends BackgroundTaskEx { static readonly actions = [Throw]; static readonly onActionFailed = "stop"; }
`;
const GONE = `
export class Nothing extends BackgroundTaskExAction { executeAction() { return true; } }
export class Gone extends BackgroundTaskEx { static readonly actions = [Nothing]; }
`;

/** What each task is called, and the part of it that the count over its class has in common with it. */
const CALLED: readonly (readonly [task: string, words: RegExp, counted?: RegExp])[] = [
  ["Fresh", /^new$/],
  ["Pausing", /^paused$/, /1 paused/],
  ["Held", /^held until resumed$/, /1 held/],
  ["Retrying", /^failed, will retry in the next tick$/, /1 to be retried/],
  ["Waiting", /^failed, next attempt (?:\w+ )?\d\d:\d\d$/, /1 to be retried (?:\w+ )?\d\d:\d\d/],
  ["Stopping", /^failed$/, /1 failed/],
  ["Gone", /^cannot run$/],
];

describe("A stored task", () => {
  let workspace: TaskWorkspace;
  let client: RunnerClient;
  let file: OpenedFile;
  let statuses: ReadonlyMap<string, string>;

  before(async () => {
    workspace = await TaskWorkspace.create({ "all.task.ts": TASKS, "gone.task.ts": GONE });
    for (const [name] of CALLED.filter(([task]) => task !== "Fresh")) await workspace.cli("create", name);
    await rm(workspace.path("gone.task.ts"));
    await workspace.cli("pause", "Held");
    await workspace.cli("tick");
    await workspace.cli("create", "Fresh");
    client = await RunnerClient.start([workspace.directory]);
    await client.until("the classes", () => client.folder(workspace.directory).areClassesKnown);
    file = await client.open(workspace.path("all.task.ts"));
    statuses = statusesIn(await workspace.cli("list"));
  });
  after(async () => {
    await client.stop();
    await workspace.remove();
  });

  for (const [name, words, counted] of CALLED) {
    it(`is called the same by list, show and the tree: ${name}`, async () => {
      const task = client.folder(workspace.directory).tasks.find((candidate) => candidate.name === name);
      assert.ok(task);
      const [inTree] = taskView(task, null, englishWording()).description.split(" · ");
      assert.match(inTree ?? "", words);
      assert.equal(statuses.get(name), inTree);
      assert.match(await workspace.cli("show", name), new RegExp(`^ {2}status +${inTree}$`, "m"));
    });

    if (counted) {
      it(`is called the same by the lens and the hover of its class: ${name}`, async () => {
        const position = file.position(`class ${name} `, "class ".length);
        const lenses = await file.request<CodeLens[]>("textDocument/codeLens");
        const titles = lenses.filter(({ range }) => range.start.line === position.line).map(({ command }) => command?.title);
        assert.ok(
          titles.some((title) => counted.test(title ?? "")),
          titles.join("\n"),
        );
        const hover = await file.request<Hover | null>("textDocument/hover", { position });
        const { value } = (hover ?? assert.fail("There is no hover.")).contents as MarkupContent;
        assert.ok(value.includes(statuses.get(name) ?? "none"), value);
      });
    }
  }
});

/** The column STATUS of what `list` prints, by name. */
function statusesIn(list: string): ReadonlyMap<string, string> {
  const [titles = "", ...rows] = list.split("\n");
  const cell = (row: string, from: string, to: string) => row.slice(titles.indexOf(from), titles.indexOf(to)).trim();
  return new Map(rows.filter((row) => /^\S/.test(row)).map((row) => [cell(row, "NAME", "STATUS"), cell(row, "STATUS", "ACTION")]));
}
