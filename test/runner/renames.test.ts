import assert from "node:assert/strict";
import { rm, stat, writeFile } from "node:fs/promises";
import { requests } from "../../server/protocol/runner-protocol.ts";
import { type ClientOptions, RunnerClient, uriOf } from "./support/runner-client.ts";
import { TaskWorkspace } from "./support/task-workspace.ts";

const source = (task: string, action: string) => `
export class ${action} extends BackgroundTaskExAction<{}> { async executeAction() { return false; } }
export class ${task} extends BackgroundTaskEx<{}> { static readonly actions = [${action}]; }
`;

describe("A class that was renamed", () => {
  let workspace: TaskWorkspace;
  let client: RunnerClient;

  const folder = () => uriOf(workspace.directory);
  const state = () => client.folder(workspace.directory);
  const rename = (from: string, to: string, kind: "task" | "action" = "task") =>
    client.request<{ tasks: number }>(requests.renameClass, { folder: folder(), kind, from, to });

  async function start(options?: ClientOptions): Promise<void> {
    workspace = await TaskWorkspace.create({ "pack.task.ts": source("Nightly", "Pack") });
    client = await RunnerClient.start([workspace.directory], options);
    await client.until("the classes", () => state().classes.length === 2);
    for (const name of ["one", "two"]) {
      await client.request(requests.createTask, { folder: folder(), class: "Nightly", params: {}, name });
    }
  }

  async function write(text: string): Promise<void> {
    await workspace.write("pack.task.ts", text);
    await client.request(requests.refreshClasses, { folder: folder() });
  }

  afterEach(async () => {
    await client.stop();
    await workspace.remove();
  });

  it("is offered its stored tasks, once and with their number, and gets them when somebody agrees", async () => {
    await start();
    await write(source("Weekly", "Pack"));
    assert.deepEqual(client.renames, [{ folder: folder(), kind: "task", from: "Nightly", to: "Weekly", tasks: 2 }]);
    assert.deepEqual([...new Set(state().tasks.map((task) => task.class))], ["Nightly"], "nothing happens by itself");
    await write(`${source("Weekly", "Pack")}// saved again`);
    assert.equal(client.renames.length, 1);

    assert.deepEqual(await rename("Nightly", "Weekly"), { tasks: 2 });
    assert.deepEqual([...new Set(state().tasks.map((task) => task.class))], ["Weekly"]);
    const answer = await client.request<{ tasks: number }>(requests.runTick, { folder: folder(), startedBy: "person" });
    assert.equal(answer.tasks, 2);
    await client.until("their actions at work", () => state().tasks.every(({ status, problem }) => status === "paused" && !problem));
  });

  it("is noticed of actions, too", async () => {
    await start();
    await write(source("Nightly", "Compress"));
    assert.deepEqual(client.renames, [{ folder: folder(), kind: "action", from: "Pack", to: "Compress", tasks: 2 }]);
    await rename("Pack", "Compress", "action");
    assert.deepEqual([...new Set(state().tasks.flatMap(({ actions }) => actions.map((action) => action.class)))], ["Compress"]);
  });

  it("is noticed across a moment at which the file did not load, and by where it stands when several are new", async () => {
    await start();
    await write("export class Nightly extends {");
    assert.deepEqual(client.renames, []);
    await write(`${source("Weekly", "Pack")}\n\n${source("Another", "Unpack")}`);
    assert.deepEqual(
      client.renames.map(({ from, to }) => [from, to]),
      [["Nightly", "Weekly"]],
    );
  });

  it("is none where the old one is there still, or nothing is stored for it", async () => {
    await start();
    await write(`${source("Nightly", "Pack")}${source("Weekly", "Compress")}`);
    await write(`${source("Nightly", "Pack")}${source("Monthly", "Compress")}`);
    assert.deepEqual(client.renames, []);
    await assert.rejects(rename("Nightly", "Monthly"), /exports a task class Nightly: its tasks do not need another class/);
    await assert.rejects(rename("Weekly", "Monthly"), /No stored task uses a task class Weekly/);
    await assert.rejects(rename("Weekly", "Yearly"), /No task file exports a task class Yearly/);
  });

  describe("while no runner was running", () => {
    const seenClasses = () => workspace.path(".background-tasks/cache/seen-classes.json");

    /** The window is closed, the file changed, and the window opened again: by then everything was looked at. */
    async function reopenedWith(text: string): Promise<void> {
      await client.stop();
      await workspace.write("pack.task.ts", text);
      client = await RunnerClient.start([workspace.directory]);
      await client.request(requests.refreshClasses, { folder: folder() });
    }

    it("is offered as soon as one looks, once, and again by the next until somebody agrees", async () => {
      await start();
      for (const _window of ["the first", "another"]) {
        await reopenedWith(source("Weekly", "Pack"));
        await write(`${source("Weekly", "Pack")}// saved`);
        assert.deepEqual(client.renames, [{ folder: folder(), kind: "task", from: "Nightly", to: "Weekly", tasks: 2 }]);
      }
      assert.deepEqual(await rename("Nightly", "Weekly"), { tasks: 2 });
      await reopenedWith(source("Weekly", "Pack"));
      assert.deepEqual(client.renames, []);
    });

    it("is offered of actions, and where several are new by where they stand", async () => {
      await start();
      await reopenedWith(`${source("Nightly", "Compress")}\n\n${source("Another", "Unpack")}`);
      assert.deepEqual(
        client.renames.map(({ kind, from, to }) => [kind, from, to]),
        [["action", "Pack", "Compress"]],
      );
    });

    it("is offered when the file loads again that did not", async () => {
      await start();
      await reopenedWith("export class Nightly extends {");
      assert.deepEqual(client.renames, []);
      await reopenedWith(source("Weekly", "Pack"));
      assert.deepEqual(
        client.renames.map(({ from, to }) => [from, to]),
        [["Nightly", "Weekly"]],
      );
    });

    it("is offered in a workspace that was moved meanwhile", async () => {
      await start();
      await client.stop();
      workspace = await workspace.moved();
      await reopenedWith(source("Weekly", "Pack"));
      assert.deepEqual(
        client.renames.map(({ from, to }) => [from, to]),
        [["Nightly", "Weekly"]],
      );
    });

    it("is not guessed: not without a memory of the old class, nor by a class that was there or is elsewhere", async () => {
      await start();
      await write(`${source("Nightly", "Pack")}${source("Monthly", "Unpack")}`);
      await reopenedWith(source("Monthly", "Unpack"));
      assert.deepEqual(client.renames, [], "Monthly was there before");
      await client.stop();
      await workspace.write("other.task.ts", source("Weekly", "Compress"));
      await reopenedWith(source("Monthly", "Unpack"));
      assert.deepEqual(client.renames, [], "Weekly is in another file");

      await client.stop();
      await rm(workspace.path(".background-tasks/cache"), { recursive: true });
      await reopenedWith(source("Yearly", "Unpack"));
      assert.deepEqual(client.renames, [], "nobody knows where Nightly was");
    });

    it("is noticed with the help of a file that is written only when it changes, and may be spoilt", async () => {
      await start();
      await client.stop();
      const { ino, mtimeMs } = await stat(seenClasses());
      await reopenedWith(source("Nightly", "Pack"));
      await client.stop();
      const after = await stat(seenClasses());
      assert.deepEqual([after.ino, after.mtimeMs], [ino, mtimeMs]);
      for (const spoilt of ["{ oops", "[]", '{ "classes": [null, { "kind": "task", "name": 1 }] }']) {
        await writeFile(seenClasses(), spoilt);
        await reopenedWith(source("Weekly", "Pack"));
        assert.deepEqual(client.renames, [], spoilt);
      }
    });
  });

  it("is asked about by a message where the client knows nothing of our notifications", async () => {
    await start({ options: { isOwnClient: false } });
    const asked = new Promise<string>((resolve) =>
      client.connection.onRequest("window/showMessageRequest", ({ message, actions }) => {
        resolve(message);
        return actions[0];
      }),
    );
    await write(source("Weekly", "Pack"));
    assert.equal(
      await asked,
      "2 stored tasks use task class Nightly, which no longer exists; Weekly is new in the same file. Reassign the tasks to Weekly?",
    );
    await client.until("the handed over tasks", () => state().tasks.every((task) => task.class === "Weekly"));
    assert.deepEqual(client.renames, []);
  });
});
