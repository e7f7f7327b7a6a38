import assert from "node:assert/strict";
import type { FolderModel } from "../../client/model/folder-model.ts";
import type { RunnerState } from "../../client/runner/runner-state.ts";
import { shownView } from "../../client/status/shown-view.ts";
import { statusSections } from "../../client/status/status-facts.ts";
import { statusText } from "../../client/status/status-text.ts";
import { badgeTooltip, viewDescription, viewMessage } from "../../client/tree/view-words.ts";
import { actionState, FOLDER, folderModel, taskState, tickState, wording } from "./support/states.ts";

const running: RunnerState = { kind: "running" };
const stopped: RunnerState = { kind: "stopped", problem: "It ended several times." };
const none = { failed: 0, willRetry: 0 };
const classes = [{ kind: "task", name: "Nightly" }] as const;
const problem = { file: "/shop/a.task.ts", message: "Unexpected }", during: "build" } as const;

describe("The tasks view shows", () => {
  const cases: readonly [string, string, RunnerState, FolderModel[], boolean?][] = [
    ["nothing while the runner starts", "starting", { kind: "starting" }, []],
    ["nothing before the runner has told anything", "starting", running, []],
    ["nothing while task files are looked at", "starting", running, [folderModel()]],
    ["that the runner has stopped", "stopped", stopped, [folderModel({ classes })]],
    ["the tree while the runner is started again", "tasks", { kind: "restarting" }, [folderModel({ classes })]],
    ["that there is no task file", "noTaskFile", running, [folderModel({ taskFiles: [] })]],
    ["stored tasks, even without a task file", "tasks", running, [folderModel({ taskFiles: [], tasks: [taskState()] })]],
    ["that there is no Node", "noNode", running, [folderModel({ node: { problem: "No Node was found." } })]],
    [
      "the tree where there is something to show, even without Node",
      "tasks",
      running,
      [folderModel({ classes, node: { problem: "No." } })],
    ],
    ["that the folder has a problem", "problem", running, [folderModel({ problem: "The store is damaged." })]],
    ["that no task file can be loaded", "loadProblem", running, [folderModel({ loadProblems: [problem] })]],
    ["the tree where one of two task files can be loaded", "tasks", running, [folderModel({ classes, loadProblems: [problem] })]],
    ["that no task file exports a class", "noClass", running, [folderModel({ areClassesKnown: true })]],
    ["what an untrusted workspace needs, where nothing is to be seen", "noTaskFile", running, [folderModel()], false],
    ["stored tasks of an untrusted workspace", "tasks", running, [folderModel({ tasks: [taskState()] })], false],
  ];
  for (const [what, view, runner, folders, isTrusted = true] of cases) {
    it(what, () => assert.equal(shownView(runner, folders, isTrusted), view));
  }
});

