import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

interface Import {
  readonly from: string;
  readonly to: string;
  readonly isType: boolean;
  readonly line: number;
}

interface Room {
  readonly path: string;
  readonly imports: readonly string[];
  readonly types: readonly string[];
}

interface Scripts {
  readonly ROOMS: readonly Room[];
  mistakesIn(imports: readonly Import[], rooms: readonly Room[]): string[];
  readImports(file: string, text: string): Import[];
}

describe("the rooms of the house", () => {
  let scripts: Scripts;

  before(async () => {
    const load = (name: string) => import(pathToFileURL(join(process.env.TEST_REPOSITORY ?? "", "scripts/rooms", name)).href);
    scripts = Object.assign({}, ...(await Promise.all(["rooms.mjs", "mistakes.mjs", "imports.mjs"].map(load))));
  });

  it("stand from the bottom up: each imports only those before it", () => {
    scripts.ROOMS.forEach((room, index) => {
      const before = scripts.ROOMS.slice(0, index).map(({ path }) => path);
      for (const other of [...room.imports, ...room.types]) assert.ok(before.includes(other), `${room.path} stands before ${other}`);
    });
  });

  const FORBIDDEN = [
    ["server/language/probe.ts", "server/runner/trust.ts"],
    ["server/words/probe.ts", "server/supervisor/index.ts"],
    ["server/protocol/probe.ts", "server/store/index.ts"],
    ["server/workspace/probe.ts", "server/store/index.ts"],
    ["server/runner/probe.ts", "server/cli/program.ts"],
    ["server/store/probe.ts", "server/workspace/index.ts"],
    ["server/store/probe.ts", "server/service/index.ts"],
    ["server/service/probe.ts", "server/words/time-words.ts"],
    ["server/supervisor/probe.ts", "server/words/time-words.ts"],
    ["server/authoring/probe.ts", "server/store/index.ts"],
    ["client/probe.ts", "server/store/index.ts"],
  ] as const;
  for (const [from, to] of FORBIDDEN) {
    it(`refuses that ${room(from)} imports ${room(to)}`, () => {
      const found = imports(from, `import { it } from "${relativePath(from, to)}";`);
      assert.match(scripts.mistakesIn(found, scripts.ROOMS).join("\n"), new RegExp(`^${from}:1 imports ${to}: ${room(from)} may`));
    });
  }

  it("tells types from what is loaded", () => {
    const from = "server/protocol/probe.ts";
    assert.deepEqual(mistakes(from, 'import type { A } from "../json/error-json.ts";'), []);
    assert.deepEqual(mistakes(from, 'import { type A, type B } from "../json/error-json.ts";'), []);
    assert.deepEqual(mistakes(from, 'export type { A } from "../json/error-json.ts";'), []);
    assert.deepEqual(mistakes(from, 'type A = import("../json/error-json.ts").A;'), []);
    for (const text of [
      'import { a } from "../json/error-json.ts";',
      'import { type A, b } from "../json/error-json.ts";',
      'import "../json/error-json.ts";',
      'export * from "../json/error-json.ts";',
      'export { a } from "../json/error-json.ts";',
      'const a = await import("../json/error-json.ts");',
    ]) {
      assert.match(mistakes(from, text).join("\n"), /may import types of server\/json only/, text);
    }
  });

  it("refuses packages that are another room's, and Node where a room is pure", () => {
    assert.match(mistakes("server/service/probe.ts", 'import * as vscode from "vscode";').join(), /may not import the package vscode/);
    assert.match(mistakes("server/cli/probe.ts", 'import { build } from "esbuild";').join(), /may not import the package esbuild/);
    assert.match(mistakes("server/authoring/probe.ts", 'import { readFileSync } from "node:fs";').join(), /knows nothing of Node/);
    assert.deepEqual(mistakes("client/probe.ts", 'import { LanguageClient } from "vscode-languageclient/node";'), []);
    assert.deepEqual(mistakes("server/store/probe.ts", 'import { open } from "node:fs";'), []);
  });

  it("refuses inner rooms that import each other in a circle, and says by what", () => {
    const found = [
      ...imports("server/store/disk/probe.ts", 'import { a } from "../journal/probe.ts";'),
      ...imports("server/store/journal/probe.ts", 'import { a } from "../inbox/probe.ts";'),
      ...imports("server/store/inbox/probe.ts", 'import { a } from "../disk/probe.ts";'),
    ];
    const said = scripts.mistakesIn(found, scripts.ROOMS).join("\n");
    assert.match(said, /^server\/store\/disk, server\/store\/inbox, server\/store\/journal import each other in a circle:/);
    assert.match(said, /server\/store\/inbox\/probe\.ts → server\/store\/disk\/probe\.ts/);
    assert.deepEqual(scripts.mistakesIn(found.slice(1), scripts.ROOMS), []);
  });

  it("refuses a file that is in none of them", () => {
    assert.match(mistakes("server/elsewhere/probe.ts", 'import { a } from "../store/index.ts";').join(), /is in no room/);
  });

  function imports(from: string, text: string): Import[] {
    return scripts.readImports(from, text);
  }

  function mistakes(from: string, text: string): string[] {
    return scripts.mistakesIn(imports(from, text), scripts.ROOMS);
  }
});

function room(path: string): string {
  return path.startsWith("client/") ? "client" : path.split("/").slice(0, 2).join("/");
}

function relativePath(from: string, to: string): string {
  return "../".repeat(from.split("/").length - 1) + to;
}
