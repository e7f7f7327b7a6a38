import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join, posix } from "node:path";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { lexer, walkTokens } from "marked";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import ts from "typescript";
import { isAtLeast, NODES } from "../support/nodes.ts";
import { compile, fixtures, NODE_RESOLUTION } from "../types/compile.ts";
import { expectedErrorsIn } from "../types/expected-errors.ts";
import { PackedPackage } from "./packed-package.ts";
import { ProgramOfTheDocs } from "./program-of-the-docs.ts";

const PROGRAM = `
class Count extends BackgroundTaskExAction {
  executeAction() { this.params.done = true; this.task.params.counted += 1; return true; }
}
class CountTwice extends BackgroundTaskEx {
  static actions = [Count, Count];
}
async function main() {
  const store = new MemoryTaskStore();
  const service = new BackgroundTaskExService({ store, classes: [CountTwice, Count] });
  await service.createTask(CountTwice, { counted: 0 });
  const { outcome, tasks } = await service.processTasks();
  const [entry] = await store.history();
  console.log(outcome, tasks.length, entry.outcome, entry.params.counted, weekly({ days: ["mon"], at: "09:30", timeZone: "UTC" }).describe());
}
main();
`;
const NAMES = "BackgroundTaskEx, BackgroundTaskExAction, BackgroundTaskExService, MemoryTaskStore, weekly";

const TYPED_PROGRAM = `
class Purge extends BackgroundTaskExAction<{ directory: string; days: number }> {
  override async *executeAction(deadline: Deadline) { yield deadline.remaining(); }
}
export class Fitting extends BackgroundTaskEx<{ directory: string; days: number }> {
  static override readonly actions = [Purge];
}
export class Share extends BackgroundTaskExAction<{ directory: string }, Sharing> {
  override executeAction() { return (this.task.params.days += 1) > 0; }
}
export class Sharing extends BackgroundTaskEx<{ directory: string; days: number }> {
  static override readonly actions = [Share];
}
export class Careless extends BackgroundTaskExAction<{ directory: string }> {
  // @ts-expect-error: the action names no task, so the params of its task are unknown.
  override executeAction() { return this.task.params.anything; }
}
export class Asking extends BackgroundTaskEx<{ directory: string }> {
  static override readonly actions = [Purge];
}
export function create(service: BackgroundTaskExService) {
  void service.createTask(Fitting, { directory: ".", days: 1 });
  void service.createTask(Sharing, { directory: ".", days: 1 });
  // @ts-expect-error: the task has no days for the action.
  void service.createTask(Asking, { directory: "." });
}
`;
const TYPE_NAMES = "BackgroundTaskEx, BackgroundTaskExAction, type BackgroundTaskExService, type Deadline";

