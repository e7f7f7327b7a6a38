import assert from "node:assert/strict";
import { SupervisedFolder } from "./support/supervised-folder.ts";

const PRINTS = `
import { spawnSync } from "node:child_process";
console.log("while the file is imported");
export class Floods extends BackgroundTaskExAction<{}> {
  executeAction() {
    const line = "x".repeat(999);
    for (let i = 0; i < 100_000; i++) console.log(line);
    return true;
  }
}
export class Greets extends BackgroundTaskExAction<{}> {
  executeAction() {
    console.log("grüße 🙂");
    console.error("to stderr");
    process.stdout.write("no line end");
    return true;
  }
}
export class StartsProcess extends BackgroundTaskExAction<{}> {
  executeAction() {
    spawnSync(process.execPath, ["-e", "console.log('from a child')"], { stdio: "inherit" });
    return true;
  }
}
export class CutsCharacters extends BackgroundTaskExAction<{}> {
  async executeAction() {
    for (const byte of Buffer.from("ä€😀\\n")) {
      process.stdout.write(Buffer.of(byte));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return true;
  }
}
export class PrintsStack extends BackgroundTaskExAction<{}> {
  executeAction() {
    console.error(new Error("only printed").stack);
    return true;
  }
}
export class Printing extends BackgroundTaskEx<{}> {
  static readonly actions = [Floods, Greets, StartsProcess, CutsCharacters, PrintsStack];
}
`;

describe("What user code prints", () => {
  let workspace: SupervisedFolder;
  let told: Awaited<ReturnType<SupervisedFolder["tick"]>>;
  let memory: { before: number; after: number };

  before(async () => {
    workspace = await SupervisedFolder.create({ "prints.task.ts": PRINTS });
    await workspace.createTask("Printing");
    const before = process.memoryUsage().rss;
    told = await workspace.tick({ maxExecutionTimeMs: 120_000 });
    memory = { before, after: process.memoryUsage().rss };
  });
  after(() => workspace.remove());

  it("does not stop the tick, be it 100 MB", () => {
    assert.deepEqual(
      told.report.tasks.map(({ status }) => status),
      ["finished"],
    );
  });

  it("is kept up to 256 KiB per action, with a note on how much was dropped", () => {
    const text = told.printed("Floods");
    const [note] = text.match(/\[… .*\]\n$/) ?? [];
    assert.match(note ?? "", /^\[… 95\.1 MiB more dropped: only the first 256 KiB are kept\]/);
    assert.equal(text.length - (note?.length ?? 0), 256 * 1024);
    assert.ok(memory.after - memory.before < 64 * 1024 * 1024, `grew by ${(memory.after - memory.before) >> 20} MiB`);
  });

  it("belongs to the action that printed it, on both streams, and the flood before it changes nothing", () => {
    assert.equal(told.printed("Greets"), "grüße 🙂\nno line end");
    assert.equal(told.printed("Greets", "stderr"), "to stderr\n");
  });

  it("belongs to the action also when a process it started printed it", () => {
    assert.equal(told.printed("StartsProcess"), "from a child\n");
  });

  it("has its characters whole, however the bytes arrive", () => {
    assert.equal(told.printed("CutsCharacters"), "ä€😀\n");
    assert.ok(told.of("output").every(({ text }) => !text.includes("\ufffd")));
  });

  it("names the user's sources where it names positions", () => {
    const line = PRINTS.split("\n").findIndex((text) => text.includes("only printed")) + 3;
    assert.match(told.printed("PrintsStack", "stderr"), new RegExp(`at .*executeAction.*prints\\.task\\.ts:${line}:\\d+\\)`));
  });

  it("belongs to no action while task files are imported", () => {
    const [first] = told.of("output");
    assert.equal(first?.text, "while the file is imported\n");
    assert.equal(first?.action, undefined);
  });
});
