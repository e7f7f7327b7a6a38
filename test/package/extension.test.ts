import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { PackedExtension } from "./packed-extension.ts";

describe("The packed extension", function () {
  this.timeout(180_000);
  let packed: PackedExtension;
  before(async () => {
    packed = await PackedExtension.pack();
  });
  after(() => packed.remove());

  it("holds what runs, and what people are told of it", () => {
    const parts = new Set(packed.files.map((file) => (file.startsWith("dist/") ? file.replace(/-[A-Z0-9]{8}\.js$/, "-*.js") : file)));
    const isProgramOrType = (file: string) => /^dist\/[\w.-]+(?:-\*)?\.js$|^dist\/packages\/.*\.d\.[cm]?ts$/.test(file);
    const others = [...parts].filter((file) => !isProgramOrType(file)).sort();
    const esbuild = `dist/node_modules/@esbuild/${process.platform}-${process.arch}`;
    assert.deepEqual(others, [
      "LICENSE.txt",
      "changelog.md",
      "dist/client/extension.cjs",
      "dist/config-schema.json",
      "dist/index.d.ts",
      `${esbuild}/bin/esbuild`,
      `${esbuild}/package.json`,
      "dist/node_modules/esbuild/LICENSE.md",
      "dist/node_modules/esbuild/lib/main.js",
      "dist/node_modules/esbuild/package.json",
      "dist/packages/@types/node/LICENSE",
      "dist/packages/@types/node/README.md",
      "dist/packages/@types/node/package.json",
      "dist/packages/undici-types/LICENSE",
      "dist/packages/undici-types/README.md",
      "dist/packages/undici-types/package.json",
      "dist/third-party-notices.txt",
      "l10n/bundle.l10n.json",
      "media/background-tasks.svg",
      "media/icon.png",
      "package.json",
      "package.nls.json",
      "readme.md",
    ]);
    for (const entry of ["index", "worker", "watchdog", "runner", "cli"]) assert.ok(packed.files.includes(`dist/${entry}.js`), entry);
  });

  it("has what its manifest names", () => {
    const { main, contributes } = JSON.parse(readFileSync(packed.path("package.json"), "utf8"));
    assert.equal(main, "./dist/client/extension.cjs");
    for (const file of [main, ...contributes.jsonValidation.map(({ url }: { readonly url: string }) => url)]) {
      assert.ok(packed.files.includes(file.replace("./", "")), file);
    }
  });

  it("names no source map that is not there", () => {
    for (const file of packed.files.filter((name) => /\.[cm]?js$/.test(name))) {
      const [, map] = /^\/\/# sourceMappingURL=(\S+)\s*$/m.exec(readFileSync(packed.path(file), "utf8")) ?? [];
      if (map !== undefined) assert.ok(existsSync(join(dirname(packed.path(file)), map)), `${file} names ${map}`);
    }
  });

  it("runs by itself, without the packages of the repository", () => {
    const workspace = mkdtempSync(join(tmpdir(), "background-tasks-alone-"));
    try {
      writeFileSync(join(workspace, "greet.task.ts"), GREET);
      const run = (...args: string[]) =>
        JSON.parse(
          execFileSync(process.execPath, [packed.path("dist/cli.js"), "--workspace", workspace, "--json", ...args], { encoding: "utf8" }),
        );
      run("create", "Greeting");
      const { outcome, tasks } = run("tick");
      assert.equal(outcome, "done");
      assert.deepEqual(tasks[0].actions[0].outcome, "finished");
      assert.equal(readFileSync(join(workspace, "greeting.txt"), "utf8"), "hello");
    } finally {
      rmSync(workspace, { recursive: true, force: true });
    }
  });

  it("tells whose code is in it", () => {
    const notices = readFileSync(packed.path("dist/third-party-notices.txt"), "utf8");
    for (const name of ["vscode-languageclient", "vscode-languageserver", "esbuild", "croner", "commander"]) {
      assert.match(notices, new RegExp(`^${name} \\d`, "m"));
    }
  });
});

describe("The extension packed for another platform", function () {
  this.timeout(180_000);
  it("has that platform's esbuild only", async () => {
    const packed = await PackedExtension.pack("win32-x64");
    try {
      const binaries = packed.files.filter((file) => file.includes("/@esbuild/"));
      assert.deepEqual(binaries.sort(), [
        "dist/node_modules/@esbuild/win32-x64/esbuild.exe",
        "dist/node_modules/@esbuild/win32-x64/package.json",
      ]);
      const manifest = readFileSync(join(packed.directory, "extension.vsixmanifest"), "utf8");
      assert.match(manifest, /TargetPlatform="win32-x64"/);
    } finally {
      packed.remove();
    }
  });
});

const GREET = `import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { BackgroundTaskEx, BackgroundTaskExAction } from "background-task-ex";

export class WriteGreeting extends BackgroundTaskExAction<{}> {
  executeAction() {
    writeFileSync(join(import.meta.dirname, "greeting.txt"), "hello");
    return true;
  }
}

export class Greeting extends BackgroundTaskEx<{}> {
  static override readonly actions = [WriteGreeting];
}
`;
