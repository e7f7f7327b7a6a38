import assert from "node:assert/strict";
import type { WorkspaceModel } from "../../client/model/workspace-model.ts";
import { nodeView } from "../../client/tree/node-views.ts";
import type { TreeNode } from "../../client/tree/tree-node.ts";
import { PAGE, TreeNodes } from "../../client/tree/tree-nodes.ts";
import type { TaskState } from "../../server/protocol/folder-state.ts";
import { actionState, FOLDER, taskState, wording, workspaceModel } from "./support/states.ts";

const OTHER = "file:///other";
const classes = [
  { kind: "task", name: "Nightly" },
  { kind: "action", name: "CompressLogs" },
] as const;

/** Labels of all rows below, indented. */
function lines(nodes: TreeNodes, model: WorkspaceModel, parent?: TreeNode, indent = ""): string[] {
  return nodes
    .children(parent)
    .flatMap((node) => [`${indent}${nodeView(node, model, nodes, wording)?.label}`, ...lines(nodes, model, node, `${indent}  `)]);
}

function manyTasks(count: number, change: (index: number) => Partial<TaskState> = () => ({})): TaskState[] {
  return Array.from({ length: count }, (_, index) =>
    taskState({ id: `t${index}`, createdAt: new Date(index).toISOString(), ...change(index) }),
  );
}

describe("The rows of the tasks view", () => {
  it("are class, task, action in the order of ranks; what failed to load comes first", () => {
    const model = workspaceModel({
      classes,
      loadProblems: [{ file: "/shop/tasks/broken.task.ts", line: 3, message: "Unexpected }", during: "build" }],
      tasks: [taskState({ actions: [actionState(), actionState({ id: "purge", name: "PurgeOldArchives", rank: 2 })] })],
    });
    assert.deepEqual(lines(new TreeNodes(model), model), [
      "tasks/broken.task.ts:3",
      "Nightly",
      "  nightly",
      "    CompressLogs",
      "    PurgeOldArchives",
    ]);
  });

  it("have folders on top where there are several", () => {
    const model = workspaceModel({ classes }, { uri: OTHER, name: "other" });
    assert.deepEqual(lines(new TreeNodes(model), model), ["shop", "  Nightly", "other"]);
  });

  it("are the same objects for as long as they are listed, whatever becomes of the rest", () => {
    const model = workspaceModel({ classes, tasks: [taskState(), taskState({ id: "t2" })] });
    const nodes = new TreeNodes(model);
    const [nightly] = nodes.children(undefined);
    assert.ok(nightly);
    const [, second] = nodes.children(nightly);
    model.apply({ uri: FOLDER, revision: 2, removed: ["t1"], tasks: [taskState({ id: "t2", status: "paused" })] });
    assert.equal(nodes.children(undefined)[0], nightly);
    assert.equal(nodes.children(nightly)[0], second);
  });

  it("know what they are below, and are found by name, listed or not", () => {
    const model = workspaceModel({ classes, tasks: [taskState()] }, { uri: OTHER });
    const nodes = new TreeNodes(model);
    const named: TreeNode = { kind: "action", folder: FOLDER, class: "Nightly", task: "t1", action: "compress" };
    assert.equal(nodes.known(named), undefined);
    const found = nodes.find(named);
    assert.ok(found);
    const above: string[] = [];
    for (let node = nodes.parent(found); node; node = nodes.parent(node)) {
      assert.equal(nodes.known(node), node);
      above.push(node.kind);
    }
    assert.deepEqual(above, ["task", "taskClass", "folder"]);
    assert.equal(nodes.known(named), found);
    assert.equal(nodes.find({ kind: "task", folder: FOLDER, class: "Nightly", task: "gone" }), undefined);
  });

  describe("of a class with very many tasks", () => {
    it("are a page of the oldest, and more when more are asked for", () => {
      const model = workspaceModel({ classes, tasks: manyTasks(PAGE + 7) });
      const nodes = new TreeNodes(model);
      const [nightly] = nodes.children(undefined);
      const listed = nodes.children(nightly);
      assert.equal(listed.length, PAGE + 1);
      const last = listed.at(-1);
      assert.ok(last?.kind === "more");
      assert.equal(nodeView(last, model, nodes, wording)?.label, "Show more tasks (7 remaining)");
      nodes.showMore(last);
      assert.equal(nodes.children(nightly).length, PAGE + 7);
    });

    it("are never without those that failed, nor without one that was looked for", () => {
      const tasks = manyTasks(PAGE * 3, (index) => (index === PAGE * 2 ? { status: "failed" } : {}));
      const model = workspaceModel({ classes, tasks });
      const nodes = new TreeNodes(model);
      const [nightly] = nodes.children(undefined);
      const listed = () => nodes.children(nightly).flatMap((node) => (node.kind === "task" ? node.task : []));
      assert.deepEqual(listed().slice(-2), [`t${PAGE - 2}`, `t${PAGE * 2}`]);
      assert.ok(nodes.find({ kind: "task", folder: FOLDER, class: "Nightly", task: `t${PAGE * 3 - 1}` }));
      assert.deepEqual(listed().slice(-2), [`t${PAGE * 2}`, `t${PAGE * 3 - 1}`]);
    });
  });
});
