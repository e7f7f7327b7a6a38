import assert from "node:assert/strict";
import vm from "node:vm";
import * as fc from "fast-check";
import { createErrorCapture, rememberThrownPlaces } from "../../../server/worker/error-capture/index.ts";
import { THROWN, takePlaceOfThrow } from "../../../server/worker/error-capture/thrown-places.ts";
import { assertProperty } from "../../support/thoroughness.ts";

/** The user's sources are files of this name here; this test's own frames are taken for the engine's. */
const USER_FILE = "/home/user/project/work.task.ts";
const capture = createErrorCapture({ cacheDirectory: "/home/user/project/.background-tasks/cache" });

function withStack<Thrown extends object>(error: Thrown, ...frames: readonly string[]): Thrown {
  const { name, message } = error as unknown as Error;
  return Object.defineProperty(error, "stack", { value: [`${name}: ${message}`, ...frames.map((frame) => `    at ${frame}`)].join("\n") });
}

describe("what is recorded of what was thrown", () => {
  describe("that is no error", () => {
    for (const [what, thrown, message] of [
      ["a string", "no disk", "no disk"],
      ["an empty string", "", ""],
      ["null", null, "A value that is not an error was thrown: null"],
      ["undefined", undefined, "A value that is not an error was thrown: undefined"],
      ["a number", Number.NaN, "A value that is not an error was thrown: NaN"],
      ["a symbol", Symbol("stop"), "A value that is not an error was thrown: Symbol(stop)"],
      ["a big integer", 10n, "A value that is not an error was thrown: 10n"],
      ["an object", { status: 404 }, "A value that is not an error was thrown: { status: 404 }"],
      ["an object with a message", { message: "not found" }, "not found"],
      [
        "an object without a prototype",
        Object.assign(Object.create(null), { a: 1 }),
        "A value that is not an error was thrown: [Object: null prototype] { a: 1 }",
      ],
      ["a frozen object", Object.freeze({ a: [1] }), "A value that is not an error was thrown: { a: [ 1 ] }"],
      ["a function", function stop() {}, "A value that is not an error was thrown: [Function: stop]"],
      ["a class", class Stop {}, "A value that is not an error was thrown: [class Stop]"],
    ] as const) {
      it(`: ${what}`, () => {
        assert.deepEqual(capture(thrown), { name: "NonError", message, stack: message ? `NonError: ${message}` : "NonError" });
      });
    }

    it(": a proxy that was revoked", () => {
      const { proxy, revoke } = Proxy.revocable({}, {});
      revoke();
      assert.equal(capture(proxy).message, "A value that is not an error was thrown: <Revoked Proxy>");
    });

    it(": a proxy whose traps throw", () => {
      const thrower = () => {
        throw new Error("trapped");
      };
      const proxy = new Proxy({ a: 1 }, { get: thrower, has: thrower, ownKeys: thrower, getPrototypeOf: thrower });
      assert.match(capture(proxy).message, /^A value that is not an error was thrown: Proxy \[/);
    });
  });

  it("is an error of another realm like one of this", () => {
    const { name, message } = capture(vm.runInNewContext("new RangeError('too far')"));
    assert.deepEqual({ name, message }, { name: "RangeError", message: "too far" });
  });

  it("is an object that looks like an error", () => {
    const record = capture(withStack({ name: "Fault", message: "broken" }, `run (${USER_FILE}:3:5)`));
    assert.deepEqual([record.name, record.message, record.file, record.line, record.column], ["Fault", "broken", USER_FILE, 3, 5]);
  });

  it("is named by its class where that does not name its errors", () => {
    class QuotaExceeded extends Error {}
    assert.equal(capture(new QuotaExceeded("full")).name, "QuotaExceeded");
    assert.equal(capture(Object.assign(new QuotaExceeded("full"), { name: "Quota" })).name, "Quota");
  });

  it("keeps what can be read of an error whose properties throw", () => {
    const error = new Error("seen");
    for (const key of ["stack", "name", "cause", "code"]) {
      Object.defineProperty(error, key, {
        get() {
          throw new Error(`no ${key}`);
        },
      });
    }
    assert.deepEqual(capture(error), { name: "Error", message: "seen", stack: "Error: seen" });
  });

  it("does without a stack that is no text", () => {
    assert.deepEqual(capture(Object.defineProperty(new Error("odd"), "stack", { value: [1, 2] })), {
      name: "Error",
      message: "odd",
      stack: "Error: odd",
    });
  });

  it("reads an error that is frozen", () => {
    assert.equal(capture(Object.freeze(new TypeError("frozen"))).name, "TypeError");
  });

  it("is bounded, however long the message", () => {
    const record = capture(withStack(new Error("x".repeat(1_000_000)), `run (${USER_FILE}:3:5)`));
    assert.ok(record.message.length < 10_000);
    assert.match(record.message, /… \(1,000,000 characters\)$/);
    assert.ok(record.stack.length < 20_000);
    assert.equal(record.line, 3);
  });

  it("does not take a message for frames", () => {
    const record = capture(
      withStack(new Error(`child failed:\n    at other (/elsewhere/x.ts:1:1)\n    at last (/y.ts:2:2)`), `run (${USER_FILE}:3:5)`),
    );
    assert.deepEqual([record.file, record.line, record.frames?.length], [USER_FILE, 3, 1]);
  });

  it("tells the code that Node gives its errors", () => {
    assert.match(
      capture(catchError(() => Buffer.from(undefined as unknown as string))).stack,
      /^TypeError \[ERR_INVALID_ARG_TYPE\]: The first argument/,
    );
  });

  it("is the AbortError of a signal", () => {
    const { name, message } = capture(AbortSignal.abort().reason);
    assert.deepEqual({ name, message }, { name: "AbortError", message: "This operation was aborted" });
  });

  describe("with causes", () => {
    it("follows them", () => {
      const record = capture(new Error("import failed", { cause: new TypeError("bad line", { cause: "no comma" }) }));
      assert.deepEqual([record.cause?.name, record.cause?.message], ["TypeError", "bad line"]);
      assert.deepEqual([record.cause?.cause?.name, record.cause?.cause?.message], ["NonError", "no comma"]);
    });

    it("stops where they go round in circles", () => {
      const first: Error = new Error("first");
      const second = new Error("second", { cause: first });
      first.cause = second;
      assert.equal(capture(first).cause?.message, "second");
      assert.equal(capture(first).cause?.cause, undefined);
    });

    it("stops after some", () => {
      let error = new Error("0");
      for (let i = 1; i < 100; i++) error = new Error(String(i), { cause: error });
      let depth = 0;
      for (let record = capture(error).cause; record; record = record.cause) depth++;
      assert.equal(depth, 8);
    });

    it("has the place of its cause when a library made the error around it", () => {
      const cause = withStack(new Error("refused"), `connect (${USER_FILE}:7:9)`);
      const record = capture(withStack(new Error("query failed", { cause }), "run (/home/user/project/node_modules/db/index.js:1:1)"));
      assert.deepEqual([record.file, record.line, record.column], [USER_FILE, 7, 9]);
    });
  });

  it("is each error of an AggregateError, and the place of the first", async () => {
    const errors = [withStack(new Error("first mirror"), `fetch (${USER_FILE}:7:9)`), new TypeError("second mirror")];
    const thrown = await Promise.any(errors.map((error) => Promise.reject(error))).catch((error: unknown) => error);
    const record = capture(thrown);
    assert.equal(record.message, "All promises were rejected (Error: first mirror; TypeError: second mirror)");
    assert.deepEqual([record.cause?.message, record.file, record.line], ["first mirror", USER_FILE, 7]);
  });

  it("is the same each time", () => {
    const error = withStack(new Error("again", { cause: new Error("why") }), `run (${USER_FILE}:3:5)`);
    assert.deepEqual(capture(error), capture(error));
  });

  it("is JSON, whatever was thrown", () => {
    assertProperty(
      fc.property(
        fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withNullPrototype: true, withTypedArray: true }),
        (thrown) => {
          for (const value of [
            thrown,
            new Error("around", { cause: thrown }),
            Object.assign(new Error("in"), { message: thrown, name: thrown, stack: thrown }),
          ]) {
            const record = capture(value);
            assert.deepEqual(JSON.parse(JSON.stringify(record)), record);
          }
        },
      ),
    );
  });
});

