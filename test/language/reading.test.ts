import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DiskSources, SourceModel } from "../../server/language/index.ts";
import { eventually } from "../supervisor/support/eventually.ts";
import { makeTemporaryDirectory, removeDirectory } from "../support/temporary-directory.ts";
import { workspaceOf } from "./support/sources.ts";

const action = (name: string) => `import { BackgroundTaskExAction } from "background-task-ex";
export class ${name} extends BackgroundTaskExAction<{}> { executeAction() { return true; } }
`;

describe("Reading a workspace in steps", () => {
  const { model, sources } = workspaceOf({
    "/w/a.task.ts": `import { B } from "./b.ts";\n${action("A")}`,
    "/w/b.ts": `import { c } from "./c.ts";\n${action("B")}`,
    "/w/c.ts": "export const c = 1;\n",
    "/w/d.task.ts": action("D"),
  });

  it("takes three for each task file and each file that they import, and leaves nothing to be read", () => {
    const read: number[] = [];
    for (const _ of model.reading()) read.push(sources.reads.length);
    assert.equal(read.length, 12);
    assert.ok((read[0] ?? 0) < sources.reads.length, "the first step has read everything");
    const { length } = sources.reads;
    assert.deepEqual(
      model.classes().classes.map(({ name }) => name),
      ["A", "D", "B"],
    );
    assert.equal(sources.reads.length, length);
  });

  it("reads again what has changed, and that alone", () => {
    sources.write("/w/d.task.ts", action("E"));
    sources.reads.length = 0;
    for (const _ of model.reading());
    assert.deepEqual(sources.reads, ["/w/d.task.ts"]);
    assert.deepEqual(model.file("/w/d.task.ts").classes[0]?.name, "E");
  });
});

describe("A file on the disk", () => {
  let directory: string;
  let file: string;
  let sources: DiskSources;
  let model: SourceModel;
  const className = () => model.file(file).classes[0]?.name;

  beforeEach(async () => {
    directory = makeTemporaryDirectory();
    file = join(directory, "a.task.ts");
    await writeFile(file, action("Before"));
    sources = new DiskSources();
    model = new SourceModel(sources);
    assert.equal(className(), "Before");
    await writeFile(file, action("AfterTheChange"));
  });
  afterEach(() => removeDirectory(directory));

  it("is looked at again at once when somebody tells that it may have changed", () => {
    sources.lookAgain();
    assert.equal(className(), "AfterTheChange");
  });

  it("is looked at again after a moment when nobody does", async () => {
    await eventually("the change is seen", async () => className() === "AfterTheChange");
  });

  it("is as an editor has it while it is open there", () => {
    sources.open(file, action("Written"));
    assert.equal(className(), "Written");
    sources.close(file);
    sources.lookAgain();
    assert.equal(className(), "AfterTheChange");
  });
});
