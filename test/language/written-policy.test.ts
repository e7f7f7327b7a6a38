import assert from "node:assert/strict";
import { actionsOf, type SourceModel, stopsOnFailure, writtenRetryOf, writtenScheduleOf } from "../../server/language/index.ts";
import { workspaceOf } from "./support/sources.ts";

const IMPORT =
  'import { BackgroundTaskEx, BackgroundTaskExAction, backoff, cron, every, type Schedule, weekly } from "background-task-ex";\n';
const FILE = "/w/a.task.ts";

function modelOf(text: string, others: Readonly<Record<string, string>> = {}): SourceModel {
  return workspaceOf({ [FILE]: IMPORT + text, ...others }).model;
}

describe("the schedule of a class, as it is written", () => {
  const described = (text: string, others?: Readonly<Record<string, string>>) =>
    writtenScheduleOf(modelOf(text, others), { file: FILE, name: "T" })?.make().describe?.();

  for (const [what, text, expected] of [
    ["a call", 'class T extends BackgroundTaskEx { static schedule = cron("0 2 * * *", { timeZone: "UTC" }); }', "cron 0 2 * * * (UTC)"],
    [
      "a call that types only",
      "class T extends BackgroundTaskEx { static readonly schedule = every(60 * 1_000) satisfies Schedule; }",
      "every 1 min",
    ],
    ["a getter", "class T extends BackgroundTaskEx { static get schedule() { return every(1_000); } }", "every 1 s"],
    ["a constant", "const nightly = every(2_000);\nclass T extends BackgroundTaskEx { static readonly schedule = nightly; }", "every 2 s"],
    ["inherited", "abstract class B extends BackgroundTaskEx { static schedule = every(3_000); }\nclass T extends B {}", "every 3 s"],
    ["none", "class T extends BackgroundTaskEx {}", undefined],
    ["calculated when it is executed", "class T extends BackgroundTaskEx { static schedule = every(Date.now()); }", undefined],
    ["one of the author's own", "class T extends BackgroundTaskEx { static schedule = { getNextOccurrence: () => null }; }", undefined],
    [
      "taken away again",
      "abstract class B extends BackgroundTaskEx { static schedule = every(3_000); }\nclass T extends B { static schedule = undefined; }",
      undefined,
    ],
  ] as const) {
    it(`is read where it is ${what}`, () => assert.equal(described(text), expected));
  }

  it("is read through files", () => {
    const others = {
      "/w/times.ts": 'import { every } from "background-task-ex";\nexport const SECONDS = 5;\nexport const often = every(SECONDS * 1_000);',
    };
    const text = 'import { often } from "./times.ts";\nclass T extends BackgroundTaskEx { static readonly schedule = often; }';
    assert.equal(described(text, others), "every 5 s");
  });

  it("is refused as the engine refuses it", () => {
    const text = 'class T extends BackgroundTaskEx { static schedule = cron("61 * * * *"); }';
    const written = writtenScheduleOf(modelOf(text), { file: FILE, name: "T" });
    assert.throws(() => written?.make(), RangeError);
  });
});

describe("the attempts of an action, as they are written", () => {
  const retry = (members: string) => {
    const written = writtenRetryOf(modelOf(`class A extends BackgroundTaskExAction { ${members} executeAction() { return true; } }`), {
      file: FILE,
      name: "A",
    });
    return written && ([written.maxAttempts, written.retryDelay()] as const);
  };

  it("are those of the class, or nothing where the engine's own count", () => {
    assert.deepEqual(retry("static maxAttempts = 2 + 1; static retryDelay = 60 * 1_000;"), [3, 60_000]);
    assert.deepEqual(retry(""), [undefined, 0]);
  });

  it("have a time-out and a number of idle pauses", () => {
    const text = "class A extends BackgroundTaskExAction { static attemptTimeout = 2 * 60_000; static maxIdlePauses = 5; }";
    const written = writtenRetryOf(modelOf(text), { file: FILE, name: "A" });
    assert.deepEqual([written?.attemptTimeout, written?.maxIdlePauses], [120_000, 5]);
    assert.equal(retry("static attemptTimeout = Number(process.env.TIMEOUT);"), undefined);
  });

  it("have delays that grow as `backoff` makes them", () => {
    const [, delay] = retry("static retryDelay = backoff({ initial: 500, factor: 3 });") ?? [];
    assert.ok(typeof delay === "function");
    assert.deepEqual(
      [1, 2, 3].map((failed) => delay(failed)),
      [500, 1_500, 4_500],
    );
  });

  it("are not known where only executing the file tells", () => {
    assert.equal(retry("static retryDelay = (failed: number) => failed * 10;"), undefined);
    assert.equal(retry("static maxAttempts = Number(process.env.ATTEMPTS);"), undefined);
    const text = 'import { Base } from "other-package";\nclass A extends Base {}';
    assert.equal(writtenRetryOf(modelOf(text), { file: FILE, name: "A" }), undefined);
  });
});

describe("what a task class does when an action has failed for good", () => {
  for (const [member, expected] of [
    ['static readonly onActionFailed = "stop" as const;', true],
    ['static readonly onActionFailed = "continue" as const;', false],
    ["", false],
    ["static readonly onActionFailed = choose();", undefined],
  ] as const) {
    it(`is ${expected === undefined ? "not known" : expected ? "to stop" : "to go on"} with ${member || "nothing said"}`, () => {
      const model = modelOf(`class T extends BackgroundTaskEx { ${member} }`);
      assert.equal(stopsOnFailure(model, { file: FILE, name: "T" }), expected);
    });
  }
});

describe("the actions of a task class", () => {
  const ACTIONS = ["A", "B", "C"]
    .map((name) => `class ${name} extends BackgroundTaskExAction { executeAction() { return true; } }`)
    .join("\n");
  const actions = (text: string) => {
    const { from, classes } = actionsOf(modelOf(`${ACTIONS}\n${text}`), { file: FILE, name: "T" });
    return `${from} ${classes.map(({ name }) => name).join()}`;
  };

  for (const [what, text, expected] of [
    ["listed, in rank order, each once", "class T extends BackgroundTaskEx { static actions = [C, A, C]; }", "listed C,A"],
    [
      "made by createActions, whatever is listed",
      "class T extends BackgroundTaskEx { static actions = [C]; createActions() { return [new A({}), new B({})]; } }",
      "created A,B",
    ],
    ["made one by one", "class T extends BackgroundTaskEx { getNextAction() { return new B({}); } }", "created B"],
    ["inherited", "class P extends BackgroundTaskEx { static actions = [B]; }\nclass T extends P {}", "listed B"],
    [
      "those of the class before those it would inherit",
      "class P extends BackgroundTaskEx { static actions = [B]; }\nclass T extends P { static actions = [A]; }",
      "listed A",
    ],
    ["none", "class T extends BackgroundTaskEx {}", "listed "],
  ] as const) {
    it(`are ${what}`, () => assert.equal(actions(text), expected));
  }
});
