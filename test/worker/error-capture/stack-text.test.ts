import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { inspect } from "node:util";
import { createStackTextMapper } from "../../../server/worker/error-capture/index.ts";
import { LoadableFolder } from "../loading/loadable-folder.ts";

const SOURCE = `import { BackgroundTaskEx } from "background-task-ex";
enum Level { Low, High }
export class Report extends BackgroundTaskEx {
  static fail(): never { throw new Error("level " + Level.High, { cause: new TypeError("why") }); }
}
`;

describe("positions in what user code prints", () => {
  let workspace: LoadableFolder;
  let bundle: string;
  let map: (text: string) => string;
  let error: Error;

  before(async () => {
    process.setSourceMapsEnabled(false);
    workspace = await LoadableFolder.create({ "report.task.ts": SOURCE }, "my [work] (1)");
    map = createStackTextMapper({ workspace: workspace.directory, cacheDirectory: workspace.cache });
    const { classes } = await workspace.load();
    const [directory = ""] = (await readdir(workspace.cache)).filter((name) => !/^\.|json$/.test(name));
    bundle = join(workspace.cache, directory, "report.task.ts.mjs");
    error = await Promise.resolve(classes[0]?.class as unknown as { fail(): never })
      .then((found) => found.fail())
      .catch((thrown) => thrown);
  });
  after(async () => {
    process.setSourceMapsEnabled(true);
    await workspace.remove();
  });

  it("are those of the source, in an error as Node prints it", () => {
    const printed = inspect(error);
    assert.ok(printed.includes(".mjs:"), printed);
    const mapped = map(printed);
    assert.ok(mapped.includes(`Report.fail (${workspace.path("report.task.ts")}:4:32)`), mapped);
    assert.equal(mapped.split(`${workspace.path("report.task.ts")}:4:`).length - 1, 2, "the error and its cause");
    assert.ok(!mapped.includes(".mjs"), mapped);
  });

  it("are found by path and by URL, with and without a column, as often as they are named", () => {
    const source = workspace.path("report.task.ts");
    const line = /report\.task\.ts\.mjs:(\d+):/.exec(error.stack ?? "")?.[1];
    assert.equal(map(`at ${bundle}:${line}, and ${pathToFileURL(bundle).href}:${line}!`), `at ${source}:4, and ${source}:4!`);
  });

  it("stay as they are when no source stands behind them", () => {
    for (const text of [`${bundle}:1:1`, `${bundle}:999999:1`, `${bundle}:0:0`, `${workspace.cache}/none/x.mjs:1:1`, "plain", ""])
      assert.equal(map(text), text);
  });

  it("are found quickly in much text", () => {
    const text = `${"x".repeat(200)} at file:///elsewhere/x.mjs:1:2\n`.repeat(50_000);
    const startedAt = performance.now();
    assert.equal(map(text), text);
    assert.ok(performance.now() - startedAt < 2_000);
  });
});
