import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import fc from "fast-check";
import type { CodeLens, Hover, MarkupContent } from "vscode-languageserver-protocol/node";
import { FolderModel } from "../../client/model/folder-model.ts";
import { WorkspaceModel } from "../../client/model/workspace-model.ts";
import { nodeView } from "../../client/tree/node-views.ts";
import { tooltipFacts } from "../../client/tree/tooltip-facts.ts";
import type { TreeNode } from "../../client/tree/tree-node.ts";
import { TreeNodes } from "../../client/tree/tree-nodes.ts";
import type { HistoryJson } from "../../server/json/history-json.ts";
import type { FolderState } from "../../server/protocol/folder-state.ts";
import { requests } from "../../server/protocol/runner-protocol.ts";
import { englishWording } from "../../server/words/wording.ts";
import { hostileStoreOf, writeStore } from "../store/hostile-store.ts";
import { assertProperty } from "../support/thoroughness.ts";
import { RunnerClient, uriOf } from "./support/runner-client.ts";
import { TaskWorkspace } from "./support/task-workspace.ts";

const FILE = `
export class Compress extends BackgroundTaskExAction<{ chunkSize: number }> { executeAction() { return true; } }
export class Maintenance extends BackgroundTaskEx<{ directory: string }> { static readonly actions = [Compress]; }
`;
/** What an editor would obey, but for line breaks and tabs, which markdown and messages have. */
const OBEYED =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come through.
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]|\p{Cs}/u;

describe("The runner in a folder whose store others have written", () => {
  let workspace: TaskWorkspace;
  let client: RunnerClient;
  before(async () => {
    workspace = await TaskWorkspace.create({ "a.task.ts": FILE });
    client = await RunnerClient.start([workspace.directory], {
      capabilities: { textDocument: { hover: { contentFormat: ["markdown"] } }, workspace: { workspaceFolders: true } },
    });
    await client.until("the classes", () => client.folder(workspace.directory).areClassesKnown);
  });
  after(async () => {
    await client.stop();
    await workspace.remove();
  });

  it("answers everything, with text: state, history, lenses, hovers, problems and the rows of the tree", async () => {
    const file = await client.open(workspace.path("a.task.ts"));
    const folder = uriOf(workspace.directory);
    await assertProperty(
      fc.asyncProperty(hostileStoreOf(workspace.path("a.task.ts")), async (files) => {
        for (const path of ["tasks.jsonl", "history.jsonl", "inbox", "tick.lock", "dismissed-failures.json"]) {
          await rm(workspace.path(".background-tasks", path), { recursive: true, force: true });
        }
        await writeStore(workspace.path(".background-tasks"), files);
        const { id } = JSON.parse(files["tasks.jsonl"]?.split("\n")[0] ?? "");
        await client.until("the last task", () => client.folder(workspace.directory).tasks.some((task) => task.id === id));
        const state = client.folder(workspace.directory);
        assert.equal(state.problem, undefined);
        assertShownAsText(state);
        await client.request<HistoryJson>(requests.history, { folder, limit: 10 });
        for (const task of state.tasks) await client.request(requests.taskData, { folder, task: task.id });
        const lenses = await file.request<CodeLens[]>("textDocument/codeLens");
        for (const { command } of lenses) assertText(command?.title ?? "");
        for (const part of ["Compress extends", "Maintenance extends", "executeAction"]) {
          const hover = await file.request<Hover | null>("textDocument/hover", { position: file.position(part) });
          assertText((hover?.contents as MarkupContent | undefined)?.value ?? "");
        }
        for (const { message, relatedInformation = [] } of client.problemsOf(workspace.path("a.task.ts"))) {
          for (const text of [message, ...relatedInformation.map((related) => related.message)]) assertText(String(text));
        }
        const defect = client.output.find(({ text }) => text.includes("defect of Background Tasks"));
        assert.equal(defect, undefined, defect?.text);
      }),
      60,
    );
  });
});

function assertText(text: string): void {
  const found = OBEYED.exec(text);
  assert.ok(!found, `${JSON.stringify(found?.[0])} in ${JSON.stringify(text)}`);
}

/** The parts of descriptions are made for lines; names and tooltips are made visible where a row is made (`client/tree/tree-item.ts`). */
function assertShownAsText(state: FolderState): void {
  const model = new WorkspaceModel();
  model.reset([{ revision: 1, state }]);
  const nodes = new TreeNodes(model);
  const wording = englishWording();
  const show = (parent?: TreeNode): void => {
    for (const node of nodes.children(parent)) {
      const view = nodeView(node, model, nodes, wording);
      assert.ok(view);
      assertText(view.description);
      assert.equal(
        tooltipFacts(node, model, wording).every(({ value }) => typeof value === "string"),
        true,
      );
      show(node);
    }
  };
  show();
  assert.ok(new FolderModel({ revision: 1, state }).taskCount >= 0);
}