describe("the frames of an error", () => {
  const framesOf = (...lines: readonly string[]) => capture(withStack(new Error("failed"), ...lines)).frames ?? [];

  for (const [line, expected] of [
    [
      "CompressLogs.executeAction (/a/x.task.ts:12:5)",
      { function: "CompressLogs.executeAction", file: "/a/x.task.ts", line: 12, column: 5 },
    ],
    [
      "async CompressLogs.executeAction (/a/x.task.ts:12:5)",
      { function: "CompressLogs.executeAction", file: "/a/x.task.ts", line: 12, column: 5 },
    ],
    ["/a/x.task.ts:12:5", { file: "/a/x.task.ts", line: 12, column: 5 }],
    ["async file:///a/my%20dir/x.task.ts:12:5", { file: "/a/my dir/x.task.ts", line: 12, column: 5 }],
    ["new Pen (/a/(group)/my dir/x.task.ts:12:5)", { function: "new Pen", file: "/a/(group)/my dir/x.task.ts", line: 12, column: 5 }],
    ["get area [as area] (/a/x.ts:1:2)", { function: "get area [as area]", file: "/a/x.ts", line: 1, column: 2 }],
    ["#hidden (/a/x.ts:1:2)", { function: "#hidden", file: "/a/x.ts", line: 1, column: 2 }],
    ["eval (eval at run (/a/x.ts:1:2), <anonymous>:3:4)", { function: "eval", file: "/a/x.ts", line: 1, column: 2 }],
    ["Pen.draw (C:\\my dir\\(x)\\x.task.ts:12:5)", { function: "Pen.draw", file: "C:\\my dir\\(x)\\x.task.ts", line: 12, column: 5 }],
    ["async C:\\my dir\\x.task.ts:12:5", { file: "C:\\my dir\\x.task.ts", line: 12, column: 5 }],
    ["\\\\server\\share\\x.task.ts:12:5", { file: "\\\\server\\share\\x.task.ts", line: 12, column: 5 }],
  ] as const) {
    it(`are read: ${line}`, () => {
      assert.deepEqual(framesOf(line), [expected]);
    });
  }

  it("are the user's own only", () => {
    const own = "mine (/a/x.ts:1:2)";
    const others = [
      "JSON.parse (<anonymous>)",
      "node:internal/fs/promises:1:1",
      "async Promise.all (index 0)",
      "evalmachine.<anonymous>:1:7",
      "query (/a/node_modules/db/index.js:1:2)",
      "query (C:\\a\\node_modules\\db\\index.js:1:2)",
      "wasm://wasm/abc:wasm-function[3]:0x12",
    ];
    assert.deepEqual(
      framesOf(...others, own, ...others).map((frame) => frame.file),
      ["/a/x.ts"],
    );
  });

  it("are bounded", () => {
    assert.equal(framesOf(...Array.from({ length: 50 }, (_, i) => `f (/a/x.ts:${i + 1}:1)`)).length, 10);
  });

  it("leave out the engine's", () => {
    const captureHere = createErrorCapture({ cacheDirectory: "/none", engineDirectory: "/opt/engine" });
    const engine = ["async run (file:///opt/engine/worker.js:1:1)", "work (/opt/engine/chunk.js:2:2)"];
    const record = captureHere(withStack(new Error("x"), ...engine, "mine (/opt/engines/x.ts:2:2)", ...engine));
    assert.equal(record.stack, "Error: x\n    at mine (/opt/engines/x.ts:2:2)");
    assert.deepEqual(
      record.frames?.map((frame) => frame.file),
      ["/opt/engines/x.ts"],
    );
  });
});

