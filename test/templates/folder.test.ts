import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { namesNodeTypes } from "../../client/new-task-file/node-types.ts";
import { ENGINE_PACKAGE, NODE_TYPES } from "../../client/new-task-file/package-names.ts";
import { packageNeeds } from "../../client/new-task-file/project.ts";
import { writeStarterFiles } from "../../client/new-task-file/starter-files.ts";
import { EmptyFolder, shippedPackages } from "./support/empty-folder.ts";

describe("What New Task File writes around a task file", () => {
  let folder: EmptyFolder;
  beforeEach(async () => {
    folder = new EmptyFolder();
  });
  afterEach(() => folder.remove());

  const needs = (...inside: readonly string[]) => packageNeeds(folder.path(...inside), folder.directory);
  const write = (name: string, content: object | string) =>
    writeFile(folder.path(name), typeof content === "string" ? content : JSON.stringify(content));

  it("makes an empty folder one that needs nothing more", async () => {
    assert.deepEqual(needs(), { kind: "starter", directory: folder.directory });
    await folder.begin();
    assert.deepEqual(needs(), { kind: "nothing" });
    const { version } = JSON.parse(await readFile("package.json", "utf8"));
    const { dependencies, private: isPrivate, type } = await folder.readJson("package.json");
    assert.deepEqual(
      { dependencies, isPrivate, type },
      { dependencies: { [ENGINE_PACKAGE]: `^${version}` }, isPrivate: true, type: "module" },
    );
    assert.equal(await folder.read(".gitignore"), "node_modules/\n");
  });

  it("leaves what is there as it is", async () => {
    await write(".gitignore", "mine");
    await write("tsconfig.json", "{}");
    const shipped = shippedPackages();
    const written = await writeStarterFiles(folder.directory, await shipped.versions());
    assert.deepEqual(written, [folder.path("package.json")]);
    assert.equal(await folder.read(".gitignore"), "mine");
    await mkdir(folder.path("node_modules", ENGINE_PACKAGE), { recursive: true });
    assert.ok(!(await shipped.copyTo(folder.directory)).includes(folder.path("node_modules", ENGINE_PACKAGE)));
    assert.deepEqual(await shipped.copyTo(folder.directory), []);
  });

  it("copies packages under a version that the next install replaces, without the extension's own part", async () => {
    await folder.begin();
    for (const name of [ENGINE_PACKAGE, NODE_TYPES, "undici-types"]) {
      const { version } = await folder.readJson(`node_modules/${name}/package.json`);
      assert.match(String(version), /^\d+\.\d+\.\d+-offline$/, name);
    }
    assert.ok(existsSync(folder.path("node_modules", ENGINE_PACKAGE, "dist/index.js")));
    assert.ok(!existsSync(folder.path("node_modules", ENGINE_PACKAGE, "dist/client")));
  });

  it("goes by the package.json nearest to the file", async () => {
    await write("package.json", { dependencies: { [ENGINE_PACKAGE]: "1", [NODE_TYPES]: "1" } });
    await mkdir(folder.path("packages/shop/tasks"), { recursive: true });
    await write("packages/shop/package.json", {});
    const directory = folder.path("packages/shop");
    assert.deepEqual(needs("packages/shop/tasks"), { kind: "packages", directory, undeclared: [ENGINE_PACKAGE, NODE_TYPES] });
    assert.deepEqual(needs("packages"), { kind: "packages", directory: folder.directory, undeclared: [] });
  });

  it("takes types that are installed further up as they are, but wants the package declared", async () => {
    await folder.begin();
    await mkdir(folder.path("shop"));
    await write("shop/package.json", {});
    assert.deepEqual(needs("shop"), { kind: "packages", directory: folder.path("shop"), undeclared: [ENGINE_PACKAGE] });
  });

  it("needs nothing where a part of a repository is open that has it all", async () => {
    await folder.begin();
    await mkdir(folder.path(".git"));
    await mkdir(folder.path("shop/tasks"), { recursive: true });
    assert.deepEqual(packageNeeds(folder.path("shop/tasks"), folder.path("shop")), { kind: "nothing" });
  });

  it("knows whether a configuration asks for the types of Node's modules, or the file has to", async () => {
    assert.equal(namesNodeTypes(folder.directory), false);
    await mkdir(folder.path("shop"));
    await write("tsconfig.json", '{ "compilerOptions": { // mine\n "types": ["mocha", "node"] } }');
    assert.equal(namesNodeTypes(folder.path("shop")), true);
    await write("tsconfig.json", '{ "compilerOptions": { "types": ["node"] }, "include": ["*.task.ts"] }');
    assert.equal(namesNodeTypes(folder.directory), true);
    assert.equal(namesNodeTypes(folder.path("shop")), false);
    await write("tsconfig.json", await readFile("client/templates/tsconfig.json", "utf8"));
    assert.equal(namesNodeTypes(folder.path("shop")), true);
    await write("shop/tsconfig.json", '{ "compilerOptions": { "types": [] } }');
    assert.equal(namesNodeTypes(folder.path("shop")), false);
  });

  it("names the package.json that cannot be read", async () => {
    await write("package.json", "{ oops");
    assert.throws(() => needs(), { name: "SyntaxError", message: /package\.json: / });
  });
});
