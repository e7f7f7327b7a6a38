import assert from "node:assert/strict";
import { DebuggedFolder } from "./support/debugged-folder.ts";

const TASKS = `
function helper(): never {
  throw new Error("in a helper"); // helper
}
async function asyncHelper(): Promise<never> {
  await sleep(1);
  throw new Error("in an async helper"); // async helper
}
export class AtOnce extends BackgroundTaskExAction {
  executeAction(): Promise<boolean> {
    throw new Error("at once"); // at once
  }
}
export class BeforeAwait extends BackgroundTaskExAction {
  async executeAction(): Promise<boolean> {
    throw new Error("before an await"); // before an await
  }
}
export class AfterAwait extends BackgroundTaskExAction {
  async executeAction(): Promise<boolean> {
    await sleep(5);
    throw new Error("after an await"); // after an await
  }
}
export class InHelper extends BackgroundTaskExAction {
  async executeAction(): Promise<boolean> {
    await sleep(1);
    helper();
  }
}
export class InAsyncHelper extends BackgroundTaskExAction {
  async executeAction(): Promise<boolean> {
    await asyncHelper();
    return true;
  }
}
export class InGenerator extends BackgroundTaskExAction {
  async *executeAction() {
    yield;
    await sleep(1);
    throw new Error("in a generator"); // in a generator
  }
}
export class AtGeneratorsStart extends BackgroundTaskExAction {
  async *executeAction() {
    if (this.id !== "") throw new Error("at a generator's start"); // generator's start
    yield;
  }
}
export class InInit extends BackgroundTaskExAction {
  override async initActionParams(): Promise<boolean> {
    await sleep(1);
    throw new Error("in init"); // in init
  }
  async executeAction() { return true; }
}
export class InRecovery extends BackgroundTaskExAction {
  override async changeActionParamsOnError(): Promise<boolean> {
    await sleep(1);
    throw new Error("in recovery"); // in recovery
  }
  async executeAction(): Promise<boolean> { throw new Error("to be recovered"); }
}
export class Caught extends BackgroundTaskExAction {
  async executeAction(): Promise<boolean> {
    try {
      await asyncHelper();
    } catch {
      await asyncHelper().catch(() => {});
    }
    return true;
  }
}
export class Choosing extends BackgroundTaskEx {
  override async getNextAction(): Promise<never> {
    await sleep(1);
    throw new Error("in getNextAction"); // in getNextAction
  }
}
${["AtOnce", "BeforeAwait", "AfterAwait", "InHelper", "InAsyncHelper", "InGenerator", "AtGeneratorsStart", "InInit", "InRecovery", "Caught"]
  .map((name) => `export class ${name}Task extends BackgroundTaskEx { static actions = [${name}]; }`)
  .join("\n")}
`;

describe("An error in a debugged tick", () => {
  let folder: DebuggedFolder;

  before(async () => {
    folder = await DebuggedFolder.open(TASKS);
  });

  after(() => folder.close());

  for (const [className, part] of [
    ["AtOnce", "// at once"],
    ["BeforeAwait", "// before an await"],
    ["AfterAwait", "// after an await"],
    ["InHelper", "// helper"],
    ["InAsyncHelper", "// async helper"],
    ["InGenerator", "// in a generator"],
    ["AtGeneratorsStart", "// generator's start"],
    ["InInit", "// in init"],
    ["InRecovery", "// in recovery"],
  ] as const) {
    it(`stops uncaught where it is thrown: ${part.slice(3)}, and then fails its action as ever`, async () => {
      const task = await folder.create(`${className}Task`);
      if (className === "InRecovery") await folder.tick();
      const launch = await folder.prepare({ task });
      const session = await folder.debug(launch, { uncaught: true });
      const stop = await session.stop();
      const { file, line } = stop.frames[0] ?? {};
      assert.deepEqual({ file, line }, folder.line(part));
      await session.resume();
      await session.ended();
      const answer = await folder.end(launch);
      assert.deepEqual({ outcome: answer.outcome, failures: answer.failures }, { outcome: "done", failures: 1 });
    });
  }

  it("stops uncaught where getNextAction throws", async () => {
    const task = await folder.create("Choosing");
    const launch = await folder.prepare({ task });
    const session = await folder.debug(launch, { uncaught: true });
    assert.equal((await session.stop()).frames[0]?.line, folder.line("// in getNextAction").line);
    await session.resume();
    await session.ended();
    assert.equal((await folder.end(launch)).failures, 1);
  });

  it("does not stop where the task's own code catches it", async () => {
    const task = await folder.create("CaughtTask");
    const launch = await folder.prepare({ task });
    const session = await folder.debug(launch, { uncaught: true });
    await session.ended();
    assert.deepEqual(await folder.end(launch).then(({ outcome, failures }) => ({ outcome, failures })), { outcome: "done", failures: 0 });
  });
});