function catchError(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

describe("an error of the engine's own", () => {
  it("keeps its frames", () => {
    const captureHere = createErrorCapture({ cacheDirectory: "/none", engineDirectory: "/opt/engine" });
    assert.match(captureHere(withStack(new Error("x"), "run (/opt/engine/worker.js:1:1)")).stack, /at run/);
  });
});

describe("the place of a throw of what is no error", () => {
  const global = globalThis as unknown as { readonly [THROWN]: (value: unknown, again?: boolean) => unknown };
  const placeIn = (value: unknown) => /^\s+at (\w+)/m.exec(takePlaceOfThrow(value))?.[1];
  const first = (value: unknown) => global[THROWN](value);
  const second = (value: unknown, again?: boolean) => global[THROWN](value, again);

  before(rememberThrownPlaces);

  it("is told once of a text: the same text may come from elsewhere the next time", () => {
    assert.equal(first("text"), "text");
    assert.equal(placeIn("text"), "first");
    assert.equal(placeIn("text"), undefined);
  });

  it("is told of an object as often as it is asked for", () => {
    const value = first({});
    assert.deepEqual([placeIn(value), placeIn(value), placeIn({})], ["first", "first", undefined]);
  });

  it("is the last one, unless what was caught is thrown again", () => {
    first(1);
    second(1, true);
    assert.equal(placeIn(1), "first");
    first(2);
    second(2);
    assert.equal(placeIn(2), "second");
  });

  it("is not kept for ever of what nobody asks for, and never of errors", () => {
    const error = first(new Error("knows its place"));
    const value = first({});
    for (let i = 0; i < 100; i++) second(i);
    assert.deepEqual([takePlaceOfThrow(error), takePlaceOfThrow(value)], ["", ""]);
  });
});
