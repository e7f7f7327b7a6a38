import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ConfigError, DEFAULT_INCLUDE, readWorkspaceConfig } from "../../server/workspace/index.ts";
import { makeTemporaryDirectory, removeDirectory } from "../support/temporary-directory.ts";

describe("background-tasks.config.json", () => {
  let workspace: string;
  beforeEach(() => {
    workspace = makeTemporaryDirectory();
  });
  afterEach(() => removeDirectory(workspace));

  async function configOf(text: string) {
    await writeFile(join(workspace, "background-tasks.config.json"), text);
    return readWorkspaceConfig(workspace);
  }

  it("may be missing: everything is as by default", () => {
    assert.deepEqual(readWorkspaceConfig(workspace), { include: DEFAULT_INCLUDE });
  });

  it("may say nothing", async () => {
    assert.deepEqual(await configOf("{}"), { include: DEFAULT_INCLUDE });
  });

  it("may say everything, with comments", async () => {
    const text = `\uFEFF{
      "$schema": "./schema.json",
      "include": ["jobs/**/*.ts", "!**/old/**"], // ours
      "maxExecutionTime": 12.5, "grace": 0, "durability": "process",
      "checks": { "equal-ranks": "off" },
    }`;
    const { checks, ...others } = await configOf(text);
    assert.deepEqual({ ...checks }, { "equal-ranks": "off" });
    assert.deepEqual(others, {
      include: ["jobs/**/*.ts", "!**/old/**"],
      maxExecutionTime: 12.5,
      grace: 0,
      durability: "process",
    });
  });

  for (const [what, text, message] of [
    ["a setting that does not exist", '{\n  "includes": []\n}', /json:2:3: unknown setting "includes"\. Did you mean include\?$/],
    [
      "a setting like no other",
      '{ "colour": 1 }',
      /json:1:3: unknown setting "colour"\. Available settings: include, maxExecutionTime, grace, durability, checks\.$/,
    ],
    ["a setting that every object has", '{ "constructor": 1 }', /unknown setting "constructor"/],
    [
      "text where a list belongs",
      '{ "include": "a" }',
      /json:1:14: include must be a list of glob patterns, such as \["\*\*\/.*"\], not "a"\.$/,
    ],
    ["an empty list", '{ "include": [] }', /include must be a list of glob patterns/],
    ["a list of exclusions only", '{ "include": ["!a"] }', /at least one pattern that does not begin with !/],
    [
      "a pattern that takes too long to match",
      '{\n  "include": [\n    "jobs/**",\n    "**/!(a|b).ts"\n  ]\n}',
      /json:4:5: include must be patterns of at most 200 characters without !\(…\), not "\*\*\/!\(a\|b\)\.ts"\.$/,
    ],
    [
      "a pattern that is too long",
      `{ "include": ["a", "${"{a,b}".repeat(100)}"] }`,
      /json:1:20: include must be patterns of at most 200 characters without !\(…\), not "(\{a,b\})+.{1,5}…\.$/,
    ],
    [
      "too many patterns",
      JSON.stringify({ include: Array(101).fill("a") }),
      /include must be a list of at most 100 patterns, not \[.*…\.$/,
    ],
    ["no time at all", '{ "maxExecutionTime": 0 }', /maxExecutionTime must be a number of seconds greater than 0, not 0\.$/],
    ["a time in words", '{ "grace": "5s" }', /grace must be a number of seconds, 0 or more, not "5s"\.$/],
    ["an unknown level", '{ "durability": "maximum" }', /durability must be "power" or "process", not "maximum"\.$/],
    ["an unknown severity", '{ "checks": { "equal-ranks": "fatal" } }', /checks must be codes of checks with "error", .*, not \{/],
    ["a list of checks", '{ "checks": ["equal-ranks"] }', /checks must be codes of checks/],
    ["a list", "[]", /json:1:1: expected an object/],
    ["nothing", "", /json:1:1: not valid JSON/],
    ["no JSON", '{ "include": [ }', /json:1:16: not valid JSON \(value expected\)\.$/],
  ] as const) {
    it(`is refused when it says ${what}`, async () => {
      await assert.rejects(configOf(text), (error) => {
        assert.ok(error instanceof ConfigError);
        assert.match(error.message, message);
        assert.equal(error.file, join(workspace, "background-tasks.config.json"));
        return true;
      });
    });
  }

  it("is refused when it cannot be read", async () => {
    await mkdir(join(workspace, "background-tasks.config.json"));
    assert.throws(() => readWorkspaceConfig(workspace), /background-tasks\.config\.json cannot be read: EISDIR/);
  });
});
