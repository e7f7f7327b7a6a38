import assert from "node:assert/strict";
import type { ModelChange, WorkspaceModel } from "../../client/model/workspace-model.ts";
import { type Refresh, RefreshPlan } from "../../client/tree/refresh-plan.ts";
import type { TreeNode } from "../../client/tree/tree-node.ts";
import { PAGE, TreeNodes } from "../../client/tree/tree-nodes.ts";
import type { FolderChange } from "../../server/protocol/folder-state.ts";
import { FOLDER, taskState, tickState, workspaceModel } from "./support/states.ts";

const classes = [{ kind: "task", name: "Nightly" }] as const;

/** What the plan says of each change, by the names of the rows. */
function planned(model: WorkspaceModel, changes: readonly Omit<FolderChange, "uri" | "revision">[]): unknown[] {
  const nodes = new TreeNodes(model);
  const plan = new RefreshPlan(nodes);
  list(nodes);
  const said: unknown[] = [];
  const listening = model.onChange((change: ModelChange) => said.push(names(plan.of(change))));
  changes.forEach((change, index) => {
    assert.ok(model.apply({ uri: FOLDER, revision: index + 2, ...change }));
    list(nodes);
  });
  listening.dispose();
  return said;
}

function list(nodes: TreeNodes, parent?: TreeNode): void {
  for (const node of nodes.children(parent)) list(nodes, node);
}

function names(refresh: Refresh): unknown {
  if (refresh === "all") return "all";
  return [...refresh].map((node) => (node.kind === "task" ? node.task : node.kind === "taskClass" ? node.class : node.folder));
}

describe("After a change", () => {
  it("only the row of a task that changed is shown anew, with its actions", () => {
    const model = workspaceModel({ classes, tasks: [taskState(), taskState({ id: "t2" })] });
    assert.deepEqual(planned(model, [{ tasks: [taskState({ id: "t2", status: "paused" })] }]), [["t2"]]);
  });

  it("the class is shown anew when it gained or lost a task", () => {
    const model = workspaceModel({ classes, tasks: [taskState(), taskState({ id: "t2" }), taskState({ id: "t3" })] });
    const [, second, third] = planned(model, [{ removed: ["t3"] }, { removed: ["t2"] }, { tasks: [taskState({ id: "t4" })] }]);
    assert.deepEqual([second, third], [["Nightly"], ["Nightly"]]);
  });

  it("everything is shown anew when a class got its first task, lost its last one or came into being", () => {
    const model = workspaceModel({ classes });
    const said = planned(model, [{ tasks: [taskState()] }, { removed: ["t1"] }, { tasks: [taskState({ id: "t5", class: "Unknown" })] }]);
    assert.deepEqual(said, ["all", "all", "all"]);
  });

  it("the task that a tick comes to is shown anew, and the one that it comes from", () => {
    const model = workspaceModel({ classes, tasks: [taskState(), taskState({ id: "t2" })] });
    const at = (task: string) => ({ set: { tick: tickState({ current: { task, action: "compress" } }) } });
    assert.deepEqual(planned(model, [at("t1"), at("t2"), { set: { tick: null } }]), [["t1"], ["t1", "t2"], ["t2"]]);
  });

  it("nothing is shown anew when only the history has changed", () => {
    const model = workspaceModel({ classes, tasks: [taskState()] });
    assert.deepEqual(planned(model, [{ historyChanged: true }]), [[]]);
  });

  it("everything is shown anew when the classes are others", () => {
    const model = workspaceModel({ classes }, { uri: "file:///other" });
    assert.deepEqual(planned(model, [{ set: { classes: [] } }]), ["all"]);
  });

  it("a class is shown anew when one of its tasks that are not listed fails", () => {
    const tasks = Array.from({ length: PAGE + 9 }, (_, index) => taskState({ id: `t${index}`, createdAt: new Date(index).toISOString() }));
    const model = workspaceModel({ classes, tasks });
    const last = `t${PAGE + 8}`;
    const said = planned(model, [
      { tasks: [taskState({ id: last, status: "paused" })] },
      { tasks: [taskState({ id: last, status: "failed" })] },
    ]);
    assert.deepEqual(said, [[], ["Nightly"]]);
  });
});
