import assert from "node:assert/strict";
import { editableActions, isEditable } from "../../client/model/editable.ts";
import { readJson } from "../../client/params/json-text.ts";
import { ParamsFile } from "../../client/params/params-file.ts";
import type { ActionState, TaskState, TickState } from "../../server/protocol/folder-state.ts";
import { actionState, taskState, tickState } from "./support/states.ts";

const error = { name: "Error", message: "disk full" };

describe("The params of an action can be edited", () => {
  const cases: readonly [string, boolean, Partial<ActionState>, Partial<TaskState>, (TickState | null)?][] = [
    ["before it has begun", true, {}, {}],
    ["while it is paused", true, {}, { status: "paused", currentAction: "compress" }],
    ["while it waits for its next attempt", true, { error }, { status: "running", currentAction: "compress" }],
    ["when it has failed for good and can be retried", true, { error, outcome: "failed" }, { status: "failed", currentAction: "compress" }],
    ["not when it failed and its task went on", false, { error, outcome: "failed" }, { status: "paused", currentAction: "other" }],
    ["not when it has finished", false, { outcome: "finished" }, { status: "paused" }],
    ["not while it is executed", false, {}, { status: "running", currentAction: "compress" }, tickState()],
    ["not when its init failed: it is given up", false, { error }, { status: "starting", currentAction: "compress" }],
    ["not when its recovery failed: it is given up", false, { error }, { status: "recovering", currentAction: "compress" }],
  ];
  for (const [when, expected, state, task, tick = null] of cases) {
    it(when, () => {
      const action = actionState(state);
      assert.equal(isEditable(action, taskState({ actions: [action], ...task }), tick), expected);
    });
  }

  it("of the current action first", () => {
    const actions = ["a1", "a2", "a3"].map((id) => actionState({ id, ...(id === "a1" && { outcome: "finished" as const }) }));
    const task = taskState({ actions, status: "paused", currentAction: "a3" });
    assert.deepEqual(
      editableActions(task, null).map(({ id }) => id),
      ["a3", "a2"],
    );
  });
});

describe("A text that is to be JSON", () => {
  it("is read as it is, or says what is wrong and where", () => {
    assert.deepEqual(readJson(' {"a": [1]}\n'), { value: { a: [1] } });
    for (const [text, mistake, at] of [
      ['{"a" 1}', "colon expected", 5],
      ['{"a": 1,}', "property name expected", 8],
      ['{"a": 1 // half\n}', "invalid comment token", 8],
      ['{"a": ', "value expected", 4],
      ["", "value expected", 0],
    ] as const) {
      const read = readJson(text);
      assert.ok("mistake" in read, text);
      assert.deepEqual([read.mistake, read.offset], [mistake, at], text);
    }
  });
});

describe("The params of an action as a file", () => {
  const text = (file: ParamsFile) => new TextDecoder().decode(file.content);

  it("keeps what a person has written while that is what is stored, and changes its time with every change", () => {
    const file = new ParamsFile({ size: 64 }, 1_000);
    assert.equal(text(file), '{\n  "size": 64\n}\n');
    file.saved({ size: 8 }, new TextEncoder().encode('{"size":8}'), 1_000);
    const savedAt = file.changedAt;
    assert.ok(savedAt > 1_000, "the editor has to notice it within the same millisecond, too");
    assert.equal(file.stored({ size: 8 }, 2_000), false);
    assert.deepEqual([text(file), file.changedAt], ['{"size":8}', savedAt]);
    assert.equal(file.stored({ size: 7 }, 2_000), true);
    assert.deepEqual([text(file), file.changedAt], ['{\n  "size": 7\n}\n', 2_000]);
  });
});
