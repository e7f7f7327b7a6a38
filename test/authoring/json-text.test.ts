import assert from "node:assert/strict";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { toJsonText } from "../../server/authoring/json-text.ts";
import { assertProperty } from "../support/thoroughness.ts";

describe("The JSON text of params", () => {
  it("is what JSON.stringify makes of it", () => {
    const params = { directory: "/var/log", sizes: [1, 2.5, -3], nested: { done: false, note: null, "a b": "ü\u2028\ud800" } };
    assert.equal(toJsonText(params), JSON.stringify(params));
  });

  it("leaves out properties that are undefined", () => {
    assert.equal(toJsonText({ a: 1, b: undefined, c: { d: undefined } }), '{"a":1,"c":{}}');
  });

  it("holds objects without a prototype and those of another realm", () => {
    assert.equal(toJsonText(Object.assign(Object.create(null), { a: 1 })), '{"a":1}');
    assert.equal(toJsonText(runInNewContext("({ a: [1, { b: 2 }] })")), '{"a":[1,{"b":2}]}');
  });

  it("holds the same object at several places: only cycles are refused", () => {
    const shared = { a: 1 };
    assert.equal(toJsonText({ x: shared, y: [shared, shared] }), '{"x":{"a":1},"y":[{"a":1},{"a":1}]}');
  });

  it("holds 900 levels and refuses 1,001", () => {
    assert.equal(toJsonText(nested(900)).length, JSON.stringify(nested(900)).length);
    assert.throws(() => toJsonText(nested(1_001)), {
      name: "TypeError",
      message: /^params\.x\.x.* … .*\.x is more than 1000 levels deep: store the values in a flat array or in a file\.$/,
    });
  });

  describe("is refused, with the path and what to do, for", () => {
    const cyclic: { list: unknown[] } = { list: [] };
    cyclic.list.push({ owner: cyclic.list });
    class Money {
      amount = 1;
    }
    const refused: [string, unknown, string][] = [
      ["a Date", { files: [0, 1, 2, { when: new Date() }] }, "params.files[3].when is a Date: store an ISO string (date.toISOString())."],
      ["a Map", { m: new Map() }, "params.m is a Map: store an object (Object.fromEntries(map)) or an array of entries ([...map])."],
      ["a Set", { "a b": new Set() }, 'params["a b"] is a Set: store an array ([...set]).'],
      ["a promise", { count: Promise.resolve(1) }, "params.count is a Promise: await it and store the result."],
      ["a Buffer", { b: Buffer.alloc(1) }, 'params.b is a Buffer: store a string (buffer.toString("base64")) or a path to a file.'],
      ["a typed array", { b: new Uint8Array(1) }, "params.b is a Uint8Array: store an array of numbers or a path to a file."],
      ["a regular expression", { r: /x/ }, "params.r is a RegExp: store its source as a string."],
      ["an error", { e: new RangeError("x") }, "params.e is an Error: store its message as a string."],
      ["a class instance", { price: new Money() }, "params.price is an instance of Money: store a plain object with the values you need."],
      ["an inheriting object", Object.create({ a: 1 }), "params is an object with a custom prototype: store a plain object."],
      ["a function", { f() {} }, "params.f is a function: params hold only data; move it to a method of the class."],
      ["a symbol", { s: Symbol("s") }, "params.s is a symbol: store a string."],
      ["a BigInt", [[1n]], "params[0][0] is a BigInt: store a string (value.toString())."],
      ["NaN", { n: Number.NaN }, "params.n is NaN: JSON supports only finite numbers; store null or a string."],
      ["infinity", { n: -1 / 0 }, "params.n is -Infinity: JSON supports only finite numbers; store null or a string."],
      ["undefined in an array", { a: [1, undefined] }, "params.a[1] is undefined: store null, or omit it."],
      ["a hole in an array", { a: new Array(2) }, "params.a[0] is undefined: store null, or omit it."],
      ["nothing at all", undefined, "params is undefined: store null, or omit it."],
      ["a cycle", cyclic, "params.list[0].owner refers back to params.list: JSON cannot represent cycles; store an id or a name instead."],
    ];
    for (const [what, value, message] of refused) {
      it(what, () => assert.throws(() => toJsonText(value), { name: "TypeError", message }));
    }

    it("whatever the value is called", () => {
      assert.throws(() => toJsonText({ x: 1n }, "CompressLogs.params"), { message: /^CompressLogs\.params\.x is a BigInt/ });
    });
  });

  it("reads back as the value, for every value JSON can hold", () => {
    const value = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 6 }, fc.jsonValue({ maxDepth: 0 }), fc.array(tie("value")), fc.dictionary(fc.string(), tie("optional"))),
      optional: fc.option(tie("value"), { nil: undefined, freq: 5 }),
    })).value;
    assertProperty(fc.property(value, (json) => assert.deepEqual(JSON.parse(toJsonText(json)), comparable(json))));
  });

  it("is refused at the right path, wherever a value JSON cannot represent stands", () => {
    const bad = fc.constantFrom(new Date(0), new Map(), new Set(), () => 1, Symbol("s"), 1n, Number.NaN, Number.POSITIVE_INFINITY, /x/);
    assertProperty(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.array(fc.nat(), { maxLength: 6 }), fc.string(), bad, (json, steps, key, value) => {
        const params = [json];
        putInto(containerAt(params, steps), key, value);
        const message = refusal(params);
        const pathsToTry = [...message.matchAll(/ is /g)].map(({ index }) => message.slice(0, index));
        assert.ok(
          pathsToTry.some((path) => Object.is(valueAt(params, path), value)),
          `The path leads elsewhere: ${message}`,
        );
      }),
    );
  });
});

function nested(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level++) value = { x: value };
  return value;
}

/** A value without what JSON leaves out. */
function comparable(value: unknown): unknown {
  if (Object.is(value, -0)) return 0;
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== "object" || value === null) return value;
  const properties = Object.entries(value).filter(([, child]) => child !== undefined);
  return Object.fromEntries(properties.map(([key, child]) => [key, comparable(child)]));
}

/** One of the arrays and objects in `root`, chosen by the steps. */
function containerAt(root: object, steps: readonly number[]): object {
  let container = root;
  for (const step of steps) {
    const children = Object.values(container).filter((child) => typeof child === "object" && child !== null);
    if (children.length === 0) break;
    container = children[step % children.length];
  }
  return container;
}

function putInto(container: object, key: string, value: unknown): void {
  if (Array.isArray(container)) container.push(value);
  else Object.defineProperty(container, key, { value, enumerable: true, configurable: true });
}

function refusal(params: unknown): string {
  try {
    toJsonText(params);
  } catch (error) {
    assert.ok(error instanceof TypeError);
    return error.message;
  }
  return assert.fail("It was not refused.");
}

/** What a path in a message leads to, read as the JavaScript it looks like. */
function valueAt(params: unknown, path: string): unknown {
  try {
    return runInNewContext(path, { params });
  } catch {
    return undefined;
  }
}
