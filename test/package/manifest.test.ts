import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { CONFIG_RULES } from "../../server/workspace/config-rules.ts";
import { CONFIG_FILE_NAME } from "../../server/workspace/index.ts";

interface MenuItem {
  readonly command: string;
  readonly when?: string;
}

const manifest = JSON.parse(readFileSync("package.json", "utf8"));
const texts: Readonly<Record<string, string>> = JSON.parse(readFileSync("package.nls.json", "utf8"));
const { commands, menus, configuration, views, viewsWelcome, keybindings } = manifest.contributes;
const commandIds: readonly string[] = commands.map(({ command }: MenuItem) => command);
interface SettingsGroup {
  readonly title: string;
  readonly properties: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const groups: readonly SettingsGroup[] = configuration;
const settings = new Map(groups.flatMap(({ properties }) => Object.entries(properties)));

describe("The manifest of the extension", () => {
  it("has a text for every key, and no key too many", () => {
    const used = new Set([...JSON.stringify(manifest).matchAll(/"%([^"%]+)%"/g)].map(([, key]) => key));
    assert.deepEqual([...used].sort(), Object.keys(texts).sort());
  });

  it("names only commands that it contributes, in menus, keys and texts", () => {
    const inMenus = Object.values<readonly MenuItem[]>(menus).flatMap((items) => items.map(({ command }) => command));
    const inTexts = Object.values(texts).flatMap((text) => [...text.matchAll(/command:(backgroundTasks\.\w+)/g)].map(([, id]) => id));
    const inKeys = keybindings.map(({ command }: MenuItem) => command);
    assert.deepEqual(
      [...inMenus, ...inTexts, ...inKeys].filter((id) => !commandIds.includes(id)),
      [],
    );
  });

  it("gives every command a category, a title and an icon; those that execute something need trust", () => {
    for (const { command, category, title, icon, enablement = "" } of commands) {
      assert.equal(category, "%category%", command);
      assert.ok(texts[title.slice(1, -1)], command);
      assert.match(icon, /^\$\(/, command);
      const executes = /\.(?:run|debug|create|retry|cancelTask|pause|resume|edit)/.test(command);
      if (executes) assert.match(enablement, /isWorkspaceTrusted/, command);
    }
  });

  it("restricts the settings that decide what is executed", () => {
    const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    for (const name of ["nodePath", "include", "autoTick", "debugOptions"].map((key) => `backgroundTasks.${key}`)) {
      assert.ok(restrictedConfigurations.includes(name), name);
      assert.equal(settings.get(name)?.scope, "machine-overridable", name);
    }
  });

  it("explains every setting, in words that are there", () => {
    for (const [name, { markdownDescription, scope }] of settings) {
      assert.ok(texts[String(markdownDescription).slice(1, -1)], name);
      assert.ok(scope, `${name} has no scope`);
    }
  });

  it("shows settings in titled groups, each in an order of its own", () => {
    for (const { title, properties } of groups) {
      assert.ok(texts[title.slice(1, -1)], title);
      const orders = Object.values(properties).map(({ order }) => order);
      assert.deepEqual(
        orders,
        orders.map((_, index) => index + 1),
      );
    }
  });

  it("accepts of a setting just what the configuration file accepts, and null", () => {
    for (const [key, { requirements }] of Object.entries(CONFIG_RULES).filter(([name]) => name !== "checks")) {
      const setting = settings.get(`backgroundTasks.${key}`);
      const ofFile: Readonly<Record<string, unknown>> = Object.assign({}, ...requirements.map(({ schema }) => schema));
      const { type = "string", enum: choices, minItems: _minItems, contains: _contains, ...others } = ofFile;
      assert.deepEqual(setting?.type, [type, "null"], key);
      if (choices) assert.deepEqual(setting?.enum, [null, ...(choices as string[])], key);
      for (const [keyword, value] of Object.entries(others)) {
        assert.deepEqual(withoutMessage(setting?.[keyword]), value, `${key}: ${keyword}`);
      }
    }
  });

  it("shows the configuration file as JSON with comments, by its schema", () => {
    const [language] = manifest.contributes.languages;
    assert.deepEqual(language, { id: "jsonc", filenames: [CONFIG_FILE_NAME] });
    assert.deepEqual(manifest.contributes.jsonValidation, [{ fileMatch: CONFIG_FILE_NAME, url: "./dist/config-schema.json" }]);
  });

  it("welcomes people for every state of the view", () => {
    const whens = viewsWelcome.filter(({ view }: { view: string }) => view === "backgroundTasks.tasks").map(({ when }: MenuItem) => when);
    for (const state of ["noTaskFile", "noClass", "noNode", "problem", "loadProblem", "stopped"]) {
      assert.ok(
        whens.some((when: string) => when.includes(`'${state}'`)),
        state,
      );
    }
  });

  it("has what a marketplace asks for, in files that are there", () => {
    for (const file of [manifest.icon, manifest.contributes.viewsContainers.activitybar[0].icon, views.backgroundTasks[0].icon]) {
      assert.ok(existsSync(file), file);
    }
    assert.match(manifest.icon, /\.png$/);
    for (const key of ["publisher", "displayName", "description", "license", "homepage", "bugs", "repository", "categories", "keywords"]) {
      assert.ok(manifest[key], key);
    }
    assert.equal(manifest.engines.vscode, "^1.101.0");
    assert.match(manifest.devDependencies["@types/vscode"], /^1\.101\./);
  });
});

/** Without the text that VS Code, and no JSON Schema, knows for a pattern that does not match. */
function withoutMessage(value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("patternErrorMessage" in value)) return value;
  const { patternErrorMessage: _message, ...rest } = value;
  return rest;
}
