import assert from "node:assert/strict";
import { WorkspaceModel } from "../../client/model/workspace-model.ts";
import { FOLDER, folderModel, snapshot, taskState, tickState } from "./support/states.ts";

describe("The mirror of a folder", () => {
  it("lists the classes that task files export, and those of stored tasks that none exports", () => {
    const folder = folderModel({
      classes: [
        { kind: "task", name: "Weekly" },
        { kind: "action", name: "CompressLogs" },
        { kind: "process", name: "Beat" },
      ],
      tasks: [taskState({ class: "Forgotten" })],
    });
    assert.deepEqual(folder.shownClasses, ["Beat", "Forgotten", "Weekly"]);
  });

  it("lists the tasks of a class oldest first", () => {
    const folder = folderModel({
      tasks: [
        taskState({ id: "b", createdAt: "2026-11-25T09:00:01.000Z" }),
        taskState({ id: "c", createdAt: "2026-11-25T09:00:00.000Z" }),
        taskState({ id: "a", createdAt: "2026-11-25T09:00:01.000Z" }),
      ],
    });
    assert.deepEqual(
      folder.tasksOf("Nightly").map(({ id }) => id),
      ["c", "a", "b"],
    );
  });

  it("tells what a change made different: tasks that changed, classes that gained or lost one, values", () => {
    const folder = folderModel({ tasks: [taskState({ id: "stays" }), taskState({ id: "goes", class: "Weekly" })] });
    const difference = folder.apply({
      uri: FOLDER,
      revision: 2,
      set: { tick: tickState() },
      tasks: [taskState({ id: "stays", status: "running" }), taskState({ id: "comes", class: "Monthly" })],
      removed: ["goes", "was never there"],
      historyChanged: true,
    });
    assert.deepEqual(difference, {
      keys: new Set(["tick"]),
      changedTasks: ["stays"],
      regrouped: new Set(["Weekly", "Monthly"]),
      historyChanged: true,
    });
    assert.equal(folder.task("stays")?.status, "running");
    assert.equal(folder.task("goes"), undefined);
    assert.equal(folder.taskCountOf("Weekly"), 0);
  });

  it("forgets a problem that is over", () => {
    const folder = folderModel({ problem: "The store is damaged." });
    const difference = folder.apply({ uri: FOLDER, revision: 2, unset: ["problem"] });
    assert.deepEqual(difference?.keys, new Set(["problem"]));
    assert.equal(folder.state.problem, undefined);
  });

  it("takes a change that it knows already for none", () => {
    const folder = folderModel({ tasks: [taskState()] });
    const difference = folder.apply({ uri: FOLDER, revision: 1, removed: ["t1"] });
    assert.deepEqual(difference?.regrouped, new Set());
    assert.ok(folder.task("t1"));
  });

  it("notices that a change was missed, and leaves everything as it was", () => {
    const folder = folderModel({ tasks: [taskState()] });
    assert.equal(folder.apply({ uri: FOLDER, revision: 3, removed: ["t1"] }), undefined);
    assert.ok(folder.task("t1"));
  });
});

describe("The mirror of a workspace", () => {
  it("tells its listeners of changes until they stop listening", () => {
    const model = new WorkspaceModel();
    const heard: string[] = [];
    const listening = model.onChange(({ kind }) => heard.push(kind));
    model.reset([snapshot()]);
    model.apply({ uri: FOLDER, revision: 2 });
    listening.dispose();
    model.reset([]);
    assert.deepEqual(heard, ["whole", "folder"]);
  });

  it("asks for the whole when a change is of a folder that it does not know", () => {
    assert.equal(new WorkspaceModel().apply({ uri: FOLDER, revision: 1 }), false);
  });
});
