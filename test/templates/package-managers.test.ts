import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { inWords, packageCommands, packageManagerOf } from "../../client/new-task-file/package-manager.ts";
import { ENGINE_PACKAGE, NODE_TYPES } from "../../client/new-task-file/package-names.ts";
import { EmptyFolder } from "./support/empty-folder.ts";

const versions = { [ENGINE_PACKAGE]: "1.2.3", [NODE_TYPES]: "20.1.0" };

describe("The package manager in use", () => {
  let folder: EmptyFolder;
  beforeEach(async () => {
    folder = new EmptyFolder();
    await mkdir(folder.path("packages/shop"), { recursive: true });
    await write("package.json", {});
    await write("packages/shop/package.json", {});
  });
  afterEach(() => folder.remove());

  const write = (name: string, content: object) => writeFile(folder.path(name), JSON.stringify(content));
  async function commands(...undeclared: (typeof ENGINE_PACKAGE | typeof NODE_TYPES)[]): Promise<readonly string[]> {
    const directory = folder.path("packages/shop");
    const all = await packageCommands(await packageManagerOf(directory), directory, undeclared, versions);
    return all.map(inWords);
  }

  for (const [lockfile, expected] of [
    ["package-lock.json", ["npm i background-task-ex@1.2.3", "npm i -D @types/node@20.1.0"]],
    ["pnpm-lock.yaml", ["pnpm add background-task-ex@1.2.3", "pnpm add -D @types/node@20.1.0"]],
    ["yarn.lock", ["yarn add background-task-ex@1.2.3", "yarn add -D @types/node@20.1.0"]],
    ["bun.lock", ["bun add background-task-ex@1.2.3", "bun add -d @types/node@20.1.0"]],
  ] as const) {
    it(`is known by ${lockfile}, also further up`, async () => {
      await write(lockfile, {});
      assert.deepEqual(await commands(ENGINE_PACKAGE, NODE_TYPES), expected);
    });
  }

  it("is known by package.json, and npm where nothing tells", async () => {
    assert.equal(await packageManagerOf(folder.path("packages/shop")), "npm");
    await write("package.json", { packageManager: "pnpm@9.1.0" });
    assert.deepEqual(await commands(ENGINE_PACKAGE), ["pnpm add background-task-ex@1.2.3"]);
  });

  it("installs what is declared already", async () => {
    await write("yarn.lock", {});
    assert.deepEqual(await commands(), ["yarn install"]);
  });

  it("is told that the top of a monorepo is meant", async () => {
    await write("pnpm-lock.yaml", {});
    await write("pnpm-workspace.yaml", {});
    const [command] = await packageCommands("pnpm", folder.directory, [ENGINE_PACKAGE], versions);
    assert.ok(command);
    assert.equal(inWords(command), "pnpm add -w background-task-ex@1.2.3");
  });
});
