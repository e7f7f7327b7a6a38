import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import type { CodeAction, Diagnostic, Hover, MarkupContent, Range } from "vscode-languageserver-protocol/node";
import { requests } from "../../server/protocol/runner-protocol.ts";
import type { OpenedFile } from "./support/opened-file.ts";
import { RunnerClient, uriOf } from "./support/runner-client.ts";
import { lineIn, TaskWorkspace } from "./support/task-workspace.ts";

const FILE = "scales.task.ts";
/** The checks have something to say about the same file after each edit: the class at its end, with which failures are published too. */
const SCALES = `
export class Weigh extends BackgroundTaskExAction<{ grams: number }> {
  static readonly maxAttempts = 3;
  executeAction() {
    if (this.params.grams > 10) throw new Error("too heavy");
    return true;
  }
}
export class Weighing extends BackgroundTaskEx<{ grams: number }> { static readonly actions = [Weigh]; }
export class Unused extends BackgroundTaskExAction<{}> { executeAction() { return true; } }
`;
const LINE = '    if (this.params.grams > 10) throw new Error("too heavy");\n';
const CAPABILITIES = {
  workspace: { workspaceFolders: true, workspaceEdit: { documentChanges: true }, codeLens: { refreshSupport: true } },
  textDocument: {
    hover: { contentFormat: ["markdown"] },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix", "refactor"] } } },
  },
};

describe("The place of a failure in a file that is edited", () => {
  let workspace: TaskWorkspace;
  let client: RunnerClient;
  let file: OpenedFile;
  let task: string;

  beforeEach(async () => {
    workspace = await TaskWorkspace.create({ [FILE]: SCALES });
    await start();
    file = await client.open(path());
    ({ id: task } = await client.request<{ id: string }>(requests.createTask, {
      folder: folder(),
      class: "Weighing",
      params: { grams: 20 },
    }));
    await client.request(requests.runTick, { folder: folder(), startedBy: "person" });
    await shownAt(() => lineOf('throw new Error("too heavy")'));
  });
  afterEach(async () => {
    await client.stop();
    await workspace.remove();
  });

  async function start(): Promise<void> {
    client = await RunnerClient.start([workspace.directory], { capabilities: CAPABILITIES });
    await client.until("the classes", () => client.folder(workspace.directory).areClassesKnown);
  }

  const path = () => workspace.path(FILE);
  const folder = () => uriOf(workspace.directory);
  const failure = (): Diagnostic | undefined => client.problemsOf(path()).find(({ code }) => code === "action-will-retry");
  const lineOf = (part: string, after = 0) => file.position(part, after).line;
  const shownAt = (line: () => number) => client.until("the failure at its line", () => failure()?.range.start.line === line());

  /** The lines where the editor is given something about the failure. */
  async function told(): Promise<{ readonly hovers: readonly number[]; readonly actions: readonly number[] }> {
    const lines = file.text.split("\n").map((_, line) => line);
    const hovers: number[] = [];
    const actions: number[] = [];
    for (const line of lines) {
      const position = { line, character: 0 };
      const hover = await file.request<Hover | null>("textDocument/hover", { position });
      if ((hover?.contents as MarkupContent | undefined)?.value.includes("**Weigh** · attempt 1 of 3 failed")) hovers.push(line);
      const offered = await file.request<CodeAction[]>("textDocument/codeAction", {
        range: { start: position, end: position },
        context: { diagnostics: [] },
      });
      if (offered.some(({ title }) => title === "Dismiss")) actions.push(line);
    }
    return { hovers, actions };
  }

  /** Squiggle, hover and code actions. */
  async function allAt(line: () => number): Promise<void> {
    await shownAt(line);
    assert.deepEqual(await told(), { hovers: [line()], actions: [line()] });
  }

  const textIn = ({ start, end }: Range) => file.text.split("\n")[start.line]?.slice(start.character, end.character);

  it("is its line while somebody writes in it", async () => {
    await file.replace("> 10", "> 1");
    await file.replace("export class Unused", "\nexport class Unused");
    await allAt(() => lineOf('throw new Error("too heavy")'));
    await file.replace('"too heavy"', '"too heavy!"');
    await file.replace("export class Weigh ", "// Scales.\nexport class Weigh ");
    await allAt(() => lineOf('throw new Error("too heavy!")'));
    assert.equal(textIn(failure()?.range as Range), 'new Error("too heavy!");');
  });

  it("is its own line where one like it is written below or above", async () => {
    await file.replace(LINE, LINE + LINE);
    await file.replace("export class Weigh ", "// Scales.\nexport class Weigh ");
    await allAt(() => lineOf(LINE));
    await file.replace("  executeAction() {\n", `  executeAction() {\n${LINE}`);
    await allAt(() => lineOf(LINE) + 1);
  });

  it("is its line again once an edit of it is undone", async () => {
    const before = failure()?.range as Range;
    await file.replace(LINE, "");
    await file.replace("export class Unused", "\nexport class Unused");
    await client.until(
      "the end of the line's squiggle",
      () => failure()?.range.start.line === failure()?.range.end.line && failure()?.range.start.character === 0,
    );
    await file.replace("\nexport class Unused", "export class Unused");
    await file.replace("    return true;\n", `${LINE}    return true;\n`);
    await client.until("the squiggle where it was", () => JSON.stringify(failure()?.range) === JSON.stringify(before));
    await allAt(() => lineOf(LINE));
  });

  it("is its line in a text that was not saved when the editor was closed", async () => {
    await file.replace("export class Weigh ", "// Scales.\n\nexport class Weigh ");
    await file.replace("return true;", "return this.params.grams > 0;");
    await client.stop();
    await start();
    file = await client.open(path(), file.text);
    await allAt(() => lineOf(LINE));
    await file.replace("> 10", "> 11");
    await file.replace("export class Weigh ", "//\nexport class Weigh ");
    await allAt(() => lineOf('throw new Error("too heavy")'));
    await file.close();
    await shownAt(() => lineIn(SCALES, "too heavy"));
  });

  it("is its line after another program has written the file", async () => {
    await file.close();
    await workspace.write(FILE, SCALES.replace("export class Weigh ", "// Scales.\n\nexport class Weigh "));
    file = await client.open(path());
    await allAt(() => lineOf(LINE));
  });

  it("is nowhere once the failure is dismissed", async () => {
    await file.replace("> 10", "> 1");
    await client.request(requests.dismissFailure, { folder: folder(), task });
    assert.deepEqual(await told(), { hovers: [], actions: [] });
    await client.until("no squiggle", () => failure() === undefined);
    const lenses = await file.request<{ readonly command?: { readonly title: string } }[]>("textDocument/codeLens");
    const titles = lenses.map(({ command }) => command?.title);
    assert.ok(!titles.includes("Debug failure") && !titles.includes("Retry"), titles.join());
  });

  it("is kept with what is saved", async () => {
    await file.replace("> 10", "> 1");
    await file.replace("export class Weigh ", "// Scales.\nexport class Weigh ");
    await writeFile(path(), file.text);
    await file.save();
    await file.close();
    file = await client.open(path());
    await allAt(() => lineOf('throw new Error("too heavy")'));
  });
});