describe("The status bar says", () => {
  const busy = folderModel({
    classes,
    tasks: [taskState({ actions: [actionState({ progress: { done: 9, total: 20 } })] })],
    tick: tickState({ done: 1, total: 5 }),
  });
  const idle = folderModel({ classes });
  const cases: readonly [string, string | undefined, string | undefined, Parameters<typeof statusText>[0]][] = [
    ["nothing where there is no folder", undefined, undefined, { runner: { kind: "stopped" }, folders: [], failures: none }],
    [
      "nothing where there is no task",
      undefined,
      undefined,
      { runner: running, folders: [folderModel({ taskFiles: [] })], failures: none },
    ],
    ["that it starts", "$(loading~spin) Tasks: starting", undefined, { runner: { kind: "starting" }, folders: [], failures: none }],
    ["that all is well", "$(clock) Tasks", undefined, { runner: running, folders: [idle], failures: none }],
    [
      "how far a tick is",
      "$(sync~spin) 2 of 5 · CompressLogs 45%",
      undefined,
      { runner: running, folders: [idle, busy], failures: { failed: 2, willRetry: 0 } },
    ],
    ["how many failed", "$(error) 2 failed", "error", { runner: running, folders: [idle], failures: { failed: 2, willRetry: 1 } }],
    [
      "how many are tried again",
      "$(warning) 1 to retry",
      "warning",
      { runner: running, folders: [idle], failures: { failed: 0, willRetry: 1 } },
    ],
    [
      "that the runner is started again",
      "$(sync~spin) Tasks: restarting",
      undefined,
      { runner: { kind: "restarting" }, folders: [idle], failures: none },
    ],
    ["that the runner has stopped", "$(error) Tasks: stopped", "error", { runner: stopped, folders: [idle], failures: none }],
    [
      "that there is no Node",
      "$(warning) Tasks: no Node",
      "warning",
      { runner: running, folders: [folderModel({ node: { problem: "No." } })], failures: none },
    ],
  ];
  for (const [what, text, alarm, situation] of cases) {
    it(what, () => {
      const status = statusText(situation, wording);
      assert.deepEqual([status?.text, status?.alarm], [text, alarm]);
    });
  }

  it("names of actions as they are, and draws no icon out of one", () => {
    const named = folderModel({ tasks: [taskState({ actions: [actionState({ name: "Save $(error)" })] })], tick: tickState() });
    const text = statusText({ runner: running, folders: [named], failures: none }, wording)?.text ?? "";
    assert.deepEqual(text.match(/\$\(/g), ["$("]);
    assert.equal(text.replaceAll("\u200b", ""), "$(sync~spin) 1 of 1 · Save $(error)");
  });
});

describe("The tooltip of the status bar says", () => {
  it("of each folder its tasks, its last tick, and which Node executes them", () => {
    const folder = folderModel({ tasks: [taskState(), taskState({ id: "t2", status: "failed" }), taskState({ id: "t3", held: true })] });
    const situation = { runner: running, folders: [folder], lastTickEnd: new Map([[FOLDER, "2026-11-25T09:58:00.000Z"]]) };
    assert.deepEqual(statusSections(situation, wording), [
      {
        heading: "shop",
        lines: ["3 tasks · 1 failed · 1 held", "Last tick ended 09:58", "Auto tick: off", "Node 20.19.0 (PATH): /usr/bin/node"],
      },
    ]);
  });

  it("nothing of a failed task whose failure was dismissed", () => {
    const error = { name: "Error", message: "no such table" };
    const folder = folderModel({ tasks: [taskState({ status: "failed", error, dismissed: true })] });
    const [section] = statusSections({ runner: running, folders: [folder], lastTickEnd: new Map() }, wording);
    assert.equal(section?.lines[0], "1 task");
  });

  it("why there is no Node, and offers to choose one", () => {
    const folder = folderModel({ node: { problem: "No Node was found." } });
    const [section] = statusSections({ runner: running, folders: [folder], lastTickEnd: new Map() }, wording);
    assert.ok(section?.lines.includes("No Node was found."));
    assert.equal(section?.offersNode, true);
  });
});

describe("Around the tasks stands", () => {
  it("nothing when all is well", () => {
    assert.equal(viewMessage({ runner: running, folders: [folderModel()], isTrusted: true }, wording), "");
  });

  it("what is wrong with a folder, with its name where there are several, and that nothing is executed untrusted", () => {
    const folders = [folderModel({ problem: "The store is damaged." }), folderModel({ name: "other", node: { problem: "No Node." } })];
    const message = viewMessage({ runner: running, folders, isTrusted: false }, wording);
    assert.equal(message, "shop: The store is damaged.\nother: No Node.\nNothing is executed until you trust this workspace.");
  });

  it("when ticks are automatic, where all folders agree", () => {
    const folders = (...modes: ("off" | "onSave")[]) => modes.map((autoTick) => folderModel({ autoTick }));
    assert.equal(viewDescription(folders("onSave", "onSave"), wording), "ticks on save");
    assert.equal(viewDescription(folders("onSave", "off"), wording), "");
    assert.equal(viewDescription([], wording), "");
  });

  it("how many failed", () => {
    assert.equal(badgeTooltip({ failed: 1, willRetry: 0 }, wording), "1 action failed");
    assert.equal(badgeTooltip({ failed: 2, willRetry: 3 }, wording), "2 actions failed; 3 actions failed and will be retried");
  });
});
