import assert from "node:assert/strict";
import { cp, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createErrorCapture } from "../../../server/worker/error-capture/index.ts";
import { LoadableFolder } from "../loading/loadable-folder.ts";

const FIXTURE = "test/worker/fixtures/positions";
const FILES = ["positions.task.ts", "lib/helper.ts", "lib/lazy.ts", "legacy/decorated.ts"];

const CASES =
  "getter setter staticMethod privateMethod typeError arrowProperty standardDecorator legacyDecorator asyncGenerator afterAwaits staticBlock wideCharacters arrowInHelper lazily jsonParse notAFunction undefinedVariable nodeInternal asyncNodeInternal otherRealm evaluated madeElsewhere inCallback promiseAll inTimer constructing late spread destructured optionalCall template operand argument thrownText thrownNothing thrownObject thrownAgain afterThrow rethrown nonNull multiLine".split(
    " ",
  );

interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

describe("the position of an error", () => {
  let workspace: LoadableFolder;
  let cases: Record<string, () => unknown>;
  let capture: ReturnType<typeof createErrorCapture>;
  const marked = new Map<string, Place>();

  before(async () => {
    workspace = await LoadableFolder.create({}, "work space (copy) #1%");
    await cp(FIXTURE, workspace.directory, { recursive: true });
    for (const file of FILES) for (const [name, place] of await markersOf(file)) marked.set(name, { ...place, file: workspace.path(file) });
    capture = createErrorCapture({ workspace: workspace.directory, cacheDirectory: workspace.cache });
    const { classes, problems } = await workspace.load();
    assert.deepEqual(problems, []);
    cases = (classes[0]?.class as unknown as { readonly cases: typeof cases } | undefined)?.cases ?? {};
  });

  after(() => workspace.remove());

  // The test runner's own use of source maps would do what is tested here.
  beforeEach(() => process.setSourceMapsEnabled(false));
  afterEach(() => process.setSourceMapsEnabled(true));

  it("is marked in the fixture for each case", () => {
    assert.deepEqual(CASES.toSorted(), [...marked.keys()].sort());
    assert.deepEqual(CASES.toSorted(), Object.keys(cases).sort());
  });

  // The names are known before the fixture is loaded, so that each case is a test of its own.
  for (const name of CASES) {
    it(`is exact: ${name}`, async () => {
      const { file, line, column, stack, frames } = capture(await thrownBy(cases[name]));
      assert.deepEqual({ file, line, column }, marked.get(name), stack);
      assert.deepEqual({ file: frames?.[0]?.file, line: frames?.[0]?.line, column: frames?.[0]?.column }, marked.get(name));
      assert.ok(!stack.includes(workspace.cache), stack);
    });
  }
});

async function thrownBy(work: (() => unknown) | undefined): Promise<unknown> {
  try {
    await work?.();
  } catch (error) {
    return error;
  }
  throw new assert.AssertionError({ message: "It threw nothing." });
}

/** Line and column, 1-based, of what follows a marker, or of the text in the line that a marker at its end names. */
async function markersOf(file: string): Promise<[string, Omit<Place, "file">][]> {
  const lines = (await readFile(join(FIXTURE, file), "utf8")).split("\n");
  return lines.flatMap((text, index) => {
    const before = [...text.matchAll(/\/\*@(\w+)\*\//g)].map((match) => [match[1], match.index + match[0].length] as const);
    const atEnd = [...text.matchAll(/\/\/ @(\w+) at (.+)$/g)].map((match) => [match[1], text.indexOf(match[2] ?? "")] as const);
    return [...before, ...atEnd].map(([name = "", column]): [string, Omit<Place, "file">] => [
      name,
      { line: index + 1, column: column + 1 },
    ]);
  });
}
