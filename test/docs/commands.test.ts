import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { allPages, repository } from "./support/page.ts";

const cli = join(process.env.DIST ?? join(repository, "dist"), "cli.js");
const manifest = JSON.parse(readFileSync(join(repository, "package.json"), "utf8"));

/** Every line of code in a page, in blocks and within sentences. */
const lines = allPages().flatMap((page) =>
  [...page.blocks.flatMap(({ text }) => text.split("\n")), ...page.spans].map((line) => ({ page: page.path, line })),
);

describe("Commands in the documentation", function () {
  this.timeout(60_000);

  it("are commands that there are, with options that they have", () => {
    const wrong = lines.flatMap(({ page, line }) =>
      [...line.matchAll(/(?:^|[\s/`])background-tasks ([a-z]+)\b([^|;&#)]*)/g)].flatMap(([, command = "", rest = ""]) => {
        const options = optionsOf(command);
        if (options === undefined) return [`${page}: ${line}: there is no command ${command}`];
        const unknown = [...rest.matchAll(/(?<=\s)--[a-z-]+/g)].map(([option]) => option).filter((option) => !options.has(option));
        return unknown.map((option) => `${page}: ${line}: ${command} has no option ${option}`);
      }),
    );
    assert.deepEqual(wrong, []);
  });

  it("never have npx install what is not there", () => {
    const blocks = allPages().flatMap((page) => page.blocks.map(({ text }) => ({ page: page.path, text })));
    const wrong = blocks.filter(({ text }) => /\bnpx\b(?!["\s,=[a-z]*--no\b)/.test(text));
    assert.deepEqual(wrong, []);
  });

  it("are npm scripts that there are, and that set up what they need", () => {
    const scripts: Readonly<Record<string, string>> = manifest.scripts;
    const named = lines.flatMap(({ page, line }) =>
      [...line.matchAll(/\bnpm (?:run ([\w:-]+)|(start|test|pack)\b)/g)].map(([, run, own]) => ({ page, script: run ?? own ?? "" })),
    );
    const wrong = named.flatMap(({ page, script }) => {
      const command = scripts[script === "pack" ? "prepack" : script];
      if (command === undefined) return [`${page}: there is no script ${script}`];
      return setsUp(command, scripts) ? [] : [`${page}: ${script} fails in a fresh clone: ${command}`];
    });
    assert.deepEqual([...new Set(wrong)], []);
  });

  it("are scripts of the repository that there are", () => {
    const named = lines.flatMap(({ page, line }) =>
      [...line.matchAll(/\bnode (scripts\/[\w./-]+)/g)].map(([, path = ""]) => ({ page, path })),
    );
    assert.deepEqual(
      named.filter(({ path }) => !existsSync(join(repository, path))),
      [],
    );
  });
});

const known = new Map<string, ReadonlySet<string> | undefined>();

/** With those that every command has; undefined where there is no such command. */
function optionsOf(command: string): ReadonlySet<string> | undefined {
  if (!known.has(command)) {
    const { status, stdout } = spawnSync(process.execPath, [cli, command, "--help"], { encoding: "utf8" });
    const options = new Set([...stdout.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(([, option = ""]) => option));
    known.set(command, status === 0 && stdout.includes(`background-tasks ${command}`) ? options : undefined);
  }
  return known.get(command);
}

/** Whether the first thing that a script executes installs the packages that it needs, or needs none. */
function setsUp(command: string, scripts: Readonly<Record<string, string>>): boolean {
  const [first = ""] = command.split(" && ");
  const [, script] = /^npm run (\S+)/.exec(first) ?? [];
  if (script !== undefined) return setsUp(scripts[script] ?? "", scripts);
  const [, file] = /^node (\S+)/.exec(first) ?? [];
  if (file === undefined) return false;
  if (file === "scripts/set-up.mjs") return true;
  const modules = [...readFileSync(join(repository, file), "utf8").matchAll(/ from "([^"]+)";/g)].map(([, name = ""]) => name);
  return modules.includes("./set-up.mjs") || modules.every((name) => name.startsWith("node:"));
}
