import assert from "node:assert/strict";
import { classView } from "../../client/tree/class-view.ts";
import { folderView, loadProblemView } from "../../client/tree/folder-view.ts";
import type { ClassState, FolderState } from "../../server/protocol/folder-state.ts";
import { FOLDER, folderModel, taskState, wording } from "./support/states.ts";

const node = { kind: "taskClass", folder: FOLDER, class: "Nightly" } as const;

function row(classState: Partial<ClassState>, state: Partial<FolderState> = {}) {
  return classView(node, folderModel({ classes: [{ kind: "task", name: "Nightly", ...classState }], ...state }), wording);
}

describe("The row of a task class", () => {
  it("says its schedule and when it is due in local time", () => {
    const view = row({ schedule: "mon, thu 01:30–05:00 (UTC)", nextOccurrence: "2026-11-26T01:30:00.000Z" }, { tasks: [taskState()] });
    assert.equal(view.description, "mon, thu 01:30–05:00 (UTC) · next Thu 01:30 · 1 task");
    assert.equal(view.spoken, "Nightly, mon, thu 01:30–05:00 (UTC), next Thu 01:30, 1 task");
  });

  it("says that it is due, or never again", () => {
    const next = (nextOccurrence: string | null) => row({ schedule: "daily", nextOccurrence }).description;
    assert.equal(next("2026-11-25T09:59:59.000Z"), "daily · due now · 0 tasks");
    assert.equal(next(null), "daily · never due again · 0 tasks");
  });

  it("says what is wrong with it, in words and by its icon", () => {
    const view = row({ problem: "It has no actions.\nMore of it." });
    assert.equal(view.description, "0 tasks · It has no actions.");
    assert.equal(view.icon.id, "error");
  });

  it("says that no task file exports it, once the task files have been read", () => {
    const tasks = [taskState()];
    assert.equal(row({ name: "Weekly" }, { tasks }).description, "1 task · not exported by any task file");
    assert.equal(classView(node, folderModel({ tasks }), wording).description, "1 task");
  });

  it("is open when it has tasks", () => {
    assert.equal(row({}, { tasks: [taskState()] }).expansion, "expanded");
    assert.equal(row({}).expansion, "none");
    assert.equal(row({}).context, "taskClass");
  });

  it("offers nothing on a process that is executed by its schedule alone", () => {
    const view = row({ kind: "process", schedule: "every 5 min" });
    assert.equal(view.context, "process");
    assert.equal(view.description, "every 5 min · scheduled process");
  });
});

describe("The row of a task file that failed to load", () => {
  it("says file, line and the first line of the reason, and opens it", () => {
    const problem = { file: "/shop/broken.task.ts", line: 3, message: "Unexpected }\nin class", during: "build" } as const;
    const of = { kind: "loadProblem", folder: FOLDER, file: problem.file } as const;
    const view = loadProblemView(of, { problem, path: "broken.task.ts" }, wording);
    assert.deepEqual([view.label, view.description], ["broken.task.ts:3", "Unexpected }"]);
    assert.equal(view.spoken, "broken.task.ts, line 3, failed to load, Unexpected }");
    assert.deepEqual(view.opens, { kind: "source", node: of });
  });
});

describe("The row of a folder", () => {
  it("says its problem, and whether ticks are automatic", () => {
    const view = folderView(folderModel({ problem: "The store is of a later version.", autoTick: "onSchedule" }), wording);
    assert.deepEqual([view.label, view.description], ["shop", "The store is of a later version. · ticks on schedule"]);
    assert.equal(view.icon.id, "error");
    assert.equal(folderView(folderModel(), wording).description, "");
  });
});
