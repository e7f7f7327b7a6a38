import assert from "node:assert/strict";

type Check = (value: unknown, path: string) => void;

/** An object with exactly these keys; those that end with `?` may be missing. */
export function object(shape: Record<string, Check>): Check {
  return (value, path) => {
    assert.ok(typeof value === "object" && value !== null && !Array.isArray(value), `${path} is an object`);
    const known = new Set(Object.keys(shape).map((key) => key.replace(/\?$/, "")));
    for (const key of Object.keys(value)) assert.ok(known.has(key), `${path}.${key} is not documented`);
    for (const [key, check] of Object.entries(shape)) {
      const name = key.replace(/\?$/, "");
      if (name !== key && !(name in value)) continue;
      assert.ok(name in value, `${path}.${name} is missing`);
      check((value as Record<string, unknown>)[name], `${path}.${name}`);
    }
  };
}

export function list(check: Check): Check {
  return (value, path) => {
    assert.ok(Array.isArray(value), `${path} is a list`);
    for (const [index, item] of value.entries()) check(item, `${path}[${index}]`);
  };
}

export function oneOf(...values: readonly unknown[]): Check {
  return (value, path) => assert.ok(values.includes(value), `${path} is one of ${values.join(", ")}, not ${JSON.stringify(value)}`);
}

export const text: Check = (value, path) => assert.equal(typeof value, "string", path);
export const json: Check = (value, path) => assert.notEqual(value, undefined, path);
export const amount: Check = (value, path) => assert.ok(typeof value === "number" && value >= 0, `${path} is a number of at least 0`);
export const position: Check = (value, path) => assert.ok(Number.isInteger(value) && Number(value) >= 1, `${path} counts from 1`);
export const timestamp: Check = (value, path) => assert.match(String(value), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/, path);
export const textOrNull: Check = (value, path) => value === null || text(value, path);

export const error: Check = (value, path) =>
  object({ name: text, message: text, stack: text, "file?": text, "line?": position, "column?": position, "cause?": error })(value, path);

const type = oneOf("interactive", "cron");
const edits = list(object({ at: timestamp, before: json, after: json }));

/** As docs/command-line.md has them. */
export const tickDocument = object({
  outcome: oneOf("done", "time-budget-spent", "locked", "cancelled"),
  durationMs: amount,
  tasks: list(
    object({
      id: text,
      name: text,
      class: text,
      type,
      status: text,
      actions: list(
        object({
          name: text,
          class: text,
          outcome: oneOf("finished", "paused", "failed", "dropped", "will-retry", "cancelled"),
          attempt: amount,
          durationMs: amount,
          "idlePauses?": position,
          "error?": error,
        }),
      ),
      "error?": error,
    }),
  ),
  "processes?": list(object({ name: text, outcome: oneOf("finished", "failed"), "message?": text, "error?": error })),
  "skipped?": object({
    "waiting?": position,
    "nextAttemptAt?": timestamp,
    "blocked?": position,
    "held?": position,
    "failed?": position,
    "outsideWindow?": position,
    "notReached?": position,
  }),
});

export const taskDocument = object({
  id: text,
  name: text,
  class: text,
  type,
  status: oneOf("created", "starting", "running", "recovering", "paused", "failed"),
  message: text,
  params: json,
  createdAt: timestamp,
  currentAction: textOrNull,
  actions: list(
    object({
      id: text,
      name: text,
      class: text,
      rank: (value, path) => assert.equal(typeof value, "number", path),
      attempt: amount,
      params: json,
      "edits?": edits,
      "outcome?": oneOf("finished", "failed", "dropped", "cancelled", "not-started"),
      "progress?": object({ "done?": amount, "total?": amount, "message?": text }),
      "idlePauses?": position,
      "error?": error,
    }),
  ),
  "held?": oneOf(true),
  "nextAttemptAt?": timestamp,
  "problem?": text,
  "error?": error,
});

export const listDocument = object({ tasks: list(taskDocument) });

/** An entry of the history, and `show` of a task that has ended. */
export const endedTaskDocument = object({
  id: text,
  name: text,
  class: text,
  type,
  outcome: oneOf("finished", "finished-with-failures", "cancelled"),
  message: text,
  params: json,
  createdAt: timestamp,
  endedAt: timestamp,
  ticks: amount,
  actions: list(
    object({
      name: text,
      class: text,
      rank: (value, path) => assert.equal(typeof value, "number", path),
      outcome: oneOf("finished", "failed", "dropped", "cancelled", "not-started"),
      "params?": json,
      attempts: list(object({ startedAt: timestamp, durationMs: amount, params: json, "error?": error })),
      "edits?": edits,
      durationMs: amount,
    }),
  ),
});

export const historyDocument = object({ entries: list(endedTaskDocument) });

export const diagnosticsDocument = object({
  diagnostics: list(
    object({ file: text, line: position, column: position, severity: oneOf("error", "warning", "information"), code: text, message: text }),
  ),
});

const classDocument = object({
  name: text,
  kind: oneOf("task", "action", "process"),
  file: textOrNull,
  line: (value, path) => value === null || position(value, path),
  "actions?": list(text),
  "schedule?": text,
  "timeZone?": text,
  "next?": list(timestamp),
  "isDue?": oneOf(true),
  "problem?": text,
});

export const classesDocument = object({ classes: list(classDocument) });
export const schedulesDocument = object({ schedules: list(classDocument) });
