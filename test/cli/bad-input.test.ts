import assert from "node:assert/strict";
import { runCommand } from "./support/command.ts";
import { Workspace } from "./support/workspace.ts";

describe("bad input ends with exit code 2 and says what is wrong:", () => {
  let workspace: Workspace;
  before(async () => {
    workspace = await Workspace.create("creating", "counting");
    await workspace.write("bad.json", '{\n  "directory": "logs",\n}\n');
    await workspace.write("file", "");
  });
  after(() => workspace.remove());

  const table: readonly (readonly [string, readonly string[], RegExp])[] = [
    ["a command that does not exist", ["lists"], /unknown command 'lists'\n\(Did you mean list\?\)/],
    ["an option that does not exist", ["list", "--jsno"], /unknown option '--jsno'\n\(Did you mean --json\?\)/],
    ["an argument too many", ["list", "everything"], /too many arguments/],
    ["a missing argument", ["show"], /missing required argument 'task'/],
    ["a time budget of nothing", ["tick", "--max-execution-time", "0"], /'0' is invalid\. It must be a number greater than 0\./],
    ["a time budget that is no number", ["drain", "--max-execution-time", "5s"], /'5s' is invalid/],
    ["a negative time budget", ["serve", "--max-execution-time=-1"], /'-1' is invalid/],
    ["a type that does not exist", ["tick", "--type", "batch"], /Allowed choices are interactive, cron/],
    ["a limit that is no whole number", ["history", "--limit", "1.5"], /must be a whole number/],
    ["a workspace that does not exist", ["list", "--workspace", "nowhere"], /The directory .*nowhere does not exist/],
    ["a workspace that is a file", ["list", "--workspace", "file"], /file is not a directory/],
    ["a task that does not exist", ["show", "nothing"], /There is no task "nothing"/],
    ["a class that does not exist", ["create", "Countt"], /Countt.*Did you mean Count\?/],
    [
      "params that are no JSON",
      ["create", "Count", "--params", '{"to": 3,}'],
      /--params are not valid JSON: line 1, column \d+:.*found "}"/,
    ],
    ["params that end too early", ["create", "Count", "--params", '{"to": '], /line 1, column 8: .*found the end/],
    ["params in words", ["create", "Count", "--params", "three"], /line 1, column 1:/],
    ["a params file that is no JSON", ["create", "Count", "--params", "@bad.json"], /bad\.json are not valid JSON: line 3, column 1:/],
    ["a params file that does not exist", ["create", "Count", "--params", "@nowhere.json"], /Cannot read the params file .*nowhere\.json/],
    ["params that are no object", ["create", "Count", "--params", "3"], /must be a JSON object/],
    ["params that are a list", ["create", "Count", "--params", "[1,2]"], /params of Count must be a JSON object, not \[1,2\]/],
    ["a name that is empty", ["create", "Count", "--name", " "], /name/],
  ];
  for (const [what, args, message] of table) {
    it(what, async () => {
      const { code, stdout, stderr } = await workspace.run(...args);
      assert.match(stderr, message);
      assert.equal(stdout, "");
      assert.equal(code, 2);
      assert.doesNotMatch(stderr, /\n {4}at /, "people do not need a stack");
    });
  }

  it("params that the schema refuses, each issue with its path", async () => {
    const { code, stderr } = await workspace.run("create", "Validated", "--params", '{"sizes":[1,"two"]}');
    assert.equal(code, 2);
    assert.match(stderr, /directory.*Expected string/);
    assert.match(stderr, /sizes.*1.*Expected number/);
  });

  it("params on standard input that are no JSON", async () => {
    const { code, stderr } = await runCommand(["create", "Count", "--params", "-"], { cwd: workspace.directory, input: "{'to': 3}" });
    assert.equal(code, 2);
    assert.match(stderr, /on standard input are not valid JSON: line 1, column 2:/);
  });

  it("a configuration that makes no sense", async () => {
    const configured = await Workspace.create();
    try {
      await configured.write("background-tasks.config.json", '{ "maxExecutionTime": "long" }');
      const { code, stderr } = await configured.run("tick");
      assert.equal(code, 2);
      assert.match(stderr, /background-tasks\.config\.json:1:23: maxExecutionTime must be/);
    } finally {
      await configured.remove();
    }
  });

  it("and nothing is left behind", async () => {
    assert.deepEqual(await workspace.json(0, "list"), { tasks: [] });
  });
});