describe("The package, packed and installed,", function () {
  this.timeout(300_000);
  let installed: PackedPackage;
  before(() => {
    installed = new PackedPackage();
  });
  after(() => installed?.remove());

  it("holds the bundles, the declarations, the reference and the license, and no sources or tests", () => {
    const files = installed.files();
    for (const file of ["package.json", "README.md", "LICENSE", "dist/index.js", "dist/index.d.ts", "dist/cli.js", "docs/api/README.md"]) {
      assert.ok(files.includes(file), `${file} is missing.`);
    }
    const allowed =
      /^(package\.json|README\.md|LICENSE|CHANGELOG\.md|CONTRIBUTING\.md|dist\/[^.].*|docs\/.*\.(md|svg)|sample-tasks\/[\w.-]+)$/;
    assert.deepEqual(
      files.filter((file) => !allowed.test(file)),
      [],
    );
  });

  it("has what its pages link to, but for the README's pictures, which are in the repository", () => {
    const files = new Set(installed.files());
    const pages = [...files].filter((file) => file.endsWith(".md") && !file.startsWith("dist/"));
    const missing = pages.flatMap((page) => {
      const targets = linksIn(readFileSync(join(installed.installed, page), "utf8")).map((href) =>
        posix.join(posix.dirname(page), decodeURI(href.split("#")[0] ?? "")),
      );
      const isThere = (target: string) => files.has(target) || [...files].some((file) => file.startsWith(`${target.replace(/\/$/, "")}/`));
      return targets.filter((target) => !isThere(target) && !target.startsWith("docs/images/")).map((target) => `${page}: ${target}`);
    });
    assert.deepEqual(missing, []);
  });

  it("is a package that publint finds nothing to say of", async () => {
    const { messages, pkg } = await publint({ pkgDir: installed.installed, strict: true, pack: false });
    assert.deepEqual(
      messages.map((message) => formatMessage(message, pkg ?? {})),
      [],
    );
  });

  it("has types that every way to resolve them finds, and that are right for what is executed", async () => {
    const analysis = await checkPackage(createPackageFromTarballData(readFileSync(installed.tarball)));
    assert.ok(analysis.types, "there are types");
    // That `require` gets an ES module is meant: Node can since 20.19, and the tests below do it.
    assert.deepEqual(
      analysis.problems.filter(({ kind }) => kind !== "CJSResolvesToESM"),
      [],
    );
  });

  it("has the schema of the configuration file, where $schema can name it", () => {
    const program = `import schema from "background-task-ex/dist/config-schema.json" with { type: "json" }; console.log(Object.keys(schema.properties).join());`;
    writeFileSync(join(installed.project, "schema.mjs"), program);
    assert.equal(installed.node("--no-warnings", "schema.mjs"), "$schema,include,maxExecutionTime,grace,durability,checks\n");
    assert.ok(installed.files().includes("dist/config-schema.json"));
  });

  it("runs a program that imports it", () => {
    writeFileSync(join(installed.project, "program.mjs"), `import { ${NAMES} } from "background-task-ex";\n${PROGRAM}`);
    assert.equal(installed.node("program.mjs"), "done 1 finished 2 mon at 09:30 (UTC)\n");
  });

  it("runs a program that requires it", () => {
    writeFileSync(join(installed.project, "program.cjs"), `const { ${NAMES} } = require("background-task-ex");\n${PROGRAM}`);
    assert.equal(installed.node("program.cjs"), "done 1 finished 2 mon at 09:30 (UTC)\n");
  });

  for (const { path, version } of NODES) {
    describe(`runs the program of docs/embedding.md as printed, by Node ${version},`, () => {
      let program: ProgramOfTheDocs;
      beforeEach(() => {
        program = new ProgramOfTheDocs(installed.project);
        program.prepare();
      });
      afterEach(() => {
        assert.equal(existsSync(join(installed.project, "uploads/old.tmp")), false);
      });
      const said = "done [ 'clean up: finished' ]\nfinished { directory: 'uploads' }\n";

      // What the page says: Node itself removes types from 22.18 on.
      if (isAtLeast(version, 22, 18)) {
        it("from its TypeScript", () => {
          const [, install, , start = ""] = ProgramOfTheDocs.commands(0);
          assert.equal(install, "npm install background-task-ex");
          assert.equal(program.run(start, path), said);
        });
      }

      it("once it is built", () => {
        const [build = "", start = ""] = ProgramOfTheDocs.commands(1);
        program.run(build, path);
        assert.equal(program.run(start, path), said);
      });
    });
  }

  it("has the command, also by the package's own name, which is what npx asks a registry for", () => {
    const { bin, version } = JSON.parse(readFileSync(join(installed.installed, "package.json"), "utf8"));
    assert.deepEqual(Object.keys(bin), ["background-task-ex", "background-tasks"]);
    for (const file of Object.values<string>(bin)) {
      assert.equal(installed.node(join(installed.installed, file), "--version").trim(), version);
    }
  });

  describe("has declarations", () => {
    const declarations = () => join(installed.installed, "dist/index.d.ts");

    it("that name nothing internal, and need no other package", () => {
      const text = readFileSync(declarations(), "utf8");
      assert.doesNotMatch(text, /@internal|\bforWorker\b|_BRAND\b|\bHOST\b|\bnodeFs\b/);
      assert.doesNotMatch(text, /^import |from ["'](?!node:)/m);
    });

    for (const extension of ["mts", "cts"]) {
      it(`that Node's own resolution finds from a .${extension} file, and that compile without skipLibCheck`, () => {
        const file = join(installed.project, `program.${extension}`);
        writeFileSync(file, `import { ${TYPE_NAMES} } from "background-task-ex";\n${TYPED_PROGRAM}`);
        const ownTypes = { paths: {}, typeRoots: [join(installed.project, "node_modules/@types")] };
        assert.deepEqual(compile([file], declarations(), { ...NODE_RESOLUTION, ...ownTypes, skipLibCheck: false, declaration: true }), []);
      });
    }

    it("that a CommonJS file may import with module node20, but not with node16", () => {
      const file = join(installed.project, "import.cts");
      writeFileSync(file, 'import { weekly } from "background-task-ex";\nweekly({ days: ["mon"], at: "09:30" });\n');
      const codesWith = (module: ts.ModuleKind) => {
        const options = { module, moduleResolution: ts.ModuleResolutionKind.Node16, allowImportingTsExtensions: false, paths: {} };
        return compile([file], declarations(), options).map(({ code }) => code);
      };
      assert.deepEqual(codesWith(ts.ModuleKind.Node20), []);
      assert.deepEqual(codesWith(ts.ModuleKind.Node16), ["TS1479"]);
    });

    it("that accept all that the sources accept", () => {
      assert.deepEqual(compile(fixtures("accepted"), declarations()), []);
    });

    it("that refuse all that the sources refuse, with the same messages", () => {
      const files = fixtures("refused");
      const expected = files.flatMap((file) => expectedErrorsIn(file).map((error) => ({ file, ...error })));
      const errors = compile(files, declarations());
      const missing = expected.filter(
        ({ file, line, code, text }) =>
          !errors.some((error) => error.file === file && error.line === line && error.code === code && error.message.includes(text)),
      );
      assert.deepEqual(
        missing.map(({ file, line, source }) => `${basename(file)}:${line} ${source}`),
        [],
      );
      assert.equal(errors.length, expected.length);
    });
  });
});

/** Links of a page to other files of the package. */
function linksIn(markdown: string): string[] {
  const links: string[] = [];
  walkTokens(lexer(markdown), (token) => {
    if ((token.type === "link" || token.type === "image") && !/^(?:[a-z]+:|#)/.test(token.href)) links.push(token.href);
  });
  return links;
}
