import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "./support/page.ts";

const { contributes } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8"));
const texts: Readonly<Record<string, string>> = JSON.parse(readFileSync(join(repository, "package.nls.json"), "utf8"));
const page = readFileSync(join(repository, "docs/editor.md"), "utf8");

describe("The page about the editor", () => {
  it("has every command, by its title", () => {
    const titles: readonly string[] = contributes.commands.map(({ title }: { title: string }) => texts[title.replaceAll("%", "")] ?? title);
    assert.ok(titles.length > 20);
    assert.deepEqual(
      titles.filter((title) => !page.includes(`*${title}*`)),
      [],
    );
  });

  it("has every setting, and no other", () => {
    const groups = [contributes.configuration].flat();
    const settings = groups.flatMap(({ properties }: { properties: object }) => Object.keys(properties));
    const shown = settings.map((name) => name.replace(/\.checks\..*/, ".checks.<code>"));
    const [, table = ""] = page.split("## Settings");
    const listed = [...table.matchAll(/^\| `(backgroundTasks\.[^`]+)`/gm)].map(([, name]) => name);
    assert.deepEqual(listed.sort(), [...new Set(shown)].sort());
  });
});
